"""What was decided: one chain of rows for each meeting, never edited; the words of a reason stand aside and can go."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accreditation import personal, words
from accreditation.models.registration import Registration
from accreditation.states import Actor, Status
from advisory.models import Meeting
from office.encryption import EncryptedTextField
from office.privacy import declare


class MeetingBook(models.Model):
    """The head of a meeting's chain and the last badge number, locked after the registration and its places."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, primary_key=True, related_name="book")
    sequence = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64)
    badge_number = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.meeting_id}: {self.sequence}"

    privacy = declare(plain="meeting sequence hash badge_number")


class Decision(models.Model):
    """One action on one registration. ``pseudonym`` names the registration in the chain once its row is gone."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    sequence = models.PositiveIntegerField()
    registration = models.ForeignKey(
        Registration, on_delete=models.SET_NULL, null=True, related_name="decisions", db_index=False
    )
    pseudonym = models.UUIDField(help_text="The registration's key, which says nothing once its row is gone.")
    action = models.CharField(max_length=20)
    before = models.CharField(max_length=20, choices=words.choices(words.STATUS))
    after = models.CharField(max_length=20, choices=words.choices(words.STATUS))
    actor = models.CharField(max_length=20, choices=words.choices(words.ACTOR))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    seconded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", help_text="The second officer."
    )
    at = models.DateTimeField()
    code = models.CharField(max_length=40, blank=True, help_text="The coded reason.")
    reason_digest = models.CharField(max_length=64, blank=True)
    undoes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    restores = models.JSONField(default=dict, help_text="What undoing gives back; no part of the chain.")
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["meeting", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "sequence"], name="decision_sequence_once"),
            models.CheckConstraint(condition=Q(actor__in=[str(actor) for actor in Actor]), name="decision_actor_known"),
            models.CheckConstraint(
                condition=Q(after__in=[str(status) for status in Status]), name="decision_status_known"
            ),
        ]
        indexes = [models.Index(fields=["registration", "sequence"], name="decision_of_registration")]

    def __str__(self):
        return f"{self.action} ({self.sequence})"

    privacy = declare(
        plain="meeting sequence registration action before after actor at code reason_digest undoes restores "
        "previous_hash hash",
        pseudonym=personal.LEDGER,
        by=personal.DECIDED,
        seconded_by=personal.DECIDED,
    )


class DecisionReason(models.Model):
    """A reason's words and the salt of their digest; deleting the row redacts the chain without breaking it.

    The words are sealed: whoever writes why names people.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="reason")
    words = EncryptedTextField()
    salt = models.CharField(max_length=32)

    def __str__(self):
        return str(self.id)

    privacy = declare(plain="id decision salt", words=personal.LEDGER)
