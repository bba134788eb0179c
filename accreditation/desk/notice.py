"""Nobody loses a badge unheard: telling a person what is held against them, and hearing the answer.

Acts beside the status (``conditions.BESIDE``), each a row of the meeting's book.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import conditions, emails, grounds, ledger, workflow
from accreditation.models import Note, Registration
from accreditation.states import Actor, Status
from accreditation.workflow import TransitionRefused

LONGEST = 4000


@transaction.atomic
def give(registration, *, by, ground, words, at=None):
    """Tell the person by letter and on their page; they may answer until ``notice_until``, set by the desk's rules.

    Returns the registration. Raises TransitionRefused.
    """
    at = at or timezone.now()
    locked = _locked(registration.pk)
    _check(locked, by, at)
    if ground == grounds.DANGER:
        raise TransitionRefused(_("Danger needs no notice: the badge may be revoked at once."))
    if not grounds.known(ground):
        raise TransitionRefused(_("Choose the ground that is held against the person."))
    if not words.strip():
        raise TransitionRefused(_("Say what is held against the person: they read it and answer."))
    if locked.notice_until and locked.notice_until > at:
        raise TransitionRefused(
            _("They were told already and may answer until %(moment)s.")
            % {"moment": conditions.told(locked, locked.notice_until)}
        )
    locked.notice_until = at + timedelta(hours=conditions.policy_of(locked.meeting_id).notice_hours)
    locked.save(update_fields=["notice_until"])
    decision = _record(locked, "give_notice", by=by, at=at, code=ground, reason=words.strip())
    emails.queue("notice", locked, decision)
    return locked


@transaction.atomic
def end(registration, *, by, at=None):
    """The badge stays, and the person is told so. Raises TransitionRefused."""
    at = at or timezone.now()
    locked = _locked(registration.pk)
    _check(locked, by, at)
    if locked.notice_until is None:
        raise TransitionRefused(_("Nothing is held against this person."))
    locked.notice_until = None
    locked.save(update_fields=["notice_until"])
    emails.queue("notice_ended", locked, _record(locked, "end_notice", by=by, at=at))
    return locked


@transaction.atomic
def answer(registration, words, *, at=None):
    """By the person, as long as they have the badge: who is late is heard all the same. Raises TransitionRefused."""
    at = at or timezone.now()
    locked = _locked(registration.pk)
    if not is_open(locked):
        raise TransitionRefused(_("Nothing is held against you any more. See how your application stands."))
    note = Note.objects.create(registration=locked, to=Note.To.FROM_APPLICANT, words=words, at=at)
    locked.returned_at = at
    locked.save(update_fields=["returned_at"])
    return note


def is_open(registration):
    """Whether something is held against somebody who has a badge, and is not decided."""
    return registration.notice_until is not None and registration.status == Status.APPROVED


def last(registration):
    """The Decision by which the person was told, its words at hand, or None where nothing is held against them."""
    if not is_open(registration):
        return None
    given = registration.decisions.filter(action="give_notice").select_related("reason", "by")
    return given.order_by("-sequence").first()


def answers(registration, since):
    """[Note] that the person wrote since an instant, the oldest first."""
    return list(registration.notes.filter(to=Note.To.FROM_APPLICANT, at__gte=since))


def _check(registration, by, at):
    if registration.status != Status.APPROVED:
        raise TransitionRefused(conditions.what_happened(registration, Actor.SUPERVISOR))
    if workflow.is_held(registration, at):
        raise TransitionRefused(_("The approval can still be undone, and the person does not know of it yet."))
    if sentence := conditions.conflict(registration, by):
        raise TransitionRefused(sentence)


def _locked(pk):
    try:
        return workflow.lock(pk)
    except Registration.DoesNotExist as gone:
        raise TransitionRefused(_("This application is no longer kept.")) from gone


def _record(registration, action, *, by, at, **words):
    book = ledger.book_of(registration.meeting_id)
    status = registration.status
    decision = ledger.record(
        book, registration, action=action, before=status, after=status, actor=Actor.SUPERVISOR, by=by, at=at, **words
    )
    book.save(update_fields=["sequence", "hash"])
    return decision
