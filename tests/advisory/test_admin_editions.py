"""The list of editions and the links for cleared readers, as an officer reads them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from advisory import previewing
from advisory.models import Edition, Meeting, PreviewLink
from advisory.publishing import publish
from advisory.redaction import blank
from office.permissions import Role
from tests.builders import make_meeting, make_officer
from tests.filled_form import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    officer = make_officer(name="A. Officer")
    client.force_login(officer)
    return officer


@pytest.fixture
def meeting(officer):
    meeting = make_meeting(room="Hall 1")
    publish(meeting, by=officer)
    return Meeting.objects.get()


def at(page, meeting, *arguments):
    return reverse(f"admin:advisory_meeting_{page}", args=[meeting.pk, *arguments])


# Editions


def test_each_row_tells_kind_notice_and_what_the_public_sees(client, meeting):
    Meeting.objects.update(room="Hall 2")
    publish(meeting, by=None, kind="correction", words="The room is another.")
    instant = datetime(2099, 7, 1, 14, tzinfo=UTC)
    publish(meeting, by=None, at=instant)
    publish(meeting, by=None)

    response = client.get(at("editions", meeting))

    rows = [(row["edition"].number, row["state"], row["words"], row["lines"]) for row in response.context["editions"]]
    assert rows == [
        (3, "waiting", "", []),
        (3, "superseded", "", []),
        (2, "public", "The room is another.", [["Where", "Hall 1", "Hall 2"]]),
        (1, "earlier", "", []),
    ]
    page = response.content.decode()
    assert "1 July 2099, 10:00 America/New_York (14:00 UTC)" in page
    assert "never: replaced before its instant" in page


def test_verdict_on_the_chain_stands_above(client, meeting):
    assert client.get(at("editions", meeting)).context["verdict"] == "intact"
    blank(meeting.published_people.get())
    assert client.get(at("editions", meeting)).context["verdict"] == "redacted"

    facts = Edition.objects.get().facts
    Edition.objects.update(facts=facts | {"map_url": "https://elsewhere.example.org/"})

    page = client.get(at("editions", meeting))
    assert page.context["verdict"] == "broken"
    assert "Edition 1 (row 1) is not what was written" in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_editions_asks_the_same_number_of_questions(client, meeting, count, django_assert_num_queries):
    for _ in range(count):
        publish(meeting, by=None)

    with django_assert_num_queries(9):
        client.get(at("editions", meeting))


# Preview links


def typed(reader="Ada Example, Example News", expires="2099-09-06", time="10:00", zone="Europe/Zurich"):
    return {"reader": reader, "expires_at_date": expires, "expires_at_time": time, "expires_at_zone": zone}


def make(client, meeting, **words):
    page = at("preview_links", meeting)
    return client.post(page, filled(client.get(page), None) | typed(**words))


def test_address_of_a_new_link_is_shown_once(client, meeting, officer):
    response = make(client, meeting)

    link = PreviewLink.objects.get()
    assert (link.reader, link.made_by, link.expires_at) == (
        "Ada Example, Example News",
        officer,
        datetime(2099, 9, 6, 8, tzinfo=UTC),
    )
    (token,) = re.findall(r"/preview/([\w-]{22,})/", response.content.decode())
    assert token not in client.get(at("preview_links", meeting)).content.decode()
    assert "6 September 2099, 04:00 America/New_York (08:00 UTC)" in response.content.decode()


def test_link_expires_with_the_waiting_edition_unless_told_otherwise(client, meeting):
    publish(meeting, by=None, at=datetime(2099, 7, 1, 14, tzinfo=UTC))

    shown = filled(client.get(at("preview_links", meeting)), None)

    assert (shown["expires_at_date"], shown["expires_at_time"]) == (["2099-07-01"], ["10:00"])


@pytest.mark.parametrize(
    ("words", "field"),
    [({"reader": " "}, "reader"), ({"expires": "2016-01-01"}, "expires_at"), ({"zone": "Mars"}, "expires_at")],
)
def test_link_that_cannot_be_is_refused_and_nothing_typed_is_lost(client, meeting, words, field):
    response = make(client, meeting, **words)

    assert list(response.context["form"].errors) == [field]
    assert filled(response, None)["expires_at_time"] == ["10:00"]
    assert not PreviewLink.objects.exists()


def test_list_tells_who_opened_what_when(client, meeting, officer):
    link, _ = previewing.make(meeting, reader="Ada", expires_at=timezone.now() + timedelta(days=1), by=officer)
    link.openings.create(edition=Edition.objects.get())

    (row,) = client.get(at("preview_links", meeting)).context["links"]

    assert (row["state"], [edition.number for _, edition in row["openings"]]) == ("open", [1])


def test_link_is_withdrawn_by_a_button(client, meeting):
    make(client, meeting)
    link = PreviewLink.objects.get()
    assert client.get(at("withdraw_preview_link", meeting, link.pk)).status_code == 405

    client.post(at("withdraw_preview_link", meeting, link.pk))

    link.refresh_from_db()
    assert link.withdrawn_at is not None
    assert client.get(at("preview_links", meeting)).context["links"][0]["state"] == "withdrawn"


def test_link_of_another_meeting_is_not_withdrawn(client, meeting, officer):
    other = make_meeting("Another")
    link, _ = previewing.make(other, reader="Ada", expires_at=timezone.now() + timedelta(days=1), by=officer)

    assert client.post(at("withdraw_preview_link", meeting, link.pk)).status_code == 404
    link.refresh_from_db()
    assert link.withdrawn_at is None


@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.SUPERVISOR])
def test_others_than_press_officers_neither_see_nor_make_links(client, meeting, role):
    client.force_login(make_officer("other", roles=[role]))

    page = at("preview_links", meeting)

    assert [client.get(page).status_code, client.post(page, typed()).status_code] == [403, 403]
    assert not PreviewLink.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_links_asks_the_same_number_of_questions(client, meeting, officer, count, django_assert_num_queries):
    for number in range(count):
        link, _ = previewing.make(
            meeting, reader=f"Reader {number}", expires_at=timezone.now() + timedelta(days=1), by=officer
        )
        link.openings.create(edition=Edition.objects.get())

    with django_assert_num_queries(8):
        client.get(at("preview_links", meeting))


def test_editions_are_told_in_the_language_they_were_written_in(client, meeting):
    publish(meeting, by=None, kind="reminder", words="Come early.")
    Meeting.objects.update(original_language="fr")

    response = client.get(at("editions", meeting))

    assert [row["words"] for row in response.context["editions"]] == ["Come early.", ""]
    assert "Hall 1" in client.get(at("edition", meeting, 1)).content.decode()
