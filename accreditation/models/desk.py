"""What the desk adds to an application: its rules, its notes and letters, who looks at it, and what finds it."""

import uuid

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accreditation import personal
from accreditation.models.category import InSixLanguages, known
from accreditation.models.organization import Organization
from accreditation.models.registration import Registration
from advisory.models import Meeting
from office.encryption import EncryptedTextField
from office.lines import LinesField
from office.privacy import declare

SECONDED = ["decline", "revoke", "overturn"]


def seconded_unless_said_otherwise():
    return ["revoke", "overturn"]


class DeskPolicy(models.Model):
    """How a meeting's desk works. A meeting without a row works as the defaults say (``policy_of``)."""

    cloned_with_meeting = True

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="desk_policy")
    seconded = LinesField(
        _("needs a second officer"),
        each=known(SECONDED),
        default=seconded_unless_said_otherwise,
        help_text=_("One a line: decline, revoke, overturn."),
    )
    export_alone_at_most = models.PositiveIntegerField(
        _("people exported without a second officer, at most"), default=25
    )
    claim_minutes = models.PositiveSmallIntegerField(
        _("minutes an application stays with whoever opened it"), default=30, validators=[MinValueValidator(1)]
    )
    notice_hours = models.PositiveSmallIntegerField(
        _("hours to answer before a badge is revoked"), default=24, help_text=_("Danger needs no notice.")
    )
    letter_days = models.PositiveSmallIntegerField(
        _("days that a letter may be old"), default=90, validators=[MinValueValidator(1)],
        help_text=_("As an application is sent; an older one is pointed out to officers."),
    )  # fmt: skip
    publishes_figures = models.BooleanField(
        _("publishes how many applied and were admitted"), default=False, help_text=_("Small numbers are left out.")
    )

    class Meta:
        verbose_name = _("rules of the desk")
        verbose_name_plural = _("rules of the desk")

    def __str__(self):
        return str(self.meeting)

    privacy = declare(
        plain="meeting seconded export_alone_at_most claim_minutes notice_hours letter_days publishes_figures"
    )


class Ground(InSixLanguages):
    """A published ground of refusal of the house's own, or its own words for one of ``grounds.OURS``."""

    code = models.SlugField(
        _("code"), max_length=40, unique=True, help_text=_("It may not change: the history keeps it.")
    )
    criterion = models.CharField(
        _("criterion"), max_length=300, help_text=_("What is asked of applicants; stands on the start page.")
    )
    told = models.CharField(_("told to the applicant"), max_length=300)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("may be chosen"), default=True)

    class Meta:
        verbose_name = _("ground of refusal")
        verbose_name_plural = _("grounds of refusal")
        ordering = ["position", "code"]

    def __str__(self):
        return self.code

    privacy = declare(plain="code criterion told position is_active")


class Note(models.Model):
    """Words beside an application: between officers, to the applicant, or from them (then ``by`` is empty)."""

    class To(models.TextChoices):
        DESK = "desk", _("Note of the desk")
        APPLICANT = "applicant", _("To the applicant")
        FROM_APPLICANT = "from_applicant", _("From the applicant")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="notes")
    to = models.CharField(max_length=20, choices=To.choices, default=To.DESK)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    words = EncryptedTextField()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to="from_applicant", by__isnull=True) | (~Q(to="from_applicant") & Q(by__isnull=False)),
                name="note_says_who_wrote",
            )
        ]

    def __str__(self):
        return str(self.id)

    @property
    def meeting(self):
        return self.registration.meeting

    privacy = declare(plain="id registration to at", by=personal.DECIDED, words=personal.LEDGER)


class ConflictQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(ended_at__isnull=True)

    def about(self, registration):
        """In force of the person, by whichever application to the meeting, or of their organization."""
        told = Q(registration=registration.pk)
        if registration.organization_id:
            told |= Q(organization=registration.organization_id)
        if key := registration.own_key:
            told |= Q(registration__email_key=key, registration__delegation=None)
        return self.in_force().filter(told)


class Conflict(models.Model):
    """An officer who may not decide on a person, or on anybody of an organization; kept after another ended it."""

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="conflicts")
    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, null=True, blank=True, related_name="conflicts"
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="conflicts"
    )
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints = [
            models.CheckConstraint(
                condition=Q(registration__isnull=True) ^ Q(organization__isnull=True), name="conflict_about_one"
            ),
            models.UniqueConstraint(
                fields=["officer", "registration"],
                condition=Q(ended_at__isnull=True),
                name="conflict_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["officer", "organization"],
                condition=Q(ended_at__isnull=True),
                name="conflict_once_per_organization",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                | (Q(ended_by__isnull=False, ended_at__isnull=False) & ~Q(ended_by=F("officer"))),
                name="conflict_ended_by_another",
            ),
        ]

    def __str__(self):
        return f"{self.officer}: {self.organization or self.registration}"

    privacy = declare(
        plain="registration organization at ended_at",
        officer=personal.DECIDED,
        declared_by=personal.DECIDED,
        ended_by=personal.DECIDED,
    )


class FindingText(models.Model):
    """The tokens that find a registration, made by ``finding.index``; of a hidden person the alias alone.

    ``id`` is the row of the index: a tsvector column with GIN on PostgreSQL, an FTS5 table kept by triggers on SQLite.
    """

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="finding_text")
    words = models.TextField()

    def __str__(self):
        return str(self.registration_id)

    privacy = declare(plain="registration", words=personal.APPLICANT)
