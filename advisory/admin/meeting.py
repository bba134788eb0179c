"""The meeting's form, list and addresses in the staff panel. What a button does stands in a file of its own."""

from functools import partial

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import F, OuterRef, Subquery
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from advisory.admin import (
    cloning,
    editions,
    embargo,
    importing,
    languages,
    parts,
    preview,
    preview_links,
    proposals,
    publishing,
)
from advisory.admin.forms import MeetingForm
from advisory.admin.instants import time_zones
from advisory.admin.merging import MergesOlderPages
from advisory.admin.places import anchor, label
from advisory.admin.states import state
from advisory.models import Edition, Meeting, Sitting
from advisory.words import MeetingStatus
from office import discovery, permissions
from office.admin import OfficeAdmin

AFTERWARDS = _(  # Django shows a section's description as HTML
    'What belongs here too stands where it is read: statements and the outcome under <a href="#documents-group">'
    'Documents</a>, by their role; the recording under <a href="#webcasts-group">Webcast</a>, as its kind; '
    'photographs <a href="#photos-group">below</a>. Then publish an update.'
)

# The page in reading order: fieldsets by name, parts by their class
SECTIONS = [
    (
        _("What is announced"),
        [("form", "kind"), "body", "topics", "title", "theme", "summary", "original_language", ("slug", "code")],
    ),
    (
        _("Where"),
        [
            "attendance",
            ("room", "building"),
            "address",
            ("city", "country"),
            "time_zone",
            "map_url",
            "entrance",
            "step_free",
            "overflow_room",
            ("interpretation", "capacity"),
        ],
    ),
    parts.SittingInline,
    parts.ProgrammeInline,
    parts.StakeoutInline,
    parts.SpeakerInline,
    parts.AccessNoticeInline,
    parts.DocumentInline,
    parts.WebcastInline,
    parts.LinkInline,
    parts.ContactInline,
    (_("Background"), ["background", "arrangements"]),
    (_("After the meeting"), ["outcome"]),
    parts.PhotoInline,
    (_("Small print"), ["boilerplate", ("hashtags", "accounts"), "embargo_until"]),
]


class DoubtFilter(admin.SimpleListFilter):
    title = _("doubts of the import")
    parameter_name = "doubts"

    def lookups(self, request, model_admin):
        return [("open", pgettext_lazy("doubts", "Open"))]

    def queryset(self, request, meetings):
        return meetings.exclude(import_doubts=[]) if self.value() == "open" else meetings


