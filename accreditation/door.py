"""A code held to a gate becomes a Scan: admitted, or not, and why. Also without network: ``judged`` says the same of a
badge as the door's page does by itself."""

import uuid
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from itertools import product

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from accreditation import badge_code, badges
from accreditation.models import Badge, Evidence, Gate, Scan, Zone
from accreditation.querysets import Lines
from accreditation.states import BadgeState, Direction, EvidenceKind, ScanReason, Verdict
from office import keys, signing
from office.prepared import Prepared, PreparedInsert, Slot

MARGIN = timedelta(minutes=10)  # by which clocks may differ
AT_ONCE = timedelta(seconds=30)  # the same card held to the same gate twice is one coming
STAYS = timedelta(hours=12)  # who was let in longer ago went unscanned, as everybody does in the evening
IN, OUT = Direction.IN, Direction.OUT
# Nothing is opened, and nothing read, that is not judged or shown
READ = [
    "meeting", "number", "serial", "letter", "zones", "state", "voided_at",
    "registration__granted", "registration__reference",
    "registration__given_names", "registration__family_name", "registration__badge_name",
    "registration__organization_name", "registration__asks_protection", "registration__is_protected",
    "registration__organization__name",
]  # fmt: skip


@dataclass(frozen=True)
class Judgement:
    """``badge`` is the Badge row that the code names, if any; ``earlier`` the Scan by which it is inside.

    ``inside`` says how many are, this badge among them if it is admitted; None where nobody counted.
    """

    verdict: Verdict
    reason: str = ""
    badge: Badge | None = None
    serial: str = ""
    earlier: Scan | None = None
    inside: int | None = None


class IdTaken(Exception):
    """Nothing was written: a scan of something else has this id."""


def cleaned(typed):
    """A code as scanners and people write it: in any case, with white space.

    Of other alphabets nothing is made a letter of ours: the capital of ſ would be S.
    """
    together = "".join(typed.split())
    return (together.upper() if together.isascii() else together)[:400]


def serial_of(code):
    """The serial that a code names, whoever signed it; "" for no code."""
    try:
        return badge_code.read(cleaned(code))[0].serial
    except badge_code.NotACode:
        return ""


def admit(code, *, gate, direction=IN, at=None, device=None, by=None, scan_id=None, told="", doubt=""):
    """Write down what a code comes to at a gate, and return the Scan with its ``judgement``.

    The same ``scan_id`` again returns the scan that is there, without one; raises IdTaken if that is of another code.
    ``at`` is when it was scanned,
    by our clock; ``told`` is the verdict that a device gave by itself. One that wanted a look, for the reason
    ``doubt``, has let nobody in: that is another row, which follows if the guard did.
    """
    now = timezone.now()
    at = at if at and at < now else None
    scan_id = scan_id or uuid.uuid4()
    try:
        with transaction.atomic():
            judgement = judge(code, gate=gate, direction=direction, at=at, is_device_over=is_over(device))
            if told == Verdict.CHECK and judgement.verdict == Verdict.ADMIT:
                judgement = replace(judgement, verdict=Verdict.CHECK, reason=doubt or ScanReason.STALE)
            now = timezone.now()  # the badge's row is ours now: whoever held it before us scanned before us
            scan = Scan(
                id=scan_id, meeting_id=gate.meeting_id, gate=gate, badge=judgement.badge, serial=judgement.serial,
                direction=direction, verdict=judgement.verdict, reason=judgement.reason, told=told, at=at or now,
                received_at=now, device=device, by=by,
            )  # fmt: skip
            ADDED(scan)
    except IntegrityError:
        known = Scan.objects.filter(pk=scan_id).select_related("badge__registration").first()
        if known is None:
            raise
        if (known.gate_id, known.serial, known.direction) != (gate.pk, judgement.serial, direction):
            raise IdTaken from None
        return known
    scan.judgement = judgement
    return scan


def heard(scan, told):
    """Note what a device told the guard by itself, because our answer to this very scan was lost on its way."""
    Scan.objects.filter(pk=scan.pk, told="").update(told=told)


