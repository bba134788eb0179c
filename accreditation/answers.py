"""An application's answers in words, in the words of the forms that asked them: all of them before it is sent, and
afterwards those that its link alone may show."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.translation import gettext as _

from accreditation import aliases, evidence, intake, journey, words
from accreditation.forms.fields import Phone
from accreditation.states import EvidenceKind
from advisory.renditions import wording
from office.encryption import unreadable

MASKED = {"document_number"}  # a screen is read by others
LEFT_CLEAR = 3


@dataclass(frozen=True)
class Section:
    """``rows`` are (label, text)."""

    slug: str
    title: str
    rows: list


def sections(registration, steps, *, is_open):
    """[Section] of the steps that hold an answer; what is kept sealed only where ``is_open``."""
    found = []
    for step in steps:
        if step.form is None:
            continue
        if rows := unreadable.otherwise(
            lambda step=step: [(step.title, unreadable.words())], lambda step=step: rows_of(registration, step, is_open)
        ):
            found.append(Section(step.slug, step.title, rows))
    return found


def rows_of(registration, step, is_open):
    form = step.form(registration=registration)
    shown = {name: field for name, field in form.fields.items() if is_open or not is_sealed(registration, name)}
    return [(field.label, text) for name, field in shown.items() if (text := told(form, field, registration, name))]


def is_sealed(registration, name):
    """Whether an answer stands where a link alone does not show it (decision 7): all that is sealed, and of a protected
    person the name too."""
    if registration.is_protected and intake.column_of(name) in aliases.SEALED:
        return True
    is_plain = name in intake.COLUMNS or name in registration.answers or intake.column_of(name) == "speaking"
    return not is_plain


def has_sealed(registration):
    columns = (registration._meta.get_field(name) for name in ["identity", "access_needs", "person"])
    return any(column.is_filled(registration) for column in columns)


def told(form, field, registration, name):
    """A kept answer in words, "" for none."""
    value = intake.kept(registration, name)
    if is_nothing(value):
        return ""
    return str(form.shown(name, value) or in_words(field, value, between="\n"))


def to_check(registration):
    """[{"step", "rows": [{"label", "value", "anchor"}]}] of every step before the check."""
    return [
        {"step": step, "rows": papers(registration) if step.slug == journey.PAPERS else rows(registration, step)}
        for step in journey.steps(registration)[:-1]
    ]


def rows(registration, step):
    """What was not asked or not ticked stays away; what was left empty says so."""
    form = step.form(registration=registration)
    found = []
    for field in form.visible_fields():
        kept = intake.kept(registration, field.name)
        is_unticked = isinstance(field.field, forms.BooleanField) and not kept
        if not is_unticked:
            value = form.shown(field.name, kept) or masked(field.name, kept)
            value = value or in_words(field.field, kept, between=wording.comma())
            found.append({"label": field.label, "value": value, "anchor": anchor(field)})
    return found


def papers(registration):
    return [
        {"label": words.EVIDENCE_KIND[EvidenceKind(row.kind)], "value": row.told_name, "anchor": "", "is_paper": True}
        for row in evidence.kept(registration)
    ]


def masked(name, value):
    """Of a number that nobody should read over a shoulder its end; "" for what may be read."""
    if name not in MASKED or is_nothing(value):
        return ""
    return _("Ends in %(end)s") % {"end": str(value)[-LEFT_CLEAR:]}


def is_nothing(value):
    """Whether nothing was answered: 0 is an answer, a box without its tick is none."""
    return value is False or value in (None, "", [], {})


def in_words(field, value, *, between):
    """A kept answer as people read it, "" for none; ``between`` stands between those of a list."""
    if is_nothing(value):
        return ""
    if value is True:
        return _("Yes")
    if isinstance(field, Phone):
        return wording.phone(value)
    labels = {str(key): str(label) for key, label in flat(getattr(field, "choices", []))}
    if isinstance(value, list):
        return between.join(labels.get(str(one)) or _parts(one) for one in value)
    return labels.get(str(value)) or day(value) or str(value)


def flat(choices):
    """(value, label) of choices that may stand in groups."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def _parts(value):
    return wording.joined(str(one) for one in value.values()) if isinstance(value, dict) else str(value)


def day(value):
    """A date, or its ISO 8601 text, in words; "" for anything else."""
    if isinstance(value, date):
        return wording.short_day(value)
    try:
        return wording.short_day(date.fromisoformat(value)) if isinstance(value, str) and len(value) == 10 else ""
    except ValueError:
        return ""


def anchor(field):
    """The id of the field's first control, where a Change link leads."""
    return field.id_for_label or field.auto_id
