"""What a device at a gate holds, to judge badges for a day without network: random serials and keys, and no name."""

import base64
import hashlib
import json
from collections import defaultdict

from django.db.models import Exists, OuterRef, Q

from accreditation import badges, door, revocation
from accreditation.models import Badge
from accreditation.states import BadgeState
from office import keys

PASSING = ("now", "inside")  # what changes from one moment to the next and is no reason to fetch it again


def of(gate, *, at):
    """The pack of a gate as plain values; ``docs/door.md`` lists them."""
    meeting = gate.meeting
    revoked = revocation.current(meeting, at=at)
    # A decision that can still be taken back is nobody's yet: neither is the badge that it issued
    live = Badge.objects.filter(meeting=meeting).exclude(state=BadgeState.VOID).order_by("serial")
    known = live.filter(Q(registration__held_until=None) | Q(registration__held_until__lte=at))
    return {
        "now": at.isoformat(),
        "meeting": meeting.pk,
        "gate": {
            "slug": gate.slug, "name": gate.name, "zone": gate.zone.number if gate.zone_id else None,
            "counts_exits": gate.counts_exits, "capacity": gate.capacity,
        },
        "keys": [{"kid": key.number, "hex": key.public} for key in keys.published(keys.BADGE, meeting)],
        "last_key": keys.last_number(),
        "zones": list(meeting.zones.order_by("number").values("number", "name")),
        "list": base64.b64encode(bytes(revoked.content)).decode(),
        "serials": _packed(known),
        "escort": _packed(known.filter(registration__granted__escort=True)),
        "days": _days(known, meeting),
        "replaced": _packed(_replaced(meeting)),
        "margin": int(door.MARGIN.total_seconds()),
        "inside": door.inside(gate),
    }  # fmt: skip


def etag(pack):
    lasting = {name: value for name, value in pack.items() if name not in PASSING}
    return f'"{hashlib.sha256(json.dumps(lasting, sort_keys=True).encode()).hexdigest()[:32]}"'


def _days(known, meeting):
    """Of badges to which only some days are granted: those who have the same, and from when to when each day lasts."""
    alike = defaultdict(list)
    granted = known.filter(registration__granted__has_key="days")
    for serial, days in granted.values_list("serial", "registration__granted__days"):
        if days:
            alike[tuple(sorted(set(days)))].append(serial)
    spans = {days: [[int(at.timestamp()) for at in day] for day in badges.spans(days, meeting)] for days in alike}
    return [{"open": spans[days], "serials": _written(alike[days])} for days in sorted(alike)]


def _replaced(meeting):
    """Void badges of people who hold another one."""
    another = Badge.objects.filter(registration=OuterRef("registration")).exclude(state=BadgeState.VOID)
    void = Badge.objects.filter(meeting=meeting, state=BadgeState.VOID)
    return void.filter(Exists(another)).order_by("serial")


def _packed(rows):
    return _written(rows.values_list("serial", flat=True))


def _written(serials):
    return base64.b64encode(b"".join(map(bytes.fromhex, serials))).decode()
