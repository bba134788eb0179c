"""Whether the decisions of each meeting are still those that were made.

``manage.py verify_chains`` calls ``chains``.
"""

from accreditation import ledger
from accreditation.models import MeetingBook
from office import chain


def chains():
    """(name, rows) of each meeting's book, as ``office.chain.Row``."""
    for book in MeetingBook.objects.select_related("meeting").order_by("pk").iterator(chunk_size=100):
        yield f"Decisions of {book.meeting.code}", list(rows(book))


def rows(book):
    decisions = book.meeting.decisions.select_related("reason", "undoes").order_by("sequence")
    last = None
    for position, decision in enumerate(decisions.iterator(chunk_size=500), start=1):
        last = decision
        reason = getattr(decision, "reason", None)
        yield chain.Row(
            name=f"decision {decision.sequence}",
            previous_hash=decision.previous_hash,
            content=ledger.content(decision),
            hash=decision.hash,
            problem=_problem(decision, position, reason),
            is_redacted=bool(decision.reason_digest) and reason is None,
        )
    if (last.hash if last else chain.BEGINNING) != book.hash:
        yield chain.Row(
            name="the end of the book", previous_hash=last.hash if last else chain.BEGINNING, content={}, hash="",
            problem="rows are missing at the end",
        )  # fmt: skip


def _problem(decision, position, reason):
    if decision.sequence != position:
        return f"row {position} is missing"
    if reason and chain.link(reason.salt, {"reason": reason.words}) != decision.reason_digest:
        return "its reason is not the one that was given"
    if decision.registration_id and decision.registration_id != decision.pseudonym:
        return "it names another registration"
    return ""
