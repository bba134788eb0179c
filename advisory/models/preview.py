"""Links by which cleared readers see an edition before its instant, and who opened one when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from advisory import personal
from advisory.models.edition import Edition
from advisory.models.meeting import Meeting
from office.privacy import OFFICERS_ACT, declare


class PreviewLink(models.Model):
    """For one reader. The token itself is shown once, to the officer who makes the link; here stands its SHA-256."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="preview_links")
    reader = models.CharField(max_length=200, help_text="Who was cleared: name and media organization.")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(help_text="After this instant the link opens nothing.")
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-made_at"]

    def __str__(self):
        return self.reader

    privacy = declare(
        plain="meeting token_hash expires_at withdrawn_at made_at", reader=personal.CLEARED, made_by=OFFICERS_ACT
    )


class PreviewOpening(models.Model):
    """The reader accepted the embargo and opened the link. Rows are added, never edited."""

    link = models.ForeignKey(PreviewLink, on_delete=models.CASCADE, related_name="openings")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        return f"{self.link}, {self.at:%Y-%m-%d %H:%M} UTC"

    @property
    def meeting(self):
        return self.link.meeting

    privacy = declare(plain="edition", link=personal.CLEARED, at=personal.CLEARED)
