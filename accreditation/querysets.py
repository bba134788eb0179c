"""Questions asked of registrations, with their business names."""

from django.db import models
from django.db.models.functions import Coalesce

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
        """In the order in which places will be offered: as officers ranked them, then as they were sent."""
        return self.filter(status=Status.WAITLISTED).order_by(
            models.F("waitlist_rank").asc(nulls_last=True), Coalesce("declared_at", "created_at"), "pk"
        )
