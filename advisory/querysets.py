"""Questions asked of editions, with one meaning of “public”."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

BY_DAY = (F("first_day").asc(nulls_last=True), F("starts_at").asc(nulls_last=True), "pk")
LATEST_DAY_FIRST = (F("first_day").desc(nulls_last=True), F("starts_at").desc(nulls_last=True), "-pk")


class EditionQuerySet(models.QuerySet):
    def visible(self, at=None):
        """Published, its instant come, not superseded. ``at`` None asks the database's own clock."""
        return self.filter(visible_from__lte=Now() if at is None else at, superseded_at__isnull=True)

    def current(self, at=None):
        """The highest-numbered visible edition of each meeting."""
        later = self.model.objects.visible(at).filter(meeting=OuterRef("meeting"), number__gt=OuterRef("number"))
        return self.visible(at).filter(~Exists(later))

    def upcoming(self, today):
        """Meetings not over on ``today`` (a date), soonest first; a date to be announced comes last."""
        return self.filter(Q(last_day__gte=today) | Q(last_day__isnull=True)).order_by(*BY_DAY)

    def between(self, first=None, last=None):
        """Meetings with a day from ``first`` to ``last``, either of which may be open; in order of their first day."""
        found = self.filter(last_day__gte=first) if first else self
        return (found.filter(first_day__lte=last) if last else found).order_by(*BY_DAY)

    def of_year(self, year):
        """Meetings under that year's address, in order of their first day."""
        return self.filter(year=year).order_by(*BY_DAY)

    def latest_day_first(self):
        return self.order_by(*LATEST_DAY_FIRST)

    def latest_published_first(self):
        return self.order_by("-visible_from", "-pk")

    def years(self):
        """The years that have meetings, latest first. A meeting keeps its year over all editions."""
        return list(self.order_by("-year").values_list("year", flat=True).distinct())

    def first_keys(self, most):
        """The first ``most`` keys of the list, read from indexes alone."""
        return list(self.values_list("pk", flat=True)[:most])

    def in_order(self, keys):
        """The editions with these keys, in their order: long rows are read for what is shown and for nothing else."""
        found = self.model.objects.in_bulk(keys)
        return [found[key] for key in keys if key in found]
