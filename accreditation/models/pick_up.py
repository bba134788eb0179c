"""Print jobs, and the moments at which people collect their badges."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accreditation import personal
from accreditation.models.badge import Badge
from accreditation.models.category import Counter
from accreditation.models.registration import Registration
from advisory.models import Meeting
from office.privacy import declare


class PrintJob(models.Model):
    """Badges that one officer prints at once. The worker makes the file; to fetch it is to print them.

    ``file`` names the sealed PDF until it is fetched or a day old; ``ended_at`` is when either happened.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="print_jobs")
    badges = models.ManyToManyField(Badge, related_name="print_jobs")
    language = models.CharField(max_length=2)
    count = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=120, blank=True)
    warnings = models.JSONField(default=list)
    has_failed = models.BooleanField(default=False)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        default_permissions = ()

    def __str__(self):
        return str(self.pk)

    privacy = declare(
        plain="meeting language count asked_at begun_at made_at fetched_at ended_at file has_failed",
        by=personal.DECIDED,
        warnings=personal.BADGE,
    )


class PickUpSlot(Counter):
    """``taken`` counts who comes then and is changed by ``pick_up`` alone."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="pick_up_slots")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    place = models.CharField(_("place"), max_length=150)
    capacity = models.PositiveSmallIntegerField(_("people at most"), default=20, validators=[MinValueValidator(1)])
    taken = models.PositiveIntegerField(_("people who come"), default=0, editable=False)

    class Meta:
        verbose_name = _("pick-up time")
        verbose_name_plural = _("pick-up times")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__lte=F("capacity")),
                name="pick_up_never_oversold",
                violation_error_message=_("More people come than that."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="pick_up_ends_after_start",
                violation_error_message=_("It must end after it starts."),
            ),
        ]

    def __str__(self):
        return f"{self.place} {self.starts_at.isoformat()}"

    privacy = declare(plain="meeting starts_at ends_at place capacity taken")


class PickUp(models.Model):
    """When somebody comes for their badge; a replaced badge keeps it."""

    slot = models.ForeignKey(PickUpSlot, on_delete=models.PROTECT, related_name="people")
    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="pick_up")
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.slot_id}: {self.registration_id}"

    @property
    def meeting(self):
        return self.slot.meeting

    privacy = declare(plain="slot at", registration=personal.BADGE)
