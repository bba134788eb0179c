"""The daily alert: a day's rows in order, with what is sure, what follows and what is off."""

from datetime import UTC, date, datetime, time

import pytest

from advisory import alert, publishing
from advisory.words import EditionKind
from tests.builders import make_meeting, make_sitting

pytestmark = pytest.mark.django_db
DAY = date(2016, 9, 6)


@pytest.fixture(autouse=True)
def _seat_in_new_york(settings):
    settings.TIME_ZONE = "America/New_York"
    settings.PRESS_DESK_PHONE, settings.PRESS_DESK_EMAIL = "+12125550100", "desk@example.int"


def announce(title, *, kind=None, stakeouts=(), webcast=False, sittings=({},), **fields):
    meeting = make_meeting(title, sitting=False, **fields)
    for position, sitting in enumerate(sittings):
        make_sitting(meeting, position=position, **{"end_time": None} | sitting)
    for position, stakeout in enumerate(stakeouts):
        meeting.stakeouts.create(position=position, **{"date": DAY} | stakeout)
    if webcast:
        meeting.webcasts.create(url="https://tv.example.int/live")
    publishing.publish(meeting, by=None)
    if kind:
        meeting.refresh_from_db()
        publishing.publish(meeting, by=None, kind=kind)
    return meeting


def rows(day=DAY):
    return [(row.hours, row.place, row.what, [str(tag.word) for tag in row.tags]) for row in alert.of_day(day).rows]


def test_day_in_order_with_what_follows_behind_what_it_follows():
    announce("Late", sittings=[{"start_time": time(18), "end_time": time(19)}], room="Room B")
    announce(
        "Council",
        room="Council Chamber",
        sittings=[
            {"start_time": time(10), "end_time": time(11, 30), "press": "closed"},
            {"start_time": None, "precision": "following", "title": "Vote"},
        ],
        stakeouts=[
            {"kind": "stakeout", "title": "The President", "precision": "following", "who_may_ask": "pool"},
            {"kind": "press_conference", "start_time": time(12, 30), "room": "Briefing Room"},
        ],
    )
    announce("Early", sittings=[{"start_time": time(9), "precision": "about", "press": "pool"}], attendance="hybrid")
    announce("Some time", sittings=[{"start_time": time(8), "precision": "to_be_confirmed"}], webcast=True)

    assert rows() == [
        ("about 09:00", "", "Early", ["Press pool only", "In person and online"]),
        ("10:00–11:30", "Council Chamber", "Council", ["Closed to the press"]),
        ("Following above", "Council Chamber", "Council: Vote", ["Open to the press"]),
        ("Following above", "Council Chamber", "Media stakeout: The President", ["Open to the press"]),
        ("12:30", "Briefing Room", "Press conference", ["Open to the press"]),
        ("18:00–19:00", "Room B", "Late", ["Open to the press"]),
        ("time to be confirmed", "", "Some time", ["Open to the press", "Webcast"]),
    ]


@pytest.mark.parametrize(("kind", "word"), [(EditionKind.CANCELLED, "Cancelled"), (EditionKind.POSTPONED, "Postponed")])
def test_what_is_off_keeps_its_line_and_says_so_first(kind, word):
    announce("Council", kind=kind, webcast=True)

    found = alert.of_day(DAY).rows

    assert [(row.is_off, [str(tag.word) for tag in row.tags]) for row in found] == [(True, [word])]


def test_meeting_elsewhere_stands_on_the_seats_day_at_the_seats_hour():
    announce(
        "Tokyo", sittings=[{"date": date(2016, 9, 7), "start_time": time(9)}], time_zone="Asia/Tokyo", city="Tokyo"
    )

    [row] = alert.of_day(DAY).rows

    assert (row.hours, row.also, row.place) == ("20:00", "09:00 Tokyo", "Tokyo")
    assert row.at == datetime(2016, 9, 7, 0, 0, tzinfo=UTC)
    assert rows(date(2016, 9, 7)) == []


def test_sitting_of_several_days_stands_on_each():
    announce("Session", sittings=[{"end_date": date(2016, 9, 8), "end_time": time(18)}])

    assert [len(rows(date(2016, 9, day))) for day in (5, 6, 7, 8, 9)] == [0, 1, 1, 1, 0]


def test_press_conference_the_day_before_is_on_its_own_day():
    announce("Summit", stakeouts=[{"date": date(2016, 9, 1), "start_time": time(11), "title": "Curtain-raiser"}])

    [row] = alert.of_day(date(2016, 9, 1)).rows

    assert (row.hours, row.what, row.context) == ("11:00", "Press conference: Curtain-raiser", "Summit")


def test_drafts_and_embargoed_meetings_are_on_no_alert():
    make_meeting("Draft")
    announce("Waiting", embargo_until=datetime(2126, 1, 1, tzinfo=UTC))

    assert rows() == []


def test_two_queries_whatever_the_number_of_meetings(django_assert_num_queries):
    for count in (1, 2):
        for number in range(count):
            announce(f"Meeting {count}.{number}")
        with django_assert_num_queries(2):
            alert.of_day(DAY)


def test_text_form_exactly(client, settings):
    settings.ORGANIZATION_NAME = "Example Assembly"
    announce("Council", room="Council Chamber", slug="council")

    response = client.get("/alert/2016-09-06.txt")

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().split("\r\n") == [
        "EXAMPLE ASSEMBLY",
        "Media alert for Tuesday 6 September 2016",
        "",
        "All times and places are subject to change.",
        "Times are those of New York.",
        "",
        "10:00 | Council Chamber",
        "  Council",
        "  Open to the press",
        "  http://localhost:8000/meetings/2016/council/",
        "",
        "Press desk: +1 212 555 0100, desk@example.int",
        "http://localhost:8000/alert/2016-09-06/",
        "",
    ]


def test_page_leads_to_the_days_beside_it_and_says_when_there_is_nothing(client):
    page = client.get("/alert/2016-09-06/").content.decode()

    assert 'href="/alert/2016-09-05/" rel="prev nofollow"' in page
    assert 'href="/alert/2016-09-07/" rel="next nofollow"' in page
    assert "No meeting is announced for this day." in page


@pytest.mark.parametrize("day", ["2016-02-30", "2016-13-01", "0001-01-01", "1900-01-01", "2199-12-31", "2016-9-6"])
def test_day_that_is_none_is_404(client, day):
    assert client.get(f"/alert/{day}/").status_code == 404


def test_alert_without_a_date_is_todays(client, settings):
    response = client.get("/alert/")

    assert response.context["alert"].day == response.context["today"]
