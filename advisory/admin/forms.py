"""The forms behind the meeting's page: edit conflicts, doubts beside their fields, order of parts."""

import re
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advisory.admin.instants import told
from advisory.admin.places import PARTS, place_of
from advisory.importing import free_code, free_slug
from advisory.models import Meeting, validators


def token(meeting):
    """What a page was opened on: any later save makes another one."""
    return meeting.changed_at.isoformat()


class SeenForm(forms.ModelForm):
    """Of a meeting or a part of one: ``seen`` is the token of the meeting on the officer's screen."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = token(self.instance.meeting)

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk:
            self._refuse_if_changed_meanwhile()
        return cleaned

    def _refuse_if_changed_meanwhile(self):
        """Locks the row (the page's transaction is open): of two officers who save at once the second reads this."""
        meeting = self.instance.meeting
        now = token(Meeting.objects.select_for_update().only("changed_at").get(pk=meeting.pk))
        if self.cleaned_data.get("seen") == now:
            return
        self.data = self.data.copy()
        self.data["seen"] = now  # whoever has read the sentence may save again
        raise ValidationError(conflict(meeting, page_of(self.instance)), code="conflict")


class MeetingForm(SeenForm):
    """``looked_at`` holds numbers of settled doubts."""

    looked_at = forms.MultipleChoiceField(label=_("doubts looked at"), required=False)

    class Meta:
        model = Meeting
        fields = []  # the page chooses them

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["looked_at"].choices = [(str(number), number) for number in range(len(self.doubts))]
        for name in {"slug", "code"} & set(self.fields):
            self.fields[name].required = bool(self.instance.pk)
            if not self.instance.pk:
                self.fields[name].help_text += f" {gettext('Leave it empty for a suggestion.')}"
        if "time_zone" in self.fields:
            self.fields["time_zone"].widget.attrs |= {"list": "time-zones", "autocomplete": "off"}
        if "embargo_until" in self.fields:
            self._show_embargo()
        for name, rows in {"summary": 4, "background": 12, "arrangements": 6}.items():
            if name in self.fields:
                self.fields[name].widget.attrs["rows"] = rows
        self._put_doubts_beside_fields()

    def _show_embargo(self):
        """In the zone in which it was set, else in the meeting's."""
        until, zone = self.instance.embargo_until, self.instance.embargo_zone or self.instance.time_zone or "UTC"
        self.initial["embargo_until"] = until.astimezone(ZoneInfo(zone)) if until else zone
        now = (
            gettext("Now: %(instant)s. Empty the day and the time to lift it.") % {"instant": told(until, zone)}
            if until
            else ""
        )
        said = gettext("Before this instant nothing of this advisory is public.")
        self.fields["embargo_until"].help_text = f"{said} {now}"

    @property
    def doubts(self):
        return self.instance.doubts

    @property
    def open_doubts(self):
        """[{number, field, message, ticked}] of the reader, in its order."""
        ticked = self.data.getlist("looked_at") if self.is_bound else []
        return [doubt | {"number": number, "ticked": str(number) in ticked} for number, doubt in enumerate(self.doubts)]

    def doubts_at(self, place):
        return [doubt for doubt in self.open_doubts if place_of(doubt["field"]) == place]

    def _put_doubts_beside_fields(self):
        for doubt in self.open_doubts:
            if field := self.fields.get(place_of(doubt["field"])):
                said = render_to_string("admin/advisory/_doubt.html", {"doubt": doubt})
                field.help_text = format_html("{}{}", said, field.help_text)

    def clean_code(self):
        return self.cleaned_data["code"].upper()

    def clean(self):
        cleaned = super().clean()
        if "embargo_until" in cleaned:
            until = cleaned["embargo_until"]
            self.instance.embargo_zone = str(until.tzinfo) if until else ""
        if not self.instance.pk and (title := cleaned.get("title")):
            cleaned["slug"] = cleaned.get("slug") or free_slug(title)
            if "code" not in self.errors:
                cleaned["code"] = cleaned.get("code") or free_code(title, self._year())
        return cleaned

    def _year(self):
        typed = self.data.get("sittings-0-date", "")[:4]
        return typed if re.fullmatch("[0-9]{4}", typed) else str(timezone.localdate().year)


def page_of(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def conflict(meeting, page):
    """Who changed the meeting, when and what, and what the officer can do; ``page`` shows what is saved now."""
    kind = ContentType.objects.get_for_model(Meeting)
    last = LogEntry.objects.filter(content_type=kind, object_id=str(meeting.pk)).select_related("user").first()
    who = gettext("This meeting was changed by somebody else after you opened it.")
    if last:
        who = gettext("This meeting was changed by %(officer)s at %(time)s (%(what)s) after you opened it.") % {
            "officer": last.user,
            "time": f"{timezone.localtime(last.action_time):%H:%M}",
            "what": last.get_change_message().rstrip("."),
        }
    still = gettext(
        'Nothing you typed is lost: it stands below, beside what is <a href="{address}" target="_blank">saved now</a> '
        "(a new tab). Choose, or edit, and save again."
    )
    return format_html("{} {}", who, format_html(still, address=page))


class PartForm(forms.ModelForm):
    """An empty position means: after the others."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "position" in self.fields:
            self.fields["position"].required = False
            if not self.instance.pk:
                self.initial["position"] = None
        if "time_zone" in self.fields:
            self.fields["time_zone"].widget.attrs |= {"list": "time-zones", "autocomplete": "off"}
        for its_field in self.fields.values():
            if isinstance(its_field, forms.DateField):
                its_field.validators.append(validators.near_day)


class PartsFormSet(BaseInlineFormSet):
    def clean(self):
        super().clean()
        rows = [form.instance for form in self.forms if form.instance.pk or form.has_changed()]
        last = max((row.position or 0 for row in rows), default=0)
        for row in rows:
            if row.position is None:
                last += 1
                row.position = last

    @property
    def heading(self):
        return PARTS.get(self.prefix, "")
