"""Photographs and documents through the panel's forms, with real bytes."""

from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from advisory.models import DocumentFile
from office import uploads
from tests.builders import make_meeting, make_officer
from tests.filled_form import filled

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _officer(client):
    client.force_login(make_officer())


def photograph(colour="teal"):
    kept = BytesIO()
    Image.new("RGB", (40, 30), colour).save(kept, "JPEG")
    return SimpleUploadedFile("IMG_0001.jpg", kept.getvalue())


def report(pages=2):
    kept, pdf = BytesIO(), pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    pdf.save(kept)
    return SimpleUploadedFile("../Report of the group.PDF", kept.getvalue())


def rows(*files):
    """What the browser sends for rows of files that a script has added."""
    typed = {f"files-{number}-upload": file for number, file in enumerate(files) if file}
    languages = {f"files-{number}-language": "en" for number in range(len(files))}
    return languages | typed | {"files-TOTAL_FORMS": len(files)}


def send(client, page, form, **typed):
    return client.post(page, filled(client.get(page), form) | typed)


@pytest.fixture
def speaker():
    return make_meeting().speakers.create(kind="person", name="Ada Example")


@pytest.fixture
def document():
    return make_meeting().documents.create(symbols=["A/70/999"])


def page_of(row, model="meeting"):
    return reverse(f"admin:advisory_{model}_change", args=[row.pk])


def test_photograph_is_rebuilt_and_kept_with_its_size(client, speaker):
    send(client, page_of(speaker.meeting), "meeting_form", **{"speakers-0-photo_file": photograph()})

    speaker.refresh_from_db()
    digest = speaker.photo.pop("digest")
    assert speaker.photo == {"media_type": "image/jpeg", "width": 40, "height": 30}
    with uploads.open_stored(digest) as file, Image.open(file) as image:
        assert image.size == (40, 30)


def test_saving_without_a_new_photograph_keeps_the_old_one(client, speaker):
    page = page_of(speaker.meeting)
    send(client, page, "meeting_form", **{"speakers-0-photo_file": photograph()})
    speaker.refresh_from_db()
    before = speaker.photo

    send(client, page, "meeting_form", **{"speakers-0-photo_caption": "Ada Example at a desk"})

    speaker.refresh_from_db()
    assert (speaker.photo, speaker.photo_caption) == (before, "Ada Example at a desk")


def test_photograph_is_taken_off(client, speaker):
    page = page_of(speaker.meeting)
    send(client, page, "meeting_form", **{"speakers-0-photo_file": photograph()})

    send(client, page, "meeting_form", **{"speakers-0-remove_photo": "on"})

    speaker.refresh_from_db()
    assert speaker.photo == {}


def test_file_that_is_no_photograph_is_refused_and_nothing_typed_is_lost(client, speaker):
    typed = {"speakers-0-photo_file": SimpleUploadedFile("photo.jpg", b"<svg/>"), "theme": "Typed meanwhile"}

    response = send(client, page_of(speaker.meeting), "meeting_form", **typed)

    assert "The photo must be a JPEG or PNG file." in response.content.decode()
    assert filled(response, "meeting_form")["theme"] == ["Typed meanwhile"]
    speaker.refresh_from_db()
    assert speaker.photo == {}


def test_document_file_is_rebuilt_and_named_by_what_it_is(client, document):
    send(client, page_of(document, "document"), "document_form", **rows(report()))

    file = DocumentFile.objects.get()
    assert (file.name, file.media_type, file.language) == ("Report of the group.pdf", "application/pdf", "en")
    with uploads.open_stored(file.digest) as stored:
        data = stored.read()
    assert (data[:5], len(data)) == (b"%PDF-", file.size_bytes)


def test_officer_names_the_file(client, document):
    typed = rows(report()) | {"files-0-name": "A_70_999", "files-0-language": "fr"}

    send(client, page_of(document, "document"), "document_form", **typed)

    assert DocumentFile.objects.values_list("name", "language").get() == ("A_70_999.pdf", "fr")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"MZ not a document", "The document must be a PDF, JPEG or PNG file."),
        (b"%PDF-1.7 torn", "This file is damaged or incomplete."),
        (b"", "The submitted file is empty."),
    ],
)
def test_file_that_is_no_document_is_refused(client, document, data, sentence):
    typed = rows(SimpleUploadedFile("a.pdf", data)) | {"title": "Typed meanwhile"}

    response = send(client, page_of(document, "document"), "document_form", **typed)

    assert sentence in response.content.decode()
    assert filled(response, "document_form")["title"] == ["Typed meanwhile"]
    assert not DocumentFile.objects.exists()


