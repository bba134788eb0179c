"""The same facts in every form: page, text, calendar and JSON of one full meeting."""

import html
import json
import re

import pytest
from icalendar import Calendar

from advisory import publishing
from tests.builders import make_full_meeting

pytestmark = pytest.mark.django_db

# What a reader must find, whichever form they opened
FACTS = [
    "Informal interactive dialogue on early warning",
    "Hearing the first bell",
    "The Assembly discusses the yearly report on early warning.",
    "Trusteeship Council Chamber",
    "Headquarters",
    "New York",
    "President of the General Assembly",
    "Ms Grace Sample",
    "Member States",
    "A/70/999",
    "S/2016/620",
    "A/63/677",
    "https://tv.example.int/early-warning",
    "https://www.example.int/programme",
    "@ExampleAssembly",
    "#EarlyWarning",
    "Ada Example",
    "press@example.int",
    "office@example.int",
]
IN_PAGE_TEXT_AND_JSON = ["States asked for this report in 2009 (A/63/677)."]
IN_PAGE_AND_TEXT = [
    "Holders of a valid headquarters pass",
    "Letter of assignment and press card",
    "North gate, from 2 September, 09:00–16:00",
    "Thursday 1 September 2016, 18:00 New York",
    "Tuesday 30 August 2016, 18:00 New York",
    "Tuesday 6 September 2016",
    "10:00–13:00",
    "15:00–18:00",
    "about 13:10",
    "+1 212 555 0142",
    "UTC−4",
    "Camera crews gather at the north gate.",
    "For information media. Not an official record.",
    "Visitors’ entrance, from 08:30",
    "Ramp at the north gate",
    "Conference Room 1",
]


@pytest.fixture
def forms(client):
    publishing.publish(make_full_meeting(slug="dialogue"), by=None)
    base = "/meetings/2016/dialogue"
    page = client.get(f"{base}/").content.decode()
    visible = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"(?s)<script.*?</script>", "", page)))
    hrefs = html.unescape(" ".join(re.findall(r'href="([^"]+)"', page)))
    calendar = client.get(f"{base}.ics").content.decode().replace("\r\n ", "")
    return {
        "page": squeezed(visible) + " " + hrefs,
        "text": squeezed(client.get(f"{base}.txt").content.decode()),
        "calendar": squeezed(re.sub(r"\\([,;])", r"\1", calendar.replace("\\n", " "))),
        "json": squeezed(client.get(f"{base}.json").content.decode()),
    }


def squeezed(text):
    return " ".join(text.split())


def test_every_form_states_every_fact(forms):
    missing = [(name, fact) for name, text in forms.items() for fact in FACTS if fact not in text]

    assert missing == []


def test_page_and_text_agree_on_words_for_people(forms):
    wanted = IN_PAGE_TEXT_AND_JSON + IN_PAGE_AND_TEXT

    assert [(name, fact) for name in ["page", "text"] for fact in wanted if fact not in forms[name]] == []
    assert [fact for fact in IN_PAGE_TEXT_AND_JSON if fact not in forms["json"]] == []


def test_calendar_and_json_agree_on_instants(client, forms):
    events = Calendar.from_ical(client.get("/meetings/2016/dialogue.ics").content).walk("VEVENT")
    sittings = json.loads(client.get("/meetings/2016/dialogue.json").content)["sittings"]

    assert [(e["DTSTART"].dt.isoformat(), e["DTEND"].dt.isoformat()) for e in events] == [
        (s["starts_at"], s["ends_at"]) for s in sittings
    ]
    assert [s["starts_at"] for s in sittings] == ["2016-09-06T10:00:00-04:00", "2016-09-06T15:00:00-04:00"]


def test_no_form_tells_how_many_registered(forms):
    words = ["registered", "applications", "approved"]

    assert [(name, word) for name, text in forms.items() for word in words if word in text.lower()] == []
