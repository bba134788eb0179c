"""The one base of every page of the staff panel: rights come from grants, and lists hold the officer's own meetings."""

import re

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG, SEARCH_VAR, ChangeList
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.forms.utils import pretty_name
from django.http import HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from office import permissions
from office.choices import KnownChoices, is_key

# In a list's query: no database has a number of 19 digits or more, nor a NUL
BEYOND_ANY_ROW = re.compile(r"\d{19}|\0")


class ShowsKeys:
    """Shows again what was sent or stood in the address, where it can be a key; Django's looks up anything."""

    def optgroups(self, name, value, attr=None):
        model = self.choices.queryset.model
        return super().optgroups(name, [key for key in value if is_key(model, key)], attr)


class SearchedSelect(ShowsKeys, AutocompleteSelect):
    pass


class SearchedSelectMultiple(ShowsKeys, AutocompleteSelectMultiple):
    pass


class ReadableList(ChangeList):
    """A day that no calendar has, such as of the year -1, is a wrong look-up too."""

    def get_results(self, request):
        try:
            super().get_results(request)
        except (ValueError, OverflowError) as error:
            raise IncorrectLookupParameters(error) from None


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

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SearchedSelect(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SearchedSelectMultiple(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_manytomany(db_field, request, **{"form_class": KnownChoices} | kwargs)

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

    def get_changelist(self, request, **kwargs):
        return ReadableList

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_term.replace("\0", ""))

    def response_action(self, request, queryset):
        if all(is_key(self.model, key) for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            return super().response_action(request, queryset)
        messages.error(request, _("Nothing was done: what was ticked is not in this list. Choose again."))
        return None

    def changelist_view(self, request, extra_context=None):
        asked = [value for name in request.GET if name != SEARCH_VAR for value in request.GET.getlist(name)]
        if any(BEYOND_ANY_ROW.search(value) for value in asked):
            return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")
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
