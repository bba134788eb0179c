"""Questions asked of registrations, with their business names."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accreditation.states import ENDED, LIVE, Status


class RegistrationQuerySet(models.QuerySet):
    def live(self):
        """Sent and not come to an end."""
        return self.filter(status__in=LIVE)

    def ended(self):
        return self.filter(status__in=ENDED)

    def awaiting_review(self):
        return self.filter(status=Status.SUBMITTED)

    def on_waitlist(self):
        """In the order in which places will be offered."""
        return self.filter(status=Status.WAITLISTED).order_by(
            models.F("waitlist_rank").asc(nulls_last=True), "created_at", "pk"
        )

    def with_release_due(self, at):
        """Whose hold is over while they still hold what their status does not."""
        return self.filter(Q(holds_seat=True) | Q(holds_place=True), held_until__lte=at).exclude(status__in=LIVE)


class FocalPointQuerySet(models.QuerySet):
    def in_force(self, on=None):
        """Who may speak on that day for an organization that may send people; today unless a day is given."""
        ends = Q(ends_on__isnull=True) | Q(ends_on__gte=on or timezone.localdate())
        return self.filter(ends, organization__is_active=True)
