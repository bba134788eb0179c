"""Pools, interview slots and escorts in the staff panel: when, where, how many; who comes is chosen at the desk."""

from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.utils.translation import gettext, ngettext

from accreditation.desk import pools
from accreditation.models import Pool, PoolSeats
from advisory.admin.instants import time_zones
from advisory.admin.parts import WIDGETS
from office import permissions
from office.admin import OfficeAdmin, OfficeInline

INSTANTS = ["form_up_at", "starts_at", "ends_at"]


class SeatsForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "medium" in self.fields:
            media = [choice for choice in self.fields["medium"].choices if choice[0]]
            self.fields["medium"].choices = [("", gettext("All others")), *media]

    def clean_seats(self):
        """Seats are taken while the officer types: the row is locked until this page's transaction ends."""
        seats = self.cleaned_data["seats"]
        row = PoolSeats.objects.select_for_update().filter(pk=self.instance.pk).first()
        if row and seats < row.taken:
            raise forms.ValidationError(
                gettext("Seats taken: %(taken)s. Give at least as many, or take people out at the desk first.")
                % {"taken": row.taken}
            )
        return seats


class SeatsInline(OfficeInline, admin.TabularInline):
    model = PoolSeats
    form = SeatsForm
    template = "admin/table_of_parts.html"
    meeting_path = "pool__meeting"
    fields = ["medium", "seats", "taken"]
    readonly_fields = ["taken"]
    extra = 1


class PoolForm(forms.ModelForm):
    """Instants stand on the meeting's own clock."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        meeting = self.instance.meeting if self.instance.pk else None
        zone = (meeting.time_zone if meeting else "") or settings.TIME_ZONE
        for name in INSTANTS:
            if name in self.fields:
                value = getattr(self.instance, name)
                self.initial[name] = value.astimezone(ZoneInfo(zone)) if value else zone

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", gettext("It must end after it starts."))
        return cleaned


@admin.register(Pool)
class PoolAdmin(OfficeAdmin):
    meeting_path = "meeting"
    form = PoolForm
    list_display = ["name", "kind", "form_up_at", "place", "meeting"]
    list_filter = ["kind"]
    list_select_related = ["meeting"]
    search_fields = ["name", "meeting__title", "meeting__code"]
    ordering = ["-meeting__changed_at", "form_up_at", "pk"]
    fields = ["meeting", "kind", "name", "place", "form_up_at", "starts_at", "ends_at", "exclusive_group"]
    autocomplete_fields = ["meeting"]
    formfield_overrides = WIDGETS
    inlines = [SeatsInline]
    change_form_template = "admin/accreditation/pool/change_form.html"

    def get_field_queryset(self, db, db_field, request):
        rows = super().get_field_queryset(db, db_field, request)
        meetings = permissions.meetings_with(request.user, self.right("add"))
        return rows if meetings is None or db_field.name != "meeting" else rows.filter(pk__in=meetings)

    def get_readonly_fields(self, request, obj=None):
        """The places copy the group, so that the database can hold it."""
        if obj is None:
            return []
        return ["meeting", "exclusive_group"] if obj.places.exists() else ["meeting"]

    def render_change_form(self, request, context, **kwargs):
        return super().render_change_form(request, context | {"time_zones": time_zones()}, **kwargs)

    def save_related(self, request, form, formsets, change):
        """Whoever has a place is told what it now is."""
        super().save_related(request, form, formsets, change)
        told = pools.tell_changed(form.instance) if change and set(form.changed_data) & set(pools.TOLD) else 0
        if told:
            said = ngettext("%(count)s person is told.", "%(count)s people are told.", told)
            messages.success(request, said % {"count": told})
