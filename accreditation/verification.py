"""Whether the decisions of each meeting are still those that were made.

``manage.py verify_chains`` calls ``chains``.
"""

from django.db.models import Exists, OuterRef, Q

from accreditation import ledger
from accreditation.models import Decision
from advisory.models import Meeting
from office import chain


def chains():
    """(name, rows) of each meeting's book, as ``office.chain.Row``."""
    meetings = Meeting.objects.filter(Q(book__isnull=False) | Exists(Decision.objects.filter(meeting=OuterRef("pk"))))
    for meeting in meetings.select_related("book").order_by("pk").iterator(chunk_size=100):
        yield f"Decisions of {meeting.code}", list(rows(meeting))


def rows(meeting):
    decisions = meeting.decisions.select_related("reason", "undoes").order_by("sequence")
    head = chain.BEGINNING
    for position, decision in enumerate(decisions.iterator(chunk_size=500), start=1):
        head = decision.hash
        reason = getattr(decision, "reason", None)
        yield chain.Row(
            name=f"decision {decision.sequence}",
            previous_hash=decision.previous_hash,
            content=ledger.content(decision),
            hash=decision.hash,
            problem=_problem(decision, position, reason),
            is_redacted=bool(decision.reason_digest) and reason is None,
        )
    book = getattr(meeting, "book", None)
    if book is None or book.hash != head:
        problem = "rows are missing" if book else "the book that tells which decision was the last is missing"
        yield chain.Row("the end of the book", head, {}, chain.link(head, {}), problem=problem)


def _problem(decision, position, reason):
    if decision.sequence != position:
        return f"row {position} is missing"
    if reason and chain.link(reason.salt, {"reason": reason.words}) != decision.reason_digest:
        return "its reason is not the one that was given"
    if decision.registration_id and decision.registration_id != decision.pseudonym:
        return "it names another registration"
    return ""
