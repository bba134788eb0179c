"""Badges in each state, gates, devices and the scans of a rehearsal, for the desk of the largest demonstration."""

from datetime import timedelta

from django.utils import timezone

from accreditation import badges, devices, pick_up
from accreditation.models import Badge, Device, Gate, PickUpSlot, Scan
from accreditation.states import Direction, ScanReason, Verdict, WhyReplaced
from office.permissions import Role

MEETING = "early-warning-segment"
GATES = [
    ("Main entrance", "main-entrance", None, {"counts_exits": True, "capacity": 300}),
    ("Media centre", "media-centre", "Media centre", {}),
]
OPENS, TIMES = timedelta(hours=14), 3  # pick-up on the day before, an hour each
# (which badge, gate, hours ago, verdict, reason)
REHEARSAL = [
    (0, 0, 3.2, Verdict.ADMIT, ""), (1, 0, 3.1, Verdict.ADMIT, ""), (2, 0, 2.2, Verdict.ADMIT, ""),
    (0, 1, 2.1, Verdict.ADMIT, ""), (1, 1, 1.4, Verdict.ADMIT, ""), (2, 1, 1.2, Verdict.STOP, ScanReason.ZONE),
    (1, 0, 0.4, Verdict.ALREADY_IN, ScanReason.INSIDE), (0, 0, 0.3, Verdict.OUT, ""),
]  # fmt: skip


def rehearse(meeting, officers):
    desk, guard = officers[Role.BADGE_DESK], officers[Role.DOOR]
    gates = [add_gate(meeting, *row) for row in GATES]
    slots = add_times(meeting)
    cards = list(Badge.objects.ready().filter(meeting=meeting).with_person().order_by("number"))
    for number, card in enumerate(cards):
        if number % 3:
            pick_up.choose(card.registration, slots[number % TIMES])
    badges.mark_printed([card.pk for card in cards[:5]], by=desk)
    for card in cards[:3]:
        badges.hand_over(card, by=desk, is_id_seen=True)
    badges.replace(cards[4], by=desk, why=WhyReplaced.MISPRINT)
    add_devices(gates, officers[Role.SUPERVISOR])
    for number, gate, hours, verdict, reason in REHEARSAL:
        scan(cards[number], gates[gate], timezone.now() - timedelta(hours=hours), verdict, reason, guard)


def add_gate(meeting, name, slug, zone, more):
    return Gate.objects.create(
        meeting=meeting, name=name, slug=slug, zone=meeting.zones.filter(name=zone).first(), **more
    )


def add_times(meeting):
    day, _until = badges.validity(meeting, at=timezone.now())
    starts = [day + OPENS + timedelta(hours=hour) for hour in range(TIMES)]
    return [
        PickUpSlot.objects.create(
            meeting=meeting, starts_at=start, ends_at=start + timedelta(hours=1), place="North gate", capacity=20
        )
        for start in starts
    ]


def add_devices(gates, supervisor):
    """One at the gate; nobody holds its token."""
    now = timezone.now()
    device, _code = devices.invite(gates[0], name="Telephone 1", by=supervisor)
    Device.objects.filter(pk=device.pk).update(enrolled_at=now, seen_at=now, code_hash="")
    devices.revoke(devices.invite(gates[1], name="Telephone 2", by=supervisor)[0])


def scan(badge, gate, at, verdict, reason, guard):
    Scan.objects.create(
        meeting_id=gate.meeting_id, gate=gate, badge=badge, serial=badge.serial, verdict=verdict, reason=reason, at=at,
        direction=Direction.OUT if verdict == Verdict.OUT else Direction.IN, received_at=at, by=guard,
    )  # fmt: skip
