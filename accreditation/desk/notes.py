"""Words beside an application: a colleague's note, a letter to its applicant, and what the applicant writes back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import emails, workflow
from accreditation.models import Note, Registration

LONGEST = 4000
THREAD = [Note.To.APPLICANT, Note.To.FROM_APPLICANT]


def add(registration, words, *, by, at=None):
    """Between officers; the applicant never reads it."""
    return _keep(registration, words, to=Note.To.DESK, by=by, at=at)


@transaction.atomic
def write(registration, words, *, by, at=None):
    """To the applicant, whose mail says only that there is a message. No status changes."""
    note = _keep(registration, words, to=Note.To.APPLICANT, by=by, at=at)
    emails.queue("message", registration, key=f"note:{note.pk}")
    return note


@transaction.atomic
def answer(registration, words, *, at=None):
    """From the applicant; the application comes back to the desk as an answered one. Raises TransitionRefused."""
    at = at or timezone.now()
    try:
        locked = workflow.lock(registration.pk)
    except Registration.DoesNotExist as gone:
        raise workflow.TransitionRefused(_("This application is no longer kept.")) from gone
    note = _keep(locked, words, to=Note.To.FROM_APPLICANT, by=None, at=at)
    locked.returned_at = at
    locked.save(update_fields=["returned_at"])
    return note


def may_answer(registration, thread):
    """Whether the applicant may write: once the desk has, or while they may be heard before a badge is lost."""
    return bool(thread) or registration.notice_until is not None


def thread(registration):
    """[Note] between the desk and the applicant, the oldest first."""
    return list(registration.notes.filter(to__in=THREAD).select_related("by"))


def _keep(registration, words, *, to, by, at):
    return Note.objects.create(registration=registration, words=words, to=to, by=by, at=at or timezone.now())
