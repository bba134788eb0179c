"""What a gate says of a scan to whoever stands there: a word, a reason, and online who the badge is."""

from accreditation import door, protection, words
from accreditation.names_shown import badge_name
from accreditation.states import Verdict

NOBODY = {"number": None, "letter": "", "zones": [], "name": "", "organization": "", "portrait": ""}


def of(scan, *, may_name=True, portrait_address=str):
    """The JSON of one scan (``docs/door.md``). ``portrait_address()`` is where its picture is."""
    judgement = scan.judgement
    badge = judgement.badge if judgement else _badge_of(scan)
    return {
        "id": str(scan.pk),
        "verdict": str(scan.verdict),
        "reason": str(scan.reason),
        "words": str(words.SCAN_REASON[scan.reason]) if scan.reason else "",
        **(_person(badge, scan, portrait_address) if badge and may_name else NOBODY),
        "earlier": _earlier(scan),
        "inside": _inside(scan),
        "capacity": scan.gate.capacity,
    }


def _badge_of(scan):
    return door.shown().filter(pk=scan.badge_id).first() if scan.badge_id else None


def _person(badge, scan, portrait_address):
    """Of somebody who is hidden what the card itself shows, and no more."""
    registration = badge.registration
    is_open = not registration.is_hidden
    organization = registration.organization.name if registration.organization_id else registration.organization_name
    return {
        "number": badge.number,
        "letter": badge.letter,
        "zones": zones_of(badge),
        "name": badge_name(registration) if is_open else protection.badge_name(registration),
        "organization": organization if is_open else "",
        "portrait": portrait_address() if is_open and badge.portrait else "",
    }


def zones_of(badge):
    """Names of the zones that a badge opens, of a row of ``door.shown``."""
    lines = [line.partition(" ") for line in (badge.zone_lines or "").splitlines()]
    named = sorted((int(number), name) for number, _space, name in lines)
    return [name for number, name in named if badge.zones >> number & 1]


def _earlier(scan):
    if scan.verdict != Verdict.ALREADY_IN or not scan.badge_id:
        return None
    earlier = scan.judgement.earlier if scan.judgement else door.inside_by(scan.badge, scan.gate, scan.at)
    return {"at": earlier.at.isoformat(), "gate": earlier.gate.name} if earlier else None


def _inside(scan):
    """None where nobody counts."""
    if scan.gate.capacity is None:
        return None
    counted = scan.judgement.inside if scan.judgement else None
    return door.inside(scan.gate) if counted is None else counted