def is_over(device):
    """Also for what it says it scanned before: whoever holds a lost device sets its clock as they like."""
    return device is not None and device.revoked_at is not None


def judge(code, *, gate, direction=IN, at=None, is_device_over=False):
    """The Judgement of a code; inside a transaction, in which the badge's row stays locked.

    Without ``at`` it is held to the gate now, after everything that is written of its badge.
    """
    try:
        content, signed, signature = badge_code.read(cleaned(code))
    except badge_code.NotACode:
        return Judgement(Verdict.STOP, ScanReason.NO_CODE)
    if content.meeting != gate.meeting_id:
        return Judgement(Verdict.STOP, ScanReason.OTHER_MEETING)
    badge = HELD.one(content.serial, gate.meeting_id, content.key)
    public = badge.key if badge else _public(gate, content.key)
    if not public or not signing.is_signed(signed, signature, by=bytes.fromhex(public)):
        return Judgement(Verdict.STOP, ScanReason.NOT_GENUINE)
    if content.type != badge_code.BADGE:
        return Judgement(Verdict.STOP, ScanReason.OTHER_TYPE)
    verdict, reason, *known = _of_badge(badge, content, gate, direction, at)
    if is_device_over:
        verdict, reason = Verdict.CHECK if verdict != Verdict.STOP else verdict, ScanReason.DEVICE
    return Judgement(verdict, reason, badge, content.serial, *known)


def shown():
    """Badges with what a gate may show of them, in one statement: ``portrait`` (a paper's id), ``zone_lines``."""
    zones = Zone.objects.filter(meeting=OuterRef("meeting")).order_by().values("meeting")
    papers = Evidence.objects.filter(
        registration=OuterRef("registration"), kind=EvidenceKind.PORTRAIT, replaced_at=None
    ).order_by("-added_at")
    return (
        Badge.objects.select_related("registration__organization")
        .only(*READ)
        .annotate(portrait=Subquery(papers.values("pk")[:1]))
        .annotate(zone_lines=Subquery(zones.annotate(lines=Lines("number", "name")).values("lines")))
    )


def held():
    """A badge by its serial, with ``key``: what its meeting's key of a number verifies by, if that is to be trusted."""
    field = Badge._meta.get_field
    meeting, number = Slot(1, field("meeting")), Slot(2, field("number"))
    trusted = keys.published(keys.BADGE).filter(meeting=meeting, number=number).values("public")
    return shown().filter(serial=Slot(0, field("serial")), meeting=meeting).annotate(key=Subquery(trusted)).order_by()


HELD = Prepared(lambda: held().select_for_update(of=("self",)))
ADDED = PreparedInsert(Scan)


def _public(gate, number):
    key = keys.numbered(keys.BADGE, gate.meeting_id, number)
    return key.public if key else ""


def _of_badge(badge, content, gate, direction, at):
    """(verdict, reason, the Scan by which it is inside, how many are) of a code that is genuine; as far as asked."""
    if badge is None:
        return Verdict.CHECK, ScanReason.UNKNOWN
    if badge.is_void(at=at):
        is_replaced = Badge.objects.filter(registration=badge.registration_id).exclude(state=BadgeState.VOID).exists()
        return Verdict.STOP, ScanReason.REPLACED if is_replaced else ScanReason.VOID
    if direction == OUT:
        return Verdict.OUT, ""
    moment = at or timezone.now()
    if moment < content.valid_from - MARGIN:
        return Verdict.STOP, ScanReason.NOT_YET
    if moment > content.valid_to + MARGIN:
        return Verdict.STOP, ScanReason.OVER
    if not _opens_on(moment, badge.registration.granted.get("days"), gate.meeting):
        return Verdict.STOP, ScanReason.DAY
    if gate.zone_id and not content.zones >> gate.zone.number & 1:
        return Verdict.STOP, ScanReason.ZONE
    last = last_move(badge, gate, at)
    if _is_inside_by(last, gate, moment):
        return Verdict.ALREADY_IN, ScanReason.INSIDE, last
    if badge.registration.granted.get("escort"):
        return Verdict.CHECK, ScanReason.ESCORT
    return _if_there_is_room(gate, is_counted=_is_inside(last, moment, STAYS))


