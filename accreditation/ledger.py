"""The meeting's book: one hash chain of decisions per meeting, and its badge numbers. Called by ``workflow`` and
``badges`` inside their transaction, after the registration and its places are locked."""

import secrets
from datetime import UTC, datetime

from accreditation.models import Decision, DecisionReason, MeetingBook
from advisory.models import Meeting
from office import chain
from office.prepared import Prepared, PreparedInsert, PreparedUpdate, Slot

BOOK = Slot(0, Meeting._meta.pk)
LOCKED = Prepared(lambda: MeetingBook.objects.select_for_update().filter(pk=BOOK).order_by())
HEAD = ["sequence", "hash", "badge_number"]
SAVED = PreparedUpdate(
    lambda: MeetingBook.objects.filter(pk=BOOK).order_by(),
    **{name: Slot(place, MeetingBook._meta.get_field(name)) for place, name in enumerate(HEAD, 1)},
)
ADDED = PreparedInsert(Decision)


def book_of(meeting_id):
    """The meeting's book, locked until the transaction ends."""
    book = LOCKED.one(meeting_id)
    if book is None:
        MeetingBook.objects.bulk_create(
            [MeetingBook(meeting_id=meeting_id, hash=chain.BEGINNING)], ignore_conflicts=True
        )
        book = LOCKED.one(meeting_id)
    return book


def save(book):
    """What ``record`` and ``badges`` changed in a book that ``book_of`` has locked."""
    SAVED(book.meeting_id, *(getattr(book, name) for name in HEAD))


def record(
    book, registration, *, action, before, after, actor, by, at, code="", reason="", undoes=None, voided=None,
    seconded_by=None,
):  # fmt: skip
    """Add one Decision to the chain and return it. ``book`` is changed but not saved.

    The registration is still as it was: what undoing gives back is kept with the row.
    """
    salt = secrets.token_hex(16) if reason else ""
    decision = Decision(
        meeting_id=registration.meeting_id,
        sequence=book.sequence + 1,
        registration=registration,
        pseudonym=registration.pk,
        action=action,
        before=before,
        after=after,
        actor=actor,
        by=by,
        seconded_by=seconded_by,
        at=at.astimezone(UTC),  # as the database gives it back, and so as it is hashed
        code=code,
        reason_digest=chain.link(salt, {"reason": reason}) if reason else "",
        undoes=undoes,
        restores=_restores(registration, voided),
        previous_hash=book.hash,
    )
    decision.hash = chain.link(book.hash, content(decision))
    ADDED(decision)
    if reason:
        DecisionReason.objects.create(decision=decision, words=reason, salt=salt)
    book.sequence, book.hash = decision.sequence, decision.hash
    return decision


TIMES = ["held_until", "offer_until", "info_until", "due_at", "paused_at", "returned_at", "notice_until"]


def _restores(registration, voided):
    instants = {name: getattr(registration, name) for name in TIMES}
    kept = {name: instant.isoformat() for name, instant in instants.items() if instant}
    if registration.info_items:
        kept["info_items"] = registration.info_items
    return kept | ({"voided": voided} if voided else {})


def restored(decision):
    """Values of the registration before the decision, by the names of its fields, and ``voided`` for ``badges``."""
    kept = decision.restores
    instants = {name: datetime.fromisoformat(kept[name]) if name in kept else None for name in TIMES}
    return instants | {"info_items": kept.get("info_items", []), "voided": kept.get("voided")}


def content(decision):
    """What a decision's hash covers (decision 17): no name, and of the reason a salted digest alone."""
    return {
        "sequence": decision.sequence,
        "registration": str(decision.pseudonym),
        "action": decision.action,
        "before": str(decision.before),
        "after": str(decision.after),
        "actor": str(decision.actor),
        "by": decision.by_id,
        "at": decision.at.isoformat(),
        "code": decision.code,
        "reason": decision.reason_digest,
        "undoes": decision.undoes.sequence if decision.undoes_id else None,
    } | ({"seconded_by": decision.seconded_by_id} if decision.seconded_by_id else {})
