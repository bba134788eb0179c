"""Who speaks, who gets a scarce seat, and who stands in which pool: scores, draws, places."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accreditation import personal, words
from accreditation.models.category import Category, Counter
from accreditation.models.registration import Registration
from accreditation.states import Medium
from advisory.models import Meeting
from office.encryption import EncryptedTextField
from office.privacy import declare


class Score(models.Model):
    """What one grader gives a request to speak, blind to the other's; each criterion has 1 to 5 points."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="scores")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    relevance = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    experience = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    balance = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    remark = EncryptedTextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["registration", "by"], name="score_once_per_grader")]

    def __str__(self):
        return f"{self.registration}: {self.total}"

    @property
    def total(self):
        return self.relevance + self.experience + self.balance

    @property
    def meeting(self):
        return self.registration.meeting

    privacy = declare(
        plain="id registration at",
        by=personal.DECIDED,
        relevance=personal.SPEAKING,
        experience=personal.SPEAKING,
        balance=personal.SPEAKING,
        remark=personal.LEDGER,
    )


class SpeakingPlace(models.Model):
    """The outcome for one request to speak; reserves move up in the order of ``rank``."""

    class Outcome(models.TextChoices):
        SELECTED = "selected", _("Selected to speak")
        RESERVE = "reserve", _("In reserve")
        NOT_SELECTED = "not_selected", _("Not selected")

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="speaking_place")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    rank = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["selected", "reserve", "not_selected"]), name="speaking_outcome_known"
            )
        ]

    def __str__(self):
        return f"{self.registration}: {self.outcome}"

    @property
    def meeting(self):
        return self.registration.meeting

    privacy = declare(plain="registration at", outcome=personal.SPEAKING, rank=personal.SPEAKING, by=personal.DECIDED)


class Draw(models.Model):
    """One allotment of a category's scarce seats by the published rule (``docs/draw.md``).

    The sentence, the media and the seats stand from the announcement; seed, entries and outcome from the draw.
    """

    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="draws")
    rule = models.CharField(max_length=40, help_text="Name and version of the rule, such as: countries-media-lot/1.")
    sentence = models.CharField(_("sentence"), max_length=300)
    media = models.JSONField(default=list, help_text="Words of media, the first to be served first.")
    seats = models.PositiveIntegerField(_("seats"))
    is_published = models.BooleanField(_("published by references"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(help_text="Of the announcement.")
    seed = models.CharField(max_length=64, blank=True)
    entries = models.JSONField(default=list, help_text="[{mark, reference, country, medium}]; see docs/draw.md.")
    outcome = models.JSONField(default=list, help_text="References, the first to be seated first.")
    drawn_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True, help_text="When everybody had been approved or put on the waiting list.")

    class Meta:
        verbose_name = _("draw")
        verbose_name_plural = _("draws")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["category"], name="draw_once_per_category"),
            models.CheckConstraint(
                condition=Q(drawn_at__isnull=True, seed="") | (Q(drawn_at__isnull=False) & ~Q(seed="")),
                name="draw_has_a_seed_once_drawn",
            ),
        ]

    def __str__(self):
        return f"{self.category}: {self.rule}"

    @property
    def meeting(self):
        return self.category.meeting

    privacy = declare(
        plain="category rule sentence media seats is_published seed at drawn_at done_at",
        entries=personal.APPLICANT,
        outcome=personal.APPLICANT,
        by=personal.DECIDED,
    )


class Pool(models.Model):
    """A moment to which only some of the approved may come: a photo pool, an interview slot, an escorted group."""

    class Kind(models.TextChoices):
        POOL = "pool", _("Media pool")
        INTERVIEW = "interview", _("Interview slot")
        ESCORT = "escort", _("Escorted group")

    cloned_with_meeting = True

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="pools")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.POOL)
    name = models.CharField(_("name"), max_length=100)
    place = models.CharField(_("place"), max_length=200, blank=True)
    form_up_at = models.DateTimeField(
        _("forms up"), null=True, blank=True, help_text=_("When and where people gather.")
    )
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    exclusive_group = models.CharField(
        _("exclusive with"), max_length=60, blank=True,
        help_text=_("Pools with the same word here: whoever has a place in one has none in another."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("pool")
        verbose_name_plural = _("pools")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["pool", "interview", "escort"]), name="pool_kind_known"),
            models.CheckConstraint(
                condition=Q(form_up_at__isnull=True)
                | Q(starts_at__isnull=True)
                | Q(form_up_at__lte=models.F("starts_at")),
                name="pool_forms_up_before_it_starts",
                violation_error_message=_("People gather before it starts."),
            ),
        ]

    def __str__(self):
        return self.name

    privacy = declare(plain="meeting kind name place form_up_at starts_at ends_at exclusive_group")


class PoolSeats(Counter):
    """How many of one medium a pool takes; an empty medium is for all others. ``taken`` is ``pools``' alone."""

    cloned_with_meeting = True
    not_cloned = {"taken"}

    pool = models.ForeignKey(Pool, on_delete=models.CASCADE, related_name="seats")
    medium = models.CharField(_("medium"), max_length=20, choices=words.choices(words.MEDIUM), blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"))
    taken = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("seats of a medium")
        verbose_name_plural = _("seats by medium")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["pool", "medium"], name="pool_seats_once_per_medium"),
            models.CheckConstraint(condition=Q(taken__lte=models.F("seats")), name="pool_never_oversold"),
            models.CheckConstraint(
                condition=Q(medium__in=["", *(str(medium) for medium in Medium)]), name="pool_medium_known"
            ),
        ]

    def __str__(self):
        return f"{self.pool}: {self.medium or '*'} {self.seats}"

    @property
    def meeting(self):
        return self.pool.meeting

    privacy = declare(plain="pool medium seats taken")


class PoolPlace(models.Model):
    """``exclusive_group`` is the pool's, copied so that the database can hold it."""

    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="places")
    seats = models.ForeignKey(PoolSeats, on_delete=models.PROTECT, related_name="places")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="pool_places")
    exclusive_group = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pool", "registration"], name="pool_place_once"),
            models.UniqueConstraint(
                fields=["registration", "exclusive_group"],
                condition=~Q(exclusive_group=""),
                name="pool_place_once_per_exclusive_group",
            ),
        ]

    def __str__(self):
        return f"{self.pool}: {self.registration}"

    @property
    def meeting(self):
        return self.pool.meeting

    privacy = declare(plain="pool seats exclusive_group at", registration=personal.APPLICANT, by=personal.DECIDED)
