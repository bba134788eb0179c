"""Pools, interview slots and escorts in the staff panel: when, where, how many; who comes is chosen at the desk."""

from django import forms
from django.contrib import admin, messages
from django.utils.translation import gettext, ngettext

from accreditation.desk import pools
from accreditation.models import Pool, PoolSeats
from advisory.admin.forms import PartForm
from advisory.admin.instants import time_zones
from advisory.admin.parts import WIDGETS, TabularPart
from office import permissions
from office.admin import OfficeAdmin


class SeatsForm(PartForm):
    def clean_seats(self):
        """Fewer than are taken is for people to be taken out first, at the desk."""
        seats = self.cleaned_data["seats"]
        taken = PoolSeats.objects.filter(pk=self.instance.pk).values_list("taken", flat=True).first() or 0
        if seats is not None and seats < taken:
            raise forms.ValidationError(
                gettext("%(taken)s are taken. Take people out at the desk first.") % {"taken": taken}
            )
        return seats


class SeatsInline(TabularPart):
    model = PoolSeats
    form = SeatsForm
    meeting_path = "pool__meeting"
    fields = ["medium", "seats", "taken"]
    readonly_fields = ["taken"]


@admin.register(Pool)
class PoolAdmin(OfficeAdmin):
    meeting_path = "meeting"
    list_display = ["name", "kind", "form_up_at", "place", "meeting"]
    list_filter = ["kind"]
    list_select_related = ["meeting"]
    search_fields = ["name", "meeting__title", "meeting__code"]
    fields = ["meeting", "kind", "name", "place", "form_up_at", "starts_at", "ends_at", "exclusive_group"]
    autocomplete_fields = ["meeting"]
    formfield_overrides = WIDGETS
    inlines = [SeatsInline]

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
        if change and set(form.changed_data) & set(pools.TOLD):
            told = pools.tell_changed(form.instance)
            if told:
                said = ngettext("%(count)s person is told.", "%(count)s people are told.", told)
                messages.success(request, said % {"count": told})
