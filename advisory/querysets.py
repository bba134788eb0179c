"""Questions asked of editions, with one meaning of “public”."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now


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
        return self.filter(Q(last_day__gte=today) | Q(last_day__isnull=True)).order_by(
            models.F("first_day").asc(nulls_last=True), models.F("starts_at").asc(nulls_last=True), "pk"
        )

    def of_year(self, year):
        """Meetings under that year's address, in order of their first day."""
        return self.filter(year=year).order_by(
            models.F("first_day").asc(nulls_last=True), models.F("starts_at").asc(nulls_last=True), "pk"
        )

    def years(self):
        """The years that have meetings, latest first."""
        return list(self.order_by("-year").values_list("year", flat=True).distinct())
