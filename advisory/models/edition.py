"""What has been published: frozen editions, the people in them, and their renditions. Rows are added, never edited,
but for a person who is blanked and an edition that is superseded before its instant."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advisory import personal
from advisory.models.meeting import Meeting
from advisory.querysets import EditionQuerySet
from advisory.words import EditionKind
from office.privacy import OFFICERS_ACT, declare

# What decides whether an edition shows
SHOWN = ["superseded_at", "visible_from", "meeting", "number"]


class PublishedPerson(models.Model):
    """A contact's or speaker's name and addresses beside the editions that name them by id and salted digest.

    Emptying the row (salt included) redacts the person from every edition without breaking a chain.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="published_people")
    salt = models.CharField(max_length=32, blank=True)
    content = models.JSONField(default=dict)
    blanked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "published people"

    def __str__(self):
        return str(self.id)

    privacy = declare(plain="id meeting salt blanked_at", content=personal.PARTICIPANT)


class Edition(models.Model):
    """One publication, for all languages. ``facts`` has no language; ``texts`` is {language: {path: text}}."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="editions")
    sequence = models.PositiveIntegerField(help_text="Place in the meeting's chain, from 1.")
    number = models.PositiveIntegerField(help_text="As the public counts; a superseded row shares its number.")
    kind = models.CharField(max_length=20, choices=EditionKind.choices)
    schema = models.PositiveSmallIntegerField(default=1)
    languages = models.JSONField(default=list, help_text="Those its notice concerns.")
    facts = models.JSONField()
    texts = models.JSONField()
    people = models.ManyToManyField(PublishedPerson, related_name="editions")
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    visible_from = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", help_text="The second officer."
    )
    superseded_at = models.DateTimeField(null=True)

    # Drawn from facts for addresses and lists; not part of the chain
    year = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=80, db_index=False)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    starts_at = models.DateTimeField(null=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-sequence"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EditionKind.values), name="edition_kind_known"),
            models.UniqueConstraint(fields=["meeting", "sequence"], name="edition_sequence_once"),
            models.UniqueConstraint(
                fields=["meeting", "number"], condition=Q(superseded_at__isnull=True), name="edition_number_once"
            ),
        ]
        indexes = [
            models.Index(fields=["slug", "year"], name="edition_by_address"),
            # Lists walk these and read no row they do not show: on SQLite a row's dates stand behind its long texts
            models.Index(fields=["first_day", "starts_at", "last_day", *SHOWN], name="edition_by_day"),
            models.Index(fields=["last_day", "first_day", "starts_at", *SHOWN], name="edition_by_last_day"),
            models.Index(fields=["year", "first_day", "starts_at", *SHOWN], name="edition_by_year"),
            models.Index(fields=["meeting", "number", "superseded_at", "visible_from"], name="edition_current"),
        ]

    def __str__(self):
        return gettext("Edition %(number)s") % {"number": self.number}

    privacy = declare(
        plain="meeting sequence number kind schema languages previous_hash hash published_at visible_from "
        "superseded_at year slug first_day last_day starts_at",
        facts=personal.ANNOUNCED,
        texts=personal.ANNOUNCED,
        by=OFFICERS_ACT,
        approved_by=OFFICERS_ACT,
    )


class EditionSignature(models.Model):
    """64 bytes in hex over ``signatures.signed_text``, beside the row: chains stay as they were before keys."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="signature")
    key = models.ForeignKey("office.SigningKey", on_delete=models.PROTECT, related_name="+")
    signature = models.CharField(max_length=128)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.edition_id}"

    privacy = declare(plain="edition key signature")


class Rendition(models.Model):
    """Bytes of one edition in one language and format, made by one renderer (a digest of what shaped them)."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="renditions")
    language = models.CharField(max_length=7)
    format = models.CharField(max_length=10)
    renderer = models.CharField(max_length=64)
    body = models.BinaryField()
    compressed = models.BinaryField(help_text="gzip")
    etag = models.CharField(max_length=64)
    good_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "language", "format", "renderer"], name="rendition_once"),
        ]

    def __str__(self):
        return f"{self.edition}.{self.format}"

    privacy = declare(
        plain="edition language format renderer etag good_until made_at",
        body=personal.ANNOUNCED,
        compressed=personal.ANNOUNCED,
    )
