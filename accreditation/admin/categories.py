"""A category's page in reading order, its list, and how a new one begins."""

from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accreditation import announcing, presets
from accreditation.admin import languages
from accreditation.admin.forms import CategoryForm, NewCategoryForm, QuestionForm, RuleForm
from accreditation.doubts import doubts
from accreditation.models import Category, EvidenceRule, Question, Zone
from accreditation.states import LIVE
from advisory.admin.instants import time_zones
from advisory.admin.parts import WIDGETS, StackedPart, TabularPart
from advisory.models import Meeting
from advisory.renditions.wording import zone
from office import permissions
from office.admin import OfficeAdmin


class RuleInline(TabularPart):
    model = EvidenceRule
    form = RuleForm
    meeting_path = "category__meeting"
    fields = ["asked_of", "kind", "least", "most", "most_pages", "hint", "position"]


class QuestionInline(StackedPart):
    model = Question
    form = QuestionForm
    meeting_path = "category__meeting"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("label", "key"),
                    ("kind", "is_required", "is_sensitive"),
                    ("hint",),
                    ("options", "position"),
                ]
            },
        )
    ]


# The page in reading order: fieldsets by name, parts by their class
SECTIONS = [
    (_("What it is"), ["meeting", ("name", "slug"), ("route", "position"), "intro", "need_not_apply", "prepare"]),
    (_("When"), ["opens_at", "closes_at", ("minutes", "answer_days")]),
    (
        _("How many"),
        [
            ("capacity", "allocation"),
            ("keeps_waitlist", "offer_hours"),
            "cap_per_organization",
            "outside_cap",
        ],
    ),
    (
        _("Who and what is asked"),
        [
            "media",
            "standings",
            "needs_endorsement",
            "standing_confirms",
            ("minimum_age", "chaperone_below"),
            ("identity", "asks_nationality"),
            ("asks_equipment", "asks_vehicles"),
            ("asks_access_needs", "asks_portrait"),
            "allows_remote",
            ("offers_speaking", "speaking_minutes"),
            "declaration",
        ],
    ),
    RuleInline,
    QuestionInline,
    (
        _("After it is sent"),
        [("info_days", "appeal_days"), "replace_until", "hold_seconds"],
    ),
    (_("Badge"), [("badge_letter", "badge_colour"), "zones", "pick_up"]),
    (_("What is kept, how long and how much"), [("draft_days", "retention_days"), "most_megabytes"]),
]
INLINES = [section for section in SECTIONS if not isinstance(section, tuple)]


