"""Who asked to be told of advisories by e-mail, and how far each telling has come. ``advisory.subscriptions`` acts."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from advisory import personal
from advisory.models.edition import Edition
from advisory.models.meeting import Body, Meeting, Topic
from office.privacy import declare


class Frequency(models.TextChoices):
    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("One e-mail a day, at 07:00")
    FOLLOWED = "followed", _("Only changes to the meetings I follow, at once")


class SubscriptionState(models.TextChoices):
    WAITING = "waiting", _("Waiting for proof")
    ACTIVE = "active", pgettext_lazy("subscription", "Active")
    ENDED = "ended", pgettext_lazy("subscription", "Ended")


class EndedWhy(models.TextChoices):
    UNSUBSCRIBED = "unsubscribed", _("Unsubscribed")
    BOUNCED = "bounced", _("Address does not take mail")


class SubscriptionQuerySet(models.QuerySet):
    def active(self):
        return self.filter(state=SubscriptionState.ACTIVE)

    def waiting(self):
        return self.filter(state=SubscriptionState.WAITING)


class Subscription(models.Model):
    """One request for e-mails. Each asking makes a waiting row; the owner of the mailbox makes it, or an earlier one
    of the same address, active. An ended row has lost its address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail"), blank=True, db_index=True)
    language = models.CharField(_("language of the e-mails"), max_length=7, default="en")
    frequency = models.CharField(_("frequency"), max_length=10, choices=Frequency.choices, default=Frequency.AT_ONCE)
    bodies = models.ManyToManyField(
        Body,
        verbose_name=pgettext_lazy("organ", "bodies"),
        blank=True,
        help_text=_("None of either: advisories of every body and topic."),
    )
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True)
    meetings = models.ManyToManyField(Meeting, verbose_name=_("meetings"), blank=True, related_name="followers")
    wanted_languages = models.JSONField(
        _("wanted languages"), default=list, blank=True, help_text=_("Empty: whatever the languages.")
    )
    wants_daily_alert = models.BooleanField(_("daily media alert"), default=False)

    state = models.CharField(
        pgettext_lazy("progress", "state"),
        max_length=10,
        choices=SubscriptionState.choices,
        default=SubscriptionState.WAITING,
    )
    link_version = models.PositiveIntegerField(
        default=1, help_text="Raised, it ends every earlier link to the choices."
    )
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_why = models.CharField(_("ended why"), max_length=20, choices=EndedWhy.choices, blank=True)
    address_digest = models.CharField(
        max_length=64, blank=True, db_index=True, help_text="Of an ended one: answers whoever asks whether it ended."
    )
    soft_bounces = models.PositiveSmallIntegerField(_("soft bounces"), default=0)
    soft_bounced_at = models.DateTimeField(null=True, help_text="The first of those counted.")

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SubscriptionState.values), name="subscription_state_known"),
            models.CheckConstraint(condition=Q(frequency__in=Frequency.values), name="subscription_frequency_known"),
            models.CheckConstraint(
                condition=Q(state=SubscriptionState.ENDED, email="") | ~Q(state=SubscriptionState.ENDED) & ~Q(email=""),
                name="subscription_ended_without_address",
            ),
            models.CheckConstraint(
                condition=~Q(state=SubscriptionState.ACTIVE) | Q(confirmed_at__isnull=False),
                name="subscription_active_is_proved",
            ),
            models.UniqueConstraint(
                fields=["email"], condition=Q(state=SubscriptionState.ACTIVE), name="subscription_active_once"
            ),
        ]

    def __str__(self):
        return str(self.id)

    privacy = declare(
        plain="id link_version",
        email=personal.FOLLOWING,
        language=personal.FOLLOWING,
        frequency=personal.FOLLOWING,
        wanted_languages=personal.FOLLOWING,
        wants_daily_alert=personal.FOLLOWING,
        state=personal.FOLLOWING,
        asked_at=personal.FOLLOWING,
        confirmed_at=personal.FOLLOWING,
        soft_bounces=personal.FOLLOWING,
        soft_bounced_at=personal.FOLLOWING,
        ended_at=personal.ENDED,
        ended_why=personal.ENDED,
        address_digest=personal.ENDED,
    )


class Told(models.Model):
    """How far one telling has come through the subscribers: of an edition, of a day's digest, or of a day's alert."""

    class Kind(models.TextChoices):
        EDITION = "edition", "Edition"
        DIGEST = "digest", "Daily digest"
        ALERT = "alert", "Daily media alert"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, null=True, related_name="told")
    day = models.DateField(null=True)
    since = models.DateTimeField(null=True, help_text="A digest covers editions visible after this …")
    until = models.DateTimeField(null=True, help_text="… and up to this instant of the database's clock.")
    cursor = models.UUIDField(null=True, help_text="The last subscription passed.")
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "told"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="edition", edition__isnull=False, day__isnull=True)
                | Q(kind__in=["digest", "alert"], edition__isnull=True, day__isnull=False),
                name="told_of_one_thing",
            ),
            models.UniqueConstraint(fields=["kind", "day"], name="told_once_a_day"),
        ]

    privacy = declare(plain="kind edition day since until cursor started_at finished_at")


class EmailText(models.Model):
    """An officer's own words for one kind of e-mail in one language, in place of ours."""

    kind = models.CharField(_("kind"), max_length=40)
    language = models.CharField(_("language"), max_length=7)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("text of an e-mail")
        verbose_name_plural = _("texts of e-mails")
        ordering = ["kind", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language"],
                name="email_text_once",
                violation_error_message=_("There is a text for this e-mail in this language already. Change that one."),
            ),
        ]

    def __str__(self):
        return f"{self.kind}, {self.language}"

    privacy = declare(plain="kind language subject text changed_at")
