"""Hints for the officer who decides: possible doubles, letters too old, names that only look alike. Never verdicts.

The worker runs the checks soon after an application is sent or changed and keeps the codes by which queues are
filtered; the page of an application asks them anew (``told``).
"""

import logging

from django.db import transaction
from django.utils import timezone

from accreditation import protection
from accreditation.checks import near, papers, particulars
from accreditation.checks.hints import INFO, LOOK, OK, ORDER, Hint
from accreditation.models import Registration
from accreditation.models.registration import UNCHECKED
from accreditation.states import LIVE, Status
from office import permissions

__all__ = ["INFO", "LOOK", "OK", "Hint", "run", "run_stale", "told"]

log = logging.getLogger(__name__)
UNDECIDED = LIVE - {Status.APPROVED}
BATCH = 100


def told(registration, officer):
    """[Hint] for the page of an application, what needs a look first; nothing of somebody whom the officer may not
    know."""
    if not protection.may_open(registration, officer):
        return []
    security = permissions.may_read_identity(officer, registration.meeting)
    return [hint for hint in _found(registration, officer) if security or not hint.is_sealed]


def run(registration, *, at=None):
    """Read its letters, keep the codes of what needs a look, and return them; of a hidden person none are kept.

    Who now seems to be the same person is looked at again too.
    """
    at = at or timezone.now()  # before anything is read: what changes meanwhile is looked at again
    papers.read_words(registration, at=at)
    found = [] if registration.is_hidden else _found(registration)
    codes = list(dict.fromkeys(hint.code for hint in found if hint.severity == LOOK and not hint.is_sealed))
    with transaction.atomic():
        rows = Registration.objects.filter(pk=registration.pk, status__in=UNDECIDED)
        rows.filter(asks_protection=registration.asks_protection).update(hints=codes, checked_at=at)
        if near.DOUBLE in codes:
            near.look_again(registration)
    return codes


def run_stale(*, at=None, batch=BATCH):
    """Check what was sent or changed since it was checked last, the oldest first; return how many."""
    rows = Registration.objects.filter(UNCHECKED, status__in=UNDECIDED).order_by("saved_at")
    checked = 0
    for registration in rows.select_related("category", "meeting", "organization", "delegation")[:batch]:
        try:
            run(registration, at=at)
            checked += 1
        except Exception:  # one file that cannot be read must not keep the others waiting
            log.exception("An application could not be checked.", extra={"fields": {"id": str(registration.pk)}})
            Registration.objects.filter(pk=registration.pk).update(checked_at=at or timezone.now())
    return checked


def _found(registration, officer=None):
    hints = [*papers.hints(registration), *particulars.hints(registration)]
    if not registration.is_hidden:
        hints += near.hints(registration, officer)
    return sorted(hints, key=lambda hint: ORDER.index(hint.severity))
