"""What left the house about whom: exports and hand-overs, and a row for each person in them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accreditation import personal
from accreditation.models.registration import Registration
from advisory.models import Meeting
from office.models import Proposal
from office.privacy import declare


class Export(models.Model):
    """A list of people that an officer took out, with its purpose; rows are added, never edited."""

    class Kind(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"
        SECURITY = "security", _("Hand-over to the security liaison")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="exports")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    purpose = models.CharField(_("purpose"), max_length=300)
    recipient = models.CharField(_("for whom"), max_length=200, blank=True)
    columns = models.JSONField(default=list)
    asked = models.JSONField(
        default=dict, help_text="By which the people were chosen: names and values of the list's filter."
    )
    count = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, help_text="When its file was made, where the worker makes it.")
    file = models.CharField(
        max_length=120, blank=True, help_text="Name of the sealed file, until it is fetched or a day old."
    )
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the file's bytes.")

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["csv", "xlsx", "security"]), name="export_kind_known")
        ]

    def __str__(self):
        return f"{self.kind} ({self.pk})"

    @property
    def reason(self):
        """The purpose, as those who are on the list read it."""
        if self.kind == self.Kind.SECURITY:
            return gettext("So that security can compare you with your document at the entrance")
        return self.purpose

    privacy = declare(
        plain="meeting kind purpose recipient columns asked count proposal asked_at made_at file digest",
        by=personal.DECIDED,
    )


class Disclosure(models.Model):
    """That somebody's particulars were in an export. The person reads it on their own page."""

    export = models.ForeignKey(Export, on_delete=models.PROTECT, related_name="disclosures")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="disclosures")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["export", "registration"], name="disclosed_once_per_export")]

    def __str__(self):
        return f"{self.export_id}: {self.registration_id}"

    @property
    def meeting(self):
        return self.export.meeting

    privacy = declare(plain="export", registration=personal.APPLICANT)
