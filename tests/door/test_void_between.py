"""A badge that became void between a scan without network and its arrival: what was right then is no disagreement."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation import badges, doubles
from accreditation import door as gates
from accreditation.models import Badge, Scan
from accreditation.states import Status
from tests.builders import make_registration
from tests.door.world import code_of, make_door, make_valid_badge, row, scan, send

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def door():
    return make_door(counts_exits=True)


@pytest.fixture
def noon():
    return timezone.now().replace(microsecond=0) - 30 * MINUTE


def ended(badge, at):
    badges.void(badge.registration, at=at, reason="conduct")


def answers(door, *rows):
    return [(each["verdict"], each["reason"]) for each in send(door, list(rows))["scans"]]


def told(door, client):
    """What the supervisor reads of disagreements: a row's second cell, without marks."""
    client.force_login(door.supervisor)
    page = client.get(f"/desk/door/{door.meeting.code}/").content.decode()
    return [words in page for words in ("Let in after the badge became void", "the device had an older list")]


@pytest.mark.parametrize(
    ("seconds", "said"), [(-1, ("admit", "")), (0, ("stop", "void")), (1, ("stop", "void"))], ids=str
)
def test_scan_is_judged_by_whether_the_badge_was_void_then(door, noon, seconds, said):
    badge = make_valid_badge(door.category)
    ended(badge, noon)

    assert answers(door, row(code_of(badge), at=noon + timedelta(seconds=seconds))) == [said]


def test_admission_before_the_end_is_no_disagreement_and_one_after_it_is_told_in_words(door, noon, client):
    badge, later = make_valid_badge(door.category), make_valid_badge(door.category)
    ended(badge, noon)
    ended(later, noon - 5 * MINUTE)

    said = answers(door, row(code_of(badge), at=noon - MINUTE), row(code_of(later), at=noon))

    assert said == [("admit", ""), ("stop", "void")]
    [found] = doubles.of(door.meeting)
    assert (found.scan.badge, found.void_since) == (later, noon - 5 * MINUTE)
    assert told(door, client) == [True, True]
    assert gates.inside(door.gate) == 1
    assert scan(door, code_of(badge))["verdict"] == "stop"


def test_card_that_was_replaced_in_between_was_good_until_then(noon):
    door = make_door()  # where nobody is inside twice
    badge = make_valid_badge(door.category)
    ended(badge, noon)
    make_valid_badge(door.category, badge.registration)

    said = answers(door, *(row(code_of(badge), at=noon + shift * MINUTE) for shift in (-1, 1)))

    assert said == [("admit", ""), ("stop", "replaced")]
    assert [found.void_since for found in doubles.of(door.meeting)] == [noon]


@pytest.mark.parametrize(("minutes", "said", "reported"), [(-1, "admit", 0), (1, "check", 1)])
def test_guard_s_look_lets_in_until_the_badge_is_void(door, noon, client, minutes, said, reported):
    badge = make_valid_badge(
        door.category, make_registration(Status.APPROVED, category=door.category, granted={"escort": True})
    )
    ended(badge, noon)
    look = row(code_of(badge), at=noon - 2 * MINUTE, told="check", reason="escort")
    act = row("", act="let_in", of=look["id"], at=noon + minutes * MINUTE, told="admit")

    assert [verdict for verdict, _reason in answers(door, look, act)] == ["check", said]
    assert [found.void_since for found in doubles.of(door.meeting)] == [noon] * reported
    assert told(door, client) == [bool(reported)] * 2


def test_badge_that_is_valid_again_is_a_plain_disagreement(door, noon, client):
    badge = make_valid_badge(door.category)
    ended(badge, noon)
    send(door, [row(code_of(badge), at=noon + MINUTE)])
    badges.restore({"badge": badge.pk, "state": "issued"})

    assert [(found.kind, found.void_since) for found in doubles.of(door.meeting)] == [("otherwise", None)]
    assert told(door, client) == [False, False]
    assert (Scan.objects.get().verdict, Badge.objects.get().state) == ("stop", "issued")
