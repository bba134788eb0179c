"""An application's answers as their applicant reads them: by step, in the words of the forms that asked them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accreditation import aliases, intake
from accreditation.forms.fields import Phone
from advisory.renditions import wording


@dataclass(frozen=True)
class Section:
    """``rows`` are (label, text)."""

    slug: str
    title: str
    rows: list


def sections(registration, steps, *, is_open):
    """Those of the steps that hold an answer; what is kept sealed only where ``is_open``."""
    found = []
    for step in steps:
        if step.form is None:
            continue
        form = step.form(registration=registration)
        shown = {name: field for name, field in form.fields.items() if is_open or not is_sealed(registration, name)}
        rows = [(field.label, text) for name, field in shown.items() if (text := told(form, field, registration, name))]
        if rows:
            found.append(Section(step.slug, step.title, rows))
    return found


def is_sealed(registration, name):
    """Whether an answer stands where a link alone does not show it (decision 7): all that is sealed, and of a protected
    person the name too."""
    if registration.is_protected and intake.column_of(name) in aliases.SEALED:
        return True
    is_plain = name in intake.COLUMNS or name in registration.answers or intake.column_of(name) == "speaking"
    return not is_plain


def has_sealed(registration):
    return bool(registration.identity or registration.access_needs or registration.person)


def told(form, field, registration, name):
    """A kept answer in words, "" for none."""
    value = intake.kept(registration, name)
    if value in (None, "", [], {}, False):
        return ""
    if own := form.shown(name, value):
        return str(own)
    if isinstance(field, Phone):
        return wording.phone(value)
    if value is True:
        return _("Yes")
    flat = (pair for pair in getattr(field, "choices", []) if not isinstance(pair[1], list | tuple))
    labels = {str(key): str(label) for key, label in flat}
    if isinstance(value, list):
        return "\n".join(labels.get(str(one), _row(one)) for one in value)
    if isinstance(value, str) and str(value) in labels:
        return labels[value]
    return _day(value) or str(value)


def _row(value):
    return wording.joined(str(one) for one in value.values()) if isinstance(value, dict) else str(value)


def _day(value):
    try:
        return wording.short_day(date.fromisoformat(value)) if len(value) == 10 else ""
    except (TypeError, ValueError):
        return ""
