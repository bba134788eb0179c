"""Propose, approve, refuse, withdraw. Approving only marks: the caller does the thing in the same transaction."""

import hashlib

from django.db import IntegrityError, transaction
from django.utils import dateformat, timezone
from django.utils.translation import gettext as _

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
            _("%(officer)s proposed this on %(when)s. It waits for a second officer, or to be withdrawn.")
            % {"officer": waiting.made_by, "when": _when(waiting.made_at)}
        ) from None


def approve(proposal, *, by):
    """Mark it approved by a second officer. The caller has compared its digest with what would be done now."""
    return _decide(proposal, Outcome.APPROVED, by=by)


def refuse(proposal, *, by, reason):
    if not reason.strip():
        raise ProposalRefused(_("Say why, so that your colleague knows what to change."))
    return _decide(proposal, Outcome.REFUSED, by=by, reason=reason)


def withdraw(proposal, *, by):
    if by.pk != proposal.made_by_id:
        raise ProposalRefused(
            _("%(officer)s made this proposal and alone withdraws it. You may refuse it.")
            % {"officer": proposal.made_by}
        )
    return _close(proposal, Outcome.WITHDRAWN)


def set_aside(proposal):
    """What was proposed has changed since: nobody can approve it any more."""
    return _close(proposal, Outcome.STALE)


def _decide(proposal, outcome, *, by, reason=""):
    if by.pk == proposal.made_by_id:
        raise ProposalRefused(_("You made this proposal: somebody else decides on it."))
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
    sentence = {
        Outcome.APPROVED: _("Approved by %(officer)s on %(when)s."),
        Outcome.REFUSED: _("Refused by %(officer)s on %(when)s."),
        Outcome.WITHDRAWN: _("Withdrawn on %(when)s."),
        Outcome.STALE: _("Out of date on %(when)s."),
    }[proposal.outcome]
    return sentence % {"officer": proposal.decided_by, "when": _when(proposal.decided_at)}


def _when(instant):
    local = timezone.localtime(instant)
    return _("%(day)s at %(time)s") % {"day": dateformat.format(local, "j F Y"), "time": f"{local:%H:%M}"}
