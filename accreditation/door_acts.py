"""What becomes of a scan afterwards: somebody is let in after all, or it is taken back, or a supervisor settles it."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.door import is_over
from accreditation.models import Badge, Scan
from accreditation.states import ScanReason, Verdict

SOON = timedelta(minutes=10)  # in which a guard decides what becomes of a scan


class DoorRefused(Exception):
    """Nothing was written; the message says why."""


def let_in(scan, *, by=None, device=None, may_overrule=False, note="", at=None, scan_id=None):
    """Admit somebody whom the gate did not simply admit, and return the new Scan. Raises DoorRefused.

    Whoever stands at the gate may at once after CHECK, if the badge was not void by then; of all else a
    supervisor decides, who says why in ``note``. One scan lets in once.
    """

    def refusal(badge):
        if scan.verdict not in {Verdict.CHECK, Verdict.STOP, Verdict.ALREADY_IN} or _has_later(scan, Verdict.ADMIT):
            return _("There is nobody to let in by this scan.")
        is_guards = scan.verdict == Verdict.CHECK and _is_soon(scan, at) and not badge.is_void(at=at)
        if is_over(device) or not (is_guards or may_overrule and note.strip()):
            return _("A supervisor has to decide this, and say why.")
        return ""

    if scan.badge_id is None:
        raise DoorRefused(_("There is nobody to let in by this scan."))
    return _later(scan, Verdict.ADMIT, by=by, device=device, note=note, at=at, scan_id=scan_id, refusal=refusal)


def settle(scan, *, by, note):
    """A supervisor's word on a scan that devices disagree on; it changes nobody's place. Raises DoorRefused."""
    if not note.strip():
        raise DoorRefused(_("A supervisor has to decide this, and say why."))
    return _later(scan, scan.verdict, by=by, device=None, note=note, at=scan.at)


def was_let_in(scan, *, device, by=None, note="", at=None, scan_id=None):
    """Write down that a device let somebody in by itself whom we would not: a conflict for the supervisor."""
    return _later(
        scan, scan.verdict, by=by, device=device, note=note, at=at, scan_id=scan_id, told=Verdict.ADMIT
    )  # fmt: skip


def take_back(scan, *, by=None, device=None, may_overrule=False, note="", at=None, scan_id=None):
    """Undo a scan that admitted somebody, or noted that they went: the guard at once, later a supervisor.

    Raises DoorRefused.
    """

    def refusal(_badge):
        if scan.verdict not in {Verdict.ADMIT, Verdict.OUT} or _has_later(scan, Verdict.UNDONE):
            return _("There is nothing to take back in this scan.")
        if is_over(device) or not (may_overrule or _is_soon(scan, at)):
            return _("A supervisor has to decide this, and say why.")
        return ""

    return _later(scan, Verdict.UNDONE, by=by, device=device, note=note, at=at, scan_id=scan_id, refusal=refusal)


def _reason(scan, verdict):
    if verdict == Verdict.ADMIT:
        return ScanReason.OVERRULED
    return scan.reason if verdict == scan.verdict else ""


def _is_soon(scan, at):
    return (at or timezone.now()) - scan.at <= SOON


def _has_later(scan, verdict):
    return Scan.objects.filter(of=scan, verdict=verdict).exists()


@transaction.atomic
def _later(scan, verdict, *, by, device, note="", at=None, scan_id=None, told="", refusal=None):
    """The Scan that follows; one that is there by its id already is not asked why it should be refused."""
    now, scan_id = timezone.now(), scan_id or uuid.uuid4()
    badge = Badge.objects.select_for_update().filter(pk=scan.badge_id).first()
    is_known = Scan.objects.filter(pk=scan_id).exists()
    if not is_known and refusal and (why := refusal(badge)):
        raise DoorRefused(why)
    later, _is_new = Scan.objects.get_or_create(
        id=scan_id,
        defaults={
            "meeting_id": scan.meeting_id, "gate_id": scan.gate_id, "badge_id": scan.badge_id, "serial": scan.serial,
            "direction": scan.direction, "verdict": verdict, "at": min(at or now, now), "received_at": now,
            "reason": _reason(scan, verdict), "by": by, "device": device, "of": scan,
            "note": note.strip()[:200], "told": told,
        },
    )  # fmt: skip
    return later
