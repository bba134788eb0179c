"""Who read, and when, what is sealed of a protected person, or took a paper as it was sent."""

from django.conf import settings
from django.db import models

from accreditation import personal
from accreditation.models.evidence import Evidence
from accreditation.models.registration import Registration
from office.privacy import declare


class Opening(models.Model):
    """Rows are added, never edited."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="openings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    paper = models.ForeignKey(
        Evidence, on_delete=models.SET_NULL, null=True, related_name="+", help_text="Empty: who it is."
    )

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.registration}, {self.at.isoformat()}"

    @property
    def meeting(self):
        return self.registration.meeting

    privacy = declare(plain="registration at paper", by=personal.DECIDED)
