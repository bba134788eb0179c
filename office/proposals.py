"""Propose, approve, refuse, withdraw. Approving only marks: the caller does the thing in the same transaction."""

import hashlib

from django.db import IntegrityError, transaction
from django.utils import timezone

from office import chain
from office.models.proposal import Outcome, Proposal


class ProposalRefused(Exception):
    """Nothing was changed; the message says why."""


def digest(content):
    return hashlib.sha256(chain.canonical(content)).hexdigest()


def open_for(action, subject_model, subject_id):
    """The Proposal that waits for a second officer, or None."""
    found = Proposal.objects.filter(
        action=action, subject_model=subject_model, subject_id=subject_id, outcome=Outcome.OPEN
    )
    return found.select_related("made_by").first()


def propose(*, action, subject_model, subject_id, content, by, note="", meeting=None):
    """Write down that ``by`` wants ``action`` done to one row (``"advisory.Meeting"``, its key); ``content`` is what.

    Raises ProposalRefused while the same waits for a decision.
    """
    try:
        with transaction.atomic():
            return Proposal.objects.create(
                action=action, content=content, digest=digest(content), meeting=meeting,
                subject_model=subject_model, subject_id=str(subject_id), made_by=by, made_at=timezone.now(), note=note,
            )  # fmt: skip
    except IntegrityError:
        waiting = open_for(action, subject_model, subject_id)
        if waiting is None:
            raise
        raise ProposalRefused(
            f"{waiting.made_by} proposed this on {_when(waiting.made_at)}. It waits for a second officer, or to be "
            "withdrawn."
        ) from None


def approve(proposal, *, by):
    """Mark it approved by a second officer. The caller has compared its digest with what would be done now."""
    return _decide(proposal, Outcome.APPROVED, by=by)


def refuse(proposal, *, by, reason):
    if not reason.strip():
        raise ProposalRefused("Say why, so that your colleague knows what to change.")
    return _decide(proposal, Outcome.REFUSED, by=by, reason=reason)


def withdraw(proposal, *, by):
    if by.pk != proposal.made_by_id:
        raise ProposalRefused(f"{proposal.made_by} made this proposal and alone withdraws it. You may refuse it.")
    return _close(proposal, Outcome.WITHDRAWN)


def set_aside(proposal):
    """What was proposed has changed since: nobody can approve it any more."""
    return _close(proposal, Outcome.STALE)


def _decide(proposal, outcome, *, by, reason=""):
    if by.pk == proposal.made_by_id:
        raise ProposalRefused("You made this proposal: somebody else decides on it.")
    return _close(proposal, outcome, decided_by=by, reason=reason)


def _close(proposal, outcome, **decision):
    """Guarded by the outcome: of two officers at once one decides and the other is told."""
    still_open = Proposal.objects.filter(pk=proposal.pk, outcome=Outcome.OPEN)
    changed = still_open.update(outcome=outcome, decided_at=timezone.now(), **decision)
    proposal.refresh_from_db()
    if not changed:
        raise ProposalRefused(_already(proposal))
    return proposal


def _already(proposal):
    by = f" by {proposal.decided_by}" if proposal.decided_by else ""
    return f"{proposal.get_outcome_display()}{by} on {_when(proposal.decided_at)}."


def _when(instant):
    return f"{timezone.localtime(instant):%-d %B %Y at %H:%M}"
