"""What every step's form shares: it begins with what was answered and gives back what is kept by ``intake``."""

import re
import unicodedata

from django import forms
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accreditation import intake

# Characters that turn the direction of what follows; a name with one could be shown as another (UAX 9)
OVERRIDES = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"))
# Persian, Urdu and Indic spelling needs these two; all other characters without a shape only hide something
JOINERS = "\u200c\u200d"
TOO_MANY_MARKS = 5  # over one letter; Vietnamese, Hebrew and Thai have three at most


class StepForm(forms.Form):
    """``registration`` gives the initial values and the category that decides what is asked."""

    def __init__(self, *args, registration, **kwargs):
        self.registration, self.category = registration, registration.category
        self.language, self.left_out = get_language(), []
        super().__init__(*args, **kwargs)
        self.shape()
        for name, field in self.fields.items():
            value = self.kept(name)
            if value not in (None, ""):
                field.initial = value
            if isinstance(field, forms.ChoiceField):
                choose = _("Choose “%(label)s”.") % {"label": field.label}
                field.error_messages |= {"invalid_choice": choose, "invalid_list": choose}

    def shape(self):
        """Subclasses leave out and complete fields here, by the category."""

    def kept(self, name):
        """What was answered, as the field's initial value."""
        return intake.kept(self.registration, name)

    def shown(self, name, value):
        """What the check page says of a kept answer; None where the answer itself or its label says it best."""

    def leave_out(self, *names):
        """Not asked of this applicant; an answer given when it was asked is emptied."""
        for name in names:
            if self.fields.pop(name, None):
                self.left_out.append(name)

    def typed(self, name):
        """What stands in the field now, tidied: as posted, or as kept."""
        value = self.data.get(self.add_prefix(name)) if self.is_bound else self.kept(name)
        return self.fields[name].to_python(value)

    @property
    def answers(self):
        """{name: value} for ``intake.save_answers``."""
        return {name: "" for name in self.left_out if self.kept(name)} | self.cleaned_data


class TidyLine(forms.CharField):
    """One line: outer and double spaces go, letters are composed (NFC), direction overrides and controls are taken out.

    Raises in words what cannot be mended. A longer text is told, never cut by the browser.
    """

    def __init__(self, *, max_length=200, attrs=None, **kwargs):
        self.most = max_length
        if attrs is not None:
            kwargs["widget"] = (kwargs.get("widget") or self.widget)(attrs=attrs)
        super().__init__(**kwargs)

    def to_python(self, value):
        return " ".join(tidied(super().to_python(value), keep="").split())

    def validate(self, value):
        super().validate(value)
        if len(value) > self.most:
            raise forms.ValidationError(self.too_long(value), "max_length")

    def too_long(self, value):
        words = ngettext(
            "Shorten “%(label)s” to %(most)s character. It has %(typed)s now.",
            "Shorten “%(label)s” to %(most)s characters. It has %(typed)s now.",
            self.most,
        )
        return words % {"label": self.label, "most": self.most, "typed": len(value)}


class TidyText(TidyLine):
    """A paragraph: as ``TidyLine``, but lines stay."""

    widget = forms.Textarea

    def __init__(self, *, max_length=2000, rows=4, **kwargs):
        kwargs["attrs"] = {"rows": rows, "dir": "auto"} | kwargs.get("attrs", {})
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value):
        value = forms.CharField.to_python(self, value).replace("\r\n", "\n").replace("\r", "\n")
        return tidied(value, keep="\n").strip()


class Name(TidyLine):
    """A name in any script; 200 characters at most, and at least one letter."""

    def __init__(self, **kwargs):
        kwargs["attrs"] = {"dir": "auto", "spellcheck": "false"} | kwargs.get("attrs", {})
        super().__init__(**kwargs)

    def validate(self, value):
        super().validate(value)
        if not value:
            return
        if not any(c.isalpha() for c in value):
            raise forms.ValidationError(_("Write the name in letters."), "letters")
        if "<" in value or ">" in value:
            raise forms.ValidationError(_("Write the name without the signs < and >."), "signs")
        if has_heaped_marks(value):
            raise forms.ValidationError(_("Write the name with fewer marks over one letter."), "marks")


def tidied(value, *, keep):
    """Composed, without what has no shape or no meaning; controls that are not in ``keep`` become spaces."""
    value = unicodedata.normalize("NFC", value.translate(OVERRIDES))
    return "".join(_tidied(character, keep) for character in value)


def _tidied(character, keep):
    if character in keep or character in JOINERS:
        return character
    category = unicodedata.category(character)
    if category in {"Cc", "Zl", "Zp", "Zs"}:
        return " "
    return "" if category in {"Cf", "Cs", "Co", "Cn"} else character


def has_heaped_marks(value):
    heap = 0
    for character in unicodedata.normalize("NFD", value):
        heap = heap + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if heap >= TOO_MANY_MARKS:
            return True
    return False


def folded(value):
    """Capitals without spaces and dashes: how numbers of documents are compared (ICAO Doc 9303)."""
    return re.sub(r"[\s\-\u2010-\u2015_./]+", "", unicodedata.normalize("NFKC", value)).upper()
