"""How a meeting's desk works, and on which grounds it may refuse."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accreditation import grounds
from accreditation.admin.forms import boxes
from accreditation.models import Decision, DeskPolicy, Ground
from accreditation.models.desk import SECONDED
from advisory.admin.languages import direction
from office import permissions
from office.admin import OfficeAdmin

ACTS = {"decline": _("Decline"), "revoke": _("Revoke a badge"), "overturn": _("Overturn a refusal")}
TEXTS = ["criterion", "told"]
OTHERS = [(code, name) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


class DeskPolicyForm(forms.ModelForm):
    seconded = boxes(
        _("needs a second officer"),
        [(act, ACTS[act]) for act in SECONDED],
        _("One officer proposes it, another one approves."),
    )


@admin.register(DeskPolicy)
class DeskPolicyAdmin(OfficeAdmin):
    """A meeting without a row works as the defaults say."""

    meeting_path = "meeting"
    form = DeskPolicyForm
    list_display = ["meeting", "needs_second", "export_alone_at_most", "claim_minutes", "notice_hours"]
    list_select_related = ["meeting"]
    search_fields = ["meeting__title", "meeting__code"]
    ordering = ["-meeting__changed_at"]
    fields = ["meeting", "seconded", "export_alone_at_most", "claim_minutes", "notice_hours", "publishes_figures"]
    autocomplete_fields = ["meeting"]

    def get_field_queryset(self, db, db_field, request):
        rows = super().get_field_queryset(db, db_field, request)
        meetings = permissions.meetings_with(request.user, self.right("add"))
        return rows if meetings is None or db_field.name != "meeting" else rows.filter(pk__in=meetings)

    def get_readonly_fields(self, request, obj=None):
        return ["meeting"] if obj else []

    @admin.display(description=_("Needs a second officer"))
    def needs_second(self, policy):
        return ", ".join(str(ACTS[act]) for act in policy.seconded if act in ACTS) or gettext("nothing")


def translated_fields():
    """{name: field} of each text in the other languages."""
    fields = {}
    for language, name in OTHERS:
        for text in TEXTS:
            verbose = capfirst(Ground._meta.get_field(text).verbose_name)
            attrs = {"lang": language, "dir": direction(language), "size": 80, "spellcheck": "true"}
            fields[f"{text}_{language}"] = forms.CharField(
                label=f"{verbose}: {name}", max_length=300, required=False, widget=forms.TextInput(attrs=attrs)
            )
    return fields


InOtherLanguages = type("InOtherLanguages", (forms.Form,), translated_fields())


class GroundForm(InOtherLanguages, forms.ModelForm):
    """A translation is made from the original that stands when it is typed; left as it was, it stays as outdated
    unless it is said to be still right."""

    still_right = forms.BooleanField(label=_("What is marked as outdated below is still right"), required=False)

    class Meta:
        model = Ground
        fields = ["code", "criterion", "told", "position", "is_active"]
        widgets = {text: forms.TextInput(attrs={"size": 80}) for text in TEXTS}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ground = self.instance
        for language, _name in OTHERS:
            for text in TEXTS:
                name = f"{text}_{language}"
                if name not in self.fields:
                    continue
                if said := ground.translations.get(language, {}).get(text, ""):
                    self.initial[name] = said
                if said and ground.is_outdated(text, language):
                    self.fields[name].help_text = _(
                        "Outdated: the original has changed since, and applicants read the original."
                    )

    def save(self, commit=True):
        ground = super().save(commit=False)
        for language, _name in OTHERS:
            texts, made_from = ground.translations.setdefault(language, {}), ground.made_from.setdefault(language, {})
            for text in TEXTS:
                typed = self.cleaned_data.get(f"{text}_{language}", "").strip()
                if not typed:
                    texts.pop(text, None)
                    made_from.pop(text, None)
                elif typed != texts.get(text) or text not in made_from or self.cleaned_data.get("still_right"):
                    texts[text], made_from[text] = typed, ground.digest_of(text)
        ground.translations = {language: texts for language, texts in ground.translations.items() if texts}
        ground.made_from = {language: texts for language, texts in ground.made_from.items() if texts}
        if commit:
            ground.save()
        return ground


@admin.register(Ground)
class GroundAdmin(OfficeAdmin):
    """The house's own grounds, or its own words for ours: ``?code=incomplete`` begins with them. A ground that the
    history names is retired, never deleted."""

    form = GroundForm
    shared_verbs = ["view"]
    list_display = ["code", "told", "position", "is_active", "missing"]
    list_filter = ["is_active"]
    search_fields = ["code", "told", "criterion"]
    fieldsets = [
        (None, {"fields": ["code", "criterion", "told", ("position", "is_active")]}),
        (
            _("In the other languages"),
            {
                "fields": ["still_right", *translated_fields()],
                "description": _("What is empty is said in the original."),
            },
        ),
    ]
    change_list_template = "admin/accreditation/ground/change_list.html"

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []

    def has_delete_permission(self, request, obj=None):
        is_named = obj is not None and Decision.objects.filter(code=obj.code).exists()
        return super().has_delete_permission(request, obj) and not is_named

    def get_actions(self, request):
        """None deletes many at once: the page of each asks whether the history names it."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def get_changeform_initial_data(self, request):
        ours = grounds.OURS.get(request.GET.get("code", ""))
        return {"code": ours.code, "criterion": str(ours.criterion), "told": str(ours.told)} if ours else {}

    def changelist_view(self, request, extra_context=None):
        own = set(Ground.objects.values_list("code", flat=True))
        ours = [ground for code, ground in grounds.OURS.items() if code not in own]
        return super().changelist_view(request, {"ours": ours, **(extra_context or {})})

    @admin.display(description=_("Not yet said in"))
    def missing(self, ground):
        return ", ".join(code for code, _name in OTHERS if any(not self.says(ground, text, code) for text in TEXTS))

    def says(self, ground, text, language):
        return ground.translations.get(language, {}).get(text) and not ground.is_outdated(text, language)
