"""Applications, decisions and badges to look up by reference. Nothing of class C3 shows, and nothing can be changed:
a decision has one door, the desk."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accreditation import aliases, grounds, names_shown, words
from accreditation.models import Badge, Decision, Export, Registration
from accreditation.states import Actor, BadgeState, Status
from office import permissions
from office.admin import OfficeAdmin, OfficeInline

MOST_COUNTED = 1000

ACTIONS = {
    "submit": _("sent"),
    "confirm": _("confirmed"),
    "endorse": _("endorsed"),
    "object": _("not endorsed"),
    "ask": _("asked for information"),
    "reply": _("answered"),
    "approve": _("approved"),
    "waitlist": _("put on the waiting list"),
    "offer": _("offered a place"),
    "accept": _("accepted"),
    "decline": _("declined"),
    "appeal": _("asked for a review"),
    "overturn": _("decision overturned"),
    "withdraw": _("withdrawn"),
    "lapse": _("lapsed"),
    "revoke": _("revoked"),
    "undo": _("undone"),
    "protect": _("protected"),
    "refuse_protection": _("protection refused"),
    "appoint_readers": _("readers named"),
    "unprotect": _("protection ended"),
    "give_notice": _("told what may cost the badge"),
    "end_notice": _("told that the badge stays"),
}


class ReadOnly:
    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def shown_name(registration):
    return aliases.veiled(registration, names_shown.badge_name(registration))


class DecisionRows(ReadOnly):
    @admin.display(description=pgettext_lazy("decision", "Number"), ordering="sequence")
    def number(self, decision):
        return decision.sequence

    @admin.display(description=_("When"), ordering="at")
    def when(self, decision):
        return decision.at

    @admin.display(description=_("Action"), ordering="action")
    def done(self, decision):
        return ACTIONS.get(decision.action, decision.action)

    @admin.display(description=_("By"))
    def who(self, decision):
        return decision.by or words.ACTOR[Actor(decision.actor)]

    @admin.display(description=_("Then"), ordering="after")
    def then(self, decision):
        return words.STATUS[Status(decision.after)]

    @admin.display(description=_("Ground"))
    def ground(self, decision):
        return grounds.told(decision.code, get_language()) or decision.code


class DecisionInline(DecisionRows, OfficeInline, admin.TabularInline):
    model = Decision
    template = "admin/table_of_parts.html"
    fields = readonly_fields = ["number", "done", "who", "when", "then", "ground"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")


@admin.register(Registration)
class RegistrationAdmin(ReadOnly, OfficeAdmin):
    meeting_path = "meeting"
    list_display = ["reference", "name", "category", "shown_status", "from_organization", "begun"]
    list_filter = ["status"]
    list_select_related = ["category", "organization"]
    search_fields = ["reference__iexact"]
    search_help_text = _("The whole reference, such as R2P16-4F7K2D")
    ordering = ["-created_at"]
    fields = [
        "reference", "name", "category", "shown_status", "what", "from_organization", "how", "begun", "at_the_desk",
    ]  # fmt: skip
    inlines = [DecisionInline]

    @admin.display(description=_("Name"))
    def name(self, registration):
        return shown_name(registration)

    @admin.display(description=_("Organization"))
    def from_organization(self, registration):
        return "" if registration.is_hidden else registration.organization or registration.organization_name

    def to_do(self, request):
        """For the panel's first page: the way to the desk, where applications are decided."""
        if not permissions.may_review(request.user):
            return None
        waiting = Registration.objects.for_desk(request.user).filter(status=Status.SUBMITTED).order_by()
        count = waiting.values("pk")[: MOST_COUNTED + 1].count()
        return {
            "template": "admin/accreditation/registration/_to_do.html",
            "count": min(count, MOST_COUNTED),
            "is_more": count > MOST_COUNTED,
        }

    @admin.display(description=_("Decided"))
    def at_the_desk(self, registration):
        if registration.status == Status.DRAFT:
            return gettext("not sent yet")
        address = reverse("desk:registration", args=[registration.reference])
        return format_html('<a href="{}">{}</a>', address, gettext("Open at the desk"))

    @admin.display(description=_("Status"), ordering="status")
    def shown_status(self, registration):
        return words.STATUS[Status(registration.status)]

    @admin.display(description=_("Comes as"))
    def what(self, registration):
        return registration.get_medium_display() or registration.get_standing_display()

    @admin.display(description=_("Attends"))
    def how(self, registration):
        return registration.get_attending_display()

    @admin.display(description=_("Begun"), ordering="created_at")
    def begun(self, registration):
        return registration.created_at


@admin.register(Decision)
class DecisionAdmin(DecisionRows, OfficeAdmin):
    meeting_path = "meeting"
    list_display = ["number", "meeting", "reference", "done", "who", "when", "then"]
    list_filter = ["action", "actor"]
    list_select_related = ["meeting", "registration", "by"]
    search_fields = ["registration__reference__iexact"]
    search_help_text = RegistrationAdmin.search_help_text
    ordering = ["-at"]
    fields = ["meeting", "number", "reference", "done", "who", "when", "then", "ground"]

    @admin.display(description=_("Reference"), ordering="registration__reference")
    def reference(self, decision):
        return decision.registration.reference if decision.registration else gettext("no longer kept")


@admin.register(Badge)
class BadgeAdmin(ReadOnly, OfficeAdmin):
    meeting_path = "meeting"
    list_display = ["code", "meeting", "reference", "name", "shown_state", "issued"]
    list_filter = ["state", "letter"]
    list_select_related = ["meeting", "registration"]
    search_fields = ["registration__reference__iexact", "number"]
    search_help_text = _("The whole reference, or the number on the badge")
    fields = [
        "meeting", "code", "reference", "name", "shown_state", "issued", "valid",
    ]  # fmt: skip

    @admin.display(description=_("Badge"))
    def code(self, badge):
        return str(badge)

    @admin.display(description=_("Issued"), ordering="issued_at")
    def issued(self, badge):
        return badge.issued_at

    @admin.display(description=_("Opens doors until"), ordering="valid_to")
    def valid(self, badge):
        return badge.valid_to

    @admin.display(description=_("Reference"), ordering="registration__reference")
    def reference(self, badge):
        return badge.registration.reference

    @admin.display(description=_("Name"))
    def name(self, badge):
        return shown_name(badge.registration)

    @admin.display(description=_("State"), ordering="state")
    def shown_state(self, badge):
        return words.BADGE_STATE[BadgeState(badge.state)]


@admin.register(Export)
class ExportAdmin(ReadOnly, OfficeAdmin):
    """Which lists of people were asked for, by whom and for whom; whoever is on one is told by their own page."""

    meeting_path = "meeting"
    list_display = ["asked_at", "meeting", "purpose", "recipient", "count", "by", "second_officer", "handed_out"]
    list_filter = ["kind"]
    list_select_related = ["meeting", "by", "proposal__decided_by"]
    search_fields = ["purpose", "recipient", "meeting__code__iexact"]
    search_help_text = _("Purpose, for whom, or the meeting’s code")
    ordering = ["-asked_at"]
    fields = [
        "meeting", "kind", "purpose", "recipient", "count", "by", "asked_at", "second_officer", "handed_out",
    ]  # fmt: skip

    @admin.display(description=_("Second officer"))
    def second_officer(self, export):
        if export.proposal is None:
            return ""
        return export.proposal.decided_by or export.proposal.get_outcome_display()

    @admin.display(description=_("Handed out"), ordering="made_at")
    def handed_out(self, export):
        return export.made_at
