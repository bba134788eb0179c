"""Questions asked of registrations, with their business names."""

from django.db import models
from django.db.models import Q

from accreditation.states import ENDED, LIVE, Status


class RegistrationQuerySet(models.QuerySet):
    def live(self):
        """Sent and not come to an end."""
        return self.filter(status__in=LIVE)

    def ended(self):
        return self.filter(status__in=ENDED)

    def nameable(self):
        """Whose names may be searched, exported, published and shown to focal points: nobody who asked for an alias."""
        return self.filter(asks_protection=False, is_protected=False)

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
