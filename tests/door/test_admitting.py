"""What a gate says to a code, and the row that is written of it."""

import uuid
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accreditation import badge_code, badges, devices, door, door_acts
from accreditation.desk import attendance
from accreditation.models import Badge, Scan, Zone
from accreditation.states import BadgeState, Direction, ScanReason, Status, Verdict
from office import keys
from tests.builders import make_badge, make_category, make_gate, make_meeting, make_officer, make_registration

pytestmark = pytest.mark.django_db
OUT = Direction.OUT


@pytest.fixture
def meeting():
    return make_meeting()


@pytest.fixture
def badge(meeting):
    now = timezone.now()
    registration = make_registration(Status.APPROVED, category=make_category(meeting))
    return make_badge(registration, valid_from=now - timedelta(days=1), valid_to=now + timedelta(days=1))


@pytest.fixture
def gate(meeting):
    return make_gate(meeting)


@pytest.fixture
def guard():
    return make_officer("guard")


def code_of(badge):
    return badge_code.code_of(badge, key=keys.current(keys.BADGE, badge.meeting))


def said(scan):
    return scan.verdict, scan.reason


def test_valid_badge_is_admitted_and_written_down(badge, gate, guard):
    scan = door.admit(code_of(badge), gate=gate, by=guard)

    kept = Scan.objects.get()
    assert kept == scan
    assert said(kept) == (Verdict.ADMIT, "")
    assert (kept.badge, kept.serial, kept.gate, kept.by, kept.direction) == (badge, badge.serial, gate, guard, "in")


def test_code_is_taken_in_any_case_and_with_spaces(badge, gate, guard):
    code = code_of(badge).lower()
    assert said(door.admit(f" {code[:50]} {code[50:]}\r\n", gate=gate, by=guard)) == (Verdict.ADMIT, "")


@pytest.mark.parametrize("code", ["", "4006381333931", "B1.", "B1." + "A" * 157, "https://example.org/", "\0" * 160])
def test_what_is_no_code_is_stopped(gate, guard, code):
    scan = door.admit(code, gate=gate, by=guard)
    assert said(scan)[0] == Verdict.STOP
    assert (scan.badge, scan.serial) == (None, "")


def test_changed_code_is_not_genuine(badge, gate, guard):
    code = code_of(badge)
    other = "A" if code[20] != "A" else "B"
    assert said(door.admit(code[:20] + other + code[21:], gate=gate, by=guard)) == (
        Verdict.STOP, ScanReason.NOT_GENUINE,
    )  # fmt: skip


def test_badge_of_another_meeting_is_stopped(gate, guard):
    other = make_badge()
    assert said(door.admit(code_of(other), gate=gate, by=guard)) == (Verdict.STOP, ScanReason.OTHER_MEETING)


def test_genuine_code_of_another_type_is_stopped(badge, gate, guard):
    key = keys.current(keys.BADGE, badge.meeting)
    packed = badge_code.PACKED.pack(1, 1, key.number, badge.meeting_id, bytes(16), 0, 0, 2**32 - 1)
    code = badge_code.written(packed + keys.signer(key)(packed))
    assert said(door.admit(code, gate=gate, by=guard)) == (Verdict.STOP, ScanReason.OTHER_TYPE)


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ((1, 9), (Verdict.STOP, ScanReason.NOT_YET)),
        ((0.1, 9), (Verdict.ADMIT, "")),
        ((-9, -0.1), (Verdict.ADMIT, "")),
        ((-9, -1), (Verdict.STOP, ScanReason.OVER)),
    ],
)
def test_badge_is_valid_from_and_to_with_ten_minutes_of_margin(badge, gate, guard, hours, told):
    now = timezone.now()
    badge.valid_from, badge.valid_to = (now + timedelta(hours=hour) for hour in hours)
    badge.save()
    assert said(door.admit(code_of(badge), gate=gate, by=guard)) == told


def test_void_badge_is_stopped_and_nobody_told_why(badge, gate, guard):
    badges.void(badge.registration, at=timezone.now(), reason="conduct")
    scan = door.admit(code_of(badge), gate=gate, by=guard)
    assert said(scan) == (Verdict.STOP, ScanReason.VOID)
    assert "conduct" not in str(vars(scan))


