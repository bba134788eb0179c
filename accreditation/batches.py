"""Scans that devices made without network, taken in when it is back: in any order, any number of times, once each."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils import timezone

from accreditation import door, door_acts
from accreditation.models import Device, Scan
from accreditation.states import Direction, ScanReason, Verdict

MOST = 200
OLDEST = timedelta(days=30)
MOST_WAITING, FURTHEST = 1_000_000, 2**31 - 1  # what the columns hold
SCAN, LET_IN, TAKE_BACK = ACTS = ("scan", "let_in", "take_back")
TOLD = {"", *(str(verdict) for verdict in Verdict if verdict != Verdict.UNDONE)}
DOUBTS = {str(ScanReason[name]) for name in ["STALE", "CLOCK", "FULL", "ESCORT", "UNKNOWN", "DEVICE"]}
MALFORMED, UNKNOWN_OF, TAKEN, REFUSED = "malformed", "unknown_of", "taken", "refused"


class Malformed(ValueError):
    """It is no batch, or no row of one."""


@dataclass(frozen=True)
class Row:
    """``at`` is our clock; ``of`` names the scan that ``act`` is about."""

    id: uuid.UUID
    act: str
    at: datetime
    code: str = ""
    direction: str = Direction.IN
    told: str = ""
    doubt: str = ""
    of: uuid.UUID | None = None
    note: str = ""


def take(batch, *, gate, device=None, by=None, may_overrule=False):
    """[{"id", "verdict", "reason"} or {"id", "error"}] in the batch's own order. Raises Malformed."""
    now = timezone.now()
    ahead, items, waiting = _opened(batch, now)
    if device is not None:
        seconds = max(-FURTHEST, min(FURTHEST, round(ahead.total_seconds())))
        Device.objects.filter(pk=device.pk).update(seen_at=now, ahead_seconds=seconds, waiting=waiting)
    answers, rows = [None] * len(items), []
    for place, item in enumerate(items):
        try:
            rows.append((place, _row(item, ahead, now)))
        except (Malformed, ValueError, OverflowError) as _error:
            answers[place] = {"id": _named(item), "error": MALFORMED}
    taking = Taking(gate, device, by, may_overrule, [row.id for _place, row in rows])
    for place, row in in_order(rows):
        answers[place] = {"id": str(row.id)} | taking.one(row)
    return answers


def in_order(rows):
    """As things happened, whatever order they are sent in; an act comes after the scan that it is about."""
    times = {row.id: row.at for _place, row in rows}
    timed = [(place, replace(row, at=max(row.at, times.get(row.of, row.at)))) for place, row in rows]
    return sorted(timed, key=lambda each: (each[1].at, each[1].act != SCAN, each[1].id))


class Taking:
    """One batch of one device or officer; what is there already is read once."""

    def __init__(self, gate, device, by, may_overrule, ids):
        self.gate, self.device, self.by, self.may_overrule = gate, device, by, may_overrule
        self.known = {scan.pk: scan for scan in Scan.objects.filter(pk__in=ids).select_related("badge")}

    def one(self, row):
        scan = self.known.get(row.id)
        try:
            if scan is None:
                scan = self._scan(row) if row.act == SCAN else self._act(row)
        except door.IdTaken:  # by somebody else, in this very moment
            scan = TAKEN
        if isinstance(scan, str):
            return {"error": scan}
        if not self._is_ours(scan) or not _is_the_same(row, scan):
            return {"error": TAKEN}
        if row.act == SCAN and row.told and not scan.told:
            door.heard(scan, row.told)
        self.known[scan.pk] = scan
        return {"verdict": str(scan.verdict), "reason": str(scan.reason)}

    def _is_ours(self, scan):
        """Another's scan is not told to whoever guesses its id."""
        device, by = self.device and self.device.pk, self.by and self.by.pk
        return scan.gate_id == self.gate.pk and (scan.device_id == device if device else scan.by_id == by)

    def _scan(self, row):
        return door.admit(
            row.code, gate=self.gate, direction=row.direction, at=row.at, device=self.device, by=self.by,
            scan_id=row.id, told=row.told, doubt=row.doubt,
        )  # fmt: skip

    def _act(self, row):
        """The Scan that the act wrote, the one that makes it needless, or the word for why nothing was written."""
        about = self.known.get(row.of) or Scan.objects.filter(pk=row.of).first()
        if about is None or not self._is_ours(about):
            return UNKNOWN_OF
        told = {"device": self.device, "by": self.by, "note": row.note, "at": row.at, "scan_id": row.id}
        try:
            if row.act == TAKE_BACK:
                return door_acts.take_back(about, may_overrule=self.may_overrule, **told)
            if about.verdict == Verdict.ADMIT:  # the device had been more careful than we are
                return about
            return door_acts.let_in(about, may_overrule=self.may_overrule, **told)
        except door_acts.DoorRefused:
            return REFUSED if row.act == TAKE_BACK else door_acts.was_let_in(about, **told)


def _is_the_same(row, scan):
    """Whether the Scan that is there by a row's id is of what the row says, as far as the Scan tells."""
    if row.act != SCAN:
        return scan.of_id == row.of or scan.pk == row.of
    return scan.of_id is None and scan.direction == row.direction and scan.serial in {"", door.serial_of(row.code)}


def _opened(batch, now):
    """(how far the device's clock is ahead of ours, rows, how many wait)"""
    if not isinstance(batch, dict) or not isinstance(batch.get("scans"), list) or len(batch["scans"]) > MOST:
        raise Malformed
    waiting = batch.get("waiting", 0)
    if not isinstance(waiting, int):
        raise Malformed
    try:
        ahead = _instant(batch.get("now")) - now
    except OverflowError as error:
        raise Malformed from error
    return ahead, batch["scans"], max(0, min(MOST_WAITING, int(waiting)))


def _row(item, ahead, now):
    if not isinstance(item, dict):
        raise Malformed
    act, told = item.get("act", SCAN), item.get("told") or ""
    direction, note = item.get("direction") or Direction.IN, item.get("note") or ""
    code = item.get("code") or ""
    if not all(isinstance(value, str) for value in (item.get("id"), act, told, direction, note, code)):
        raise Malformed
    if act not in ACTS or told not in TOLD or direction not in set(Direction):
        raise Malformed
    of = uuid.UUID(item["of"]) if isinstance(item.get("of"), str) else None
    at = _instant(item.get("at")) - ahead
    if at < now - OLDEST or (act != SCAN and of is None):
        raise Malformed
    doubt = next((reason for reason in DOUBTS if reason == item.get("reason")), "")
    return Row(uuid.UUID(item["id"]), act, min(at, now), code, direction, told, doubt, of, storable(note))


def _named(item):
    """A malformed row's own name, where it is one: what is nested deep or no number of JSON could not be said back."""
    name = item.get("id") if isinstance(item, dict) else None
    return name if isinstance(name, str) else None


def storable(text):
    """What PostgreSQL takes: no NUL, no half of a character (RFC 8259, section 8.2)."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")[:200]


def _instant(text):
    """An aware instant from ISO 8601. Raises Malformed."""
    if not isinstance(text, str):
        raise Malformed
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise Malformed from error
    if instant.tzinfo is None:
        raise Malformed
    return instant