@admin.register(Category)
class CategoryAdmin(OfficeAdmin):
    meeting_path = "meeting"
    form = CategoryForm
    list_display = ["name", "opens", "closes", "seats", "under_way", "meeting"]
    list_filter = ["route", "allocation"]
    list_select_related = ["meeting"]
    search_fields = ["name", "slug", "meeting__title", "meeting__code"]
    ordering = ["-meeting__changed_at", "meeting", "position", "pk"]
    fieldsets = [(name, {"fields": fields}) for name, fields in (row for row in SECTIONS if isinstance(row, tuple))]
    inlines = INLINES
    formfield_overrides = WIDGETS
    change_form_template = "admin/accreditation/category/change_form.html"

    def get_urls(self):
        pages = {
            "<path:object_id>/languages/": languages.languages,
            "<path:object_id>/languages/<str:language>/": languages.language,
        }
        return [
            path(address, self.admin_site.admin_view(partial(view, self)), name=f"accreditation_category_{name}")
            for (address, view), name in zip(pages.items(), ["languages", "language"], strict=True)
        ] + super().get_urls()

    def get_queryset(self, request):
        """With the number of live applications, for those who may see applications."""
        live = Count("registrations", filter=Q(registrations__status__in=LIVE))
        return super().get_queryset(request).annotate(live_registrations=live)

    def lookup_allowed(self, lookup, value, request):
        return lookup == "meeting__id__exact" or super().lookup_allowed(lookup, value, request)

    def get_readonly_fields(self, request, obj=None):
        """What links, answers and rows stand on does not change under them."""
        fixed = ["meeting"]
        if obj and obj.meeting.is_published:
            fixed.append("slug")
        if obj and obj.live_registrations:
            fixed.append("route")
        return fixed

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.registrations.exists())

    def add_view(self, request, form_url="", extra_context=None):
        """A new category begins with a preset; everything else is asked on its own page."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = NewCategoryForm(request.POST or None, meetings=self.meetings(request), initial=self.asked_for(request))
        if request.method == "POST" and form.is_valid():
            category = presets.make(presets.PRESETS[form.cleaned_data["preset"]], form.cleaned_data["meeting"])
            self.log_addition(request, category, [{"added": {}}])
            messages.success(request, gettext("The category stands. Look at its days and numbers, and save."))
            return redirect("admin:accreditation_category_change", category.pk)
        context = self.admin_site.each_context(request) | {"opts": self.opts, "form": form}
        context["title"] = gettext("Add a category")
        return TemplateResponse(request, "admin/accreditation/category/add.html", context)

    def meetings(self, request):
        """Those for which the officer may add one, newest first."""
        meetings = permissions.meetings_with(request.user, self.right("add"))
        rows = Meeting.objects.order_by("-changed_at")
        return rows if meetings is None else rows.filter(pk__in=meetings)

    def asked_for(self, request):
        """The meeting that the list was narrowed to."""
        asked = request.GET.get("meeting", "")
        return {"meeting": asked} if asked.isascii() and asked.isdigit() and len(asked) < 19 else {}

    def render_change_form(self, request, context, **kwargs):
        obj = kwargs["obj"]
        fieldsets = iter(context["adminform"])
        by_class = {type(inline.opts): inline for inline in context["inline_admin_formsets"]}
        sections = []
        for section in SECTIONS:
            if isinstance(section, tuple):
                sections.append({"fieldset": next(fieldsets)})
            elif part := by_class.get(section):
                sections.append({"part": part})
        context |= {
            "sections": sections,
            "time_zones": time_zones(),
            "doubts": doubts(obj),
            "start_page": start_page(obj),
            "show_save_and_add_another": False,
        }
        return super().render_change_form(request, context, **kwargs)

    def save_model(self, request, obj, form, change):
        """Only what was changed, so that seats taken meanwhile stay as they are."""
        changed = [name for name in form.changed_data if name in form.fields]
        columns = ["most_bytes" if name == "most_megabytes" else name for name in changed]
        obj.save(update_fields=columns)
        translated = {name for texts in obj.translations.values() for name in texts}
        if translated & set(columns):
            said = gettext(
                "Its words in the other languages are outdated and not shown until somebody looks at them under "
                "“Languages”."
            )
            messages.warning(request, said)

    def response_change(self, request, obj):
        """Readers of the public page are told what an edition froze, until another one tells them."""
        for sentence in announcing.public_differences(obj):
            messages.warning(request, sentence)
        return super().response_change(request, obj)

    @admin.display(description=_("Opens"), ordering="opens_at")
    def opens(self, category):
        return told(category.opens_at, category)

    @admin.display(description=_("Closes"), ordering="closes_at")
    def closes(self, category):
        return told(category.closes_at, category)

    @admin.display(description=_("Seats taken"))
    def seats(self, category):
        if category.capacity is None:
            return category.taken
        return gettext("%(taken)s of %(capacity)s") % {"taken": category.taken, "capacity": category.capacity}

    @admin.display(description=_("Applications under way"))
    def under_way(self, category):
        return category.live_registrations


def told(instant, category):
    """On the meeting's own clock."""
    if instant is None:
        return gettext("no time set")
    return date_format(instant.astimezone(zone(category.meeting.time_zone)), "j M Y, H:i")


def start_page(category):
    """Its address, where the public finds it; else empty."""
    meeting = category.meeting
    if not (meeting.is_published and meeting.editions.visible().exists()):
        return ""
    return reverse("accreditation:start", args=[meeting.url_year, meeting.slug, category.slug])


@admin.register(Zone)
class ZoneAdmin(OfficeAdmin):
    meeting_path = "meeting"
    list_display = ["name", "number", "meeting", "opened_by"]
    list_select_related = ["meeting"]
    search_fields = ["name", "meeting__title", "meeting__code"]
    fields = ["meeting", "name", "number"]
    autocomplete_fields = ["meeting"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("meeting__categories")

    def get_field_queryset(self, db, db_field, request):
        rows = super().get_field_queryset(db, db_field, request)
        meetings = permissions.meetings_with(request.user, self.right("add"))
        return rows if meetings is None or db_field.name != "meeting" else rows.filter(pk__in=meetings)

    def get_readonly_fields(self, request, obj=None):
        return ["meeting", "number"] if obj else []

    @admin.display(description=_("Opened by the badges of"))
    def opened_by(self, zone):
        names = [category.name for category in zone.meeting.categories.all() if zone.name in category.zones]
        return ", ".join(names) or format_html('<span class="quiet">{}</span>', gettext("none"))
