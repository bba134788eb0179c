"""What an officer typed, in the words of the page it was typed on: each field's label, and what stands for its value.

Fields of the desk are found by the forms of the view that the post goes to, those of the staff panel by its own form.
A form with fields made for each page says by ``label_of(name)`` what they are called.
"""

import inspect
import re
import sys

from django import forms
from django.contrib import admin
from django.forms.utils import pretty_name
from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accreditation import grounds, words
from accreditation.desk import queue
from accreditation.forms.desk import deciding
from accreditation.forms.desk.second import ReferForm

# Not typed by anybody, where no form knows it: what a page carries along
SILENT = re.compile(
    r"_.*|csrfmiddlewaretoken|seen(-.*)?|next|act|answer|rows|wants|all|meeting|view|held_by|index|select_across"
    r"|.*-(TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS|id)"
)
PART = re.compile(r"_\d$")  # of a date in three boxes, of an instant in two
OF_AN_INLINE = re.compile(r"(.+)-(\d+)-(.+)")
CODES = {
    "action": words.DEED, "status": words.STATUS, "medium": words.MEDIUM, "standing": words.STANDING,
    "view": {view.slug: view.name for view in queue.VIEWS.values()},
}  # fmt: skip


def told(request, path, fields):
    """[(label, [values])] of what somebody typed or chose, in its order. ``fields`` is [(name, value)]."""
    kinds, known = _of(request, path)
    found = {}
    for name, value in fields:
        label, field = _label(name, kinds, known)
        if label and value.strip():
            found.setdefault(str(label), []).append(_value(PART.sub("", name), value, field))
    return list(found.items())


def _of(request, path):
    """(forms that may name a field themselves, {name: field})."""
    try:
        match = resolve(path.partition("?")[0])
    except Resolver404:
        return [], {}
    if match.app_name == "admin":
        return [], _of_panel(request, match)
    kinds = _of_desk(match)
    return kinds, {name: field for kind in reversed(kinds) for name, field in kind.base_fields.items()}


def _label(name, kinds, known):
    """(label or "", form field or None)."""
    if part := OF_AN_INLINE.fullmatch(name):
        prefix, number, own = part.groups()
        field = known.get(f"{prefix}-{own}") or known.get(f"{prefix}-{PART.sub('', own)}")
        return (f"{_said(field)} ({int(number) + 1})" if field and field.label else ""), field
    field = known.get(name) or known.get(PART.sub("", name))
    if field is not None and field.label:
        return _said(field), field
    for label in (kind.label_of(name) for kind in kinds if hasattr(kind, "label_of")):
        if label:
            return label, None
    if name == "reference":
        return _("Applications"), None
    return ("" if SILENT.fullmatch(name) else pretty_name(name)), field


def _said(field):
    return capfirst(str(field.label))


def _of_desk(match):
    """Forms, the likeliest first: of the decision's action, of the view's name, in the view, and in its module."""
    view = inspect.unwrap(match.func)
    module = vars(sys.modules[view.__module__])
    used = [module.get(name) for name in view.__code__.co_names] + list(module.values())
    kinds = [kind for kind in used if isinstance(kind, type) and issubclass(kind, forms.BaseForm)]
    kinds.sort(key=lambda kind: kind.__name__.lower() != f"{view.__name__.replace('_', '')}form")
    decided = [deciding.kind_for(match.kwargs["action"])] if "action" in match.kwargs else []
    return [*decided, *dict.fromkeys(kinds), ReferForm]


def _of_panel(request, match):
    """{name: field} of a row's page and {prefix-name: field} of its inlines, with the officer's own choices."""
    for model, panel in admin.site._registry.items():
        ours = f"{model._meta.app_label}_{model._meta.model_name}"
        if match.url_name in {f"{ours}_add", f"{ours}_change"}:
            return _of_row(request, panel, match.kwargs.get("object_id"))
    return {}


def _of_row(request, panel, key):
    row = panel.get_object(request, key) if key else None
    fields = dict(panel.get_form(request, row, change=row is not None).base_fields)
    for formset, _inline in panel.get_formsets_with_inlines(request, row):
        prefix = formset.get_default_prefix()
        fields |= {f"{prefix}-{name}": field for name, field in formset.form.base_fields.items()}
    return fields


def _value(name, value, field):
    """In words where the field has them; of a row that somebody chose, its name if the officer may choose it."""
    if value == "on" and not isinstance(field, forms.CharField):
        return _("Yes")
    if name == "ground":
        return grounds.told(value, get_language()) or value
    if isinstance(field, forms.ModelChoiceField):
        return _row(field, value) or _("as you chose it")
    for known in [_flat(getattr(field, "choices", None) or []), CODES.get(name, {})]:
        if value in known:
            return str(known[value])
    return value


def _row(field, value):
    """Nothing where the form would have to be asked first who may be chosen, or the officer may not choose it."""
    if field.queryset is None:
        return ""
    try:
        row = field.queryset.filter(**{field.to_field_name or "pk": value}).first()
    except (ValueError, TypeError, OverflowError, forms.ValidationError):
        return ""
    return str(field.label_from_instance(row)) if row else ""


def _flat(choices):
    """{value: label}, those of groups among them."""
    found = {}
    for value, label in choices:
        if isinstance(label, str | Promise):
            found[str(value)] = label
        else:
            found |= _flat(label)
    return found
