"""People at risk (decision 20): a name, an address and answers that two officers read and nobody else.

From the moment somebody asks, lists show an alias (``Registration.listed_as``); granting seals what the columns held.
Each act is a row of the meeting's book; no status changes.
"""

from types import SimpleNamespace

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import (
    aliases,
    conditions,
    emails,
    finding,
    identifying,
    ledger,
    names_shown,
    profiles,
    workflow,
)
from accreditation.models import Opening
from accreditation.states import Actor, Status
from accreditation.workflow import TransitionRefused
from office import outbox
from office.models.message import Message
from office.permissions import may_protect

ALIAS, NAME = "alias", "name"  # what the badge of a protected person shows


@transaction.atomic
def ask(registration):
    """By the applicant, after sending; in the form it is a tick. From now on lists show the alias."""
    locked = workflow.lock(registration.pk)
    if not locked.is_hidden:
        locked.asks_protection, locked.remembers = True, False
        locked.save(update_fields=["asks_protection", "remembers"])
        finding.index(locked)
        profiles.forget_profile(locked.email)
    return locked


def grant(registration, *, readers, by, at=None):
    """Seal who it is, to be read by two officers; return the registration. Raises TransitionRefused.

    It may be granted to somebody who asked the desk in another way than by the form.
    """
    at = at or timezone.now()
    with transaction.atomic():
        locked = workflow.lock(registration.pk)
        _check(locked, by)
        _check_readers(locked, readers)
        if locked.status == Status.DRAFT:
            raise TransitionRefused(_("The application has not been sent."))
        if locked.is_protected:
            raise TransitionRefused(_("This person is protected already."))
        true_address = locked.email
        aliases.seal(locked)
        locked.asks_protection, locked.remembers = True, False
        locked.name_key = identifying.name_key(locked)
        locked.save()
        locked.protected_readers.set(readers)
        finding.index(locked)
        profiles.forget_profile(true_address)
        _hide_letters(true_address, locked)
        decision = _record(locked, "protect", actor=Actor.DESK, by=by, at=at)
        emails.queue("answered", locked, decision)
    _overwrite_old_pages()
    return locked


@transaction.atomic
def decline(registration, *, reason, by, at=None):
    """Tell the applicant that protection is not given, and why; return the registration. Raises TransitionRefused.

    Lists go on showing the alias until the applicant has chosen to go on without, or to withdraw.
    """
    locked = workflow.lock(registration.pk)
    _check(locked, by)
    if not reason.strip():
        raise TransitionRefused(_("Say why: the person reads it and decides whether to come."))
    if not locked.asks_protection or locked.is_protected:
        raise TransitionRefused(_("Nobody asks for protection here."))
    decision = _record(
        locked, "refuse_protection", actor=Actor.DESK, by=by, at=at or timezone.now(), reason=reason.strip()
    )
    emails.queue("answered", locked, decision)
    return locked


@transaction.atomic
def appoint(registration, *, readers, by, at=None):
    """Name two readers anew, as when one has left; return the registration. Raises TransitionRefused."""
    locked = workflow.lock(registration.pk)
    _check(locked, by)
    _check_readers(locked, readers)
    if not locked.is_protected:
        raise TransitionRefused(_("This person is not protected."))
    locked.protected_readers.set(readers)
    _record(locked, "appoint_readers", actor=Actor.DESK, by=by, at=at or timezone.now())
    return locked


def lift(registration, *, at=None):
    """By the applicant's wish: the name stands on lists again; return the registration. Raises TransitionRefused."""
    try:
        with transaction.atomic():
            locked = workflow.lock(registration.pk)
            if not locked.is_hidden:
                return locked
            alias = locked.email
            if locked.is_protected:
                aliases.unseal(locked)
                Message.objects.filter(to=alias).update(to=locked.email)
                locked.protected_readers.clear()
            locked.asks_protection = False
            locked.name_key = identifying.name_key(locked)
            locked.save()
            finding.index(locked)
            _record(locked, "unprotect", actor=Actor.APPLICANT, by=None, at=at or timezone.now())
            return locked
    except IntegrityError as error:
        if workflow.is_second_registration(error):
            raise TransitionRefused(_("There is another application of the same person to this meeting.")) from error
        raise


