"""The .ics form against RFC 5545, read by two libraries."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from advisory import publishing
from advisory.words import EditionKind, Precision
from tests.builders import make_full_meeting, make_meeting, make_sitting

pytestmark = pytest.mark.django_db


def ics(meeting):
    edition = meeting.editions.order_by("-sequence").first()
    return bytes(edition.renditions.get(format="ics", language="en").body)


def events(meeting):
    return icalendar.Calendar.from_ical(ics(meeting)).walk("VEVENT")


def test_lines_fold_at_75_octets_and_end_in_crlf_whatever_the_script():
    meeting = make_full_meeting()
    meeting.title = "非正式互动对话：保护责任" * 8
    meeting.theme = "حشد العمل الجماعي " * 12
    meeting.save()
    publishing.publish(meeting, by=None)

    lines = ics(meeting).split(b"\r\n")

    assert lines[-1] == b""
    assert max(len(line) for line in lines) <= 75
    assert [line for line in lines if b"\n" in line or b"\r" in line] == []
    assert events(meeting)[0]["SUMMARY"].startswith("非正式互动对话：保护责任" * 8)


def test_title_and_room_of_several_lines_become_one():
    meeting = make_full_meeting(room="Chamber\nsouth")
    meeting.title = "Early\r\nwarning\u2028dialogue"
    meeting.save()
    publishing.publish(meeting, by=None)

    calendar = icalendar.Calendar.from_ical(ics(meeting))

    assert calendar["X-WR-CALNAME"] == "Early warning dialogue"
    event = calendar.walk("VEVENT")[0]
    assert event["SUMMARY"] == "Early warning dialogue (Morning)"
    assert event["LOCATION"].startswith("Chamber south, ")


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Vienna", "Africa/Nairobi", "Asia/Kathmandu", "UTC"])
def test_zone_rules_equal_the_zone_database_two_years_round(zone):
    meeting = make_meeting(time_zone=zone)
    publishing.publish(meeting, by=None)
    calendar = icalendar.Calendar.from_ical(ics(meeting))
    rules = calendar.walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    start = datetime(2016, 9, 6) - timedelta(days=365)

    moments = [start + timedelta(hours=6 * step) for step in range(4 * 365 * 3)]

    assert [
        m for m in moments if m.replace(tzinfo=rules).utcoffset() != m.replace(tzinfo=ZoneInfo(zone)).utcoffset()
    ] == []


def test_second_reader_sees_the_same_start():
    meeting = make_meeting()
    publishing.publish(meeting, by=None)

    event = vobject.readOne(ics(meeting).decode()).vevent

    assert event.dtstart.value.astimezone(UTC) == datetime(2016, 9, 6, 14, tzinfo=UTC)
    assert event.dtend.value.astimezone(UTC) == datetime(2016, 9, 6, 22, tzinfo=UTC)


def test_sequence_grows_and_the_entry_keeps_its_name():
    meeting = make_meeting()
    publishing.publish(meeting, by=None)
    first = events(meeting)[0]

    publishing.publish(meeting, by=None)

    second = events(meeting)[0]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 1)
    assert first["UID"] == second["UID"]


@pytest.mark.parametrize(
    ("kind", "status", "summary"),
    [
        (None, "CONFIRMED", "Dialogue on early warning"),
        (EditionKind.CANCELLED, "CANCELLED", "CANCELLED: Dialogue on early warning"),
        (EditionKind.POSTPONED, "TENTATIVE", "POSTPONED: Dialogue on early warning"),
    ],
)
def test_state_of_the_meeting_reaches_the_calendar(kind, status, summary):
    meeting = make_meeting()
    publishing.publish(meeting, by=None)
    publishing.publish(meeting, by=None, kind=kind)

    assert [(e["STATUS"], e["SUMMARY"]) for e in events(meeting)] == [(status, summary)]


def test_unknown_hours_are_whole_days_and_unknown_dates_no_entry():
    meeting = make_meeting(sitting=False)
    make_sitting(meeting, start_time=None, end_time=None, precision=Precision.TO_BE_CONFIRMED, position=1)
    make_sitting(meeting, date=None, start_time=None, end_time=None, position=2)
    make_sitting(
        meeting, date=date(2016, 9, 12), end_date=date(2016, 9, 16), start_time=time(10), end_time=None, position=3
    )
    publishing.publish(meeting, by=None)

    found = [(e["DTSTART"].dt, e.get("DTEND") and e["DTEND"].dt) for e in events(meeting)]

    assert found[0] == (date(2016, 9, 6), date(2016, 9, 7))
    assert found[1] == (datetime(2016, 9, 12, 10, tzinfo=ZoneInfo("America/New_York")), None)
    assert len(found) == 2


def test_webcast_is_the_conference_of_rfc_7986():
    meeting = make_full_meeting()
    publishing.publish(meeting, by=None)

    assert [e["CONFERENCE"] for e in events(meeting)] == ["https://tv.example.int/early-warning"] * 2
