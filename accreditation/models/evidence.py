"""A paper that an applicant, a focal point or an officer added to an application. Its bytes are sealed in storage."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accreditation import personal, words
from accreditation.models.organization import Delegation
from accreditation.models.registration import Registration
from office.encryption import EncryptedTextField, SealedFileName, or_words
from office.privacy import declare


class Evidence(models.Model):
    """Rows are never changed but for ``words``: another file is another row, and the one it replaces says so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, null=True, related_name="evidence")
    delegation = models.ForeignKey(
        Delegation, on_delete=models.CASCADE, null=True, related_name="evidence", help_text=_("One letter for all.")
    )
    kind = models.CharField(max_length=30, choices=words.choices(words.EVIDENCE_KIND))
    name = EncryptedTextField(help_text="As the applicant called the file.")
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(help_text="Bytes.")
    pages = models.PositiveSmallIntegerField(default=1)
    digest = models.CharField(max_length=64, help_text="Of the bytes as they came, keyed for the meeting.")
    stored_as = SealedFileName()
    added_at = models.DateTimeField(default=timezone.now)
    replaced_at = models.DateTimeField(null=True)
    words = EncryptedTextField(blank=True, help_text="Of a PDF's first pages, once the worker has read them.")
    read_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(registration__isnull=False, delegation__isnull=True)
                | Q(registration__isnull=True, delegation__isnull=False),
                name="evidence_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["registration", "kind", "digest"],
                condition=Q(replaced_at__isnull=True, registration__isnull=False),
                name="evidence_once",
            ),
            models.UniqueConstraint(
                fields=["delegation", "kind", "digest"],
                condition=Q(replaced_at__isnull=True, delegation__isnull=False),
                name="evidence_once_of_delegation",
            ),
        ]

    def __str__(self):
        return str(self.id)

    @property
    def told_name(self):
        """The file's name, or words where it cannot be read."""
        return or_words(lambda: self.name)

    @property
    def owner(self):
        return self.registration or self.delegation

    @property
    def meeting(self):
        return self.owner.meeting

    privacy = declare(
        plain="id registration delegation kind media_type size pages digest stored_as added_at replaced_at read_at",
        name=personal.LETTERS,
        words=personal.LETTERS,
    )
