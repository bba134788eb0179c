"""The door: devices that scan, lists of badges that open nothing any more, and what each scan came to."""

import uuid

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accreditation import personal, words
from accreditation.models.badge import Badge
from accreditation.models.category import Zone
from accreditation.states import Direction, ScanReason, Verdict
from advisory.models import Meeting
from office.privacy import OFFICERS_ACT, SECRET, declare


class Gate(models.Model):
    """A door of one meeting. With a zone it lets in whose badge opens that zone; without one, whoever may enter."""

    cloned_with_meeting = True

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="gates")
    slug = models.SlugField(_("short name"), max_length=40)
    name = models.CharField(_("name"), max_length=60)
    zone = models.ForeignKey(
        Zone, on_delete=models.PROTECT, null=True, blank=True, related_name="gates", verbose_name=_("zone")
    )
    capacity = models.PositiveIntegerField(
        _("capacity"), null=True, blank=True, help_text=_("How many may be inside at once. Left empty, nobody counts.")
    )
    counts_exits = models.BooleanField(
        _("exits are scanned"), default=False, help_text=_("Whoever is inside cannot come in again before going out.")
    )

    class Meta:
        verbose_name = _("gate")
        verbose_name_plural = _("gates")
        ordering = ["meeting", "name"]
        constraints = [models.UniqueConstraint(fields=["meeting", "slug"], name="gate_slug_once")]

    def __str__(self):
        return self.name

    privacy = declare(plain="meeting slug name zone capacity counts_exits")


class Device(models.Model):
    """A telephone or computer at one gate. It is enrolled by a one-time code, and then known by a token of its own.

    ``code_hash`` and ``token_hash`` are SHA-256 in hex; the code is gone once it is used.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="devices", verbose_name=_("gate"))
    name = models.CharField(_("name"), max_length=60)
    code_hash = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField()
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    enrolled_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    ahead_seconds = models.IntegerField(default=0, help_text="How far its clock is ahead of ours.")
    waiting = models.PositiveIntegerField(default=0, help_text="Scans that it said it had not sent yet.")

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        ordering = ["gate", "name"]

    def __str__(self):
        return self.name

    @property
    def meeting(self):
        return self.gate.meeting

    privacy = declare(
        plain="id gate name made_at enrolled_at revoked_at seen_at ahead_seconds waiting code_until",
        code_hash=SECRET,
        token_hash=SECRET,
        made_by=OFFICERS_ACT,
    )


class RevocationList(models.Model):
    """One numbered list of a meeting, signed: the serials of badges that are void. Rows are added, never edited."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="revocation_lists")
    number = models.PositiveIntegerField()
    issued_at = models.DateTimeField()
    next_at = models.DateTimeField(help_text="From when a device no longer relies on it.")
    content = models.BinaryField()

    class Meta:
        ordering = ["meeting", "-number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="revocation_list_number_once")]

    def __str__(self):
        return f"{self.meeting} {self.number}"

    privacy = declare(plain="meeting number issued_at next_at", content=personal.BADGE)


class Scan(models.Model):
    """A code that was held to a gate, and what came of it. Rows are added, never edited.

    ``id`` is the scanner's own, so that what is sent twice is one. ``at`` is the scanner's clock, set right by what we
    know of it; ``received_at`` is ours. ``of`` names the scan that this one takes back or overrules.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="scans")
    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="scans")
    badge = models.ForeignKey(Badge, on_delete=models.PROTECT, null=True, related_name="scans")
    serial = models.CharField(max_length=32, blank=True, validators=[MinLengthValidator(32)])
    direction = models.CharField(max_length=3, choices=words.choices(words.DIRECTION))
    verdict = models.CharField(max_length=10, choices=words.choices(words.VERDICT))
    reason = models.CharField(max_length=20, blank=True, choices=words.choices(words.SCAN_REASON))
    told = models.CharField(max_length=10, blank=True, help_text="What the device said by itself, without network.")
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    device = models.ForeignKey(Device, on_delete=models.PROTECT, null=True, related_name="scans")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="later")
    note = models.CharField(max_length=200, blank=True)

    judgement = None  # the Judgement of which this very call made a row

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["badge", "-at"], name="scan_by_badge"),
            models.Index(fields=["gate", "-at"], name="scan_by_gate"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=[str(verdict) for verdict in Verdict]), name="scan_verdict_known"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=["", *(str(reason) for reason in ScanReason)]), name="scan_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(direction__in=[str(direction) for direction in Direction]), name="scan_direction_known"
            ),
            models.CheckConstraint(
                condition=Q(device__isnull=False) | Q(by__isnull=False), name="scan_says_by_whom_or_what"
            ),
        ]

    def __str__(self):
        return f"{self.verdict} {self.at.isoformat()}"

    @property
    def told_word(self):
        return words.VERDICT.get(self.told, "")

    privacy = declare(
        plain="id meeting gate direction verdict reason told at received_at device of",
        badge=personal.DOOR,
        serial=personal.DOOR,
        note=personal.DOOR,
        by=OFFICERS_ACT,
    )
