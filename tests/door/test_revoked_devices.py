"""What a device that was ended still sends is kept, counts nobody as admitted, and is shown to the supervisor."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation import devices, doubles
from accreditation import door as gates
from accreditation.desk import attendance
from accreditation.models import Scan
from accreditation.states import Status
from tests.builders import make_registration
from tests.door.world import code_of, make_door, make_valid_badge, row, send

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def door():
    return make_door(counts_exits=True)


def sent(door, rows, **words):
    return [(each.get("verdict"), each.get("reason"), each.get("error")) for each in send(door, rows, **words)["scans"]]


@pytest.mark.parametrize("hours", [0, 1, 48])
def test_scan_that_is_dated_before_the_end_is_no_admission(door, hours):
    devices.revoke(door.device)
    badge = make_valid_badge(door.category)

    told = sent(door, [row(code_of(badge), at=timezone.now() - timedelta(hours=hours), told="admit")])

    assert told == [("check", "device", None)]
    assert (gates.inside(door.gate), attendance.admissions(door.meeting).count()) == (0, 0)


def test_supervisor_sees_what_it_says_it_let_in_and_decides(door, client):
    devices.revoke(door.device)
    badge, then = make_valid_badge(door.category), timezone.now() - 60 * MINUTE
    send(door, [row(code_of(badge), at=then, told="admit")])
    client.force_login(door.supervisor)

    [found] = doubles.of(door.meeting)
    assert str(badge) in client.get(f"/desk/door/{door.meeting.code}/").content.decode()
    client.post(f"/desk/door/{door.meeting.code}/scans/{found.scan.pk}/", {"act": "let_in", "note": "Seen by me"})

    assert (doubles.of(door.meeting), gates.inside(door.gate)) == ([], 1)


def test_look_is_not_followed_by_an_admission(door):
    escort = make_registration(Status.APPROVED, category=door.category, granted={"escort": True})
    looked = row(code_of(make_valid_badge(door.category, escort)), told="check", reason="escort")
    send(door, [looked])
    devices.revoke(door.device)
    plain = row(code_of(make_valid_badge(door.category)), told="check", reason="stale")

    acts = [row("", act="let_in", of=each["id"], told="admit") for each in (looked, plain)]

    assert sent(door, [plain, *acts]) == [
        ("check", "device", None),
        ("check", "escort", None),
        ("check", "device", None),
    ]
    assert (gates.inside(door.gate), len(doubles.of(door.meeting))) == (0, 2)


def test_admission_of_before_is_not_taken_back(door):
    entered = row(code_of(make_valid_badge(door.category)))
    send(door, [entered])
    devices.revoke(door.device)

    assert sent(door, [row("", act="take_back", of=entered["id"])]) == [(None, None, "refused")]
    assert (gates.inside(door.gate), Scan.objects.count()) == (1, 1)
