"""Who takes part and whom the press may call."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from advisory import personal
from advisory.models import validators
from advisory.models.meeting import Meeting, MeetingPart
from advisory.words import Attending, ContactRole, SpeakerKind, SpeakerRole
from office.lines import LinesField
from office.privacy import declare


class Speaker(MeetingPart):
    """A person, an office or a group, in protocol order. A person's name is personal data; an office's is not."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="speakers")
    kind = models.CharField(_("kind"), max_length=10, choices=SpeakerKind.choices, default=SpeakerKind.OFFICE)
    honorific = models.CharField(_("honorific"), max_length=40, blank=True, help_text=_("H.E. Mr, Ms, Dr …"))
    name = models.CharField(
        _("name"), max_length=200, blank=True, help_text=_("The person's name. Empty for an office or a group.")
    )
    office = models.CharField(
        _("office or group"), max_length=400, blank=True, help_text=_("Title and organization; or who the group is.")
    )
    role = models.CharField(_("role"), max_length=20, choices=SpeakerRole.choices, default=SpeakerRole.SPEAKER)
    attending = models.CharField(_("attending"), max_length=20, choices=Attending.choices, default=Attending.CONFIRMED)
    photo = models.JSONField(default=dict, blank=True, editable=False)  # digest, media_type, width, height
    photo_credit = models.CharField(
        _("photo credit"), max_length=200, blank=True, help_text=_("Photographer and rights, as to be printed.")
    )
    photo_caption = models.CharField(
        _("photo caption"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows; also read to people who cannot see it."),
    )

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") | ~Q(office=""),
                name="speaker_named",
                violation_error_message=_("Write a name, or an office or group."),
            ),
        ]

    def __str__(self):
        return ", ".join(part for part in [f"{self.honorific} {self.name}".strip(), self.office] if part)

    privacy = declare(
        plain="meeting kind role attending",
        honorific=personal.PARTICIPANT,
        name=personal.PARTICIPANT,
        office=personal.PARTICIPANT,
        photo=personal.PARTICIPANT,
        photo_credit=personal.PARTICIPANT,
        photo_caption=personal.PARTICIPANT,
    )


class MediaContact(MeetingPart):
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=200, blank=True)
    office = models.CharField(
        pgettext_lazy("held by a person", "office"),
        max_length=400,
        blank=True,
        help_text=_("Title, section, organization."),
    )
    role = models.CharField(_("role"), max_length=20, choices=ContactRole.choices, default=ContactRole.MEDIA)
    languages = LinesField(
        _("languages"), each=validators.language_code, help_text=_("Spoken, one a line: fr or French.")
    )
    hours = models.CharField(
        _("hours"), max_length=200, blank=True, help_text=_("Such as: Monday to Friday 9:00–18:00 New York.")
    )
    phones = LinesField(
        _("phones"), each=validators.phone_number, help_text=_("One a line, with country code: +1 212 555 0142.")
    )
    emails = LinesField(_("e-mails"), each=validators.email_address, help_text=_("One a line."))
    shown_until = models.DateField(
        _("shown until"),
        null=True,
        blank=True,
        help_text=_("Last day the name is public. Then the press desk stands in."),
    )

    class Meta:
        verbose_name = _("media contact")
        verbose_name_plural = _("media contacts")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") | ~Q(office=""),
                name="contact_named",
                violation_error_message=_("Write a name or an office."),
            ),
        ]

    def __str__(self):
        return self.name or self.office

    privacy = declare(
        plain="meeting role shown_until",
        name=personal.CONTACT,
        office=personal.CONTACT,
        languages=personal.CONTACT,
        hours=personal.CONTACT,
        phones=personal.CONTACT,
        emails=personal.CONTACT,
    )
