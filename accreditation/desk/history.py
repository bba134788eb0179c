"""What happened to an application, for officers: every row of the book with who did it and why."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accreditation import grounds, words
from accreditation.states import Actor

DONE = {
    "submit": _("Received"),
    "confirm": _("Confirmed that they come"),
    "endorse": _("The organization confirmed that it sends them"),
    "object": _("The organization does not send them"),
    "ask": _("Asked for more information"),
    "reply": _("Answered"),
    "approve": _("Approved"),
    "waitlist": _("Put on the waiting list"),
    "offer": _("A place was offered"),
    "accept": _("The place was accepted"),
    "decline": _("Declined"),
    "appeal": _("A review was asked for"),
    "overturn": _("Approved after a review"),
    "withdraw": _("Withdrawn"),
    "lapse": _("Lapsed"),
    "revoke": _("Revoked"),
    "undo": _("Undone"),
    "protect": _("Protection was granted"),
    "refuse_protection": _("Protection was refused"),
    "appoint_readers": _("Two readers were named"),
    "unprotect": _("Protection ended, as the person wished"),
    "give_notice": _("Told what is held against them"),
    "end_notice": _("Nothing is held against them any more"),
}


@dataclass(frozen=True)
class Entry:
    """``who`` is an officer, or the actor's word; ``words`` is "" where the reader may not read it."""

    sequence: int
    at: datetime
    label: str
    who: str
    seconded_by: str
    ground: str
    words: str
    is_undone: bool


def entries(decisions, *, reads_words):
    """The latest first; of ``decisions`` as ``rows`` gives them."""
    undone = {row.undoes_id for row in decisions}
    told = {code: grounds.told(code, get_language()) for code in {row.code for row in decisions} - {""}}
    return [
        Entry(
            sequence=row.sequence,
            at=row.at,
            label=DONE.get(row.action, row.action),
            who=str(row.by or words.ACTOR[Actor(row.actor)]),
            seconded_by=str(row.seconded_by or ""),
            ground=told.get(row.code, ""),
            words=row.reason.words if reads_words and hasattr(row, "reason") else "",
            is_undone=row.pk in undone,
        )
        for row in reversed(decisions)
    ]


def rows(registration):
    """Its decisions in their order, with what ``entries`` tells. One statement."""
    return list(registration.decisions.select_related("by", "seconded_by", "reason").order_by("sequence"))
