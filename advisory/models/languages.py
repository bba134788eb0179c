"""The other languages of an advisory: one row a text, each with the digest of the source it was made from."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advisory import personal
from advisory.models.meeting import ORIGINAL_LANGUAGES, Meeting
from advisory.words import LanguageState
from office.privacy import OFFICERS_ACT, declare


class LanguageVersion(models.Model):
    """How far one language has come. No row means that nobody has begun."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="language_versions")
    language = models.CharField(max_length=7, choices=ORIGINAL_LANGUAGES)
    state = models.CharField(max_length=20, choices=LanguageState.choices, default=LanguageState.DRAFT)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("language version")
        verbose_name_plural = _("language versions")
        ordering = ["meeting", "language"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LanguageState.values), name="language_state_known"),
            models.UniqueConstraint(fields=["meeting", "language"], name="language_version_once"),
        ]

    def __str__(self):
        return f"{self.get_language_display()}: {self.get_state_display()}"

    privacy = declare(plain="meeting language state changed_at")


class Translation(models.Model):
    """One text in one language. ``path`` is that of an edition's texts: title, sittings.12.title."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=7, choices=ORIGINAL_LANGUAGES)
    path = models.CharField(max_length=100)
    text = models.TextField()
    source = models.TextField(help_text="The text it was made from, to show what has changed since.")
    source_digest = models.CharField(max_length=64)
    changed_at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ["meeting", "language", "path"]
        constraints = [models.UniqueConstraint(fields=["meeting", "language", "path"], name="translation_once")]

    def __str__(self):
        return f"{self.language} {self.path}"

    def is_of(self, source):
        """Whether it was made from this very text; otherwise it is outdated."""
        return self.source_digest == digest(source)

    privacy = declare(
        plain="meeting language path source_digest changed_at",
        text=personal.ANNOUNCED,
        source=personal.ANNOUNCED,
        by=OFFICERS_ACT,
    )


def digest(source):
    return hashlib.sha256(source.encode()).hexdigest()
