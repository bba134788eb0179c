"""Who is looking at an application, so that two officers do not decide on it side by side. A claim is a courtesy: it
changes no status, stops no decision, and whoever may decide can take it over."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import conditions
from accreditation.models import Registration
from accreditation.states import Status
from office import permissions

# What a desk still works on: nobody claims what has come to an end, or what its organization has to confirm first
OPEN = frozenset({Status.SUBMITTED, Status.INFO_REQUESTED, Status.WAITLISTED, Status.OFFERED})
KEEPS = frozenset({"reply", "endorse"})  # the answer comes back to whoever asked


class ClaimRefused(Exception):
    """Nothing changed. The message is a sentence for whoever tried."""


def in_force(at):
    """Condition on registrations that are claimed at an instant."""
    return Q(claimed_by__isnull=False) & (Q(claimed_until__isnull=True) | Q(claimed_until__gt=at))


def holder(registration, at=None):
    """The officer whose claim is in force, or None."""
    until = registration.claimed_until
    return registration.claimed_by if until is None or until > (at or timezone.now()) else None


def look(registration, officer, *, at=None):
    """Claim what an officer opens, for the minutes of the meeting's policy, unless a colleague has it.

    ``registration`` is brought up to date. What the officer keeps for good stays so.
    """
    at = at or timezone.now()
    until = at + timedelta(minutes=conditions.policy_of(registration.meeting_id).claim_minutes)
    own = Q(claimed_by=officer, claimed_until__isnull=False)
    if not _change(registration, _free(at) | own, claimed_by=officer, claimed_until=until):
        registration.refresh_from_db(fields=["claimed_by", "claimed_until"])


def take(registrations, officer, *, at=None):
    """Claim several until they are released, and return how many; those of a colleague stay where they are."""
    mine = _free(at or timezone.now()) | Q(claimed_by=officer)
    return registrations.filter(mine, status__in=OPEN).update(claimed_by=officer, claimed_until=None)


def release(registrations, officer):
    """Give back the officer's own, and return how many."""
    return registrations.filter(claimed_by=officer).update(claimed_by=None, claimed_until=None)


def assign(registration, *, to, by, held_by=None, at=None):
    """Give it to an officer who may decide on it, until they release it. Raises ClaimRefused.

    ``held_by`` is whose it is on the page of whoever assigns: where that is no longer so, nothing changes.
    """
    at = at or timezone.now()
    if not permissions.may_decide(to, registration.meeting):
        raise ClaimRefused(_("%(officer)s may not decide on this application: choose somebody else.") % {"officer": to})
    if to != by and conditions.conflict(registration, to):
        raise ClaimRefused(_("%(officer)s has a conflict of interest here: choose somebody else.") % {"officer": to})
    as_seen = Q(claimed_by=held_by) if held_by else _free(at)
    if not _change(registration, as_seen, claimed_by=to, claimed_until=None):
        registration.refresh_from_db()
        raise ClaimRefused(_why_not(registration, at))


def colleagues(meeting):
    """Officers to whom an application of the meeting can be given."""
    return permissions.holders("accreditation.decide_registration", meeting)


def after(action, by):
    """{column: value} of the claim as an action leaves it: a question keeps it with who asked, a decision ends it."""
    if action in KEEPS:
        return {}
    return {"claimed_by": by if action == "ask" else None, "claimed_until": None}


def _free(at):
    return Q(claimed_by__isnull=True) | Q(claimed_until__lte=at)


def _change(registration, guard, **values):
    """Whether the guarded update found the row as it has to be; then the object follows it."""
    if not Registration.objects.filter(guard, pk=registration.pk, status__in=OPEN).update(**values):
        return False
    for name, value in values.items():
        setattr(registration, name, value)
    return True


def _why_not(registration, at):
    if registration.status not in OPEN:
        return _("Nothing is left to decide here: %(reference)s has left the desk.") % {
            "reference": registration.reference
        }
    if officer := holder(registration, at):
        return _("%(officer)s has it now.") % {"officer": officer}
    return _("Nobody has it any more: claim it if you want it.")