def show_on_badge(registration, shows):
    """Keep what a protected person wants on the badge: ALIAS or NAME."""
    with transaction.atomic():
        locked = workflow.lock(registration.pk)
        if locked.is_protected and shows in {ALIAS, NAME}:
            locked.person = locked.person | {"on_badge": shows}
            locked.save(update_fields=["person"])
        return locked


def on_badge(registration):
    """ALIAS or NAME; the alias until the person says otherwise."""
    return registration.person.get("on_badge", ALIAS) if registration.is_protected else ALIAS


def badge_name(registration):
    """What is printed on the badge, for whoever prints it."""
    if registration.is_hidden and on_badge(registration) == ALIAS:
        return registration.alias
    person = {name: aliases.take(registration, name) for name in ("given_names", "family_name", "badge_name")}
    return names_shown.badge_name(SimpleNamespace(**person))


def names_for(registration, reader, *, at=None):
    """{column: value} of ``aliases.SEALED`` as the person wrote it, or None for an officer who may not know.

    Each reading of somebody who is hidden is kept as an Opening.
    """
    if not may_open(registration, reader):
        return None
    if registration.is_hidden:
        Opening.objects.create(registration=registration, by=reader, at=at or timezone.now())
    return {name: aliases.take(registration, name) for name in aliases.SEALED}


def may_open(registration, officer):
    """Whether an officer may read who it is, answers and papers included.

    Asked for, that is who may grant it; granted, the two readers, while they still work for the meeting. Whether an
    officer may see the registration at all is asked beside it.
    """
    if not registration.is_hidden:
        return True
    if not may_protect(officer, registration.meeting):
        return False
    return not registration.is_protected or registration.protected_readers.filter(pk=officer.pk).exists()


def standing(registration):
    """(word, Decision or None): not_asked, asked, refused or granted, with the act that made it so."""
    if not registration.is_hidden:
        return "not_asked", None
    acts = registration.decisions.filter(action__in=conditions.BESIDE - {"appoint_readers"}).select_related("reason")
    last = acts.order_by("-sequence").first()
    if registration.is_protected:
        return "granted", last
    return ("refused", last) if last and last.action == "refuse_protection" else ("asked", None)


def _check(registration, by):
    if not may_protect(by, registration.meeting):
        raise TransitionRefused(_("Protection is for officers who review this meeting’s applications."))


def _check_readers(registration, readers):
    if len({reader.pk for reader in readers}) != 2 or len(readers) != 2:
        raise TransitionRefused(_("Name two different officers who may read who it is."))
    for reader in readers:
        if not may_protect(reader, registration.meeting):
            raise TransitionRefused(
                _("%(officer)s does not review this meeting’s applications: name somebody else.") % {"officer": reader}
            )


def _record(registration, action, *, actor, by, at, reason=""):
    book = ledger.book_of(registration.meeting_id)
    status = registration.status
    decision = ledger.record(
        book, registration, action=action, before=status, after=status, actor=actor, by=by, at=at, reason=reason
    )
    book.save(update_fields=["sequence", "hash"])
    return decision


def _hide_letters(true_address, registration):
    """Letters that were sent are forgotten now; those that wait go on under the alias."""
    letters = Message.objects.filter(to=true_address, kind__startswith="registration_")
    outbox.forget(letters)
    letters.update(to=aliases.address(registration), last_error="")


def _overwrite_old_pages():
    """SQLite's write-ahead log still holds the pages as they were: it is emptied, if nobody is reading just now.

    On PostgreSQL old versions of a row go with the next VACUUM.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        patience = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute("PRAGMA busy_timeout=0")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.execute(f"PRAGMA busy_timeout={patience}")
