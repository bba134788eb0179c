"""Lists of meetings and the pages around them: what a line says, in which order, and under which heading."""

import html
import re
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from advisory import agenda, publishing
from advisory.models import Edition
from advisory.words import EditionKind
from tests.builders import make_full_meeting, make_meeting, make_sitting

SHEETS = ["css/tokens.css", "css/base.css", "css/page.css", "css/forms.css", "css/lists.css"]
BEFORE = datetime(2016, 8, 20, 12, tzinfo=UTC)


def test_our_sheets_know_no_left_and_no_right():
    physical = re.compile(
        r"(?:^|[{;])\s*((?:margin|padding|border|inset)?-?(?:left|right|top|bottom)[a-z-]*|float|(?:min-|max-)?(?:width|height)"
        r"|text-align:\s*(?:left|right))\s*:",
        re.MULTILINE,
    )
    found = {name: physical.findall(sheet(name)) for name in SHEETS}

    assert found == dict.fromkeys(SHEETS, [])
    assert physical.findall("a { margin-left: 1px; float: left }") == ["margin-left", "float"]


def sheet(name):
    with open(finders.find(name), encoding="utf-8") as file:
        return re.sub(r"(?s)/\*.*?\*/", "", file.read())


def test_fault_page_needs_no_request_no_context_and_no_database():
    found = [render_to_string(name) for name in ["500.html", "400.html", "404.html", "403.html", "403_csrf.html"]]

    assert [markup.count("<h1>") for markup in found] == [1] * 5
    assert [settings.ORGANIZATION_NAME in markup for markup in found] == [True] * 5


def entry(meeting, *, at=BEFORE, kind=None):
    return agenda.entries([publishing.publish(meeting, by=None, kind=kind)], at=at)[0]


def words(tags):
    return [tag.word for tag in tags]


@pytest.mark.django_db
def test_line_says_when_where_and_what_the_press_must_know():
    found = entry(make_full_meeting())

    assert (found.day, found.hours, found.until) == (date(2016, 9, 6), "10:00–13:00, 15:00–18:00", "")
    assert found.place == "New York, Trusteeship Council Chamber"
    assert words(found.tags) == [
        "Open to the press in part",
        "Press: apply by Thu 1 Sep",
        "Civil society: apply by Tue 30 Aug",
        "Webcast",
    ]


@pytest.mark.django_db
def test_deadline_that_has_passed_is_not_held_out():
    found = entry(make_full_meeting(), at=datetime(2016, 8, 31, tzinfo=UTC))

    assert words(found.tags) == ["Open to the press in part", "Press: apply by Thu 1 Sep", "Webcast"]


@pytest.mark.django_db
def test_meeting_of_several_days_says_until_when():
    meeting = make_meeting(sitting=False, city="Vienna", time_zone="Europe/Vienna")
    make_sitting(meeting, end_time=None, precision="about")
    make_sitting(meeting, date=date(2016, 9, 8), position=1)

    found = entry(meeting)

    assert (found.hours, found.until, found.place) == ("about 10:00", "Thu 8 Sep", "Vienna")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (EditionKind.CANCELLED, ["Cancelled"]),
        (EditionKind.POSTPONED, ["Postponed", "Open to the press"]),
        (EditionKind.CORRECTION, ["Corrected", "Open to the press"]),
        (EditionKind.UPDATE, ["Open to the press"]),
    ],
)
def test_line_names_the_change(kind, said):
    meeting = make_meeting()
    publishing.publish(meeting, by=None)

    assert words(entry(meeting, kind=kind).tags) == said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "heading"),
    [
        (datetime(2016, 9, 6, 13, 59, tzinfo=UTC), "Today"),
        (datetime(2016, 9, 6, 14, 0, tzinfo=UTC), "On now"),
        (datetime(2016, 9, 6, 22, 1, tzinfo=UTC), "Today"),
        (datetime(2016, 9, 6, 3, 59, tzinfo=UTC), "Tomorrow"),
        (datetime(2016, 9, 5, 3, 59, tzinfo=UTC), "Next seven days"),
        (datetime(2016, 8, 30, 4, 0, tzinfo=UTC), "Next seven days"),
        (datetime(2016, 8, 30, 3, 59, tzinfo=UTC), "September 2016"),
    ],
)
def test_home_sorts_by_the_clock_of_the_meetings_city(at, heading):
    found = entry(make_meeting(), at=at)

    assert agenda.now_and_next([found]) == [(heading, [found])]


@pytest.mark.django_db
def test_months_follow_each_other_and_undated_meetings_come_last():
    undated = make_meeting("No day yet", sitting=False)
    make_sitting(undated, date=None, start_time=None, end_time=None, precision="to_be_confirmed")
    october = make_meeting("In October", sitting=False)
    make_sitting(october, date=date(2016, 10, 3))
    for meeting in [undated, october, make_meeting("In September")]:
        publishing.publish(meeting, by=None)

    entries = agenda.entries(Edition.objects.current().upcoming(date(2016, 9, 1)), at=BEFORE)

    assert [(heading, [found.title for found in group]) for heading, group in agenda.by_month(entries)] == [
        ("September 2016", ["In September"]),
        ("October 2016", ["In October"]),
        ("Date to be announced", ["No day yet"]),
    ]


@pytest.mark.django_db
def test_title_in_another_language_is_marked_in_the_list(client):
    publishing.publish(make_meeting("Réunion <b>d’octobre</b>", original_language="fr"), by=None)

    page = client.get("/meetings/2016/").content.decode()

    assert re.search(r'<h3><a href="[^"]+"(.*?)>(.*?)</a>', page).groups() == (
        ' lang="fr" dir="ltr"',
        html.escape("Réunion <b>d’octobre</b>"),
    )


@pytest.mark.django_db
def test_empty_site_says_what_will_come(client):
    for address in ["/", "/meetings/"]:
        assert "<h2>No meeting is announced</h2>" in client.get(address).content.decode()


@pytest.mark.django_db
def test_foot_carries_the_press_desk_where_there_is_one(client, settings):
    settings.PRESS_DESK_PHONE, settings.PRESS_DESK_EMAIL = "", ""
    assert "Press desk:" not in client.get("/privacy/").content.decode()

    settings.PRESS_DESK_PHONE, settings.PRESS_DESK_EMAIL = "+41225550100", "desk@example.int"
    foot = client.get("/privacy/").content.decode().split("<footer")[1]
    assert re.findall(r'href="(tel:[^"]+|mailto:[^"]+)"', foot) == ["tel:+41225550100", "mailto:desk@example.int"]
