"""Seats by the published rule: a draw is announced before a category closes, drawn once after it, and carried out.

``lot`` holds the rule itself. Who is hidden is in the seed by a mark and not in the order: its record would show them.
"""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import words, workflow
from accreditation.desk import figures, lot
from accreditation.desk.regions import country_of
from accreditation.models import Category, Draw, Registration
from accreditation.states import Actor, Medium, Status
from office import names

WAITING = frozenset({Status.SUBMITTED, Status.WAITLISTED})
KEEPS = WAITING | {Status.INFO_REQUESTED, Status.OFFERED, Status.APPROVED}  # asked meanwhile, nobody loses a seat
AT_ONCE = 200  # decisions carried out in one request


class DrawRefused(Exception):
    """Nothing changed. The message is a sentence for the officer."""


@dataclass(frozen=True)
class Carried:
    """What became of one entry; ``refusal`` says why nothing did."""

    reference: str
    status: str
    refusal: str = ""


def announce(category, *, sentence, media, seats, is_published, by, at=None):
    """Fix sentence, order of media and seats while nobody can know who will apply. Raises DrawRefused."""
    at = at or timezone.now()
    if category.closes_at is None:
        raise DrawRefused(_("Say first when applications close: the sentence has to stand before that."))
    if category.closes_at <= at:
        raise DrawRefused(_("Applications have closed: a sentence chosen now could choose who is seated."))
    try:
        with transaction.atomic():
            return Draw.objects.create(
                category=category, rule=lot.RULE, sentence=sentence, media=list(media), seats=seats,
                is_published=is_published, by=by, at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise DrawRefused(_("The draw of this category is announced already, and stands.")) from error


def candidates(category):
    """Whose application is with the desk or on the waiting list, by reference; ``kept_apart`` are not among them."""
    named = in_time(category).nameable().exclude(email_key="")
    return named.filter(status__in=WAITING).select_related("organization").order_by("reference")


def kept_apart(category):
    """Those who wait and are hidden: the desk decides on them without a draw."""
    waiting = Registration.objects.filter(category=category, status__in=WAITING)
    return waiting.exclude(pk__in=waiting.nameable().values("pk")).order_by("reference")


def in_time(category):
    """Whoever had applied when applications closed, also who was decided on, protected or erased since.

    So nothing that happens between closing and drawing changes the seed.
    """
    sent = figures.applied(category.meeting).filter(category=category)
    return sent.exclude(Q(declared_at__gt=category.closes_at)) if category.closes_at else sent


def entries_of(category):
    """In the order of their marks; who does not wait or is hidden has a mark alone, and all of them look alike."""
    named = {row.pk: _named(row) for row in candidates(category)}
    marks = {lot.mark_of(pk): pk for pk in in_time(category).order_by().values_list("pk", flat=True)}
    return [{"mark": mark} | named.get(marks[mark], {}) for mark in sorted(marks)]


def _named(registration):
    return {
        "reference": registration.reference,
        "country": country_of(registration),
        "medium": registration.medium,
    }


@transaction.atomic
def make(draw, *, at=None):
    """Draw, once and for all, and return the Draw. Raises DrawRefused."""
    at = at or timezone.now()
    draw = Draw.objects.select_for_update().get(pk=draw.pk)
    draw.category = Category.objects.get(pk=draw.category_id)
    if draw.drawn_at:
        raise DrawRefused(_("It has been drawn, and is not drawn twice."))
    if draw.category.is_open(at):
        raise DrawRefused(_("Applications are still open: it is drawn once everybody is in."))
    if Registration.objects.filter(category=draw.category, held_until__gt=at).exists():
        raise DrawRefused(_("A decision in this category can still be undone. Draw when that time is over."))
    draw.rule, draw.entries = lot.RULE, entries_of(draw.category)
    if not lot.waiting(draw.entries):
        raise DrawRefused(_("Nobody waits for a seat here."))
    draw.seed = lot.seed_of(draw.sentence, [entry["mark"] for entry in draw.entries])
    draw.outcome = lot.order(draw.entries, seed=draw.seed, media=draw.media)
    draw.drawn_at = at
    draw.save(update_fields=["rule", "entries", "seed", "outcome", "drawn_at"])
    return draw


def carry_out(draw, *, by, at=None, most=AT_ONCE):
    """Approve the first of the order, as many as there are seats, and put the others on the waiting list in it.

    Return [Carried] of ``most`` entries at most; ``done_at`` is set once nobody is left. Whoever has withdrawn gives
    the seat to the next; who has to answer first, or on whom this officer may not decide, keeps theirs until it is
    carried out again.
    """
    if not draw.drawn_at:
        raise DrawRefused(_("It has not been drawn yet."))
    rows = {row.reference: row for row in Registration.objects.filter(reference__in=draw.outcome)}
    seated, carried, has_refusal = 0, [], False
    for rank, reference in enumerate(draw.outcome, start=1):
        row = rows.get(reference)
        if row is None or row.status not in KEEPS:
            continue
        gets_seat = seated < draw.seats
        seated += gets_seat
        if _is_settled(row, gets_seat=gets_seat, rank=rank):
            continue
        if len(carried) == most:
            return carried
        carried.append(_approve(row, by=by, at=at) if gets_seat else _queue(row, rank=rank, by=by, at=at))
        has_refusal |= bool(carried[-1].refusal)
    if not has_refusal:
        draw.done_at = at or timezone.now()
        draw.save(update_fields=["done_at"])
    return carried


def _is_settled(row, *, gets_seat, rank):
    is_in_line = row.status == Status.WAITLISTED and row.waitlist_rank == rank
    return row.status in {Status.OFFERED, Status.APPROVED} or (is_in_line and not gets_seat)


def _approve(row, *, by, at):
    return _applied(row, "approve", by=by, at=at)


def _queue(row, *, rank, by, at):
    if row.status != Status.WAITLISTED:
        return _applied(row, "waitlist", by=by, at=at, waitlist_rank=rank)
    with transaction.atomic():
        locked = workflow.lock(row.pk)
        if locked.status == Status.WAITLISTED:
            locked.waitlist_rank = rank
            locked.save(update_fields=["waitlist_rank"])
    return Carried(row.reference, locked.status)


def _applied(row, action, *, by, at, **sets):
    try:
        done = workflow.apply(row, action, actor=Actor.DESK, by=by, at=at, **sets)
    except workflow.TransitionRefused as refused:
        return Carried(row.reference, row.status, str(refused))
    return Carried(row.reference, done.status)


def record(draw):
    """What a meeting publishes of a draw: references, and of people protected or erased since the mark alone."""
    named = [entry["reference"] for entry in draw.entries if "reference" in entry]
    shown = Registration.objects.nameable().exclude(email_key="").filter(reference__in=named)
    known = set(shown.values_list("reference", flat=True))
    entries = [_published(entry, known) for entry in draw.entries]
    return {
        "rule": draw.rule,
        "sentence": draw.sentence,
        "media": draw.media,
        "seats": draw.seats,
        "announced_at": draw.at.isoformat(),
        "drawn_at": draw.drawn_at.isoformat() if draw.drawn_at else None,
        "seed": draw.seed,
        "entries": [entry for entry in entries if entry],
        "outcome": [reference for reference in draw.outcome if reference in known],
        "withheld": len(named) - sum("reference" in entry for entry in entries),
    }


def _published(entry, known):
    """An entry of an earlier rule has no mark: of whoever is not ``known`` nothing is left."""
    if entry.get("reference") in known:
        return entry
    return {"mark": entry["mark"]} if "mark" in entry else {}


def balance(draw, language):
    """[(country or medium, entries, seated)] in words, for the officer: countries first, then media."""
    seated = set(draw.outcome[: draw.seats])
    rows = []
    for key, told in [("country", lambda code: names.name(code, language)), ("medium", _medium)]:
        counts = {}
        for entry in lot.waiting(draw.entries):
            both = counts.setdefault(entry[key], [0, 0])
            both[0] += 1
            both[1] += entry["reference"] in seated
        rows.append(sorted(((told(word) or "–", *both) for word, both in counts.items()), key=lambda row: -row[1]))
    return rows


def _medium(word):
    return str(words.MEDIUM[Medium(word)]) if word else ""
