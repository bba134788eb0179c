"""Figures: the numbers themselves, how they are drawn, and that the public ones tell of nobody."""

import re
from collections import defaultdict
from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone

from accreditation import workflow
from accreditation.desk import charts, figures, transparency
from accreditation.models import Registration
from accreditation.states import Actor, Status
from advisory import publishing
from office.permissions import Role
from tests.builders import (
    make_category,
    make_desk_policy,
    make_meeting,
    make_officer,
    make_organization,
    make_protected_registration,
    make_registration,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def category():
    return make_category(make_meeting(code="DEW26"), slug="press", name="Press")


@pytest.fixture
def officer(client):
    officer = make_officer("reviewer", roles=[Role.MEDIA_REVIEWER])
    client.force_login(officer)
    return officer


def several(category, status, number, **fields):
    return [make_registration(status, category=category, **fields) for _ in range(number)]


def page(client):
    return client.get("/desk/statistics/?meeting=DEW26")


# The numbers


def test_every_application_that_was_sent_counts_once(category):
    for status in Status:
        make_registration(status, category=category)

    counted = figures.by_status(category.meeting)

    assert counted == {status: 1 for status in Status if status not in {Status.DRAFT, Status.LAPSED}}
    assert figures.outcomes(counted) == {"approved": 1, "declined": 1, "open": 5, "gone": 2}


def test_refusals_count_by_the_ground_that_stands(category, officer):
    decline = {"actor": Actor.DESK, "by": officer}
    for ground in ["incomplete", "incomplete", "not_media"]:
        workflow.apply(several(category, Status.SUBMITTED, 1)[0], "decline", ground=ground, **decline)

    assert [(code, number) for code, _words, number in figures.by_ground(category.meeting, "en")] == [
        ("incomplete", 2), ("not_media", 1),
    ]  # fmt: skip


def test_time_to_the_answer_is_that_of_the_first_one(category, officer):
    now = timezone.now()
    for number in range(1, 11):
        registration = make_registration(
            Status.SUBMITTED, category=category, declared_at=now - timedelta(hours=number),
            due_at=now + timedelta(hours=5 - number),
        )  # fmt: skip
        workflow.apply(registration, "waitlist", actor=Actor.DESK, by=officer, at=now)
        workflow.apply(registration, "approve", actor=Actor.DESK, by=officer, at=now + timedelta(days=3))
    several(category, Status.SUBMITTED, 1)

    times = figures.times(category.meeting)

    assert (times.answered, times.median, times.ninetieth) == (10, timedelta(hours=5), timedelta(hours=9))
    assert (times.promised, times.kept, times.share) == (10, 5, 50)


def test_nothing_answered_has_no_times(category):
    assert figures.times(category.meeting) == figures.Times(0, None, None, 0, 0)


def test_queue_is_counted_by_age_and_by_what_is_late(category):
    now = timezone.now()
    for days in [0, 1, 2, 3, 6, 7, 30]:
        make_registration(
            Status.SUBMITTED,
            category=category,
            declared_at=now - timedelta(days=days),
            due_at=now + timedelta(days=3 - days),
        )

    assert figures.queue_ages(category.meeting, at=now) == {"d1": 1, "d3": 2, "d7": 2, "more": 2, "late": 3}


def test_groups_count_applied_approved_and_declined(category):
    kenya = make_organization("Example Times", country="KEN")
    several(category, Status.APPROVED, 2, organization=kenya)
    several(category, Status.DECLINED, 1, medium="radio", answers={"country": "FRA"})
    empty = make_category(category.meeting, slug="observers", name="Observers")

    assert figures.by_category(category.meeting, "en") == [
        figures.Group("press", "Press", 3, 2, 1), figures.Group(empty.slug, "Observers", 0, 0, 0),
    ]  # fmt: skip
    assert figures.by_country(category.meeting, "en") == [
        figures.Group("KEN", "Kenya", 2, 2, 0), figures.Group("FRA", "France", 1, 0, 1),
    ]  # fmt: skip
    assert figures.by_medium(category.meeting) == [
        figures.Group("print", "Newspaper or magazine", 2, 2, 0), figures.Group("radio", "Radio", 1, 0, 1),
    ]  # fmt: skip


def test_of_whoever_asked_for_protection_no_country_is_told(category):
    kenya = make_organization("Example Times", country="KEN")
    make_protected_registration(category=category, organization=kenya)
    make_registration(Status.SUBMITTED, category=category, asks_protection=True, answers={"country": "FRA"})

    assert figures.by_country(category.meeting, "en") == [figures.Group("", "", 2, 0, 0)]


# The page


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_as_many_queries_for_one_as_for_three(client, category, officer, count, django_assert_num_queries):
    for number in range(count):
        organization = make_organization(f"Example {number}", country=["KEN", "FRA", "ESP"][number])
        registration = make_registration(Status.SUBMITTED, category=category, organization=organization)
        workflow.apply(
            registration,
            "decline",
            actor=Actor.DESK,
            by=officer,
            ground=["incomplete", "not_media", "no_place"][number],
        )
    page(client)

    with django_assert_num_queries(16):
        answer = page(client)

    assert answer.status_code == 200


def test_drawing_and_table_tell_the_same_numbers(client, category, officer):
    several(category, Status.APPROVED, 7)
    several(category, Status.DECLINED, 3)

    text = page(client).text

    drawing = re.search(r'<svg[^>]*aria-labelledby="outcome-title.*?</svg>', text, re.S)[0]
    drawn = re.findall(r'class="number"[^>]*>(\d+)<', drawing)
    table = re.search(r"</svg><div.*?</table>", text, re.S)[0]
    assert drawn == re.findall(r'<td class="number">(\d+)<', table) == ["7", "3", "0", "0"]
    assert "Approved: 7; Declined: 3" in drawing


def test_page_names_nobody(client, category, officer):
    make_registration(Status.SUBMITTED, category=category, family_name="Canary", given_names="Canary")

    assert "Canary" not in page(client).text


@pytest.mark.parametrize("role", [Role.PRESS_OFFICER, Role.SECURITY_LIAISON, Role.DOOR])
def test_page_is_not_there_without_the_right(client, category, role):
    client.force_login(make_officer("officer", roles=[role]))

    assert page(client).status_code == 404


def test_officer_of_another_meeting_finds_no_figures(client, category):
    client.force_login(make_officer("officer", roles=[Role.SUPERVISOR], meeting=make_meeting(code="OTHER")))

    assert page(client).status_code == 404
    assert client.get("/desk/statistics/").status_code == 200


# Drawing


def test_longest_bar_is_as_wide_as_the_drawing_and_the_others_in_proportion():
    svg = charts.bars([("A", 10, "10"), ("B", 5, "5"), ("C", 0, "0")], key="k", title="T", description="D")

    assert re.findall(r'class="bar" x="0%" y="[\d.]+em" width="([\d.]+)%"', svg) == ["100.00", "50.00", "0.00"]
    assert 'aria-labelledby="k-title k-desc"' in svg
    assert '<title id="k-title">T</title><desc id="k-desc">D</desc>' in svg


def test_right_to_left_bars_grow_from_the_right():
    svg = charts.bars([("A", 10, "10"), ("B", 4, "4")], key="k", title="T", description="D", is_rtl=True)

    assert re.findall(r'class="bar" x="([\d.]+)%"', svg) == ["0.00", "60.00"]
    assert re.findall(r'class="label" x="(\d+)%"', svg) == ["100", "100"]


def test_words_are_escaped_and_nothing_is_drawn_of_nothing():
    assert "<b>" not in charts.bars([("<b>", 1, "1")], key="k", title="<b>", description="<b>")
    assert charts.bars([("A", 0, "0")], key="k", title="T", description="D").count("<rect") == 2
    assert charts.bars([], key="k", title="T", description="D") == ""


# In public


@pytest.mark.parametrize(
    ("numbers", "kept"),
    [
        ([5, 9], [5, 9]),
        ([30, 9, 4], [30, None, None]),
        ([4, 4, 30, 31], [None, None, 30, None]),
        ([4, 4, 3, 31], [None, None, None, 31]),
        ([4, 4, 4, 31], [None, None, None, None]),
        ([1, 0, 30, 8, 5], [None, None, 30, None, None]),
        ([0, 0, 0], [None, None, None]),
        ([3], [None]),
        ([], []),
    ],
)
def test_small_numbers_go_and_what_would_give_them_away(numbers, kept):
    assert transparency.suppressed(numbers) == kept


@pytest.mark.parametrize("cells", [2, 3, pytest.param(4, marks=pytest.mark.full)])
def test_no_number_that_is_left_out_can_be_reckoned(cells):
    """Whoever knows the rule and the sum still has two answers or more for every number left out."""
    possible = defaultdict(list)
    for numbers in product(range(21), repeat=cells):
        if transparency.LEAST <= sum(numbers) <= 20:
            possible[sum(numbers), tuple(transparency.suppressed(numbers))].append(numbers)
    certain = [
        (shown, place)
        for (_total, shown), found in possible.items()
        for place in range(cells)
        if shown[place] is None and len({numbers[place] for numbers in found}) == 1
    ]

    assert certain == []


@pytest.fixture
def public(category):
    meeting = publishing.publish(category.meeting, by=None).meeting
    make_desk_policy(meeting, publishes_figures=True)
    meeting.refresh_from_db()
    return meeting


def address(meeting, ending="figures/"):
    return f"/meetings/{meeting.url_year}/{meeting.slug}/{ending}"


def test_figures_are_there_where_the_meeting_publishes_them(client, category, public):
    several(category, Status.APPROVED, 9)
    several(category, Status.DECLINED, 12)
    several(category, Status.SUBMITTED, 4, medium="radio")

    data = client.get(address(public, "figures.json")).json()

    assert data["applied"] == 25
    assert {row["key"]: row["number"] for row in data["outcome"]} == {
        "approved": 9, "declined": None, "open": None, "gone": None,
    }  # fmt: skip
    assert {row["key"]: row["number"] for row in data["category"]} == {"press": 25}
    assert "ground" not in data
    assert "medium" not in data
    text = client.get(address(public)).text
    assert "25 people have applied." in text
    assert text.count("left out</span>") == 3


def test_medium_is_told_where_no_number_has_to_be_left_out(client, category, public):
    several(category, Status.APPROVED, 6)
    several(category, Status.SUBMITTED, 5, medium="radio")

    data = client.get(address(public, "figures.json")).json()

    assert {row["key"]: row["number"] for row in data["medium"]} == {"print": 6, "radio": 5}


def test_fewer_than_five_are_no_figure_at_all(client, category, public):
    several(category, Status.APPROVED, 4)

    assert client.get(address(public, "figures.json")).json() == {"applied": None, "least": 5}
    assert "Fewer than 5 people have applied" in client.get(address(public)).text


@pytest.mark.parametrize("ending", ["figures/", "figures.json"])
def test_figures_are_not_there_unless_published(client, category, public, ending):
    never = client.get(f"/meetings/{public.url_year}/no-such-meeting/{ending}")

    make_desk_policy(public, publishes_figures=False)

    assert client.get(address(public, ending)).status_code == 404
    assert client.get(address(public, ending)).content == never.content


def test_figures_of_a_draft_are_not_there(client, category):
    make_desk_policy(category.meeting, publishes_figures=True)

    assert client.get(f"/meetings/2016/{category.meeting.slug}/figures/").status_code == 404
    assert Registration.objects.count() == 0
