"""What becomes of a scan afterwards: let in or taken back at once and once, later by a supervisor alone."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation import badges, door_acts
from accreditation import door as gates
from accreditation.desk import attendance
from accreditation.models import Scan
from accreditation.states import Status
from tests.builders import make_registration
from tests.door.world import code_of, make_device, make_door, make_valid_badge, row, scan, send

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
DECIDES = "A supervisor has to decide this, and say why."


@pytest.fixture
def door():
    return make_door(counts_exits=True)


@pytest.fixture
def badge(door):
    return make_valid_badge(door.category)


@pytest.fixture
def escorted(door):
    return make_valid_badge(
        door.category, make_registration(Status.APPROVED, category=door.category, granted={"escort": True})
    )


def scanned(door, badge, *, minutes=0):
    """The Scan that the door's device made so many minutes ago."""
    at = timezone.now() - minutes * MINUTE
    return gates.admit(code_of(badge), gate=door.gate, device=door.device, at=at)


def act(door, name, about, **words):
    address = f"/door/{door.address}/act/"
    answer = door.client.post(address, {"act": name, "of": about.pk} | words, headers={"accept": "application/json"})
    return answer.status_code, answer.json().get("words") if answer.status_code == 409 else answer.json()["verdict"]


def test_one_look_lets_in_once(door, escorted):
    looked = scanned(door, escorted)

    assert act(door, "let_in", looked) == (200, "admit")
    assert act(door, "let_in", looked) == (409, "There is nobody to let in by this scan.")
    assert Scan.objects.filter(verdict="admit").count() == 1


def test_same_act_sent_again_is_answered_as_before(door, escorted):
    looked, sent = scanned(door, escorted), {"id": str(uuid.uuid4())}
    assert [act(door, "let_in", looked, **sent) for _time in range(2)] == [(200, "admit")] * 2
    assert Scan.objects.count() == 2


def test_look_of_an_hour_ago_lets_nobody_in_without_a_supervisor(door, escorted):
    looked = scanned(door, escorted, minutes=60)

    assert act(door, "let_in", looked, note="I know them") == (409, DECIDES)
    assert gates.inside(door.gate) == 0
    later = door_acts.let_in(looked, by=door.supervisor, may_overrule=True, note="Seen with the desk")
    assert later.verdict == "admit"


def test_badge_that_became_void_after_the_look_lets_nobody_in(door, escorted):
    looked = scanned(door, escorted)
    badges.void(escorted.registration, at=timezone.now(), reason="conduct")

    assert act(door, "let_in", looked) == (409, DECIDES)
    assert gates.inside(door.gate) == 0


def test_guard_takes_back_at_once_and_a_supervisor_later(door, badge):
    entered = scanned(door, badge, minutes=60)

    assert act(door, "take_back", entered) == (409, DECIDES)
    assert gates.inside(door.gate) == 1
    assert door_acts.take_back(entered, by=door.supervisor, may_overrule=True).verdict == "undone"


def test_exit_that_was_taken_back_leaves_who_was_inside_inside(door, badge):
    scanned(door, badge, minutes=9)
    left = gates.admit(code_of(badge), gate=door.gate, direction="out", device=door.device)

    assert act(door, "take_back", left) == (200, "undone")

    assert gates.inside(door.gate) == 1
    assert scan(door, code_of(badge))["verdict"] == "already_in"


def test_old_admission_that_was_taken_back_puts_nobody_out_who_came_again(door, badge):
    first = scanned(door, badge, minutes=90)
    gates.admit(code_of(badge), gate=door.gate, direction="out", device=door.device)
    scanned(door, badge)

    door_acts.take_back(first, by=door.supervisor, may_overrule=True)

    assert gates.inside(door.gate) == 1
    assert [place.inside for place in attendance.by_zone(door.meeting)] == [1]


def test_what_a_device_sends_too_late_of_what_it_decided_at_once_is_taken(door, escorted, badge):
    """Minutes are counted by the clock of the gate, not by when its network came back."""
    then = timezone.now() - 300 * MINUTE
    looked, entered = row(code_of(escorted), at=then, told="check"), row(code_of(badge), at=then)
    acts = [
        row("", act="let_in", of=looked["id"], at=then + MINUTE),
        row("", act="take_back", of=entered["id"], at=then + MINUTE),
    ]
    assert [each["verdict"] for each in send(door, [looked, entered, *acts])["scans"]] == [
        "check", "admit", "admit", "undone",
    ]  # fmt: skip


def test_what_a_device_let_in_too_late_is_a_disagreement(door, escorted):
    then = timezone.now() - 300 * MINUTE
    looked = row(code_of(escorted), at=then, told="check", reason="escort")
    late = row("", act="let_in", of=looked["id"], at=then + 30 * MINUTE)

    assert [each["verdict"] for each in send(door, [looked, late])["scans"]] == ["check", "check"]
    assert Scan.objects.get(of__isnull=False).told == "admit"


def test_id_of_another_device_s_scan_tells_nothing_of_it(door, badge, escorted):
    other = make_device(door.gate, door.supervisor, "Telephone 2")
    theirs = scan(other, code_of(badge))["id"]
    mine = scanned(door, escorted)

    answer = door.client.post(
        f"/door/{door.address}/act/", {"act": "let_in", "of": mine.pk, "id": theirs},
        headers={"accept": "application/json"},
    )  # fmt: skip

    assert (answer.status_code, badge.registration.family_name in answer.content.decode()) == (404, False)
