"""The advisory as a schema.org Event: exact, with offsets, and true to the meeting's state."""

from datetime import date

import pytest

from advisory import publishing
from advisory.words import EditionKind
from tests.advisory.pages import event, source
from tests.builders import make_full_meeting, make_meeting, make_sitting

pytestmark = pytest.mark.django_db


def test_event_for_search_engines_is_exact():
    assert event(source(make_full_meeting(slug="dialogue"))) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Informal interactive dialogue on early warning",
        "description": "The Assembly discusses the yearly report on early warning.",
        "url": "http://localhost:8000/meetings/2016/dialogue/",
        "inLanguage": "en",
        "startDate": "2016-09-06T10:00:00-04:00",
        "endDate": "2016-09-06T18:00:00-04:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
        "location": [
            {
                "@type": "Place",
                "name": "Trusteeship Council Chamber, Headquarters",
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": "1 Example Plaza",
                    "addressLocality": "New York",
                    "addressCountry": "United States of America",
                },
            },
            {"@type": "VirtualLocation", "url": "https://tv.example.int/early-warning"},
        ],
        "organizer": {"@type": "Organization", "name": "General Assembly", "url": "http://localhost:8000"},
    }


@pytest.mark.parametrize(
    ("kind", "status"), [(EditionKind.POSTPONED, "EventPostponed"), (EditionKind.CANCELLED, "EventCancelled")]
)
def test_event_tells_search_engines_of_the_change(kind, status):
    meeting = make_meeting()
    publishing.publish(meeting, by=None)

    assert event(source(meeting, kind=kind))["eventStatus"] == f"https://schema.org/{status}"


def test_event_of_several_days_without_hours_states_days_alone():
    meeting = make_meeting(sitting=False)
    make_sitting(meeting, start_time=None, end_time=None, end_date=date(2016, 9, 9), precision="to_be_confirmed")

    found = event(source(meeting))

    assert (found["startDate"], found["endDate"]) == ("2016-09-06", "2016-09-09")


def test_event_without_a_date_states_none():
    meeting = make_meeting(sitting=False)
    make_sitting(meeting, date=None, start_time=None, end_time=None)

    assert {"startDate", "endDate"} & set(event(source(meeting))) == set()
