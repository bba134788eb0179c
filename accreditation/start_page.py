"""What the start page of a category says: whether it takes applications, until when, and which papers it asks for."""

from datetime import date
from enum import StrEnum
from itertools import groupby

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accreditation import words
from accreditation.states import EvidenceKind, Medium, Standing
from advisory.renditions import times, wording
from advisory.words import MeetingStatus

MEGABYTE = 1_000_000


class Door(StrEnum):
    """How a category stands to somebody who comes to apply."""

    OPEN = "open"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    OVER = "over"


def door(category, telling, at=None):
    at = at or timezone.now()
    if gone := past(telling.facts, at):
        return gone
    if category.opens_at and category.opens_at > at:
        return Door.NOT_YET
    return Door.OPEN if category.is_open(at) else Door.CLOSED


def past(facts, at=None):
    """CANCELLED or OVER by an edition's facts, or None while the meeting is to come or goes on."""
    if facts.get("status") == MeetingStatus.CANCELLED:
        return Door.CANCELLED
    today = (at or timezone.now()).astimezone(wording.zone(facts.get("time_zone"))).date()
    last_day = facts.get("last_day")
    return Door.OVER if last_day and date.fromisoformat(last_day) < today else None


def moment(instant, telling):
    """The parts in which a page says an instant, on the meeting's clock; None for no instant."""
    if instant is None:
        return None
    local = instant.astimezone(telling.zone)
    return {
        "iso": local.isoformat(timespec="minutes"),
        "day": wording.day(local.date()),
        "clock": wording.clock(local),
        "place": times.place(telling),
        "offset": wording.offset(local),
    }


def left(instant, telling, at=None):
    """How long there is until an instant, by the meeting's calendar; "" once it has passed."""
    at = at or timezone.now()
    if instant is None or instant <= at:
        return ""
    days = (instant.astimezone(telling.zone).date() - at.astimezone(telling.zone).date()).days
    if days == 0:
        return _("today")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def papers(category):
    """[(of whom, rows)]: first what everybody brings, then what one medium or kind of organization does."""
    rules = sorted(category.evidence_rules.all(), key=lambda rule: _rank(rule.asked_of))
    return [(_whom(asked_of), [_paper(rule) for rule in group]) for asked_of, group in groupby(rules, _asked_of)]


def _asked_of(rule):
    return rule.asked_of


def _rank(asked_of):
    return ["", *Medium, *Standing].index(asked_of)


def _whom(asked_of):
    if not asked_of:
        return ""
    return words.MEDIUM[Medium(asked_of)] if asked_of in set(Medium) else words.STANDING[Standing(asked_of)]


def _paper(rule):
    return {
        "name": words.EVIDENCE_KIND[EvidenceKind(rule.kind)],
        "number": number(rule.least, rule.most),
        "hint": rule.said("hint", get_language()),
        "types": types(rule.kind),
    }


def number(least, most):
    """How many are asked for; "" where it is one."""
    if least == 0:
        return _("if you have one") if most == 1 else _("up to %(most)s, if you have them") % {"most": most}
    if least == most:
        return "" if most == 1 else _("%(number)s of them") % {"number": most}
    return _("%(least)s to %(most)s of them") % {"least": least, "most": most}


def types(kind):
    """The kinds of file that are taken and how large one may be."""
    limit = settings.MAX_UPLOAD_BYTES // MEGABYTE
    if kind == EvidenceKind.PORTRAIT:
        return _("JPG or PNG, up to %(megabytes)s MB") % {"megabytes": limit}
    return _("PDF, JPG or PNG, up to %(megabytes)s MB") % {"megabytes": limit}
