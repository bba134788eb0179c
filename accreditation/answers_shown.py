"""All answers of an application in the order in which they were asked, in words, for the check page."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _

from accreditation import intake, journey, words
from accreditation.forms.fields import Phone
from accreditation.states import EvidenceKind
from advisory.renditions import wording

MASKED = {"document_number"}  # a screen is read by others
LEFT_CLEAR = 3


def sections(registration):
    """[{"step", "rows": [{"label", "value", "anchor"}]}] of every step before the check."""
    return [
        {"step": step, "rows": papers(registration) if step.slug == journey.PAPERS else rows(registration, step)}
        for step in journey.steps(registration)[:-1]
    ]


def rows(registration, step):
    """What was not asked or not ticked stays away; what was left empty says so."""
    form = step.form(registration=registration)
    shown = getattr(form, "shown", lambda name, value: None)
    found = []
    for field in form.visible_fields():
        kept = intake.kept(registration, field.name)
        is_unticked = isinstance(field.field, forms.BooleanField) and not kept
        if not is_unticked:
            value = shown(field.name, kept) or in_words(field, kept)
            found.append({"label": field.label, "value": value, "anchor": anchor(field)})
    return found


def papers(registration):
    kept = registration.evidence.filter(replaced_at=None)
    return [
        {"label": words.EVIDENCE_KIND[EvidenceKind(paper.kind)], "value": paper.name, "anchor": "", "is_paper": True}
        for paper in kept
    ]


def in_words(field, value):
    """One answer as people read it; "" where nothing was given."""
    if value in (None, "", []):
        return ""
    if field.name in MASKED:
        return _("Ends in %(end)s") % {"end": str(value)[-LEFT_CLEAR:]}
    if isinstance(field.field, forms.BooleanField):
        return _("Yes")
    if isinstance(field.field, Phone):
        return wording.phone(value)
    if isinstance(field.field, forms.ModelChoiceField):
        return str(value)
    if isinstance(field.field, forms.ChoiceField):
        labels = {str(key): label for key, label in flat(field.field.choices)}
        given = value if isinstance(value, list) else [value]
        return wording.comma().join(str(labels.get(str(one), one)) for one in given)
    if isinstance(value, list):
        return wording.comma().join(str(one) for one in value)
    return day(value) or str(value)


def day(value):
    if isinstance(value, date):
        return wording.short_day(value)
    try:
        return wording.short_day(date.fromisoformat(value)) if isinstance(value, str) and len(value) == 10 else ""
    except ValueError:
        return ""


def flat(choices):
    """(value, label) of choices that may stand in groups."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def anchor(field):
    """The id of the field's first control, where a Change link leads."""
    return field.id_for_label or field.auto_id
