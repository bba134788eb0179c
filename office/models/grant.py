"""Who holds which role, for which meeting, until when."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from office.permissions import Role
from office.privacy import OFFICERS_ACT, declare


class GrantQuerySet(models.QuerySet):
    def in_force(self, on):
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), user__is_active=True)


class Grant(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="grants", verbose_name="officer"
    )
    role = models.CharField(max_length=30, choices=Role.choices)
    meeting = models.ForeignKey(
        "advisory.Meeting",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="grants",
        help_text="Leave empty for every meeting, present and future.",
    )
    ends_on = models.DateField(null=True, blank=True, help_text="Last day the grant holds. Leave empty for no end.")

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["user", "role"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="grant_role_known"),
            models.UniqueConstraint(
                fields=["user", "role", "meeting"],
                name="grant_once_per_meeting",
                condition=Q(meeting__isnull=False),
                violation_error_message="This officer holds this role for this meeting already.",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                name="grant_once_for_all",
                condition=Q(meeting__isnull=True),
                violation_error_message="This officer holds this role for every meeting already.",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"

    privacy = declare(plain="meeting ends_on", user=OFFICERS_ACT, role=OFFICERS_ACT)
