"""What the press reads and watches: documents with their symbols and files, links, webcasts."""

from django.db import models

from advisory import personal
from advisory.models import validators
from advisory.models.meeting import ORIGINAL_LANGUAGES, Meeting, MeetingPart
from advisory.words import DocumentRole, WebcastKind
from office.lines import LinesField
from office.privacy import declare


class Document(MeetingPart):
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="documents")
    symbols = LinesField(each=validators.symbol, help_text="One a line. A double symbol is two lines.")
    title = models.CharField(max_length=300, blank=True)
    role = models.CharField(max_length=20, choices=DocumentRole.choices, default=DocumentRole.MAIN)
    languages = LinesField(each=validators.language_code, help_text="Published in, one a line.")
    is_advance = models.BooleanField("advance unedited version", default=False)
    url = models.URLField(
        "address", blank=True, max_length=500, help_text="Only where the symbol does not lead to the document."
    )

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return ", ".join([*self.symbols, *([self.title] if self.title else [])]) or "Document"

    privacy = declare(plain="meeting symbols title role languages is_advance url")


class DocumentFile(models.Model):
    """A published file in one language, named by the SHA-256 of its bytes."""

    cloned_with_meeting = True

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="files")
    language = models.CharField(max_length=7, choices=ORIGINAL_LANGUAGES, default="en")
    name = models.CharField(max_length=120, help_text="As the reader saves it.")
    digest = models.CharField(max_length=64, editable=False)
    media_type = models.CharField(max_length=60, editable=False)
    size_bytes = models.PositiveIntegerField(editable=False)

    class Meta:
        ordering = ["language", "pk"]
        constraints = [models.UniqueConstraint(fields=["document", "language", "digest"], name="document_file_once")]

    def __str__(self):
        return self.name

    @property
    def meeting(self):
        return self.document.meeting

    privacy = declare(plain="document language name digest media_type size_bytes")


class Link(MeetingPart):
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="links")
    label = models.CharField(max_length=200, blank=True, help_text="What the reader finds there.")
    url = models.URLField("address", max_length=500, validators=[validators.web_address])

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.label or self.url

    privacy = declare(plain="meeting label url")


class Webcast(MeetingPart):
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="webcasts")
    kind = models.CharField(max_length=10, choices=WebcastKind.choices, default=WebcastKind.LIVE)
    title = models.CharField(max_length=200, blank=True, help_text="Such as: Live webcast, Virtual press room.")
    url = models.URLField("address", max_length=500, validators=[validators.web_address])
    languages = LinesField("channels", each=validators.language_code, help_text="One a line: floor, en, fr …")
    has_captions = models.BooleanField("captioned", default=False)
    has_signing = models.BooleanField("sign language", default=False)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.title or self.url

    privacy = declare(plain="meeting kind title url languages has_captions has_signing")


class Photo(MeetingPart):
    """A picture for newsrooms, of the meeting or of its place; pictures of one person stand with the speaker."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="photos")
    image = models.JSONField(default=dict, blank=True, editable=False)  # digest, media_type, width, height
    caption = models.CharField(
        max_length=300, blank=True, help_text="Who and what the picture shows, and when; also read to the blind."
    )
    credit = models.CharField(max_length=200, blank=True, help_text="Photographer and house, as to be printed.")
    rights = models.CharField(max_length=200, blank=True, help_text="Such as: free for editorial use with credit.")

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.caption or "Photograph"

    privacy = declare(
        plain="meeting rights",
        image=personal.PARTICIPANT,
        caption=personal.PARTICIPANT,
        credit=personal.PARTICIPANT,
    )
