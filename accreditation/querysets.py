"""Questions asked of registrations, with their business names."""

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accreditation.models.category import EvidenceRule, Question
from accreditation.states import ENDED, LIVE, Status
from office import permissions


class Listed(models.Aggregate):
    """The different values of a column, separated by commas."""

    allow_distinct = True
    output_field = models.TextField()

    def as_sqlite(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **extra)

    def as_postgresql(self, compiler, connection, **extra):
        template = "STRING_AGG(%(distinct)s%(expressions)s, ',')"
        return self.as_sql(compiler, connection, template=template, **extra)


class Lines(models.Aggregate):
    """A number and a name of each row, as lines: “1 Gallery”."""

    output_field = models.TextField()

    def as_sqlite(self, compiler, connection, **extra):
        number, name = (compiler.compile(part)[0] for part in self.get_source_expressions()[:2])
        return f"GROUP_CONCAT({number} || ' ' || {name}, char(10))", []

    def as_postgresql(self, compiler, connection, **extra):
        number, name = (compiler.compile(part)[0] for part in self.get_source_expressions()[:2])
        return f"STRING_AGG({number} || ' ' || {name}, chr(10))", []


class Flagged(models.Func):
    """Whether the checks found something, in the very words of the index that finds such rows: no value is passed."""

    template = "%(expressions)s <> '[]'"
    output_field = models.BooleanField()

    def __init__(self, hints="hints"):
        super().__init__(hints)


class OnWaitlist(models.Func):
    """Whether somebody is on the waiting list, in the very words of the indexes of it: no value is passed."""

    template = f"%(expressions)s = '{Status.WAITLISTED}'"
    output_field = models.BooleanField()

    def __init__(self, status="status"):
        super().__init__(status)


class Rank(models.Func):
    """As officers ranked, and behind all of those whom they did not; an index of it serves both databases."""

    LAST = 2**31 - 1
    template = f"COALESCE(%(expressions)s, {LAST})"
    output_field = models.IntegerField()

    def __init__(self, waitlist_rank="waitlist_rank"):
        super().__init__(waitlist_rank)


SENT_AT = Coalesce("declared_at", "created_at")
BY_RANK = [Rank(), SENT_AT]


class RegistrationQuerySet(models.QuerySet):
    def live(self):
        """Sent and not come to an end."""
        return self.filter(status__in=LIVE)

    def with_policy(self):
        """With what decides which steps are asked, in one statement; ``visits`` hands it on to the category."""
        rules = EvidenceRule.objects.filter(category=OuterRef("category")).order_by().values("category")
        return self.select_related("category", "meeting", "organization", "delegation").annotate(
            papers_asked_of=Subquery(rules.annotate(listed=Listed("asked_of", distinct=True)).values("listed")),
            has_questions=Exists(Question.objects.filter(category=OuterRef("category"))),
        )

    def ended(self):
        return self.filter(status__in=ENDED)

    def nameable(self):
        """Whose names may be searched, exported, published and shown to focal points: nobody who asked for an alias."""
        return self.filter(asks_protection=False, is_protected=False)

    def for_desk(self, officer):
        """Sent applications of the meetings that the officer reviews, with what a line of the queue shows."""
        meetings = permissions.meetings_with(officer, "accreditation.review_registration")
        return self.at_desk() if meetings is None else self.at_desk().filter(meeting__in=meetings)

    def at_desk(self):
        """Those sent, with what the desk's pages tell of each."""
        return self.exclude(status=Status.DRAFT).select_related("meeting", "category", "organization", "claimed_by")

    def on_waitlist(self):
        """In the order in which places will be offered: as officers ranked them, then as they were sent."""
        return self.filter(OnWaitlist()).order_by(*BY_RANK, "pk")


class FocalPointQuerySet(models.QuerySet):
    def in_force(self, on=None):
        """Who may speak on that day for an organization that may send people; today unless a day is given."""
        ends = Q(ends_on__isnull=True) | Q(ends_on__gte=on or timezone.localdate())
        return self.filter(ends, organization__is_active=True)
