"""The decision that an officer can still take back: while it is held, its mail waits and its places are kept."""

from dataclasses import dataclass
from math import ceil

from django.utils import timezone

from accreditation.desk.history import DONE
from accreditation.models import Decision, Registration
from accreditation.standing import TONES
from accreditation.states import Status


@dataclass(frozen=True)
class Held:
    registration: Registration
    decision: Decision
    seconds: int

    @property
    def label(self):
        return DONE[self.decision.action]

    @property
    def look(self):
        """(tone, shape) of the state it led to."""
        return TONES[Status(self.decision.after)]


def last_held(officer, *, at=None):
    """The officer's latest decision that can be undone, or None. One statement."""
    at = at or timezone.now()
    held = Decision.objects.filter(registration__held_until__gt=at, by=officer, undoes=None, undone_by=None)
    held = held.select_related("registration__meeting").order_by("-at", "-sequence")
    decision = held.first()
    if decision is None:
        return None
    left = decision.registration.held_until - at
    return Held(decision.registration, decision, ceil(left.total_seconds()))
