"""What every step's form shares: it begins with what was answered and gives back what is kept by ``intake``."""

import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

from accreditation import intake

# Characters that turn the direction of what follows; a name with one could be shown as another (UAX 9)
OVERRIDES = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"))


class StepForm(forms.Form):
    """``registration`` gives the initial values and the category that decides what is asked."""

    def __init__(self, *args, registration, **kwargs):
        self.registration, self.category = registration, registration.category
        super().__init__(*args, **kwargs)
        self.shape()
        for name, field in self.fields.items():
            value = intake.kept(registration, name)
            if value not in (None, ""):
                field.initial = value

    def shape(self):
        """Subclasses leave out and complete fields here, by the category."""

    @property
    def answers(self):
        """{name: value} for ``intake.save_answers``."""
        return self.cleaned_data


class TidyLine(forms.CharField):
    """One line: outer and double spaces go, letters are composed (NFC), direction overrides and controls are taken out.

    Raises in words what cannot be mended.
    """

    def to_python(self, value):
        value = super().to_python(value)
        value = unicodedata.normalize("NFC", value.translate(OVERRIDES))
        value = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp", "Zs"} else c for c in value)
        value = "".join(c for c in value if unicodedata.category(c) not in {"Cs", "Co", "Cn"})
        return " ".join(value.split())


class TidyText(forms.CharField):
    """A paragraph: as ``TidyLine``, but lines stay."""

    widget = forms.Textarea

    def to_python(self, value):
        value = unicodedata.normalize("NFC", super().to_python(value).translate(OVERRIDES)).replace("\r\n", "\n")
        kept = (c for c in value if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"})
        return "".join(kept).strip()


class Name(TidyLine):
    """A name in any script; 200 characters at most, and at least one letter."""

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 200)
        attrs = {"dir": "auto", "spellcheck": "false"} | kwargs.pop("attrs", {})
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def validate(self, value):
        super().validate(value)
        if value and not any(c.isalpha() for c in value):
            raise forms.ValidationError(_("Write the name in letters."), "letters")
