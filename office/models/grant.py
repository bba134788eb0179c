"""Who holds which role, for which meeting, until when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from office.permissions import Role
from office.privacy import OFFICERS_ACT, declare


class GrantQuerySet(models.QuerySet):
    def in_force(self, on):
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), user__is_active=True)


class Grant(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="grants", verbose_name=_("officer")
    )
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    meeting = models.ForeignKey(
        "advisory.Meeting",
        verbose_name=_("meeting"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="grants",
        help_text=_("Leave empty for every meeting, present and future."),
    )
    ends_on = models.DateField(
        _("ends on"),
        null=True,
        blank=True,
        help_text=_("Last day it holds. Left empty, a role for one meeting ends seven days after its last day."),
    )

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a role", "grant")
        verbose_name_plural = pgettext_lazy("of a role", "grants")
        ordering = ["user", "role"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="grant_role_known"),
            models.UniqueConstraint(
                fields=["user", "role", "meeting"],
                name="grant_once_per_meeting",
                condition=Q(meeting__isnull=False),
                violation_error_message=_("This officer holds this role for this meeting already."),
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                name="grant_once_for_all",
                condition=Q(meeting__isnull=True),
                violation_error_message=_("This officer holds this role for every meeting already."),
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"

    privacy = declare(plain="meeting ends_on", user=OFFICERS_ACT, role=OFFICERS_ACT)
