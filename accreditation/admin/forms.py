"""The forms behind a category's page: words instead of codes, numbers that cannot contradict each other."""

from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accreditation import contrast, presets, words
from accreditation.models import Category, EvidenceRule, Question
from accreditation.states import Medium, Part, Standing
from advisory.admin.forms import PartForm

INSTANTS = ["opens_at", "closes_at", "replace_until"]
LEAST_ONE = ["minutes", "answer_days", "offer_hours", "info_days", "speaking_minutes", "retention_days"]
LONG_TEXTS = {"intro": 3, "need_not_apply": 2, "prepare": 3, "pick_up": 3, "declaration": 3}
MEGABYTE = 1_000_000
MEDIA = [(str(medium), words.MEDIUM[medium]) for medium in Medium]
STANDINGS = [(str(standing), words.STANDING[standing]) for standing in Standing]
EXTRA_PARTS = [(str(part), words.PART[part]) for part in Part if part != Part.REPRESENTATIVE]


def boxes(field, label, choices, help_text=""):
    """A list that the model keeps as lines, ticked instead of typed."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


class CategoryForm(forms.ModelForm):
    media = boxes("media", _("media"), MEDIA, _("Of the press route: who may apply."))
    standings = boxes("standings", _("kinds of organization"), STANDINGS, _("Of the civil-society route."))
    outside_cap = boxes("outside_cap", _("outside the cap"), EXTRA_PARTS, _("Who does not count in it."))
    zones = boxes("zones", _("zones it opens"), [], _("Zones of the meeting; name them under “Zones” first."))
    most_megabytes = forms.IntegerField(
        label=_("megabytes of files per application"), min_value=1, max_value=200, required=False
    )

    class Meta:
        model = Category
        fields = []  # the page chooses them

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        category = self.instance
        if "zones" in self.fields:
            names = [*category.meeting.zones.values_list("name", flat=True), *category.zones]
            self.fields["zones"].choices = [(name, name) for name in dict.fromkeys(names)]
        if "most_megabytes" in self.fields:
            self.initial["most_megabytes"] = category.most_bytes // MEGABYTE
        for name in INSTANTS:
            if name in self.fields:
                self._show_in_zone(name, category.meeting.time_zone or "UTC")
        for name, rows in LONG_TEXTS.items():
            if name in self.fields:
                self.fields[name].widget.attrs["rows"] = rows
        for name in LEAST_ONE:
            if name in self.fields:
                self.fields[name].validators.append(MinValueValidator(1))
        if "retention_days" in self.fields:
            self.fields["retention_days"].validators.append(MaxValueValidator(3650))
        if "badge_colour" in self.fields:
            self.fields["badge_colour"].widget = forms.TextInput(attrs={"type": "color"})
        if "badge_letter" in self.fields:
            self.fields["badge_letter"].error_messages["invalid"] = _("One or two of the letters A to Z.")

    def _show_in_zone(self, name, zone):
        value = getattr(self.instance, name)
        self.initial[name] = value.astimezone(ZoneInfo(zone)) if value else zone

    def clean_slug(self):
        """The meeting stands fixed, hence the constraint of both is not asked by itself."""
        slug = self.cleaned_data["slug"]
        if self.instance.meeting.categories.filter(slug=slug).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(gettext("Another category of this meeting has this slug."))
        return slug

    def clean_badge_colour(self):
        colour = self.cleaned_data["badge_colour"].lower()
        ratio = contrast.with_white(colour)
        if ratio < contrast.LEAST:
            said = gettext(
                "White letters on this colour can hardly be read (contrast %(ratio)s to 1; at least %(least)s to 1 is "
                "needed). Choose a darker one."
            )
            raise forms.ValidationError(said % {"ratio": f"{ratio:.1f}", "least": f"{contrast.LEAST:.0f}"})
        return colour

    def clean_capacity(self):
        """Seats are taken while the officer types: the row is locked until this page's transaction ends."""
        capacity = self.cleaned_data["capacity"]
        taken = Category.objects.select_for_update().only("taken").get(pk=self.instance.pk).taken
        if capacity is not None and capacity < taken:
            said = ngettext(
                "%(taken)s seat is taken already. Give at least as many seats, or let the desk revoke some first.",
                "%(taken)s seats are taken already. Give at least as many seats, or let the desk revoke some first.",
                taken,
            )
            raise forms.ValidationError(said % {"taken": taken})
        return capacity

    def clean(self):
        cleaned = super().clean()
        youngest, alone = cleaned.get("minimum_age"), cleaned.get("chaperone_below")
        if youngest is not None and alone is not None and alone <= youngest:
            said = gettext("Nobody younger than %(age)s may come, so this age must be higher, or empty.")
            self.add_error("chaperone_below", said % {"age": youngest})
        closes, replaced = cleaned.get("closes_at"), cleaned.get("replace_until")
        if closes and replaced and replaced < closes:
            self.add_error("replace_until", gettext("Applications are still taken then. Choose a later instant."))
        for name in ("media", "standings"):
            route = cleaned.get("route", self.instance.route)
            if name in cleaned and not cleaned[name] and route == {"media": "press"}.get(name, "civil_society"):
                self.add_error(name, gettext("Tick at least one, or nobody can apply."))
        if cleaned.get("most_megabytes"):
            self.instance.most_bytes = cleaned["most_megabytes"] * MEGABYTE
        return cleaned


class NewCategoryForm(forms.Form):
    meeting = forms.ModelChoiceField(queryset=None, label=_("Meeting"))
    preset = forms.ChoiceField(
        label=_("Begin with"),
        choices=[(key, preset.name) for key, preset in presets.PRESETS.items()],
        initial="press",
        widget=forms.RadioSelect,
        help_text=_("Papers, numbers and words as the field has them; all can be changed afterwards."),
    )

    def __init__(self, *args, meetings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings


class RuleForm(PartForm):
    asked_of = forms.ChoiceField(
        label=_("asked of"),
        required=False,
        choices=[("", _("Everybody")), (_("Media"), MEDIA), (_("Kinds of organization"), STANDINGS)],
    )

    class Meta:
        model = EvidenceRule
        fields = []


class QuestionForm(PartForm):
    class Meta:
        model = Question
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "key" in self.fields and self.instance.pk:
            self.fields["key"].disabled = True  # answers are kept under it
