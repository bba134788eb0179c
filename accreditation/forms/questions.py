"""The category's own questions, in the language of the page. Those marked as sensitive are kept sealed."""

from django import forms
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from accreditation import intake
from accreditation.forms.fields import YES_NO, DayField
from accreditation.forms.step import StepForm, TidyLine, TidyText

SEALED = "questions"  # all sensitive answers together, in ``Registration.identity``
LARGEST = 10**15  # JSON readers hold no larger number exactly


class QuestionsForm(StepForm):
    """A field ``q_<key>`` for each question. Of a choice the words in the original are kept: reviewers read one
    language."""

    def shape(self):
        self.sensitive = set()
        for question in of(self.category):
            name = f"q_{question.key}"
            field = FIELDS[question.kind](question, self.language)
            field.label, field.help_text = question.said("label", self.language), question.said("hint", self.language)
            field.required = question.is_required
            self.fields[name] = field
            if question.is_sensitive:
                self.sensitive.add(name)

    def kept(self, name):
        if name in self.sensitive:
            return (intake.kept(self.registration, SEALED) or {}).get(name)
        return super().kept(name)

    def shown(self, name, value):
        return _("Kept sealed") if name in self.sensitive and self.kept(name) not in (None, "", []) else None

    def clean(self):
        """Sensitive answers leave under one name, so that none of them is ever kept with the others."""
        cleaned = super().clean()
        sealed = {name: as_json(cleaned.pop(name)) for name in self.sensitive & cleaned.keys()}
        if self.sensitive:
            cleaned[SEALED] = (super().kept(SEALED) or {}) | sealed
        return cleaned


def as_json(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


def of(category):
    """Its questions; one statement per request."""
    prefetch_related_objects([category], "questions")
    return category.questions.all()


def options(question, language):
    """[(answer in the original, answer in the language)]; an untranslated list is shown as it stands."""
    shown = question.said("options", language)
    shown = shown.splitlines() if isinstance(shown, str) else shown
    return list(zip(question.options, shown if len(shown) == len(question.options) else question.options, strict=True))


def line(question, language):
    return TidyLine(max_length=300, attrs={"dir": "auto"})


def text(question, language):
    return TidyText(max_length=3000)


def choice(question, language):
    return forms.ChoiceField(choices=options(question, language), widget=forms.RadioSelect)


def choices(question, language):
    return forms.MultipleChoiceField(choices=options(question, language), widget=forms.CheckboxSelectMultiple)


def yes_no(question, language):
    return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect)


def number(question, language):
    return Number()


def day(question, language):
    return DayField(missing=_("Enter the day."))


class Number(TidyLine):
    """A whole number, in the digits of any script, with spaces between thousands or without."""

    def __init__(self):
        super().__init__(max_length=30, attrs={"inputmode": "numeric", "dir": "ltr"})

    def clean(self, value):
        value = super().clean(value).replace(" ", "").replace("\u2212", "-")
        if not value:
            return None
        if not value.removeprefix("-").isdecimal():
            raise forms.ValidationError(_("Write a whole number, like 12."), "number")
        if abs(int(value)) > LARGEST:
            raise forms.ValidationError(_("Write a smaller number."), "number")
        return int(value)


FIELDS = {
    "line": line, "text": text, "choice": choice, "choices": choices, "yes_no": yes_no, "number": number, "day": day,
}  # fmt: skip
