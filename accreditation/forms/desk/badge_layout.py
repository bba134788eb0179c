"""How badges are printed: card, paper, words on the back, and in millimetres where each part stands."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accreditation import badge_layouts
from accreditation.badge_layouts import MEASURES, PARTS, PRESETS, SIDES, SIZED
from accreditation.models import BadgeLayout
from advisory.renditions import wording

LABELS = {
    "x": _("From the left"), "y": _("From the top"), "width": _("Width"), "height": _("Height"), "size": _("Points"),
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A part of one side: its tick and its boxes, "" where letters have no size."""

    side: str
    part: str
    name: str
    tick: object
    boxes: list


class BadgeLayoutForm(forms.ModelForm):
    class Meta:
        model = BadgeLayout
        fields = ["preset", "paper", "has_back", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 4, "dir": "auto"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        layout = self.instance
        self.others = [code for code, _name in settings.LANGUAGES if code != layout.note_language]
        for code in self.others:
            box = forms.Textarea(attrs={"rows": 4, "lang": code, "dir": "auto"})
            self.fields[f"note_{code}"] = forms.CharField(
                label=dict(settings.LANGUAGES)[code], required=False, max_length=600, widget=box,
                initial=layout.translations.get(code, ""),
            )  # fmt: skip
        design = layout.design or PRESETS[layout.preset].design
        usual = PRESETS[layout.preset].design
        for side in SIDES:
            for part in PARTS:
                where = design.get(side, {}).get(part)
                shown = where or usual.get(side, {}).get(part, {})
                self.fields[f"{side}_{part}"] = forms.BooleanField(required=False, initial=where is not None)
                for measure in measures(part):
                    box = forms.NumberInput(attrs={"step": "any", "inputmode": "decimal", "data-measure": measure})
                    self.fields[f"{side}_{part}_{measure}"] = forms.FloatField(
                        required=False, initial=shown.get(measure), widget=box
                    )

    @staticmethod
    def label_of(name):
        """Front, Photo: Height; of the words in another language its name."""
        side, _line, rest = name.partition("_")
        if side == "note":
            return dict(settings.LANGUAGES).get(rest, "")
        part, _line, measure = rest.partition("_")
        if side not in SIDES or part not in PARTS:
            return ""
        label = f"{SIDES[side]}, {PARTS[part]}"
        return f"{label}{wording.colon()}{LABELS[measure]}" if measure in LABELS else label

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        told = {code: cleaned[f"note_{code}"] for code in self.others}
        self.instance.translations = {code: words for code, words in told.items() if words}
        design, usual = self.design(), PRESETS[cleaned["preset"]].design
        self.instance.design = {}
        try:
            badge_layouts.check(design, cleaned["preset"])
        except ValidationError as error:
            self.add_error(None, error.messages)
        else:
            self.instance.design = design if design != usual else {}
        return cleaned

    def notes(self):
        """The boxes of the other languages."""
        return [self[f"note_{code}"] for code in self.others]

    def design(self):
        """As the boxes say, to a tenth of a millimetre."""
        design = {}
        for side in SIDES:
            for part in PARTS:
                if self.cleaned_data[f"{side}_{part}"]:
                    values = {name: self.cleaned_data[f"{side}_{part}_{name}"] for name in measures(part)}
                    found = {name: tenths(value) for name, value in values.items() if value is not None}
                    if part in SIZED:
                        found.setdefault("size", SIZED[part])
                    design.setdefault(side, {})[part] = found
        return design

    def sides(self):
        """[(name of the side, [Row])] as the table shows them."""
        return [(name, [self._row(side, part) for part in PARTS]) for side, name in SIDES.items()]

    def _row(self, side, part):
        boxes = [self[f"{side}_{part}_{name}"] if name in measures(part) else "" for name in LABELS]
        return Row(side, part, PARTS[part], self[f"{side}_{part}"], list(zip(LABELS.values(), boxes, strict=True)))


def measures(part):
    return [*MEASURES, "size"] if part in SIZED else list(MEASURES)


def tenths(value):
    value = round(value, 1)
    return int(value) if value == int(value) else value