def _opens_on(moment, days, meeting):
    """Whether the meeting's own day is one of those granted, the margin before and after included."""
    return not days or any(at - MARGIN <= moment < after + MARGIN for at, after in badges.spans(days, meeting))


def _if_there_is_room(gate, *, is_counted):
    """Whoever is counted already, because nobody scans exits, takes no place twice."""
    if gate.capacity is None:
        return Verdict.ADMIT, ""
    _hold_place(gate)
    there = inside(gate, most=gate.capacity)
    if there >= gate.capacity and not is_counted:
        return Verdict.CHECK, ScanReason.FULL, None, there
    return Verdict.ADMIT, "", None, there + (not is_counted)


# What was taken back never was: whoever was inside before it still is, and who was not is not
# The badge is named for its index: without it a plan made while there are few scans reads all of them each time
STANDS = ~Exists(Scan.objects.filter(badge=OuterRef("badge"), of=OuterRef("pk"), verdict=Verdict.UNDONE).order_by())
MOVED = Q(verdict__in=[Verdict.ADMIT, Verdict.OUT]) & STANDS


def place_of(gate):
    """The gates that lead into the same place: those of the same zone, or of none."""
    return Q(gate__meeting=gate.meeting_id, gate__zone=gate.zone_id)


def inside_by(badge, gate, at):
    """The Scan by which a badge is inside where the gate leads, or None.

    Where exits are not scanned nobody is known to have gone: a card is inside for the rest of the half minute alone
    in which it may be held to the gate twice, and at another gate not at all.
    """
    last = last_move(badge, gate, at)
    return last if _is_inside_by(last, gate, at) else None


def last_move(badge, gate, at=None):
    """The last Scan that moved a badge in or out of where the gate leads, until an instant or at all."""
    values = [badge.pk, gate.meeting_id, gate.zone_id, at]
    return LAST[gate.zone_id is not None, at is not None].one(*values)


def _last(in_zone, until):
    fields = [Scan._meta.get_field("badge"), Gate._meta.get_field("meeting"), Gate._meta.get_field("zone")]
    badge, meeting, zone = (Slot(place, field) for place, field in enumerate(fields))
    moves = Scan.objects.filter(MOVED, badge=badge, gate__meeting=meeting, gate__zone=zone if in_zone else None)
    if until:
        moves = moves.filter(at__lte=Slot(3, Scan._meta.get_field("at")))
    return moves.select_related("gate").order_by("-at", "-pk")[:1]


LAST = {which: Prepared(partial(_last, *which)) for which in product([True, False], repeat=2)}


def _is_inside_by(last, gate, at):
    return _is_inside(last, at, STAYS if gate.counts_exits else AT_ONCE)


def _is_inside(last, at, lasting):
    return last is not None and last.verdict == Verdict.ADMIT and at - last.at <= lasting


def _hold_place(gate):
    """Until our scan is written nobody else counts where the gate leads: the last place goes to one person."""
    PLACE[gate.zone_id is not None](gate.meeting_id, gate.zone_id)


def _place(in_zone):
    meeting, zone = (Slot(place, Gate._meta.get_field(name)) for place, name in enumerate(["meeting", "zone"]))
    gates = Gate.objects.filter(meeting=meeting, zone=zone if in_zone else None)
    return gates.select_for_update(no_key=True).order_by("pk")  # in one order: no two wait for each other


PLACE = {in_zone: Prepared(partial(_place, in_zone)) for in_zone in [True, False]}


def inside(gate, *, most=None):
    """How many badges are inside where a gate leads; counting stops at ``most``."""
    last = Scan.objects.filter(MOVED, place_of(gate), badge=OuterRef("pk")).values("verdict")[:1]
    came = Scan.objects.filter(place_of(gate), verdict=Verdict.ADMIT, at__gte=timezone.now() - STAYS).values("badge")
    found = Badge.objects.filter(pk__in=came).annotate(last=Subquery(last)).filter(last=Verdict.ADMIT).order_by()
    return found[:most].count() if most is not None else found.count()
