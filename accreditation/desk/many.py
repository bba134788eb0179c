"""Many at once: who is meant, what stands against it for whom, which mails would leave, and a result for each.

Each application is decided in a transaction of its own: one that is refused stops no other.
"""

from collections import Counter
from copy import copy
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import clock, conditions, emails, workflow
from accreditation.desk import second
from accreditation.models import Conflict, Decision, Registration
from accreditation.states import Actor, Status
from accreditation.workflow import TransitionRefused

AT_MOST = 200
# What can be said to all in the same words. Nobody is revoked in a crowd: each is told first what is held against them,
# and what they answer is read (``notice``). Nor is a refusal overturned, for its reason is the person's own.
ACTIONS = ["approve", "ask", "waitlist", "offer", "decline"]
DONE, PROPOSED, REFUSED, UNDONE = "done", "proposed", "refused", "undone"


@dataclass(frozen=True)
class Row:
    """``refusal``: why the action is not open for it, or "". ``seen`` is the sequence of its last Decision."""

    registration: Registration
    seen: int
    refusal: str


@dataclass(frozen=True)
class Letter:
    """One mail as ``count`` people would get it in one language; its link opens nothing."""

    language: str
    count: int
    subject: str
    text: str
    code: str


@dataclass(frozen=True)
class Result:
    """``sequence`` of the Decision made, for undoing it."""

    reference: str
    outcome: str
    sentence: str = ""
    sequence: int = 0


def looked_at(registrations, action, *, officer):
    """[Row], in the order given; two statements whatever their number."""
    decisions = _decisions(registrations)
    barred = _conflicts(officer)
    return [
        Row(
            registration,
            seen=max((row.sequence for row in decisions[registration.pk]), default=0),
            refusal=str(_refusal(registration, action, decisions[registration.pk], officer, barred)),
        )
        for registration in registrations
    ]


def _decisions(registrations):
    """{key: [Decision] in their order}, without what stands beside the status."""
    found = {registration.pk: [] for registration in registrations}
    rows = Decision.objects.filter(registration__in=list(found)).exclude(action__in=conditions.BESIDE)
    for row in rows.select_related("by").order_by("sequence"):
        found[row.registration_id].append(row)
    return found


def _conflicts(officer):
    """Keys of the people, and of the organizations, on whom the officer decides nothing; as ``Conflict.about`` asks."""
    rows = Conflict.objects.in_force().filter(officer=officer).select_related("registration")
    keys = {key for row in rows for key in (row.registration_id, row.organization_id)}
    return (keys | {row.registration.own_key for row in rows if row.registration}) - {None, ""}


def _refusal(registration, action, decisions, officer, barred):
    """As ``workflow.check`` would say it, of rows at hand."""
    rule = workflow.RULES[action]
    if registration.status not in rule.sources:
        return conditions.how_it_stands(registration, decisions[-1] if decisions else None, Actor.DESK)
    if barred & {registration.pk, registration.organization_id, registration.own_key}:
        return conditions.YOUR_CONFLICT
    if rule.refused is conditions.after_appeal and registration.has_appealed:
        undone = {row.undoes_id for row in decisions}
        declined = [
            row for row in decisions if row.after == Status.DECLINED and row.pk not in undone and not row.undoes_id
        ]
        if declined and officer.pk in {declined[-1].by_id, declined[-1].seconded_by_id}:
            return conditions.YOU_DECLINED
    return ""


def short_of_seats(rows, action):
    """[(Category, seats left, how many want one)] where not all who are allowed find a seat."""
    if action not in {"approve", "offer"}:
        return []
    wanting = Counter(row.registration.category for row in rows if not row.refusal and not row.registration.holds_seat)
    return [
        (category, max(category.capacity - category.taken, 0), number)
        for category, number in wanting.items()
        if category.capacity is not None and category.capacity - category.taken < number
    ]


def letters(rows, action, *, at=None, until=None):
    """[Letter] that would leave, one for each kind and language, of those for whom no second officer is asked.

    ``until`` is the day by which they are asked to answer.
    """
    at, kinds, counts = at or timezone.now(), {}, Counter()
    for row in rows:
        if row.refusal or not row.registration.email:
            continue
        decided = _as_decided(row.registration, action, at, until)
        key = decided.language, emails.variant(workflow.RULES[action].email, decided)
        kinds.setdefault(key, decided)
        counts[key] += 1
    names = dict(settings.LANGUAGES)
    found = []
    for (language, kind), registration in sorted(kinds.items(), key=lambda item: item[0]):
        mail = emails.preview(kind, registration)
        name = names.get(mail["language"], language)
        found.append(Letter(name, counts[language, kind], mail["subject"], mail["text"], mail["language"]))
    return found


def _as_decided(registration, action, at, until):
    """The row as the letter will find it; never saved."""
    decided = copy(registration)
    decided.status = workflow.RULES[action].target_for(registration)
    if decided.status == Status.OFFERED:
        decided.offer_until = at + timedelta(hours=registration.category.offer_hours)
    if decided.status == Status.INFO_REQUESTED and until:
        decided.info_until = clock.end_of(registration.meeting, until)
    return decided


def carry_out(registrations, action, *, seen, by, words_for=lambda registration: {}, **words):
    """[Result], one for each; ``seen`` is {reference: sequence of the last Decision on the officer's screen}.

    ``words`` are said to all, ``words_for`` to each.
    """
    results = [
        _carry_out(row, action, seen=seen[row.reference], by=by, words=words | words_for(row)) for row in registrations
    ]
    sequences = dict(
        Decision.objects.filter(registration__in=registrations, by=by, action=action)
        .values_list("registration__reference")
        .annotate(Max("sequence"))
    )
    return [
        Result(row.reference, row.outcome, row.sentence, sequences[row.reference]) if row.outcome == DONE else row
        for row in results
    ]


def _carry_out(registration, action, *, seen, by, words):
    try:
        outcome = second.carry_out(registration, action, actor=Actor.DESK, by=by, seen=seen, **words)
        return Result(registration.reference, outcome)
    except TransitionRefused as refused:
        return Result(registration.reference, REFUSED, str(refused))
    except DatabaseError:  # busy, or not there for a moment; the rows before and after are decided all the same
        return Result(registration.reference, REFUSED, _("It could not be done now. Try again."))


def undo(registrations, results, *, by):
    """[Result] after taking back what was done, where it still can be; of ``results`` as ``carry_out`` gave them."""
    by_reference = {row.reference: row for row in registrations}
    return [
        _undo(by_reference[row.reference], row, by=by) if row.outcome == DONE and row.reference in by_reference else row
        for row in results
    ]


def _undo(registration, result, *, by):
    try:
        workflow.apply(registration, workflow.UNDO, actor=Actor.DESK, by=by, seen=result.sequence)
    except TransitionRefused as refused:
        return Result(result.reference, DONE, str(refused), result.sequence)
    return Result(result.reference, UNDONE)
