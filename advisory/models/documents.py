"""What the press reads and watches: documents with their symbols and files, links, webcasts."""

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from advisory import personal
from advisory.models import validators
from advisory.models.meeting import ORIGINAL_LANGUAGES, Meeting, MeetingPart
from advisory.words import DocumentRole, WebcastKind
from office.lines import LinesField
from office.privacy import declare


class Document(MeetingPart):
    meeting = models.ForeignKey(Meeting, verbose_name=_("meeting"), on_delete=models.CASCADE, related_name="documents")
    symbols = LinesField(_("symbols"), each=validators.symbol, help_text=_("One a line. A double symbol is two lines."))
    title = models.CharField(_("title"), max_length=300, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=DocumentRole.choices, default=DocumentRole.MAIN)
    languages = LinesField(_("languages"), each=validators.language_code, help_text=_("Published in, one a line."))
    is_advance = models.BooleanField(_("advance unedited version"), default=False)
    url = models.URLField(
        pgettext_lazy("web", "address"),
        blank=True,
        max_length=500,
        help_text=_("Only where the symbol does not lead to the document."),
    )

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["position", "pk"]

    def __str__(self):
        return ", ".join([*self.symbols, *([self.title] if self.title else [])]) or gettext("Document")

    privacy = declare(plain="meeting symbols title role languages is_advance url")


class DocumentFile(models.Model):
    """A published file in one language, named by the SHA-256 of its bytes."""

    cloned_with_meeting = True

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="files")
    language = models.CharField(_("language"), max_length=7, choices=ORIGINAL_LANGUAGES, default="en")
    name = models.CharField(_("name"), max_length=120, help_text=_("As the reader saves it."))
    digest = models.CharField(max_length=64, editable=False)
    media_type = models.CharField(max_length=60, editable=False)
    size_bytes = models.PositiveIntegerField(editable=False)

    class Meta:
        verbose_name = _("document file")
        verbose_name_plural = _("document files")
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
    label = models.CharField(_("label"), max_length=200, blank=True, help_text=_("What the reader finds there."))
    url = models.URLField(pgettext_lazy("web", "address"), max_length=500, validators=[validators.web_address])

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.label or self.url

    privacy = declare(plain="meeting label url")


class Webcast(MeetingPart):
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="webcasts")
    kind = models.CharField(_("kind"), max_length=10, choices=WebcastKind.choices, default=WebcastKind.LIVE)
    title = models.CharField(
        _("title"), max_length=200, blank=True, help_text=_("Such as: Live webcast, Virtual press room.")
    )
    url = models.URLField(pgettext_lazy("web", "address"), max_length=500, validators=[validators.web_address])
    languages = LinesField(_("channels"), each=validators.language_code, help_text=_("One a line: floor, en, fr …"))
    has_captions = models.BooleanField(_("captioned"), default=False)
    has_signing = models.BooleanField(_("sign language"), default=False)

    class Meta:
        verbose_name = _("webcast")
        verbose_name_plural = _("webcasts")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.title or self.url

    privacy = declare(plain="meeting kind title url languages has_captions has_signing")


class Photo(MeetingPart):
    """A picture for newsrooms, of the meeting or of its place; pictures of one person stand with the speaker."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="photos")
    image = models.JSONField(default=dict, blank=True, editable=False)  # digest, media_type, width, height
    caption = models.CharField(
        _("caption"),
        max_length=300,
        blank=True,
        help_text=_("Who and what the picture shows, and when; also read to the blind."),
    )
    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Photographer and house, as to be printed.")
    )
    rights = models.CharField(
        _("rights"), max_length=200, blank=True, help_text=_("Such as: free for editorial use with credit.")
    )

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.caption or gettext("Photograph")

    privacy = declare(
        plain="meeting rights",
        image=personal.PARTICIPANT,
        caption=personal.PARTICIPANT,
        credit=personal.PARTICIPANT,
    )
