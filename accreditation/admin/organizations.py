"""The registry of organizations, who speaks for them, whom they send, and the places they hold."""

from functools import partial
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import Count, Q
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accreditation import delegations
from accreditation.admin import merging
from accreditation.models import Delegation, FocalPoint, Organization, OrganizationPlaces
from advisory.admin.parts import WIDGETS
from office import permissions
from office.admin import OfficeAdmin, OfficeInline


class FocalPointInline(OfficeInline, admin.TabularInline):
    """Whoever may change the organization may change who speaks for it."""

    model = FocalPoint
    template = "admin/table_of_parts.html"
    meeting_path = None
    fields = ["name", "email", "language", "ends_on"]

    def allows(self, request, verb, obj=None):
        organizations = self.admin_site._registry[Organization]
        holds = permissions.may(request.user, self.right(verb))
        return holds and organizations.allows(request, "view" if verb == "view" else "change", obj)


@admin.register(Organization)
class OrganizationAdmin(OfficeAdmin):
    """The whole office's: an officer of one meeting changes those that are accredited to no other meeting."""

    list_display = ["name", "kind", "status", "country", "speaks", "is_active"]
    list_filter = ["kind", "status", "is_active"]
    search_fields = ["name", "number", "search"]
    ordering = ["name"]
    search_help_text = _("Name, other name or number in the registry")
    shared_verbs = ["view", "add"]
    fieldsets = [
        (None, {"fields": ["name", "aliases", ("kind", "status"), "number", "accredited_to"]}),
        (_("Known by"), {"fields": [("country", "website"), "domains", "is_active"]}),
        (_("Whom it sends"), {"fields": ["at_the_desk"]}),
    ]
    readonly_fields = ["at_the_desk"]
    autocomplete_fields = ["accredited_to"]
    inlines = [FocalPointInline]
    formfield_overrides = WIDGETS
    change_list_template = "admin/accreditation/organization/change_list.html"
    actions = ["merge"]

    def get_urls(self):
        page = self.admin_site.admin_view(partial(merging.page, self))
        return [
            path("merge/<int:one>/<int:other>/", page, name="accreditation_organization_merge"),
            *super().get_urls(),
        ]

    def has_merge_permission(self, request):
        """Two rows of the whole office: an officer of all meetings alone."""
        return permissions.meetings_with(request.user, self.right("change")) is None

    @admin.action(description=_("Merge two that are one"), permissions=["merge"])
    def merge(self, request, rows):
        """The next page asks which one stays."""
        chosen = list(rows.order_by("pk").values_list("pk", flat=True)[:3])
        if len(chosen) == 2:
            return redirect("admin:accreditation_organization_merge", *chosen)
        messages.error(request, gettext("Tick exactly two organizations."))
        return None

    def allows(self, request, verb, obj=None):
        if verb == "change" and obj is not None and not super().allows(request, verb, obj):
            meetings = permissions.meetings_with(request.user, self.right(verb))
            its_meetings = set(obj.accredited_to.values_list("pk", flat=True))
            return bool(its_meetings) and its_meetings <= meetings
        return super().allows(request, verb, obj)

    def has_change_permission(self, request, obj=None):
        """Without a row: whether the list may lead to some that can be changed."""
        return (
            permissions.may(request.user, self.right("change")) if obj is None else self.allows(request, "change", obj)
        )

    def get_queryset(self, request):
        in_force = Q(focal_points__ends_on__isnull=True) | Q(focal_points__ends_on__gte=timezone.localdate())
        speaking = Count("focal_points", filter=in_force & Q(focal_points__isnull=False))
        return super().get_queryset(request).annotate(speaking=speaking)

    def get_fieldsets(self, request, obj=None):
        shown = super().get_fieldsets(request, obj)
        return shown if obj and permissions.may_review(request.user) else shown[:-1]

    @admin.display(description=_("Applications"))
    def at_the_desk(self, organization):
        address = f"{reverse('desk:queue')}?{urlencode({'q': organization.name})}"
        return format_html('<a href="{}">{}</a>', address, gettext("Look for them at the desk"))

    @admin.display(description=_("Focal points in force"))
    def speaks(self, organization):
        return organization.speaking


