"""The one base of every page of the staff panel: rights come from grants, and lists hold the officer's own meetings."""

from allauth.account import admin as _allauth  # noqa: F401
from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.forms.utils import pretty_name
from django.utils.text import capfirst

from office import permissions
from office.models import Grant, User

# Registered by their own apps, whose admin modules are imported here first: rights come from grants, and an officer's
# address stands on the officer
for _model in (Group, EmailAddress):
    admin.site.unregister(_model)


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
            formset.deletion_widget = forms.CheckboxInput(attrs={"aria-label": "Delete"})
        return formset


class GrantForm(forms.ModelForm):
    class Meta:
        model = Grant
        fields = ["user", "role", "meeting", "ends_on"]


class NobodysOwn:
    """Nobody changes what they hold themselves: a right is given by somebody else."""

    def allows(self, request, verb, obj=None):
        own = verb != "view" and obj is not None and request.user in (obj, getattr(obj, "user", None))
        return not own and super().allows(request, verb, obj)


class GrantInline(NobodysOwn, OfficeInline, admin.TabularInline):
    model = Grant
    template = "admin/table_of_parts.html"
    fields = ["role", "meeting", "ends_on"]
    autocomplete_fields = ["meeting"]
    meeting_path = None
    verbose_name_plural = "roles"


class OfficerForm(UserChangeForm):
    class Meta(UserChangeForm.Meta):
        model = User


class NewOfficerForm(AdminUserCreationForm):
    usable_password = forms.ChoiceField(
        label="Password",
        initial="true",
        choices=[("true", "Set one now"), ("false", "None yet: the officer asks for a mail at sign-in")],
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
        ("Sign-in", {"fields": ["is_active", "last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["username", "name", "email", "usable_password", "password1", "password2"]})]
    readonly_fields = ["last_login", "date_joined"]

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

    @admin.display(description="Roles")
    def roles(self, officer):
        return ", ".join(dict.fromkeys(grant.get_role_display() for grant in officer.grants.all())) or "none"


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

    @admin.display(description="For", ordering="meeting__title")
    def for_meeting(self, grant):
        return grant.meeting or "every meeting"
