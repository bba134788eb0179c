"""A badge's row. Its code is computed from it when keys exist, and never stored."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accreditation import personal, words
from accreditation.models.registration import Registration
from accreditation.states import BadgeAct, BadgeState, Status, WhyReplaced
from advisory.models import Meeting
from office.privacy import OFFICERS_ACT, declare


def new_serial():
    """16 random bytes as 32 hex digits (``docs/contract.md``, badge code)."""
    return secrets.token_hex(16)


class BadgeQuerySet(models.QuerySet):
    def ready(self, *, at=None):
        """Issued and never printed; a decision that can still be undone has no card."""
        held = Q(registration__held_until__gt=at or timezone.now())
        return self.filter(state=BadgeState.ISSUED, registration__status=Status.APPROVED).exclude(held)

    def with_person(self):
        """With what a line of the print desk tells."""
        return self.select_related(
            "meeting", "registration__category", "registration__organization", "registration__meeting"
        )


class Badge(models.Model):
    """``zones`` is a bit set of at most 16, as in the code; ``letter`` is the category's at the moment of issue."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="badges")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="badges")
    number = models.PositiveIntegerField(_("number"))
    serial = models.CharField(max_length=32, unique=True, default=new_serial)
    letter = models.CharField(max_length=2)
    zones = models.PositiveIntegerField(default=0)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    state = models.CharField(max_length=10, choices=words.choices(words.BADGE_STATE), default=BadgeState.ISSUED)
    void_reason = models.CharField(max_length=20, blank=True)
    issued_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    printed_at = models.DateTimeField(null=True)
    collected_at = models.DateTimeField(null=True)
    collected_by = models.CharField(
        max_length=150, blank=True, help_text="Who took it along; empty where it was the person."
    )
    is_id_seen = models.BooleanField(default=False)
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    objects = BadgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("badge")
        verbose_name_plural = _("badges")
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="badge_number_once"),
            models.UniqueConstraint(
                fields=["registration"], condition=~Q(state=BadgeState.VOID), name="one_valid_badge_per_registration"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[str(state) for state in BadgeState]), name="badge_state_known"
            ),
            models.CheckConstraint(condition=Q(valid_to__gt=models.F("valid_from")), name="badge_valid_for_a_while"),
            models.CheckConstraint(condition=Q(zones__lt=1 << 16), name="badge_zones_fit_the_code"),
            models.CheckConstraint(
                condition=Q(state=BadgeState.VOID, voided_at__isnull=False)
                | (~Q(state=BadgeState.VOID) & Q(voided_at__isnull=True)),
                name="badge_void_says_when",
            ),
        ]

    def __str__(self):
        return f"{self.letter} {self.number}"

    def is_void(self, *, at=None):
        """Now, or as it was at an instant before it was ended."""
        return self.state == BadgeState.VOID and (at is None or self.voided_at <= at)

    privacy = declare(
        plain="meeting number letter zones valid_from valid_to state void_reason issued_at voided_at printed_at "
        "collected_at is_id_seen replaces",
        collected_by=personal.BADGE,
        handed_by=OFFICERS_ACT,
        registration=personal.BADGE,
        serial=personal.BADGE,
    )


class BadgeEntry(models.Model):
    """What an officer did with a card, and when. Rows are added, never edited."""

    badge = models.ForeignKey(Badge, on_delete=models.PROTECT, related_name="entries")
    act = models.CharField(max_length=10, choices=words.choices(words.BADGE_ACT))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=10, blank=True, choices=words.choices(words.WHY_REPLACED))
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(act__in=[str(act) for act in BadgeAct]), name="badge_entry_act_known"),
            models.CheckConstraint(
                condition=Q(why__in=["", *(str(why) for why in WhyReplaced)]), name="badge_entry_why_known"
            ),
        ]

    def __str__(self):
        return f"{self.act} {self.at.isoformat()}"

    @property
    def meeting(self):
        return self.badge.meeting

    privacy = declare(plain="badge act at why", by=OFFICERS_ACT, note=personal.BADGE)
