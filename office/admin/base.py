"""The one base of every page of the staff panel: rights come from grants, and lists hold the officer's own meetings."""

from django import forms
from django.contrib import admin
from django.forms.utils import pretty_name
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from office import permissions


class ByGrant:
    """Answers Django's questions from grants, asked of the meeting that the row belongs to.

    ``meeting_path`` is the look-up from a row to its meeting; None where rows belong to the whole office. Such rows,
    and rows whose meeting is empty, open only to a grant for every meeting, but for the verbs in ``shared_verbs``.
    """

    meeting_path = None
    shared_verbs = ()

    def right(self, verb):
        return f"{self.opts.app_label}.{verb}_{self.opts.model_name}"

    def allows(self, request, verb, obj=None):
        meeting = permissions.meeting_of(obj)
        of_the_office = self.meeting_path is None or (obj is not None and meeting is None)
        if of_the_office and verb not in self.shared_verbs:
            return permissions.meetings_with(request.user, self.right(verb)) is None
        return permissions.may(request.user, self.right(verb), meeting)

    def has_view_permission(self, request, obj=None):
        return self.allows(request, "view", obj)

    def has_add_permission(self, request, obj=None):
        return self.allows(request, "add", obj)

    def has_change_permission(self, request, obj=None):
        return self.allows(request, "change", obj)

    def has_delete_permission(self, request, obj=None):
        return self.allows(request, "delete", obj)

    def has_view_or_change_permission(self, request, obj=None):
        return self.has_view_permission(request, obj)

    def get_queryset(self, request):
        """Only rows of meetings in which the officer may see rows of this kind."""
        rows = super().get_queryset(request)
        if not self.has_view_permission(request):
            return rows.none()
        if self.meeting_path is None:
            return rows
        meetings = permissions.meetings_with(request.user, self.right("view"))
        return rows if meetings is None else rows.filter(**{f"{self.meeting_path}__in": meetings})

    def get_field_queryset(self, db, db_field, request):
        """The choices of a foreign key, typed or searched, are the rows the officer could list."""
        related = self.admin_site._registry.get(db_field.remote_field.model)
        if related is None:
            return super().get_field_queryset(db, db_field, request)
        return related.get_queryset(request).order_by(*related.get_ordering(request))


class OfficeAdmin(ByGrant, admin.ModelAdmin):
    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False

    def changelist_view(self, request, extra_context=None):
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})


class OfficeInline(ByGrant):
    """Before TabularInline or StackedInline. Rights are asked of the meeting whose page it stands on."""

    extra = 0
    meeting_path = "meeting"

    def get_formset(self, request, obj=None, **kwargs):
        """In a table every control is named for those who hear it: no heading is read with a cell."""
        formset = super().get_formset(request, obj, **kwargs)
        if isinstance(self, admin.TabularInline):
            for name, field in formset.form.base_fields.items():
                field.widget.attrs.setdefault("aria-label", capfirst(field.label or pretty_name(name)))
            formset.deletion_widget = forms.CheckboxInput(attrs={"aria-label": _("Delete")})
        return formset
