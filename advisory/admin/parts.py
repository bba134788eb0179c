"""What hangs on a meeting, each as a part of its page, in reading order."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTimeWidget
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from advisory.admin.forms import PartForm, PartsFormSet
from advisory.admin.instants import InstantField, InstantWidget
from advisory.admin.uploads import PhotoForm, SpeakerForm
from advisory.models import (
    AccessNotice,
    Document,
    Link,
    MediaContact,
    Photo,
    ProgrammeItem,
    Sitting,
    Speaker,
    Stakeout,
    Webcast,
)
from office.admin import OfficeInline

WIDGETS = {
    models.TimeField: {"widget": AdminTimeWidget(format="%H:%M")},
    models.DateTimeField: {"form_class": InstantField, "widget": InstantWidget},
    models.URLField: {"widget": forms.URLInput(attrs={"class": "vURLField"}), "assume_scheme": "https"},
}


class Part(OfficeInline):
    form = PartForm
    formset = PartsFormSet
    formfield_overrides = WIDGETS


class StackedPart(Part, admin.StackedInline):
    template = "admin/stack_of_parts.html"


class TabularPart(Part, admin.TabularInline):
    template = "admin/table_of_parts.html"


class OneToStartWith:
    """A new meeting cannot do without one, so an empty one stands ready."""

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 1


def lines(*fields):
    """One nameless fieldset: each word or tuple is a line."""
    return [(None, {"fields": list(fields)})]


class SittingInline(OneToStartWith, StackedPart):
    model = Sitting
    fieldsets = lines(
        ("date", "start_time", "end_time", "precision", "press"),
        ("title", "end_date", "room", "time_zone", "position"),
    )


class ProgrammeInline(StackedPart):
    model = ProgrammeItem
    fieldsets = lines(
        ("date", "start_time", "end_time", "precision", "press"), ("title", "detail"), ("room", "position")
    )


class StakeoutInline(StackedPart):
    model = Stakeout
    fieldsets = lines(
        ("kind", "date", "start_time", "precision", "minutes"), ("title", "room", "who_may_ask", "position")
    )


class SpeakerInline(StackedPart):
    model = Speaker
    form = SpeakerForm
    readonly_fields = ["photo_shown"]
    fieldsets = [
        *lines(("kind", "role", "attending", "position"), ("honorific", "name", "office")),
        (
            _("Photograph"),
            {
                "classes": ["collapse"],
                "fields": [("photo_shown", "photo_file", "remove_photo"), ("photo_credit", "photo_caption")],
            },
        ),
    ]

    @admin.display(description=_("Photo now"))
    def photo_shown(self, speaker):
        return picture(speaker.meeting_id, speaker.photo, speaker.photo_caption or speaker)


def picture(meeting_id, image, described):
    """The stored image of a draft; ``image`` is {digest, media_type, width, height} or empty."""
    if not image:
        return pgettext("photograph", "none")
    address = reverse("admin:advisory_meeting_file", args=[meeting_id, image["digest"], "photograph"])
    return format_html('<img class="speaker-photo" src="{}" alt="{}">', address, described)


class AccessNoticeInline(StackedPart):
    model = AccessNotice
    fieldsets = lines(
        ("category", "position"),
        ("opens_on", "opens_time", "closes_on", "closes_time"),
        ("who_must", "who_need_not"),
        ("address", "instruction"),
        ("prepare", "pick_up"),
    )


class DocumentInline(TabularPart):
    model = Document
    fields = ["symbols", "title", "role", "languages", "is_advance", "position"]
    show_change_link = True


class WebcastInline(StackedPart):
    model = Webcast
    fieldsets = lines(("kind", "title", "url"), ("languages", "has_captions", "has_signing", "position"))


class PhotoInline(StackedPart):
    model = Photo
    form = PhotoForm
    readonly_fields = ["photo_shown"]
    fieldsets = lines(("photo_shown", "image_file"), ("caption", "credit"), ("rights", "position"))

    @admin.display(description=_("Photograph now"))
    def photo_shown(self, photo):
        return picture(photo.meeting_id, photo.image, photo)


class LinkInline(TabularPart):
    model = Link
    fields = ["label", "url", "position"]


class ContactInline(OneToStartWith, StackedPart):
    model = MediaContact
    fieldsets = lines(
        ("name", "office", "role"),
        ("phones", "emails", "languages"),
        ("hours", "shown_until", "position"),
    )