def test_row_without_a_file_is_refused(client, document):
    typed = rows(None) | {"files-0-name": "report.pdf"}

    response = send(client, page_of(document, "document"), "document_form", **typed)

    assert "Choose a file." in response.content.decode()


def test_same_file_twice_in_one_language_is_refused_in_words(client, document):
    page = page_of(document, "document")

    response = send(client, page, "document_form", **rows(report(), report()))
    assert "This file is here already in this language." in response.content.decode()

    send(client, page, "document_form", **rows(report()))
    later = send(client, page, "document_form", **rows(None, report()))
    assert "This file is here already in this language." in later.content.decode()
    assert DocumentFile.objects.count() == 1


# Nothing to choose twice


def test_photograph_is_kept_when_another_field_is_refused(client, speaker):
    typed = {"speakers-0-photo_file": photograph(), "time_zone": "Mars/Olympus"}
    refused = send(client, page_of(speaker.meeting), "meeting_form", **typed)
    assert "Chosen and kept: IMG_0001.jpg." in refused.content.decode()

    client.post(page_of(speaker.meeting), filled(refused, "meeting_form") | {"time_zone": "Europe/Zurich"})

    speaker.refresh_from_db()
    with uploads.open_stored(speaker.photo["digest"]) as file, Image.open(file) as image:
        assert image.size == (40, 30)


def test_document_is_kept_with_its_name_when_another_field_is_refused(client, document):
    page = page_of(document, "document")
    refused = send(client, page, "document_form", **rows(report()), url="not an address")

    client.post(page, filled(refused, "document_form") | {"url": ""})

    assert DocumentFile.objects.values_list("name", "media_type").get() == (
        "Report of the group.pdf",
        "application/pdf",
    )


def test_another_file_replaces_the_kept_one(client, speaker):
    page = page_of(speaker.meeting)
    refused = send(client, page, "meeting_form", **{"speakers-0-photo_file": photograph(), "time_zone": "Mars/Olympus"})

    red = filled(refused, "meeting_form") | {"time_zone": "Europe/Zurich", "speakers-0-photo_file": photograph("red")}
    client.post(page, red)

    speaker.refresh_from_db()
    with uploads.open_stored(speaker.photo["digest"]) as file, Image.open(file) as image:
        assert image.getpixel((20, 15))[0] > 200


@pytest.mark.parametrize("forge", [lambda signed: signed[:-2], lambda signed: "x", lambda signed: ""])
def test_kept_word_that_was_made_up_is_no_photograph(client, speaker, forge):
    page = page_of(speaker.meeting)
    refused = send(client, page, "meeting_form", **{"speakers-0-photo_file": photograph(), "time_zone": "Mars/Olympus"})
    data = filled(refused, "meeting_form")
    (signed,) = data["speakers-0-photo_file_kept"]

    client.post(page, data | {"time_zone": "Europe/Zurich", "speakers-0-photo_file_kept": forge(signed)})

    speaker.refresh_from_db()
    assert speaker.photo == {}


def test_kept_document_is_no_photograph(client, speaker, document):
    refused = send(client, page_of(document, "document"), "document_form", **rows(report()), url="not an address")
    (signed,) = filled(refused, "document_form")["files-0-upload_kept"]

    send(client, page_of(speaker.meeting), "meeting_form", **{"speakers-0-photo_file_kept": signed})

    speaker.refresh_from_db()
    assert speaker.photo == {}


# Photographs of the meeting


def new_photo(**typed):
    return {f"photos-0-{name}": value for name, value in typed.items()} | {"photos-TOTAL_FORMS": 1}


def test_photograph_of_the_meeting_is_kept_with_its_words(client):
    meeting = make_meeting()

    send(
        client, page_of(meeting), "meeting_form", **new_photo(image_file=photograph(), caption="The hall", credit="EP")
    )

    photo = meeting.photos.get()
    digest = photo.image.pop("digest")
    assert photo.image == {"media_type": "image/jpeg", "width": 40, "height": 30}
    assert (photo.caption, photo.credit) == ("The hall", "EP")
    address = reverse("admin:advisory_meeting_file", args=[meeting.pk, digest, "photograph"])
    assert f'src="{address}" alt="The hall"' in client.get(page_of(meeting)).content.decode()
    assert client.get(address).headers["Content-Type"] == "image/jpeg"


def test_photograph_without_a_file_is_refused(client):
    meeting = make_meeting()

    response = send(client, page_of(meeting), "meeting_form", **new_photo(caption="The hall"))

    assert "Choose a photograph." in response.content.decode()
    assert not meeting.photos.exists()
