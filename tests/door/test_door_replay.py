"""What a device that comes back says of its own verdicts: more careful than ours, or where ours was not heard."""

import pytest

from accreditation import door as gates
from accreditation.models import Scan
from tests.door.world import code_of, make_door, make_valid_badge, row, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def door():
    return make_door(counts_exits=True)


def test_whom_a_device_only_looked_at_is_not_inside(door):
    badge = make_valid_badge(door.category)
    come = row(code_of(badge), told="check", reason="stale")

    [answer] = send(door, [come])["scans"]

    assert (answer["verdict"], answer["reason"]) == ("check", "stale")
    assert gates.inside(door.gate) == 0


def test_whom_the_guard_let_in_after_a_look_is_inside(door):
    come = row(code_of(make_valid_badge(door.category)), told="check", reason="clock")
    act = row("", act="let_in", of=come["id"], told="admit")

    answers = send(door, [come, act])["scans"]

    assert [(each["verdict"], each["reason"]) for each in answers] == [("check", "clock"), ("admit", "overruled")]
    assert gates.inside(door.gate) == 1


@pytest.mark.parametrize("reason", [None, 7, [], {}, "", "inside", "perhaps", "new_key"])
def test_reason_that_is_none_of_a_look_s_is_taken_for_a_list_out_of_date(door, reason):
    come = row(code_of(make_valid_badge(door.category)), told="check", reason=reason)
    assert send(door, [come])["scans"][0]["reason"] == "stale"


def test_what_the_guard_was_told_when_our_answer_was_lost_is_written_down_once(door):
    come = row(code_of(make_valid_badge(door.category)), told="")
    send(door, [come])

    send(door, [come | {"told": "admit"}])
    send(door, [come | {"told": "stop"}])

    assert Scan.objects.get().told == "admit"
