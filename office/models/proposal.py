"""A second pair of eyes: what one officer proposes, another approves or refuses."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from office.privacy import OFFICERS_ACT, declare


class Outcome(models.TextChoices):
    OPEN = "", _("Waiting for a second officer")
    APPROVED = "approved", pgettext_lazy("proposal", "Approved")
    REFUSED = "refused", pgettext_lazy("proposal", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "Withdrawn")
    STALE = "stale", pgettext_lazy("proposal", "Out of date")


BY_SECOND_OFFICER = [Outcome.APPROVED, Outcome.REFUSED]
BY_NOBODY_ELSE = [Outcome.WITHDRAWN, Outcome.STALE]


class Proposal(models.Model):
    """``content`` is exactly what is proposed. The maker alone withdraws; out of date it becomes by itself."""

    action = models.CharField(max_length=40, help_text="Such as: publish.")
    meeting = models.ForeignKey(
        "advisory.Meeting", on_delete=models.CASCADE, null=True, blank=True, related_name="proposals"
    )
    subject_model = models.CharField(max_length=100, help_text="Such as: advisory.Meeting.")
    subject_id = models.CharField(max_length=40)
    content = models.JSONField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content in canonical form.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    note = models.TextField(blank=True, help_text="What the second officer should look at.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN, blank=True)
    reason = models.TextField(blank=True)

    privacy = declare(
        plain="action meeting subject_model subject_id digest made_at decided_at outcome",
        content=OFFICERS_ACT,
        made_by=OFFICERS_ACT,
        note=OFFICERS_ACT,
        decided_by=OFFICERS_ACT,
        reason=OFFICERS_ACT,
    )

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="proposal_outcome_known"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("made_by")), name="proposal_by_two_officers"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.OPEN, decided_by__isnull=True, decided_at__isnull=True)
                | Q(outcome__in=BY_SECOND_OFFICER, decided_by__isnull=False, decided_at__isnull=False)
                | Q(outcome__in=BY_NOBODY_ELSE, decided_by__isnull=True, decided_at__isnull=False),
                name="proposal_decided_whole",
            ),
            models.UniqueConstraint(
                fields=["action", "subject_model", "subject_id"],
                condition=Q(outcome=Outcome.OPEN),
                name="proposal_open_once",
            ),
        ]

    def __str__(self):
        return f"{self.action} {self.subject_model} {self.subject_id}"