class DelegationForm(forms.ModelForm):
    language = forms.ChoiceField(label=_("Language of its e-mails"), choices=lambda: settings.LANGUAGES)

    def clean(self):
        cleaned = super().clean()
        category = cleaned.get("category") or getattr(self.instance, "category", None)
        if category and (sentence := delegations.no_opening(category)):
            self.add_error(None, sentence)
        return cleaned


@admin.register(Delegation)
class DelegationAdmin(OfficeAdmin):
    """Saving opens the delegation, as ``delegations.open`` does: its lead gets the link, another one's ends."""

    meeting_path = "category__meeting"
    form = DelegationForm
    list_display = ["organization", "category", "meeting_title", "lead_name", "people"]
    list_select_related = ["organization", "category__meeting"]
    search_fields = ["organization__name", "category__name", "category__meeting__title", "lead_name"]
    ordering = ["-created_at"]
    fieldsets = [
        (
            None,
            {
                "fields": ["category", "organization", "lead_name", "lead_email", "language"],
                "description": _(
                    "When you save, the lead gets an e-mail with the link to the delegation’s page. The links of "
                    "another lead before end."
                ),
            },
        )
    ]
    autocomplete_fields = ["category", "organization"]

    def get_readonly_fields(self, request, obj=None):
        return ["category", "organization"] if obj else []

    def save_model(self, request, obj, form, change):
        if change and not form.changed_data:
            return
        opened = delegations.open(obj.category, obj.organization, obj.lead_name, obj.lead_email, obj.language)
        obj.__dict__.update(opened.__dict__)  # the row that stands: its key, and the version of its links
        messages.success(request, gettext("The link is on its way to %(email)s.") % {"email": opened.lead_email})

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(registered=Count("registrations"))

    def get_field_queryset(self, db, db_field, request):
        return of_own_meetings(self, db_field, request, super().get_field_queryset(db, db_field, request))

    @admin.display(description=_("Meeting"), ordering="category__meeting__title")
    def meeting_title(self, delegation):
        return delegation.category.meeting.title

    @admin.display(description=_("People"))
    def people(self, delegation):
        return delegation.registered


@admin.register(OrganizationPlaces)
class OrganizationPlacesAdmin(OfficeAdmin):
    """A cap of one organization's own, above or below the category's."""

    meeting_path = "category__meeting"
    list_display = ["organization", "category", "taken", "cap_shown"]
    list_select_related = ["organization", "category"]
    list_filter = [("cap", admin.EmptyFieldListFilter)]
    search_fields = ["organization__name", "category__name", "category__meeting__title"]
    ordering = ["-category__meeting__changed_at", "organization__name"]
    fields = ["category", "organization", "cap", "taken"]
    readonly_fields = ["taken"]
    autocomplete_fields = ["category", "organization"]

    def get_readonly_fields(self, request, obj=None):
        return ["category", "organization", "taken"] if obj else ["taken"]

    def get_field_queryset(self, db, db_field, request):
        return of_own_meetings(self, db_field, request, super().get_field_queryset(db, db_field, request))

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.clean_cap = clean_cap
        return form

    def save_model(self, request, obj, form, change):
        """Never the counter, which others change meanwhile."""
        obj.save(update_fields=["cap"] if change else None)

    @admin.display(description=_("Most"))
    def cap_shown(self, places):
        cap = places.cap if places.cap is not None else places.category.cap_per_organization
        if cap is None:
            return gettext("no limit")
        return cap if places.cap is not None else gettext("%(cap)s, as the category says") % {"cap": cap}


def clean_cap(form):
    """Places are taken while the officer types: the row is locked until this page's transaction ends."""
    cap, places = form.cleaned_data["cap"], form.instance
    if cap is not None and places.pk:
        taken = OrganizationPlaces.objects.select_for_update().only("taken").get(pk=places.pk).taken
        if cap < taken:
            form.add_error(
                "cap", gettext("%(taken)s places are taken already. Give at least as many.") % {"taken": taken}
            )
    return cap


def of_own_meetings(model_admin, db_field, request, rows):
    """Categories of meetings in which the officer may add such a row."""
    meetings = permissions.meetings_with(request.user, model_admin.right("add"))
    return rows if meetings is None or db_field.name != "category" else rows.filter(meeting__in=meetings)
