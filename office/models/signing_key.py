"""The keys that sign what others verify without asking us; ``office.keys`` is their only user."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.encryption import EncryptedTextField
from office.privacy import Rule, declare

KEY = Rule(
    "C4",
    purpose=_("To sign badges and editions"),
    retention=_("As long as something that it signed is in use"),
    readers=_("Nobody"),
)


class KeyPurpose(models.TextChoices):
    BADGE = "badge", _("Badges")
    EDITION = "edition", _("Editions")


class SigningKey(models.Model):
    """An Ed25519 key (RFC 8032); its ``number`` is the key id of two bytes in what it signs.

    A badge key is one meeting's own, and signs that meeting's revocation lists too. ``seed`` and ``public`` are 64 hex
    digits. What a withdrawn key signed is refused from then on.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)
    purpose = models.CharField(max_length=10, choices=KeyPurpose.choices)
    meeting = models.ForeignKey("advisory.Meeting", on_delete=models.PROTECT, null=True, related_name="signing_keys")
    seed = EncryptedTextField()
    public = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose=KeyPurpose.BADGE, meeting__isnull=False)
                | Q(purpose=KeyPurpose.EDITION, meeting__isnull=True),
                name="signing_key_of_a_meeting_or_the_house",
            ),
            models.CheckConstraint(condition=Q(number__lt=1 << 16), name="signing_key_number_fits_the_code"),
        ]

    def __str__(self):
        return f"{self.purpose} {self.number}"

    privacy = declare(plain="id number purpose meeting public made_at withdrawn_at", seed=KEY)
