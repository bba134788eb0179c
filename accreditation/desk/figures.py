"""How many applied and what became of them, in a number of statements that does not grow with the rows."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accreditation import grounds, words
from accreditation.models import Category, Decision, Ground, Registration
from accreditation.states import Medium, Status
from office import names

ANSWERS = ["approve", "decline", "waitlist"]  # what counts as the desk's answer
OPEN = [Status.AWAITING_ENDORSEMENT, Status.SUBMITTED, Status.INFO_REQUESTED, Status.WAITLISTED, Status.OFFERED]
GONE = [Status.WITHDRAWN, Status.LAPSED, Status.REVOKED]
OUTCOME = {"approved": _("Approved"), "declined": _("Declined"), "open": _("Open"), "gone": _("Withdrawn or ended")}
AGES = [timedelta(days=1), timedelta(days=3), timedelta(days=7)]
HIDDEN = Q(asks_protection=True) | Q(is_protected=True)
OWN_OBJECTION = ""  # the ground of a refusal by one's own organization, which names none


@dataclass(frozen=True)
class Group:
    """Of a category, a country or a medium; ``key`` is empty where nothing was said."""

    key: str
    label: str
    applied: int
    approved: int
    declined: int


@dataclass(frozen=True)
class Times:
    """From sending to the desk's first answer; ``promised`` of them had a promise, ``kept`` were within it."""

    answered: int
    median: timedelta | None
    ninetieth: timedelta | None
    promised: int
    kept: int

    @property
    def share(self):
        """Percent within the promise, or None."""
        return round(100 * self.kept / self.promised) if self.promised else None


def applied(meeting):
    """Every application that was sent, whatever became of it. A draft that lapsed never was."""
    rows = Registration.objects.filter(meeting=meeting).exclude(status=Status.DRAFT)
    sent = Decision.objects.filter(registration=OuterRef("pk"), action="submit")
    return rows.exclude(Q(status=Status.LAPSED, declared_at=None) & ~Exists(sent))


def by_status(meeting):
    """{Status: number}, the empty ones left out."""
    counted = applied(meeting).order_by().values_list("status").annotate(Count("pk"))
    return {Status(status): number for status, number in counted}


def outcomes(statuses):
    """{word: number}: approved, declined, still open, gone; together all who applied."""
    return {
        "approved": statuses.get(Status.APPROVED, 0),
        "declined": statuses.get(Status.DECLINED, 0),
        "open": sum(statuses.get(status, 0) for status in OPEN),
        "gone": sum(statuses.get(status, 0) for status in GONE),
    }


def by_ground(meeting, language):
    """[(code, words, number)] of the refusals that stand, the most frequent first."""
    last = Decision.objects.filter(registration=OuterRef("pk"), after=Status.DECLINED, undone_by=None)
    declined = applied(meeting).filter(status=Status.DECLINED)
    coded = declined.annotate(ground=Subquery(last.order_by("-sequence").values("code")[:1]))
    counted = coded.order_by().values_list("ground").annotate(number=Count("pk")).order_by("-number", "ground")
    own = {row.code: row.said("told", language) for row in Ground.objects.all()}
    return [
        (code or OWN_OBJECTION, own.get(code) or str(grounds.OURS[code].told if code in grounds.OURS else code or ""),
         number)
        for code, number in counted
    ]  # fmt: skip


def times(meeting):
    """Times, in three statements; what happened after a request for review is no first answer."""
    first = Decision.objects.filter(
        registration=OuterRef("pk"), action__in=ANSWERS, by__isnull=False, undone_by=None
    ).order_by("sequence")
    sent_at = Coalesce("declared_at", "created_at", output_field=DateTimeField())
    answered = applied(meeting).order_by().annotate(answered_at=Subquery(first.values("at")[:1]))
    answered = answered.filter(answered_at__isnull=False).annotate(
        took=ExpressionWrapper(F("answered_at") - sent_at, output_field=DurationField())
    )
    promised = Q(due_at__isnull=False, has_appealed=False)
    counted = answered.aggregate(
        answered=Count("pk"),
        promised=Count("pk", filter=promised),
        kept=Count("pk", filter=promised & Q(answered_at__lte=F("due_at"))),
    )
    lengths = answered.order_by("took").values_list("took", flat=True)
    number = counted["answered"]
    return Times(median=_ranked(lengths, number, 50), ninetieth=_ranked(lengths, number, 90), **counted)


def _ranked(lengths, number, percent):
    """The nearest-rank percentile of ordered lengths: always one that occurred."""
    rank = -(-number * percent // 100)
    return lengths[rank - 1 : rank].get() if number else None


def queue_ages(meeting, *, at=None):
    """{days: number} of those who wait for the desk less than so many days, "more", and "late": past the promise."""
    at = at or timezone.now()
    waits = Registration.objects.filter(meeting=meeting, status=Status.SUBMITTED)
    since = waits.annotate(since=Coalesce("declared_at", "created_at", output_field=DateTimeField()))
    edges = [at - age for age in AGES]
    newer = [None, *edges[:-1]]
    counted = {
        f"d{age.days}": Count("pk", filter=Q(since__gt=edge) & (Q(since__lte=before) if before else Q()))
        for age, edge, before in zip(AGES, edges, newer, strict=True)
    }
    return since.aggregate(
        **counted, more=Count("pk", filter=Q(since__lte=edges[-1])), late=Count("pk", filter=Q(due_at__lt=at))
    )


def _grouped(rows, key):
    """{key: (applied, approved, declined)}, the largest first."""
    counted = rows.order_by().values_list(key).annotate(
        all=Count("pk"),
        approved=Count("pk", filter=Q(status=Status.APPROVED)),
        declined=Count("pk", filter=Q(status=Status.DECLINED)),
    )  # fmt: skip
    return {key or "": tuple(numbers) for key, *numbers in counted.order_by("-all", key)}


def by_category(meeting, language):
    """[Group] of every category, those without an application too."""
    counted = _grouped(applied(meeting), "category")
    rows = Category.objects.filter(meeting=meeting)
    return [Group(row.slug, row.said("name", language), *counted.get(row.pk, (0, 0, 0))) for row in rows]


def by_country(meeting, language):
    """[Group]; of whoever asked for protection no country is told."""
    seat = NullIf(F("organization__country"), Value(""))
    told = Coalesce(seat, NullIf(KT("answers__country"), Value("")), Value(""), output_field=CharField())
    rows = applied(meeting).annotate(country=Case(When(HIDDEN, then=Value("")), default=told))
    return [
        Group(code, names.name(code, language) if code else "", *numbers)
        for code, numbers in _grouped(rows, "country").items()
    ]


def by_medium(meeting):
    """[Group] of those who come for a medium."""
    counted = _grouped(applied(meeting).exclude(medium=""), "medium")
    return [Group(code, str(words.MEDIUM[Medium(code)]), *numbers) for code, numbers in counted.items()]