def test_replaced_badge_is_stopped_and_the_new_one_admitted(badge, gate, guard):
    badges.void(badge.registration, at=timezone.now(), reason="lost")
    new = make_badge(badge.registration, valid_from=badge.valid_from, valid_to=badge.valid_to)
    assert said(door.admit(code_of(badge), gate=gate, by=guard)) == (Verdict.STOP, ScanReason.REPLACED)
    assert said(door.admit(code_of(new), gate=gate, by=guard)) == (Verdict.ADMIT, "")


def test_genuine_code_without_a_row_is_to_be_looked_at(badge, gate, guard):
    code = code_of(badge)
    Badge.objects.all().delete()
    scan = door.admit(code, gate=gate, by=guard)
    assert said(scan) == (Verdict.CHECK, ScanReason.UNKNOWN)
    assert scan.serial == badge.serial


@pytest.mark.parametrize(("day", "told"), [(0, (Verdict.ADMIT, "")), (1, (Verdict.STOP, ScanReason.DAY))])
def test_badge_opens_on_the_days_that_were_granted_alone(badge, gate, guard, day, told):
    at = datetime.combine(timezone.localdate(), time(12), ZoneInfo(gate.meeting.time_zone)) - timedelta(days=1)
    badge.valid_from, badge.valid_to = at - timedelta(days=9), at + timedelta(days=9)
    badge.save()
    badge.registration.granted = {"days": [(at.date() - timedelta(days=day)).isoformat()]}
    badge.registration.save()
    assert said(door.admit(code_of(badge), gate=gate, by=guard, at=at)) == told


@pytest.mark.parametrize(("zones", "told"), [(0b10, (Verdict.ADMIT, "")), (0b101, (Verdict.STOP, ScanReason.ZONE))])
def test_gate_of_a_zone_opens_to_badges_of_the_zone(badge, meeting, guard, zones, told):
    gate = make_gate(meeting, "Gallery", zone=Zone.objects.create(meeting=meeting, number=1, name="Gallery"))
    badge.zones = zones
    badge.save()
    assert said(door.admit(code_of(badge), gate=gate, by=guard)) == told


def test_who_needs_an_escort_is_to_be_looked_at_and_let_in_by_the_guard(badge, gate, guard):
    badge.registration.granted = {"escort": True}
    badge.registration.save()
    scan = door.admit(code_of(badge), gate=gate, by=guard)
    assert said(scan) == (Verdict.CHECK, ScanReason.ESCORT)

    later = door_acts.let_in(scan, by=guard)
    assert (later.verdict, later.of, later.badge) == (Verdict.ADMIT, scan, badge)


def test_same_card_at_once_at_two_gates_is_already_in(badge, gate, meeting, guard):
    first = door.admit(code_of(badge), gate=gate, by=guard)
    second = door.admit(code_of(badge), gate=make_gate(meeting, "Back door"), by=guard)
    assert said(second) == (Verdict.ALREADY_IN, ScanReason.INSIDE)
    assert door.inside_by(badge, gate, timezone.now()) == first


def test_where_exits_are_scanned_nobody_comes_in_twice_before_going_out(badge, meeting, guard):
    gate, now = make_gate(meeting, "Hall", counts_exits=True), timezone.now()
    moments = [now - timedelta(hours=hours) for hours in (5, 4, 3, 2, 1)]
    told = [
        said(door.admit(code_of(badge), gate=gate, by=guard, at=at, direction=direction))[0]
        for at, direction in zip(moments, ["in", "in", "out", "out", "in"], strict=True)
    ]
    assert told == [Verdict.ADMIT, Verdict.ALREADY_IN, Verdict.OUT, Verdict.OUT, Verdict.ADMIT]


@pytest.mark.parametrize(("hours", "told", "number"), [(11.9, Verdict.ALREADY_IN, 1), (12.1, Verdict.ADMIT, 0)])
def test_who_went_unscanned_in_the_evening_comes_in_again_next_morning(badge, meeting, guard, hours, told, number):
    gate = make_gate(meeting, "Hall", counts_exits=True, capacity=1)
    door.admit(code_of(badge), gate=gate, by=guard, at=timezone.now() - timedelta(hours=hours))
    seen = door.inside(gate), attendance.inside(meeting).get(attendance.NO_ZONE, 0)
    assert (*seen, said(door.admit(code_of(badge), gate=gate, by=guard))[0]) == (number, number, told)


