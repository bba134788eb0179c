"""Officers and what they hold: added and switched off here, never deleted, and never by themselves."""

from datetime import timedelta

from allauth.account import admin as _allauth  # noqa: F401
from allauth.account.models import EmailAddress
from allauth.mfa import admin as _allauth_mfa  # noqa: F401
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from office import sessions
from office.admin.base import OfficeAdmin, OfficeInline
from office.models import Grant, User
from office.second_factor import removal

# Registered by their own apps, whose admin modules are imported here first: rights come from grants, and an officer's
# address stands on the officer
for _model in (Group, EmailAddress, Authenticator):
    admin.site.unregister(_model)


DAYS_AFTER_THE_MEETING = 7


def proposed_end(meeting):
    """The last day of a role for one meeting; None while the meeting has no days."""
    last = meeting.sittings.aggregate(last=Max("date"))["last"]
    return last and max(last, timezone.localdate()) + timedelta(days=DAYS_AFTER_THE_MEETING)


class GrantForm(forms.ModelForm):
    class Meta:
        model = Grant
        fields = ["user", "role", "meeting", "ends_on"]

    def clean(self):
        """A role for one meeting ends after it: what is left empty is filled in, and can be changed."""
        cleaned = super().clean()
        if cleaned.get("meeting") and not cleaned.get("ends_on") and "ends_on" not in self.errors:
            cleaned["ends_on"] = proposed_end(cleaned["meeting"])
        return cleaned


class NobodysOwn:
    """Nobody changes what they hold themselves: a right is given by somebody else."""

    def allows(self, request, verb, obj=None):
        own = verb != "view" and obj is not None and request.user in (obj, getattr(obj, "user", None))
        return not own and super().allows(request, verb, obj)


class GrantInline(NobodysOwn, OfficeInline, admin.TabularInline):
    model = Grant
    form = GrantForm
    template = "admin/table_of_parts.html"
    fields = ["role", "meeting", "ends_on"]
    autocomplete_fields = ["meeting"]
    meeting_path = None
    verbose_name_plural = _("roles")


class OfficerForm(UserChangeForm):
    language = forms.ChoiceField(choices=settings.LANGUAGES, help_text=User._meta.get_field("language").help_text)

    class Meta(UserChangeForm.Meta):
        model = User


class NewOfficerForm(AdminUserCreationForm):
    usable_password = forms.ChoiceField(
        label=_("Password"),
        initial="true",
        choices=[("true", _("Set one now")), ("false", _("None yet: the officer asks for a mail at sign-in"))],
        widget=forms.RadioSelect(attrs={"class": "radiolist"}),
    )

    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ["username", "name", "email"]


@admin.register(User)
class OfficerAdmin(OfficeAdmin, UserAdmin):
    """Officers are added and switched off, never deleted: the history names them."""

    list_display = ["username", "name", "email", "roles", "is_active", "last_login"]
    list_filter = ["is_active", "grants__role"]
    search_fields = ["username", "name", "email"]
    ordering = ["name", "username"]
    filter_horizontal = []
    inlines = [GrantInline]
    fieldsets = [
        (None, {"fields": ["username", "name", "email", "password"]}),
        (_("Sign-in"), {"fields": ["language", "is_active", "last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["username", "name", "email", "usable_password", "password1", "password2"]})]
    readonly_fields = ["last_login", "date_joined"]
    actions = ["remove_second_factors"]

    form = OfficerForm
    add_form = NewOfficerForm

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("grants")

    def get_readonly_fields(self, request, obj=None):
        """Nobody locks themselves out."""
        own = obj is not None and obj == request.user
        return [*self.readonly_fields, *(["is_active"] if own else [])]

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not obj.is_active:
            sessions.end_of(obj)

    @admin.action(description=_("Remove second factors (device lost)"), permissions=["change"])
    def remove_second_factors(self, request, rows):
        """One's own are removed on one's own page, which asks for them first."""
        removed = [officer for officer in rows.exclude(pk=request.user.pk) if removal.remove_all(officer)]
        for officer in removed:
            self.log_change(request, officer, "Second factors removed.")
        count = len(removed)
        told = ngettext(
            "Second factors removed of %(number)s officer, who is asked for a new one at the next sign-in.",
            "Second factors removed of %(number)s officers, who are asked for new ones at the next sign-in.",
            count,
        )
        messages.success(request, told % {"number": count})

    @admin.display(description=_("Roles"))
    def roles(self, officer):
        return ", ".join(dict.fromkeys(grant.get_role_display() for grant in officer.grants.all())) or gettext("none")


@admin.register(Grant)
class GrantAdmin(NobodysOwn, OfficeAdmin):
    form = GrantForm
    list_display = ["user", "role", "for_meeting", "ends_on"]
    list_display_links = ["user", "role"]
    list_filter = ["role", ("meeting", admin.EmptyFieldListFilter), "ends_on"]
    list_select_related = ["user", "meeting"]
    search_fields = ["user__username", "user__name", "meeting__title", "meeting__code"]
    autocomplete_fields = ["user", "meeting"]

    def get_readonly_fields(self, request, obj=None):
        return ["user"] if obj else []

    def get_field_queryset(self, db, db_field, request):
        rows = super().get_field_queryset(db, db_field, request)
        return rows.exclude(pk=request.user.pk) if db_field.name == "user" else rows

    @admin.display(description=pgettext_lazy("meeting", "For"), ordering="meeting__title")
    def for_meeting(self, grant):
        return grant.meeting or _("every meeting")
