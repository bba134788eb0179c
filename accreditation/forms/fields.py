"""Fields that several steps ask: telephone, web address, somebody to reach, a day in three boxes, a list."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.forms.step import TidyLine, tidied
from advisory.models import validators
from office import names

EARLIEST_YEAR = 1000
MOST_LINES, LONGEST_LINE = 60, 200
LTR = {"dir": "ltr", "spellcheck": "false"}


class Phone(TidyLine):
    """Kept as E.164."""

    def __init__(self, **kwargs):
        kwargs["attrs"] = LTR | {"autocomplete": "tel", "inputmode": "tel"} | kwargs.get("attrs", {})
        super().__init__(**{"max_length": 40} | kwargs)
        self.widget.input_type = "tel"

    def clean(self, value):
        value = super().clean(value)
        return phone(value) if value else ""


def phone(value):
    """Raises ValidationError with an example that may be dialled."""
    if value.startswith("00"):
        value = f"+{value[2:]}"
    try:
        return validators.phone_number(value)
    except ValidationError:
        raise ValidationError(
            _("Enter the telephone number with + and its country code, like +1 212 555 0142."), "phone"
        ) from None


class Reachable(TidyLine):
    """An e-mail address or a telephone number."""

    def clean(self, value):
        value = super().clean(value)
        if value and "@" in value:
            try:
                validate_email(value)
            except ValidationError:
                raise ValidationError(_("Enter an e-mail address like name@example.org."), "email") from None
        elif value:
            return phone(value)
        return value


class WebAddress(TidyLine):
    def __init__(self, **kwargs):
        kwargs["attrs"] = LTR | {"autocomplete": "url", "inputmode": "url"} | kwargs.get("attrs", {})
        super().__init__(**kwargs)

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return ""
        address = value if "://" in value else f"https://{value}"
        try:
            URLValidator(schemes=["http", "https"])(address)
        except ValidationError:
            raise ValidationError(_("Enter the address of the website, like www.example.org."), "url") from None
        return address


class Named(forms.ChoiceField):
    """A code of ``office.names``; ``choices`` are set when the language of the page is known."""

    def name(self, rows):
        self.choices = [("", _("Choose one")), *rows]
        return self


class Country(Named):
    """Where an organization has its seat: not a delegation, a nationality or an issuer."""

    def shape(self, language):
        self.name(names.countries(language))


class DayWidget(forms.MultiWidget):
    """Day, month and year in three boxes: faster and safer than a calendar for a day one knows by heart."""

    template_name = "accreditation/widgets/day.html"
    use_fieldset = True

    def __init__(self, attrs=None, *, is_birthday=False):
        parts = [("bday-day", 2), ("bday-month", 2), ("bday-year", 4)]
        boxes = [
            forms.TextInput(
                {
                    "class": "form-control",
                    "inputmode": "numeric",
                    "dir": "ltr",
                    "size": size,
                    "autocomplete": part if is_birthday else "off",
                }
            )
            for part, size in parts
        ]
        super().__init__(boxes, attrs)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        for box, label in zip(context["widget"]["subwidgets"], [_("Day"), _("Month"), _("Year")], strict=True):
            box["label"] = label
        return context

    def decompress(self, value):
        if isinstance(value, str):
            value = date.fromisoformat(value)
        return [value.day, value.month, value.year] if value else ["", "", ""]


class DayField(forms.MultiValueField):
    """A date. ``missing`` is said when all boxes are empty; other sentences name the box to mend."""

    def __init__(self, *, missing, is_birthday=False, **kwargs):
        boxes = [TidyLine(required=False, max_length=1_000_000) for _box in range(3)]
        kwargs["error_messages"] = {"required": missing} | kwargs.get("error_messages", {})
        super().__init__(boxes, require_all_fields=False, widget=DayWidget(is_birthday=is_birthday), **kwargs)

    def compress(self, parts):
        if not any(parts):
            return None
        day, month, year = (whole(part) for part in parts)
        if not 1 <= day <= 31:
            raise ValidationError(_("Write the day as a number from 1 to 31."), "day")
        if not 1 <= month <= 12:
            raise ValidationError(_("Write the month as a number from 1 to 12."), "month")
        if not EARLIEST_YEAR <= year <= date.max.year:
            raise ValidationError(_("Write the year with four digits, like 1984."), "year")
        try:
            return date(year, month, day)
        except ValueError:
            raise ValidationError(_("That month has no such day. Check the day and the month."), "day") from None


def whole(text):
    """Digits of any script as a number; 0 for anything else."""
    return int(text) if text.isdecimal() and len(text) <= 4 else 0


class Lines(TidyLine):
    """A list, one entry a line: kept as a list of str."""

    widget = forms.Textarea

    def __init__(self, *, rows=5, **kwargs):
        super().__init__(**kwargs, attrs={"rows": rows, "dir": "auto"}, max_length=MOST_LINES * LONGEST_LINE)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value):
        lines = forms.CharField.to_python(self, value).splitlines()
        lines = [" ".join(tidied(line, keep="").split()) for line in lines]
        return [line for line in lines if line]

    def validate(self, value):
        forms.Field.validate(self, value)
        if len(value) > MOST_LINES:
            raise ValidationError(
                _("Write %(most)s lines at most; there are %(typed)s."), "lines",
                {"most": MOST_LINES, "typed": len(value)},
            )  # fmt: skip
        for number, line in enumerate(value, start=1):
            if len(line) > LONGEST_LINE:
                raise ValidationError(
                    _("Shorten line %(number)s to %(most)s characters."), "line",
                    {"number": number, "most": LONGEST_LINE},
                )  # fmt: skip


YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
