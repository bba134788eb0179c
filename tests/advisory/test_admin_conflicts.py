"""Two officers on one meeting's page: what each changed, side by side, and nothing lost of either."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from advisory.models import Meeting, Topic
from tests.builders import make_full_meeting, make_meeting, make_officer
from tests.filled_form import filled

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _officer(client):
    client.force_login(make_officer(name="A. Officer"))


@pytest.fixture
def meeting():
    return make_meeting(room="Hall 1")


def page_of(meeting):
    return reverse("admin:advisory_meeting_change", args=[meeting.pk])


def form_of(client, meeting):
    return filled(client.get(page_of(meeting)), "meeting_form")


def colleague_saves(meeting, **fields):
    Meeting.objects.filter(pk=meeting.pk).update(**fields, changed_at=timezone.now())


def send(client, meeting, data):
    """The answer, and its form as a browser would send it again."""
    response = client.post(page_of(meeting), data)
    return response, filled(response, "meeting_form")


def told(response):
    merged = response.context["merged"]
    return [(row["label"], row["saved"], row["yours"]) for row in merged.both], merged.taken


def test_field_that_both_changed_stands_side_by_side(client, meeting):
    data = form_of(client, meeting)
    colleague_saves(meeting, room="Hall 2")

    response, again = send(client, meeting, data | {"room": "Hall 3"})

    assert told(response) == ([("Room", "Hall 2", "Hall 3")], [])
    assert again["room"] == ["Hall 3"]
    meeting.refresh_from_db()
    assert meeting.room == "Hall 2"
    client.post(page_of(meeting), again)
    meeting.refresh_from_db()
    assert meeting.room == "Hall 3"


def test_officer_takes_what_is_saved_by_a_tick(client, meeting):
    data = form_of(client, meeting)
    colleague_saves(meeting, room="Hall 2")
    _, again = send(client, meeting, data | {"room": "Hall 3", "theme": "Mine"})

    client.post(page_of(meeting), again | {"_take": ["room"]})

    meeting.refresh_from_db()
    assert (meeting.room, meeting.theme) == ("Hall 2", "Mine")


def test_what_only_one_changed_is_kept_of_each(client, meeting):
    data = form_of(client, meeting)
    colleague_saves(meeting, room="Hall 2")

    response, again = send(client, meeting, data | {"theme": "Mine"})

    assert told(response) == ([], ["Room: Hall 2"])
    client.post(page_of(meeting), again)
    meeting.refresh_from_db()
    assert (meeting.room, meeting.theme) == ("Hall 2", "Mine")


def test_of_a_full_page_only_what_differs_is_told(client):
    meeting = make_full_meeting(capacity=60, embargo_until=datetime(2099, 1, 1, tzinfo=UTC), embargo_zone="Asia/Tokyo")
    data = form_of(client, meeting)
    colleague_saves(meeting, theme="Theirs")

    response, again = send(client, meeting, data)

    assert told(response) == ([], ["Theme: Theirs"])
    assert {name for name in data if again.get(name) != data[name]} == {
        "theme",
        "seen",
        "opened",
        "csrfmiddlewaretoken",
    }


@pytest.mark.parametrize(
    ("change", "sentence", "shown"),
    [
        ({"capacity": 40}, "Capacity: 40", {"capacity": ["40"]}),
        ({"interpretation": ["fr", "ar"]}, "Interpretation into: fr\nar", {"interpretation": ["fr\nar"]}),
        ({"attendance": "hybrid"}, "Attendance: In person and online", {"attendance": ["hybrid"]}),
        (
            {"embargo_until": datetime(2099, 1, 1, 1, tzinfo=UTC), "embargo_zone": "Asia/Tokyo"},
            "Embargo until: 1 January 2099, 10:00 Asia/Tokyo (01:00 UTC)",
            {"embargo_until_date": ["2099-01-01"], "embargo_until_zone": ["Asia/Tokyo"]},
        ),
    ],
)
def test_every_kind_of_field_is_taken_over(client, meeting, change, sentence, shown):
    data = form_of(client, meeting)
    colleague_saves(meeting, **change)

    response, again = send(client, meeting, data)

    assert told(response) == ([], [sentence])
    assert {name: again[name] for name in shown} == shown


def test_topics_are_taken_over(client, meeting):
    topic = Topic.objects.create(name="Water", slug="water")
    data = form_of(client, meeting)
    meeting.topics.add(topic)
    colleague_saves(meeting)

    response, again = send(client, meeting, data)

    assert told(response) == ([], ["Topics: Water"])
    assert again["topics"] == [str(topic.pk)]


# Parts


def test_row_of_a_part_is_known_by_its_key(client, meeting):
    meeting.links.create(label="Programme", url="https://a.example.int/")
    data = form_of(client, meeting)
    meeting.links.update(label="Agenda")
    colleague_saves(meeting)

    response, _ = send(client, meeting, data | {"links-0-label": "Timetable"})

    assert told(response) == ([("Links, Agenda: Label", "Agenda", "Timetable")], [])


def test_row_added_by_the_other_comes_in_and_mine_stays(client, meeting):
    data = form_of(client, meeting)
    meeting.links.create(label="Theirs", url="https://a.example.int/")
    colleague_saves(meeting)
    mine = {"links-TOTAL_FORMS": 1, "links-0-label": "Mine", "links-0-url": "https://b.example.int/"}

    response, again = send(client, meeting, data | mine)

    assert told(response) == ([], ["Links: “Theirs” was added"])
    client.post(page_of(meeting), again)
    assert list(meeting.links.values_list("label", flat=True).order_by("pk")) == ["Theirs", "Mine"]


def test_row_deleted_by_the_other_goes(client, meeting):
    for label in ["One", "Two"]:
        meeting.links.create(label=label, url="https://a.example.int/")
    data = form_of(client, meeting)
    meeting.links.get(label="One").delete()
    colleague_saves(meeting)

    response, again = send(client, meeting, data)

    assert told(response) == ([], ["Links: row 1 was deleted"])
    assert client.post(page_of(meeting), again).status_code == 302
    assert [link.label for link in meeting.links.all()] == ["Two"]


def test_row_deleted_by_the_other_comes_back_where_i_changed_it(client, meeting):
    meeting.links.create(label="One", url="https://a.example.int/")
    data = form_of(client, meeting)
    meeting.links.all().delete()
    colleague_saves(meeting)

    response, again = send(client, meeting, data | {"links-0-label": "Uno"})

    assert told(response)[1] == ["Links: row 1 was deleted; you changed it, so saving adds it again"]
    client.post(page_of(meeting), again)
    assert [link.label for link in meeting.links.all()] == ["Uno"]


def test_chosen_photograph_survives_the_conflict(client, meeting):
    kept = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(kept, "JPEG")
    data = form_of(client, meeting)
    meeting.photos.create(caption="Theirs")
    colleague_saves(meeting, room="Hall 2")
    mine = {"photos-TOTAL_FORMS": 1, "photos-0-caption": "Mine"}

    _, again = send(
        client, meeting, data | mine | {"photos-0-image_file": SimpleUploadedFile("a.jpg", kept.getvalue())}
    )
    client.post(page_of(meeting), again)

    assert [(photo.caption, bool(photo.image)) for photo in meeting.photos.order_by("pk")] == [
        ("Theirs", False),
        ("Mine", True),
    ]


@pytest.mark.parametrize("opened", ["", "{", "[]", '{"room": 3}'])
def test_page_without_its_digests_shows_every_difference(client, meeting, opened):
    data = form_of(client, meeting)
    colleague_saves(meeting, room="Hall 2")

    response, again = send(client, meeting, data | {"opened": opened})

    assert told(response) == ([("Room", "Hall 2", "Hall 1")], [])


def test_reader_who_sends_an_old_page_is_refused(client, meeting):
    data = form_of(client, meeting)
    colleague_saves(meeting, room="Hall 2")
    client.force_login(make_officer("reader", roles=["supervisor"]))

    assert client.post(page_of(meeting), data | {"_take": ["room"]}).status_code == 403


HOSTILE = [
    {"sittings-TOTAL_FORMS": "9" * 5000},
    {f"sittings-{'9' * 5000}-title": "Morning"},
    {"sittings-0-id": "²"},
    {"opened": "[" * 100_000},
    {"opened": '{"body": 3}'},
    {"embargo_until_date": "9999-12-31", "embargo_until_time": "23:59", "embargo_until_zone": "America/New_York"},
    {"embargo_until_date": "0001-01-01", "embargo_until_time": "00:10", "embargo_until_zone": "Asia/Tokyo"},
    {"sittings-0-date": "9999-12-31"},
    {"sittings-0-date": "0001-01-01"},
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_that_is_sent_from_an_older_page_is_an_error_of_ours(client, meeting, typed):
    data = form_of(client, meeting)
    colleague_saves(meeting, theme="Another")

    assert client.post(page_of(meeting), data | typed).status_code in (200, 302, 400)
    assert client.get(page_of(meeting)).status_code == 200


# A document's own page


@pytest.fixture
def document(meeting):
    return meeting.documents.create(title="Report", symbols=["A/70/999"])


def document_page(document):
    return reverse("admin:advisory_document_change", args=[document.pk])


def document_form(client, document):
    return filled(client.get(document_page(document)), "document_form")


def colleague_saves_document(document, **fields):
    type(document).objects.filter(pk=document.pk).update(**fields)
    colleague_saves(document.meeting)


def test_field_of_a_document_that_both_changed_stands_side_by_side(client, document):
    data = document_form(client, document)
    colleague_saves_document(document, title="Theirs")

    response = client.post(document_page(document), data | {"title": "Mine"})

    assert told(response) == ([("Title", "Theirs", "Mine")], [])
    document.refresh_from_db()
    assert document.title == "Theirs"
    assert 'value="title"> Take what is saved now' in response.content.decode()
    assert document_page(document) in response.context["errors"][0][0]
    client.post(document_page(document), filled(response, "document_form"))
    document.refresh_from_db()
    assert document.title == "Mine"


def test_officer_takes_what_is_saved_of_a_document_by_a_tick(client, document):
    data = document_form(client, document)
    colleague_saves_document(document, title="Theirs")
    response = client.post(document_page(document), data | {"title": "Mine", "url": "https://a.example.int/"})

    client.post(document_page(document), filled(response, "document_form") | {"_take": ["title"]})

    document.refresh_from_db()
    assert (document.title, document.url) == ("Theirs", "https://a.example.int/")


def test_chosen_file_survives_the_conflict_and_theirs_comes_in(client, document):
    kept = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(kept, "PNG")
    data = document_form(client, document)
    stored = {"digest": "0" * 64, "media_type": "application/pdf", "size_bytes": 9}
    document.files.create(language="fr", name="theirs.pdf", **stored)
    colleague_saves_document(document)
    mine = {"files-TOTAL_FORMS": 1, "files-0-language": "es", "files-0-name": "", "files-0-id": ""}

    response = client.post(
        document_page(document), data | mine | {"files-0-upload": SimpleUploadedFile("a.png", kept.getvalue())}
    )
    answer = client.post(document_page(document), filled(response, "document_form"))

    assert told(response) == ([], ["Document files: “theirs.pdf” was added"])
    assert answer.status_code == 302
    files = [(file.language, file.name, file.digest == "0" * 64) for file in document.files.order_by("pk")]
    assert files == [("fr", "theirs.pdf", True), ("es", "a.jpg", False)]  # no transparency: a JPEG is as good


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_saving_a_document_at_once_the_second_is_told(document):
    colleagues = [make_officer(name) for name in ("first", "second")]
    browsers = [Client(), Client()]
    for browser, officer in zip(browsers, colleagues, strict=True):
        browser.force_login(officer)
    sent = [(browser, document_form(browser, document) | {"title": browser_title}) for browser, browser_title in
            zip(browsers, ["One", "Two"], strict=True)]  # fmt: skip
    start = Barrier(2)

    def save(browser_and_data):
        browser, data = browser_and_data
        start.wait()
        try:
            return browser.post(document_page(document), data).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(save, sent))

    assert sorted(answers) == [200, 302]


def test_document_deleted_meanwhile_is_answered(client, document):
    data = document_form(client, document)
    document.delete()

    assert client.post(document_page(document), data).status_code == 302


@pytest.mark.parametrize("key", ["²", "9" * 30, "x"])
def test_key_of_no_meeting_is_answered(client, key):
    meeting = make_meeting()
    page = page_of(meeting).replace(f"/{meeting.pk}/", f"/{key}/")

    assert client.post(page, {}).status_code == 302
