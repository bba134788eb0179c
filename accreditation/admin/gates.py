"""Gates and pick-up times in the staff panel; devices are let in at the desk, where their code shows once."""

from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.utils.translation import gettext, ngettext

from accreditation import pick_up
from accreditation.models import Gate, PickUpSlot, Zone
from advisory.admin.instants import time_zones
from advisory.admin.parts import WIDGETS
from office import permissions
from office.admin import OfficeAdmin


class OfMeeting(OfficeAdmin):
    """Rows of meetings that the officer works for; a row stays with its meeting."""

    meeting_path = "meeting"
    list_select_related = ["meeting"]
    autocomplete_fields = ["meeting"]

    def get_field_queryset(self, db, db_field, request):
        rows = super().get_field_queryset(db, db_field, request)
        meetings = permissions.meetings_with(request.user, self.right("add"))
        return rows if meetings is None or db_field.name != "meeting" else rows.filter(pk__in=meetings)

    def get_readonly_fields(self, request, obj=None):
        return ["meeting"] if obj else []


class GateForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "zone" in self.fields:
            self.fields["zone"].queryset = Zone.objects.filter(meeting=self.instance.meeting_id)

    def clean(self):
        cleaned = super().clean()
        zone, meeting = cleaned.get("zone"), cleaned.get("meeting") or getattr(self.instance, "meeting", None)
        if zone and meeting and zone.meeting_id != meeting.pk:
            self.add_error("zone", gettext("This zone is of another meeting."))
        return cleaned


@admin.register(Gate)
class GateAdmin(OfMeeting):
    form = GateForm
    list_display = ["name", "zone", "capacity", "counts_exits", "meeting"]
    list_select_related = ["meeting", "zone"]
    search_fields = ["name", "slug", "meeting__title", "meeting__code"]
    ordering = ["-meeting__changed_at", "name"]
    fields = ["meeting", ("name", "slug"), "zone", "capacity", "counts_exits"]
    prepopulated_fields = {"slug": ["name"]}

    def get_readonly_fields(self, request, obj=None):
        """Devices keep the gate's address."""
        return ["meeting", "slug"] if obj else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def has_delete_permission(self, request, obj=None):
        is_used = obj is not None and (obj.scans.exists() or obj.devices.exists())
        return super().has_delete_permission(request, obj) and not is_used


class SlotForm(forms.ModelForm):
    """Instants stand on the meeting's own clock."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        meeting = self.instance.meeting if self.instance.pk else None
        zone = (meeting.time_zone if meeting else "") or settings.TIME_ZONE
        for name in ["starts_at", "ends_at"]:
            if name in self.fields:
                value = getattr(self.instance, name)
                self.initial[name] = value.astimezone(ZoneInfo(zone)) if value else zone

    def clean_capacity(self):
        """People choose while the officer types: the row is locked until this page's transaction ends."""
        capacity = self.cleaned_data["capacity"]
        row = PickUpSlot.objects.select_for_update().filter(pk=self.instance.pk).first()
        if row and capacity < row.taken:
            raise forms.ValidationError(gettext("%(taken)s people come then.") % {"taken": row.taken})
        return capacity


@admin.register(PickUpSlot)
class PickUpSlotAdmin(OfMeeting):
    form = SlotForm
    list_display = ["starts_at", "ends_at", "place", "taken", "capacity", "meeting"]
    search_fields = ["place", "meeting__title", "meeting__code"]
    ordering = ["-meeting__changed_at", "starts_at", "pk"]
    fields = ["meeting", "place", "starts_at", "ends_at", "capacity"]
    formfield_overrides = WIDGETS
    change_form_template = "admin/accreditation/pool/change_form.html"

    def render_change_form(self, request, context, **kwargs):
        return super().render_change_form(request, context | {"time_zones": time_zones()}, **kwargs)

    def save_model(self, request, obj, form, change):
        """Whoever comes then is told what it now is, where that reads otherwise than before."""
        before = pick_up.moment_of(PickUpSlot.objects.select_related("meeting").get(pk=obj.pk)) if change else ""
        super().save_model(request, obj, form, change)
        told = pick_up.tell_changed(obj) if change and pick_up.moment_of(obj) != before else 0
        if told:
            said = ngettext("%(count)s person is told.", "%(count)s people are told.", told)
            messages.success(request, said % {"count": told})

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.people.exists())
