"""Feeds and the calendar of a list: stable ids, dates with offsets, what is public and nothing else."""

from datetime import datetime, timedelta
from pathlib import Path

import icalendar
import pytest
import vobject
from django.utils import timezone
from lxml import etree

from advisory import publishing
from advisory.models import Edition
from advisory.words import EditionKind
from tests.builders import make_full_meeting, make_meeting

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(client):
    return etree.fromstring(client.get("/feed/").content)


def test_entry_leads_to_the_page_and_keeps_its_id_over_editions(client):
    meeting = make_full_meeting(slug="dialogue", code="R2P16")
    publishing.publish(meeting, by=None)
    first = feed(client)

    publishing.publish(meeting, by=None)

    second = feed(client)
    assert second.xpath("//a:entry/a:link/@href", namespaces=ATOM) == ["http://localhost:8000/meetings/2016/dialogue/"]
    ids = [tree.xpath("//a:entry/a:id/text()", namespaces=ATOM) for tree in (first, second)]
    assert ids == [["http://localhost:8000/meetings/R2P16"]] * 2
    updated = [tree.xpath("string(//a:entry/a:updated)", namespaces=ATOM) for tree in (first, second)]
    assert datetime.fromisoformat(updated[0]).tzinfo is not None
    assert updated[0] <= updated[1]


def rng():
    return etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))


@pytest.mark.parametrize("query", ["", "?q=nothing"])
def test_feed_is_what_rfc_4287_demands_with_entries_and_without(client, query):
    publishing.publish(make_full_meeting(), by=None)
    publishing.publish(make_meeting("Second <b>& last</b>", summary="A <script> & more"), by=None)
    schema = rng()

    schema.assertValid(etree.fromstring(client.get(f"/feed/{query}").content))


@pytest.mark.parametrize("name", ["id", "title", "updated", "author"])
def test_schema_refuses_a_feed_without(client, name):
    publishing.publish(make_full_meeting(), by=None)
    tree = feed(client)
    tree.remove(tree.find(f"a:{name}", ATOM))

    assert not rng().validate(tree)


def test_summary_is_words_and_no_markup(client):
    publishing.publish(make_meeting(summary="Mind <script>alert(1)</script> & such"), by=None)

    html = feed(client).xpath("string(//a:entry/a:summary[@type='html'])", namespaces=ATOM)

    assert html.startswith("Mind &lt;script&gt;alert(1)&lt;/script&gt; &amp; such Tuesday 6 September 2016")


def test_empty_feed_stays_the_same_bytes(client):
    etag = client.get("/feed/").headers["ETag"]

    assert client.get("/feed/", headers={"if-none-match": etag}).status_code == 304


def test_lifted_embargo_comes_first_and_is_dated_by_its_lifting(client):
    publishing.publish(make_meeting("Waiting", embargo_until=timezone.now() + timedelta(hours=1)), by=None)
    publishing.publish(make_meeting("Told at once"), by=None)
    lifted = timezone.now()
    Edition.objects.filter(facts__code="DEW01").update(visible_from=lifted)

    tree = feed(client)

    titles = tree.xpath("//a:entry/a:title/text()", namespaces=ATOM)
    assert titles == ["Media advisory: Waiting", "Media advisory: Told at once"]
    updated = tree.xpath("string(/a:feed/a:updated)", namespaces=ATOM)
    assert datetime.fromisoformat(updated) == lifted


def test_json_feed_says_the_same(client, settings):
    settings.ORGANIZATION_NAME = "Example Assembly"
    meeting = make_full_meeting(slug="dialogue", code="R2P16")
    first = publishing.publish(meeting, by=None)
    second = publishing.publish(meeting, by=None)

    response = client.get("/feed.json?body=general-assembly")

    assert response.headers["Content-Type"] == "application/feed+json; charset=utf-8"
    assert response.json() == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Example Assembly: media advisories",
        "home_page_url": "http://localhost:8000/meetings/?body=general-assembly",
        "feed_url": "http://localhost:8000/feed.json?body=general-assembly",
        "description": "Meetings announced to the press, latest publication first.",
        "language": "en",
        "authors": [{"name": "Example Assembly"}],
        "items": [
            {
                "id": "http://localhost:8000/meetings/R2P16",
                "url": "http://localhost:8000/meetings/2016/dialogue/",
                "title": "Media advisory: Informal interactive dialogue on early warning",
                "content_text": "The Assembly discusses the yearly report on early warning. "
                "Tuesday 6 September 2016, Trusteeship Council Chamber, New York",
                "date_published": first.visible_from.isoformat(),
                "date_modified": second.visible_from.isoformat(),
                "language": "en",
                "tags": ["General Assembly"],
            }
        ],
    }


def test_calendar_of_the_list_is_read_by_two_libraries(client):
    kept = make_full_meeting(slug="kept", code="KEPT")
    off = make_meeting("Off", slug="off", code="OFF")
    for meeting in [kept, off]:
        publishing.publish(meeting, by=None)
    off.refresh_from_db()
    publishing.publish(off, by=None, kind=EditionKind.CANCELLED)

    body = client.get("/meetings.ics?from=2016-01-01").content.decode()

    ours = icalendar.Calendar.from_ical(body)
    events = [(str(event["summary"]), int(event["sequence"]), str(event["status"])) for event in ours.walk("VEVENT")]
    assert events == [
        ("Informal interactive dialogue on early warning (Morning)", 0, "CONFIRMED"),
        ("Informal interactive dialogue on early warning (Afternoon)", 0, "CONFIRMED"),
        ("CANCELLED: Off", 1, "CANCELLED"),
    ]
    assert ours["refresh-interval"].dt == timedelta(hours=1)
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in body
    assert "SOURCE;VALUE=URI:http://localhost:8000/meetings.ics?from=2016-01-01\r\n" in body
    assert [str(zone["tzid"]) for zone in ours.walk("VTIMEZONE")] == ["America/New_York"]
    theirs = vobject.readOne(body)
    assert [event.summary.value for event in theirs.vevent_list] == [summary for summary, _, _ in events]


def test_self_link_names_the_public_site(client):
    links = feed(client).xpath("/a:feed/a:link[@rel='self']/@href", namespaces=ATOM)

    assert links == ["http://localhost:8000/feed/"]


def test_drafts_are_not_in_it(client):
    make_meeting("A draft")

    assert feed(client).xpath("//a:entry", namespaces=ATOM) == []
