"""What applicants do once their application is sent: answer a request, change small things, give up, take a place.

Each locks the row first. What needs another decision (a name, a document, an organization) is not changed here.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import finding, identifying, intake, workflow
from accreditation.states import LIVE, Actor, Status

# Who somebody is and for whom they come was decided on, or will be: a desk's request reopens it, nothing else does
DECIDED_ON = {
    "given_names", "family_name", "medium", "standing", "part", "attending", "organization", "organization_name",
    "comes_with",
} | intake.SEALED["identity"]  # fmt: skip


@transaction.atomic
def amend(registration, answers, *, at=None):
    """Keep a small change, whoever is deciding meanwhile. Raises workflow.TransitionRefused once all is over."""
    if fixed := sorted(DECIDED_ON & answers.keys()):
        raise ValueError(f"Not changed after sending: {', '.join(fixed)}.")
    locked = workflow.lock(registration.pk)
    if workflow.shown_status(locked) not in LIVE:
        raise workflow.TransitionRefused(_("Your application has come to an end; nothing in it can be changed."))
    return _keep(locked, answers, at=at)


@transaction.atomic
def save_reply(registration, step, answers, *, at=None):
    """Keep the answers of one step that the desk has reopened. Raises workflow.TransitionRefused where it is not."""
    locked = workflow.lock(registration.pk)
    if step not in {item["step"] for item in open_items(locked)}:
        raise workflow.TransitionRefused(_("The desk does not ask for this any more. See how your application stands."))
    mark_answered(locked, step)
    return _keep(locked, answers, at=at, also=["info_items", "name_key", "done"])


def open_items(registration):
    """What the desk has asked for and waits for: [{"step", "note", and "answered" once it was}]."""
    is_open = registration.status == Status.INFO_REQUESTED and not workflow.is_held(registration)
    return registration.info_items if is_open else []


def mark_answered(registration, step):
    """Sets ``info_items``, which the caller saves."""
    registration.info_items = [
        item | {"answered": True} if item["step"] == step else item for item in registration.info_items
    ]


def _keep(registration, answers, *, at, also=()):
    columns = set().union(*(intake.keep(registration, name, value) for name, value in answers.items()))
    registration.name_key = identifying.name_key(registration)
    registration.saved_at = at or timezone.now()
    registration.save(update_fields=[*columns, *also, "saved_at"])
    finding.index(registration)
    return registration


def withdraw(registration, *, reason="", at=None):
    """Give it up in whatever state; a place that was offered goes on to the next who waits."""
    was_offered = workflow.shown_status(registration, at) == Status.OFFERED
    withdrawn = workflow.apply(registration, "withdraw", actor=Actor.APPLICANT, reason=reason, at=at)
    if was_offered:
        workflow.offer_next(registration.category, at=at, most=1)
    return withdrawn
