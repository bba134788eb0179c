"""Import, preview, publish, clone and the list of editions in the staff panel, as an officer walks them."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from docx import Document as WordFile
from PIL import Image

from accreditation import presets
from accreditation.models import BadgeLayout
from advisory import cloning
from advisory.admin.places import place_of
from advisory.admin.publishing import tell
from advisory.importing import import_text
from advisory.models import DocumentFile, Edition, Meeting
from advisory.publishing import publish
from office import uploads
from office.permissions import Role
from tests.builders import make_desk_policy, make_full_meeting, make_gate, make_meeting, make_officer
from tests.filled_form import filled

pytestmark = pytest.mark.django_db

IMPORT = reverse("admin:advisory_meeting_import")
ADVISORY = (Path(__file__).parent / "examples" / "01-ga-dialogue-nbsp.txt").read_text()


@pytest.fixture
def officer(client):
    officer = make_officer(name="A. Officer")
    client.force_login(officer)
    return officer


@pytest.fixture
def photograph():
    kept = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(kept, "JPEG")
    return kept.getvalue()


def at(page, meeting, *arguments):
    return reverse(f"admin:advisory_meeting_{page}", args=[meeting.pk, *arguments])


def messages_on(response):
    return [str(message) for message in response.context["messages"]]


# Import


def test_pasted_text_becomes_a_draft_with_its_doubts(client, officer):
    response = client.post(IMPORT, {"text": ADVISORY}, follow=True)

    meeting = Meeting.objects.get()
    assert response.redirect_chain == [(at("change", meeting), 302)]
    assert (meeting.title, meeting.status) == ("General Assembly Informal Interactive Dialogue on Oceans", "draft")
    assert [str(sitting.date) for sitting in meeting.sittings.all()] == ["2016-06-14"]
    assert meeting.import_doubts
    for doubt in meeting.import_doubts:
        assert response.context["adminform"].form.open_doubts.count(doubt | {"ticked": False}) <= 1
    assert messages_on(response) == [
        f"A draft was made from the text: {len(meeting.import_doubts)} things to check, marked below. Nothing is "
        "public yet."
    ]
    assert LogEntry.objects.get().get_change_message() == "Imported from a text."


@pytest.mark.parametrize("text", sorted((Path(__file__).parent / "examples").glob("*.txt")), ids=lambda path: path.stem)
def test_every_doubt_of_the_examples_has_a_place_of_its_own(text):
    doubts = import_text(text.read_text()).meeting.import_doubts

    fields = {doubt["field"] for doubt in doubts}
    assert {field: place_of(field) for field in fields if place_of(field) == "title"}.keys() <= {"title"}


def test_the_same_text_twice_leads_to_the_first(client, officer):
    client.post(IMPORT, {"text": ADVISORY})

    response = client.post(IMPORT, {"text": ADVISORY}, follow=True)

    assert response.redirect_chain == [(at("change", Meeting.objects.get()), 302)]
    told = "This text was imported before: here is the meeting that it made. Nothing changed."
    assert messages_on(response)[-1] == told


def word_file(text):
    word, kept = WordFile(), BytesIO()
    for line in text.splitlines():
        word.add_paragraph(line)
    word.save(kept)
    return SimpleUploadedFile("advisory.docx", kept.getvalue())


def test_word_file_becomes_a_draft(client, officer):
    client.post(IMPORT, {"file": word_file(ADVISORY)})

    assert Meeting.objects.get().title == "General Assembly Informal Interactive Dialogue on Oceans"


def test_text_file_of_an_old_office_becomes_a_draft(client, officer):
    text = "Conférence de presse sur les océans\n\nDate : mardi 14 juin 2016, 10 h\nLieu : Genève"

    client.post(IMPORT, {"file": SimpleUploadedFile("avis.txt", text.encode("cp1252"))})

    assert "océans" in Meeting.objects.get().title


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"text": " \n "}, "text", "Paste the text of an advisory, or choose a file."),
        ({"text": "When: today " * 20_000}, "text", "This is more than 200 kB, far longer than an advisory."),
        ({"file": b"\x89PNG\r\n\x1a\n\0\0"}, "file", "The advisory must be a Word file (.docx) or plain text."),
        ({"file": b"%PDF-1.7"}, "file", "The advisory must be a Word file (.docx) or plain text."),
        ({"file": b" \n"}, "file", "This file holds no text."),
        ({"file": b"PK\x03\x04 not a Word file"}, "file", "This file is damaged"),
        ({"text": "When: today", "file": b"When: today"}, "file", "Paste a text or choose a file, not both."),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(client, officer, typed, field, sentence):
    if "file" in typed:
        typed = typed | {"file": SimpleUploadedFile("advisory.txt", typed["file"])}

    response = client.post(IMPORT, {"text": ""} | typed)

    (said,) = response.context["form"].errors[field]
    assert said.startswith(sentence)
    assert response.context["form"]["text"].value() == typed.get("text", "")
    assert not Meeting.objects.exists()


# Preview


def test_preview_shows_the_draft_and_publishes_nothing(client, officer):
    meeting = make_meeting("Unheard-of dialogue")

    around = client.get(at("preview", meeting))
    inside = client.get(at("preview_form", meeting, "en", "page"))
    text = client.get(at("preview_form", meeting, "en", "txt"))

    assert at("preview_form", meeting, "en", "page") in around.content.decode()
    assert "Unheard-of dialogue" in inside.content.decode()
    assert "Unheard-of dialogue" in text.content.decode()
    assert text.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert not Edition.objects.exists()


@pytest.mark.parametrize("format", ["page", "txt"])
def test_preview_of_a_hardly_begun_draft_is_shown(client, officer, format):
    meeting = make_meeting("Hardly begun", sitting=False, contact=False, time_zone="")

    assert "Hardly begun" in client.get(at("preview_form", meeting, "en", format)).content.decode()


def test_preview_may_stand_in_our_own_frame_alone(client, officer):
    response = client.get(at("preview_form", make_meeting(), "en", "page"))

    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize(("language", "format"), [("xx", "page"), ("en", "exe")])
def test_preview_of_an_unknown_form_is_not_found(client, officer, language, format):
    assert client.get(at("preview_form", make_meeting(), language, format)).status_code == 404


# Publish


def test_page_names_what_is_missing_and_leads_there(client, officer):
    meeting = make_meeting(contact=False, time_zone="")

    page = client.get(at("publish", meeting)).content.decode()

    assert f'<a href="{at("change", meeting)}#contacts-group">Media contacts</a>: Add a media contact.' in page
    assert f'<a href="{at("change", meeting)}#id_time_zone">Time zone</a>: Choose the time zone' in page
    assert 'type="submit" class="default" value="Publish"' not in page


def test_refusal_publishes_nothing_and_says_why(client, officer):
    meeting = make_meeting()
    data = filled(client.get(at("publish", meeting)), None)
    meeting.contacts.all().delete()

    response = client.post(at("publish", meeting), data, follow=True)

    assert "Add a media contact." in messages_on(response)
    assert not Edition.objects.exists()


def test_officer_publishes_the_first_issue(client, officer):
    meeting = make_meeting()

    response = client.post(at("publish", meeting), filled(client.get(at("publish", meeting)), None), follow=True)

    edition = Edition.objects.get()
    assert (edition.kind, edition.by) == ("first", officer)
    assert response.redirect_chain == [(at("change", meeting), 302)]
    assert messages_on(response) == [
        'Edition 1 is public: <a href="/meetings/2016/dialogue-1/">view it on the site</a>.'
    ]
    assert client.get("/meetings/2016/dialogue-1/").status_code == 200
    assert LogEntry.objects.get().get_change_message() == "Published edition 1: First issue."


def test_log_of_a_publication_is_kept_in_english(officer, rf):
    meeting = make_meeting()
    edition = publish(meeting, by=officer)
    request = rf.post("/")
    request.user = officer

    with override("fr"):
        tell(admin.site.get_model_admin(Meeting), request, meeting, edition)

    assert LogEntry.objects.get().get_change_message() == "Published edition 1: First issue."


@pytest.mark.parametrize("kind", ["update", "typo"])
def test_later_edition_is_of_the_chosen_kind(client, officer, kind):
    meeting = make_meeting()
    publish(meeting, by=None)

    client.post(at("publish", meeting), filled(client.get(at("publish", meeting)), None) | {"kind": kind})

    assert list(meeting.editions.values_list("number", "kind")) == [(2, kind), (1, "first")]


def test_kind_that_is_not_offered_is_refused(client, officer):
    meeting = make_meeting()
    publish(meeting, by=None)

    client.post(at("publish", meeting), filled(client.get(at("publish", meeting)), None) | {"kind": "first"})

    assert meeting.editions.count() == 1


def test_publishing_what_changed_since_the_page_was_opened_is_refused(client, officer):
    meeting = make_meeting()
    data = filled(client.get(at("publish", meeting)), None)
    meeting.save()

    response = client.post(at("publish", meeting), data, follow=True)

    assert messages_on(response)[0].startswith("The meeting was changed or published after you opened this page.")
    assert not Edition.objects.exists()


def test_second_press_of_the_button_publishes_nothing_more(client, officer):
    meeting = make_meeting()
    publish(meeting, by=None)
    data = filled(client.get(at("publish", meeting)), None)

    client.post(at("publish", meeting), data)
    client.post(at("publish", meeting), data)

    assert meeting.editions.count() == 2


def test_embargoed_edition_waits(client, officer):
    meeting = make_meeting(embargo_until=timezone.now() + timedelta(days=1))

    response = client.post(at("publish", meeting), filled(client.get(at("publish", meeting)), None), follow=True)

    assert messages_on(response)[0].startswith("Edition 1 waits: nothing is public before ")
    assert "View on site" not in response.content.decode()


def test_supervisor_sees_the_preview_and_does_not_publish(client):
    meeting = make_meeting()
    client.force_login(make_officer(roles=[Role.SUPERVISOR]))

    page = at("publish", meeting)
    answers = [client.get(at("preview", meeting)), client.get(page), client.post(page)]

    assert [answer.status_code for answer in answers] == [200, 403, 403]
    assert not Edition.objects.exists()


def test_view_on_site_is_offered_once_it_is_public(client, officer):
    meeting = make_meeting()
    assert "View on site" not in client.get(at("change", meeting)).content.decode()

    publish(meeting, by=None)

    assert 'href="/meetings/2016/dialogue-1/"' in client.get(at("change", meeting)).content.decode()


# Editions


def test_editions_tell_when_by_whom_and_what_they_said(client, officer):
    meeting = make_meeting("First words")
    publish(meeting, by=officer)
    Meeting.objects.update(title="Second words")
    publish(meeting, by=None)

    page = client.get(at("editions", meeting)).content.decode()
    said = [client.get(at("edition", meeting, number)).content.decode() for number in (1, 2)]

    assert "A. Officer" in page
    assert "First issue" in page
    assert ["First words" in said[0], "Second words" in said[1]] == [True, True]
    assert client.get(at("edition", meeting, 3)).status_code == 404


# Clone


def test_clone_is_a_draft_with_the_same_words_and_no_days(client, officer):
    meeting = make_full_meeting()
    file = {"name": "a.pdf", "digest": "a" * 64, "media_type": "application/pdf", "size_bytes": 10}
    meeting.documents.first().files.create(**file)
    publish(meeting, by=None)

    response = client.post(at("clone", meeting), follow=True)

    copy = Meeting.objects.exclude(pk=meeting.pk).get()
    meeting.refresh_from_db()
    assert (copy.title, copy.status, copy.url_year, copy.embargo_until) == (meeting.title, "draft", None, None)
    assert (copy.code == meeting.code, copy.slug == meeting.slug) == (False, False)
    assert list(copy.sittings.values_list("title", "date", "start_time", "end_time")) == [
        (sitting.title, None, sitting.start_time, sitting.end_time) for sitting in meeting.sittings.all()
    ]
    assert [str(row) for row in copy.speakers.all()] == [str(row) for row in meeting.speakers.all()]
    assert DocumentFile.objects.get(document__meeting=copy).digest == "a" * 64
    assert set(copy.contacts.values_list("shown_until", flat=True)) == {None}
    assert response.redirect_chain == [(at("change", copy), 302)]
    assert f"a draft copy of “{meeting}” with the code {copy.code}" in messages_on(response)[0]


def test_clone_copies_every_part_that_says_so():
    meeting = make_full_meeting()
    meeting.documents.first().files.create(name="a.pdf", digest="a" * 64, media_type="application/pdf", size_bytes=10)
    category = presets.press(meeting)
    category.questions.create(key="arrival", label="When do you arrive?")
    meeting.zones.create(number=1, name="Floor")
    make_desk_policy(meeting)
    make_gate(meeting)
    BadgeLayout.objects.create(meeting=meeting)
    meeting.pools.create(name="Photographers").seats.create(medium="photo", seats=4)
    models = [model for model, _ in cloning.kinds_of_part()]
    counts = {model: model.objects.count() for model in models}
    assert len(models) == 20
    assert all(counts.values())

    cloning.clone(meeting, year=2027)

    assert {model: model.objects.count() for model in models} == {model: 2 * count for model, count in counts.items()}


@pytest.mark.parametrize("rows", [1, 12])
def test_clone_asks_the_same_number_of_questions(rows, django_assert_num_queries):
    meeting = make_full_meeting()
    for number in range(rows):
        meeting.links.create(url=f"https://{number}.example.int/")

    with django_assert_num_queries(35):
        cloning.clone(meeting, year=2027)


def test_clone_is_made_by_a_button_alone(client, officer):
    meeting = make_meeting()

    assert client.get(at("clone", meeting)).status_code == 405
    assert Meeting.objects.count() == 1


# Files of drafts


def test_photograph_of_a_draft_is_shown_to_its_officers_alone(client, officer, photograph):
    photo = uploads.photo(photograph)
    digest = uploads.store(photo.data, suffix=".jpg").digest
    meeting = make_meeting()
    meeting.speakers.create(name="Ada", photo={"digest": digest, "media_type": "image/jpeg", "width": 1, "height": 1})
    address = at("file", meeting, digest, "photograph")

    response = client.get(address)

    assert b"".join(response) == photo.data
    assert response.headers["Content-Type"] == "image/jpeg"
    client.force_login(make_officer("other", meeting=make_meeting()))
    assert client.get(address).status_code == 404


def test_file_that_the_meeting_does_not_name_is_not_found(client, officer, photograph):
    digest = uploads.store(uploads.photo(photograph).data, suffix=".jpg").digest

    assert client.get(at("file", make_meeting(), digest, "photograph")).status_code == 404


def test_preview_takes_files_from_the_panel(client, officer, photograph):
    photo = uploads.photo(photograph)
    digest = uploads.store(photo.data, suffix=".jpg").digest
    meeting = make_meeting()
    kept = {"digest": digest, "media_type": "image/jpeg", "width": photo.width, "height": photo.height}
    meeting.speakers.create(kind="person", name="Ada Example", photo=kept, photo_caption="Ada Example at a desk")

    page = client.get(at("preview_form", meeting, "en", "page")).content.decode()

    assert f'src="/admin/advisory/meeting/{meeting.pk}/files/{digest}/' in page
    assert "/meetings/2016/dialogue-1/files/" not in page


def test_address_that_another_meeting_has_is_refused_in_words(client, officer):
    publish(make_meeting(slug="dialogue"), by=None)
    meeting = make_meeting(slug="dialogue")

    response = client.post(at("publish", meeting), filled(client.get(at("publish", meeting)), None))

    assert messages_on(response) == ["Another meeting of that year has this address. Change the slug."]
    assert not meeting.editions.exists()
