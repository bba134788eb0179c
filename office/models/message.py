"""An outgoing e-mail: queued in the transaction that causes it, kept until it is sent or a person has it in hand."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from office.privacy import CORRESPONDENCE, OFFICERS_ACT, declare


class MessageState(models.TextChoices):
    HELD = "held", pgettext_lazy("e-mail", "Held")
    QUEUED = "queued", pgettext_lazy("e-mail", "Waiting")
    SENDING = "sending", pgettext_lazy("e-mail", "Being sent")
    SENT = "sent", pgettext_lazy("e-mail", "Sent")
    HANDED = "handed", _("Needs a person")
    CANCELLED = "cancelled", pgettext_lazy("e-mail", "Cancelled")


UNFINISHED = [MessageState.HELD, MessageState.QUEUED, MessageState.SENDING]


class MessageQuerySet(models.QuerySet):
    def due(self, at):
        """What may be claimed: its time has come, or the worker that was sending it has not been heard of since."""
        waiting = Q(state__in=[MessageState.HELD, MessageState.QUEUED], next_attempt_at__lte=at)
        abandoned = Q(state=MessageState.SENDING, lease_until__lte=at)
        return self.filter(waiting | abandoned)


class Message(models.Model):
    """``attempts`` counts claims and tells two workers' claims apart; ``message_id`` is the same over all of them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message_id = models.CharField(
        _("Message-ID"), max_length=320, unique=True, help_text=_("The same at every attempt.")
    )
    kind = models.CharField(_("kind"), max_length=40, help_text=_("What it is about, in a word."))
    key = models.CharField(max_length=200, blank=True, help_text="Its cause: queued twice, it is one message.")
    meeting = models.ForeignKey(
        "advisory.Meeting",
        verbose_name=_("meeting"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="messages",
    )
    about = models.UUIDField(null=True, help_text="In whose history it stands: the key of an application.")
    language = models.CharField(_("language"), max_length=7, default="en")

    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=400)
    text = models.TextField()
    html = models.TextField("HTML", blank=True)
    headers = models.JSONField(default=dict, blank=True)

    is_bulk = models.BooleanField(_("to many"), default=False, help_text=_("What somebody waits for goes before it."))
    state = models.CharField(
        pgettext_lazy("progress", "state"), max_length=10, choices=MessageState.choices, default=MessageState.QUEUED
    )
    queued_at = models.DateTimeField(_("queued at"))
    not_before = models.DateTimeField(_("not before"), null=True, blank=True, help_text=_("Held until then."))
    next_attempt_at = models.DateTimeField(_("next attempt at"))
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    first_attempt_at = models.DateTimeField(_("first attempt at"), null=True, blank=True)
    last_error = models.TextField(blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    handed_at = models.DateTimeField(_("given to a person"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("cancelled by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        ordering = ["-queued_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MessageState.values), name="message_state_known"),
            models.CheckConstraint(
                condition=Q(state=MessageState.SENT, sent_at__isnull=False)
                | (~Q(state=MessageState.SENT) & Q(sent_at__isnull=True)),
                name="message_sent_at_says_so",
            ),
            models.CheckConstraint(
                condition=Q(state=MessageState.SENDING, lease_until__isnull=False)
                | (~Q(state=MessageState.SENDING) & Q(lease_until__isnull=True)),
                name="message_lease_while_sending",
            ),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="message_key_once"),
        ]
        indexes = [
            models.Index(
                fields=["is_bulk", "next_attempt_at"], condition=Q(state__in=UNFINISHED), name="message_unfinished"
            ),
            models.Index(fields=["-queued_at", "id"], name="message_newest_first"),
            models.Index(fields=["meeting", "-queued_at"], name="message_of_meeting"),
            models.Index(fields=["about"], condition=Q(about__isnull=False), name="message_about"),
        ]

    def __str__(self):
        return f"{self.kind} {str(self.pk)[:8]}"

    privacy = declare(
        plain="id message_id kind key meeting about language is_bulk state queued_at not_before next_attempt_at "
        "lease_until attempts first_attempt_at sent_at handed_at cancelled_at",
        to=CORRESPONDENCE,
        subject=CORRESPONDENCE,
        text=CORRESPONDENCE,
        html=CORRESPONDENCE,
        headers=CORRESPONDENCE,
        last_error=CORRESPONDENCE,  # a server's words may repeat the address
        cancelled_by=OFFICERS_ACT,
    )