def test_where_exits_are_not_scanned_the_card_comes_again_later(badge, gate, guard):
    now = timezone.now()
    told = [said(door.admit(code_of(badge), gate=gate, by=guard, at=now - timedelta(hours=h)))[0] for h in (3, 2)]
    assert told == [Verdict.ADMIT, Verdict.ADMIT]


def test_gate_that_is_full_says_so(badge, meeting, guard):
    gate = make_gate(meeting, "Hall", capacity=1)
    other = make_badge(
        make_registration(Status.APPROVED, category=badge.registration.category),
        valid_from=badge.valid_from, valid_to=badge.valid_to,
    )  # fmt: skip
    assert said(door.admit(code_of(other), gate=gate, by=guard)) == (Verdict.ADMIT, "")
    assert (door.inside(gate), said(door.admit(code_of(badge), gate=gate, by=guard))) == (
        1, (Verdict.CHECK, ScanReason.FULL),
    )  # fmt: skip
    door.admit(code_of(other), gate=gate, by=guard, direction=OUT)
    assert (door.inside(gate), said(door.admit(code_of(badge), gate=gate, by=guard))) == (0, (Verdict.ADMIT, ""))


def test_same_scan_sent_again_is_one(badge, gate, guard):
    scan_id = uuid.uuid4()
    first, second = (door.admit(code_of(badge), gate=gate, by=guard, scan_id=scan_id) for _ in range(2))
    assert (first, Scan.objects.count()) == (second, 1)


def test_scan_taken_back_leaves_nobody_inside(badge, meeting, guard):
    gate = make_gate(meeting, "Hall", counts_exits=True)
    scan = door.admit(code_of(badge), gate=gate, by=guard)
    door_acts.take_back(scan, by=guard)

    assert door.inside(gate) == 0
    with pytest.raises(door_acts.DoorRefused):
        door_acts.take_back(scan, by=guard)
    assert said(door.admit(code_of(badge), gate=gate, by=guard)) == (Verdict.ADMIT, "")


@pytest.mark.parametrize(("may", "note"), [(False, "I know them"), (True, " ")])
def test_stop_is_overruled_by_a_supervisor_with_a_reason_alone(badge, gate, guard, may, note):
    badges.void(badge.registration, at=timezone.now(), reason="lost")
    scan = door.admit(code_of(badge), gate=gate, by=guard)
    with pytest.raises(door_acts.DoorRefused):
        door_acts.let_in(scan, by=guard, may_overrule=may, note=note)
    assert Scan.objects.count() == 1

    later = door_acts.let_in(scan, by=guard, may_overrule=True, note="Seen with the desk")
    assert (said(later), later.note) == ((Verdict.ADMIT, ScanReason.OVERRULED), "Seen with the desk")


def test_revoked_device_admits_nobody(badge, gate, guard):
    device, code = devices.invite(gate, name="Telephone 1", by=guard)
    device, _token = devices.enrol(code)
    devices.revoke(device)
    device.refresh_from_db()

    assert said(door.admit(code_of(badge), gate=gate, device=device)) == (Verdict.CHECK, ScanReason.DEVICE)


def test_scan_from_the_future_is_of_now(badge, gate, guard):
    scan = door.admit(code_of(badge), gate=gate, by=guard, at=timezone.now() + timedelta(days=1))
    assert scan.at == scan.received_at


def test_verdict_takes_few_statements(badge, meeting, guard, django_assert_max_num_queries):
    gate = make_gate(meeting, "Hall", capacity=10, counts_exits=True)
    code = code_of(badge)
    with django_assert_max_num_queries(8):
        assert said(door.admit(code, gate=gate, by=guard)) == (Verdict.ADMIT, "")


def test_state_of_a_badge_is_left_alone(badge, gate, guard):
    door.admit(code_of(badge), gate=gate, by=guard)
    assert Badge.objects.get().state == BadgeState.ISSUED