@admin.register(Meeting)
class MeetingAdmin(MergesOlderPages, OfficeAdmin):
    meeting_path = "pk"
    form = MeetingForm
    list_display = ["title", "shown_state", "first_day", "shown_edition", "body", "code", "shown_doubts"]
    list_filter = ["status", DoubtFilter, "kind", "body", "original_language"]
    list_select_related = ["body"]
    search_fields = ["title", "theme", "code", "slug", "documents__symbols"]
    search_help_text = _("Title, theme, code, address or document symbol")
    date_hierarchy = "sittings__date"
    ordering = ["-changed_at"]
    autocomplete_fields = ["body"]
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [
        (name, {"fields": fields, "description": AFTERWARDS if "outcome" in fields else ""})
        for name, fields in (section for section in SECTIONS if isinstance(section, tuple))
    ]
    inlines = [section for section in SECTIONS if not isinstance(section, tuple)]
    formfield_overrides = parts.WIDGETS
    change_form_template = "admin/advisory/meeting/change_form.html"

    def get_urls(self):
        pages = {
            "import/": importing.import_advisory,
            "languages/": languages.all_languages,
            "<path:object_id>/preview/": preview.preview,
            "<path:object_id>/preview/<str:language>/<str:format>/": preview.preview_form,
            "<path:object_id>/files/<str:digest>/<str:name>": preview.file,
            "<path:object_id>/publish/": publishing.publish,
            "<path:object_id>/languages/": languages.languages,
            "<path:object_id>/languages/<str:language>/": languages.language,
            "<path:object_id>/preview-links/": preview_links.preview_links,
            "<path:object_id>/preview-links/<int:link>/withdraw/": preview_links.withdraw_preview_link,
            "<path:object_id>/proposal/": proposals.proposal,
            "<path:object_id>/clone/": cloning.clone,
            "<path:object_id>/editions/": editions.editions,
            "<path:object_id>/editions/<int:sequence>/": editions.edition,
        }
        return [
            path(
                address,
                self.admin_site.admin_view(partial(view, self)),
                name=f"advisory_meeting_{view.__name__.removesuffix('_advisory')}",
            )
            for address, view in pages.items()
        ] + super().get_urls()

    def has_add_permission(self, request):
        """A new meeting belongs to nobody's grant but one for every meeting."""
        return permissions.meetings_with(request.user, self.right("add")) is None

    def has_delete_permission(self, request, obj=None):
        return not (obj and obj.is_published) and super().has_delete_permission(request, obj)

    def get_queryset(self, request):
        """With what the list shows: the first day, and number and instant of the latest edition not withdrawn."""
        latest = Edition.objects.filter(meeting=OuterRef("pk"), superseded_at__isnull=True).order_by("-sequence")
        days = Sitting.objects.filter(meeting=OuterRef("pk"), date__isnull=False).order_by("date")
        return (
            super()
            .get_queryset(request)
            .annotate(
                first_date=Subquery(days.values("date")[:1]),
                edition_number=Subquery(latest.values("number")[:1]),
                edition_at=Subquery(latest.values("published_at")[:1]),
            )
        )

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Topics are few: boxes to tick, which need no script."""
        return super().formfield_for_manytomany(db_field, request, widget=forms.CheckboxSelectMultiple, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj and obj.is_published else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def get_view_on_site_url(self, obj=None):
        """Only where the public finds something."""
        shown = obj is not None and obj.is_published and obj.editions.visible().exists()
        return obj.get_absolute_url() if shown else None

    def render_change_form(self, request, context, **kwargs):
        """The fieldsets and parts in one order, the doubts on top, and what this officer may do from here."""
        obj, form = kwargs.get("obj"), context["adminform"].form
        fieldsets = iter(context["adminform"])
        by_class = {type(inline.opts): inline for inline in context["inline_admin_formsets"]}
        sections = []
        for section in SECTIONS:
            if isinstance(section, tuple):
                sections.append({"fieldset": next(fieldsets)})
            elif part := by_class.get(section):
                sections.append({"part": part, "doubts": form.doubts_at(part.formset.prefix)})
        context |= {
            "sections": sections,
            "time_zones": time_zones(),
            "state": state(obj) if obj else "",
            "doubts": [
                doubt | {"anchor": anchor(doubt["field"]), "label": label(doubt["field"])} for doubt in form.open_doubts
            ]
            if obj
            else [],
            "may_publish": obj is not None and permissions.may(request.user, "advisory.publish_meeting", obj),
            "may_share": obj is not None and permissions.may(request.user, "advisory.view_previewlink", obj),
            "approval": settings.APPROVAL,
            "may_clone": obj is not None and self.has_add_permission(request),
            "show_save_and_add_another": False,
            "tools": tools(request.user, obj) if obj else [],
        }
        return super().render_change_form(request, context, **kwargs)

    def save_model(self, request, obj, form, change):
        ticked = form.cleaned_data["looked_at"]
        obj.import_doubts = [doubt for number, doubt in enumerate(obj.import_doubts) if str(number) not in ticked]
        super().save_model(request, obj, form, change)
        if change and "embargo_until" in form.changed_data:
            embargo.moved(self, request, obj)

    def response_change(self, request, obj):
        for button in ("preview", "publish"):
            if f"_{button}" in request.POST:
                return redirect(f"admin:advisory_meeting_{button}", obj.pk)
        return super().response_change(request, obj)

    def delete_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, unquote(object_id))
        if obj is not None and obj.is_published:
            said = gettext("“%(meeting)s” was published and stays in the record. Publish a cancellation instead.")
            messages.error(request, said % {"meeting": obj})
            return redirect("admin:advisory_meeting_change", obj.pk)
        return super().delete_view(request, object_id, extra_context)

    def get_deleted_objects(self, objs, request):
        """As Django does; published meetings are named as what cannot go, before anything is asked of the database."""
        said = gettext("%(meeting)s: it was published and stays in the record")
        published = [said % {"meeting": meeting} for meeting in objs if meeting.is_published]
        to_delete, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return to_delete, counts, set() if published else lacking, published or protected

    def to_do(self, request):
        """For the panel's first page."""
        if not self.has_view_permission(request):
            return None
        meetings = self.get_queryset(request)
        coming = meetings.exclude(status__in=[MeetingStatus.DRAFT, MeetingStatus.CANCELLED]).filter(
            first_date__gte=timezone.localdate()
        )
        return {
            "template": "admin/advisory/_to_do.html",
            "may_add": self.has_add_permission(request),
            "proposals": proposals.to_decide(request),
            "lists": [
                (gettext("Drafts"), meetings.filter(status=MeetingStatus.DRAFT)[:10], "?status__exact=draft"),
                (
                    gettext("Doubts of imported texts to look at"),
                    meetings.exclude(import_doubts=[])[:10],
                    "?doubts=open",
                ),
                (gettext("Coming up"), coming.order_by("first_date")[:10], "?status__exact=confirmed"),
            ],
        }

    @admin.display(description=_("State"), ordering="status")
    def shown_state(self, meeting):
        return state(meeting)

    @admin.display(description=_("First day"), ordering=F("first_date").asc(nulls_last=True))
    def first_day(self, meeting):
        return written(meeting.first_date, "j M Y") if meeting.first_date else gettext("to be announced")

    @admin.display(description=pgettext_lazy("edition", "Public"))
    def shown_edition(self, meeting):
        if meeting.edition_number is None:
            return gettext("not yet")
        said = gettext("edition %(number)s, changed since") if has_changed(meeting) else gettext("edition %(number)s")
        return said % {"number": meeting.edition_number}

    @admin.display(description=_("Doubts"))
    def shown_doubts(self, meeting):
        count = len(meeting.import_doubts)
        return ngettext("%(count)s to look at", "%(count)s to look at", count) % {"count": count} if count else ""


def has_changed(meeting):
    """Whether rows were saved after the latest edition (the annotations of ``get_queryset``)."""
    return meeting.edition_at is not None and meeting.changed_at > meeting.edition_at


def tools(user, meeting):
    """(label, address) of pages of the rooms above that belong to the meeting."""
    found = discovery.declared("meeting_tools", within="announcing")
    return [tool for offered in found for tool in offered(user, meeting)]
