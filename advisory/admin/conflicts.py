"""Two officers on one meeting: what both changed is shown side by side, what only one changed is kept of each.

The page carries a short digest of every field as it was opened. Of the fields that differ on sending, that digest tells
who changed them. The row is locked meanwhile.
"""

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext

from advisory.admin.instants import InstantField, told
from advisory.admin.places import PARTS

TAKE = "_take"  # names of fields for which the officer chose what is saved
MOST_ROWS = 1000
NOT_MERGED = (forms.FileField, forms.models.InlineForeignKeyField)


@dataclass
class Merged:
    """What the officer must know: fields that both changed, what was taken over from the other, rows that went."""

    data: object
    files: object
    both: list = field(default_factory=list)  # {name, label, saved, yours}
    taken: list = field(default_factory=list)  # sentences

    def renumber(self, prefix, order):
        """Write the posted rows of a part anew; ``order`` holds their old numbers, and anything else for new rows."""
        pattern = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,4}})-(.+)")
        for bag in (self.data, self.files):
            posted = {}
            for key in [key for key in bag if pattern.fullmatch(key)]:
                number, name = pattern.fullmatch(key).groups()
                posted.setdefault(int(number), {})[name] = bag.pop(key)
            for number, old in enumerate(order):
                for name, values in posted.get(old, {}).items():
                    bag.setlist(f"{prefix}-{number}-{name}", values)


def opened(form, formsets):
    """The word for the hidden field: a digest of every value as the page shows it first."""
    shown = {}
    for part in [form, *(row for formset in formsets for row in formset.initial_forms)]:
        shown |= {part[name].html_name: _digest(saved_value(part, name)) for name in part.fields}
    return json.dumps(shown, separators=(",", ":"))


def merge(data, files, form, formsets):
    """Merge what was posted on an older page with what is saved now. ``form`` and ``formsets`` hold what is saved."""
    before = _digests(data.get("opened"))
    merged = Merged(data.copy(), files)
    merged.data.pop("looked_at", None)  # the doubts may be numbered anew
    _merge_fields(merged, before, form)
    for formset in formsets:
        _merge_rows(merged, before, formset)
    return merged


def _digests(word):
    try:
        found = json.loads(word or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def take_chosen(data, form, formsets):
    """Put what is saved in place of every field that the officer chose so."""
    data = data.copy()
    chosen = set(data.getlist(TAKE))
    rows = {}
    for formset in formsets:
        by_pk = {str(row.instance.pk): row for row in formset.initial_forms}
        for number in range(_count(data, formset.prefix, "INITIAL")):
            if row := by_pk.get(data.get(f"{formset.prefix}-{number}-{formset.model._meta.pk.name}")):
                rows |= {f"{formset.prefix}-{number}-{name}": (row, name) for name in row.fields}
    for name in chosen:
        if "-" not in name and name in form.fields:
            put(data, name, form, name)
        elif name in rows:
            put(data, name, *rows[name])
    return data


def _merge_fields(merged, before, part, *, opened_prefix="", prefix="", row=None):
    """``part`` is an unbound form of what is saved; ``opened_prefix`` is how its fields were called when opened.

    ``row`` is {part, row}, their names in words, where the form is a row of a part.
    """
    for name, its_field in part.fields.items():
        if name in ("seen", "looked_at", "DELETE") or isinstance(its_field, NOT_MERGED) or its_field.disabled:
            continue
        html_name = f"{prefix}{name}"
        saved, yours = saved_value(part, name), posted(merged.data, merged.files, its_field, html_name)
        opened_as = before.get(f"{opened_prefix}{name}")
        if saved == yours or opened_as == _digest(saved):
            continue  # the same, or only this officer changed it
        label = capfirst(its_field.label or name.replace("_", " "))
        label = gettext("%(part)s, %(row)s: %(field)s") % (row | {"field": label}) if row else label
        words = worded(its_field, saved)
        if opened_as == _digest(yours):
            put(merged.data, html_name, part, name)
            sentence = gettext("%(label)s: %(value)s") if words else gettext("%(label)s: emptied")
            merged.taken.append(sentence % {"label": label, "value": words})
        else:
            both = {"name": html_name, "label": label, "saved": words, "yours": worded(its_field, yours)}
            merged.both.append(both)


def _merge_rows(merged, before, formset):
    """Rows are known by their key. Theirs alone come in; those they deleted go, unless this officer changed them."""
    prefix, key = formset.prefix, formset.model._meta.pk.name
    heading = PARTS.get(prefix, capfirst(formset.model._meta.verbose_name_plural))
    saved = {str(row.instance.pk): row for row in formset.initial_forms}
    count = _count(merged.data, prefix, "INITIAL")
    known = {number: merged.data.get(f"{prefix}-{number}-{key}", "") for number in range(count)}
    there = [number for number, pk in known.items() if pk in saved]
    added = [pk for pk in saved if pk not in known.values()]
    gone = [number for number, pk in known.items() if pk not in saved]
    kept = [number for number in gone if _is_touched(merged, before, formset, number)]
    new = list(range(count, _count(merged.data, prefix, "TOTAL")))
    merged.renumber(prefix, [*there, *added, *kept, *new])
    for number, old in enumerate(there):
        row = saved[known[old]]
        was, now = f"{prefix}-{old}-", f"{prefix}-{number}-"
        told = {"part": heading, "row": row.instance}
        _merge_fields(merged, before, row, opened_prefix=was, prefix=now, row=told)
    for number, pk in enumerate(added, start=len(there)):
        for name in saved[pk].fields:
            put(merged.data, f"{prefix}-{number}-{name}", saved[pk], name)
        added_row = {"part": heading, "row": saved[pk].instance}
        merged.taken.append(gettext("%(part)s: “%(row)s” was added") % added_row)
    for number in range(len(there) + len(added), len(there) + len(added) + len(kept)):
        merged.data.pop(f"{prefix}-{number}-{key}", None)
        deleted = {"part": heading, "number": number + 1}
        sentence = gettext("%(part)s: row %(number)s was deleted; you changed it, so saving adds it again")
        merged.taken.append(sentence % deleted)
    for number in [number for number in gone if number not in kept]:
        deleted = {"part": heading, "number": number + 1}
        merged.taken.append(gettext("%(part)s: row %(number)s was deleted") % deleted)
    merged.data[f"{prefix}-INITIAL_FORMS"] = str(len(there) + len(added))
    merged.data[f"{prefix}-TOTAL_FORMS"] = str(len(there) + len(added) + len(kept) + len(new))


def _is_touched(merged, before, formset, number):
    for name, its_field in formset.empty_form.fields.items():
        html_name = f"{formset.prefix}-{number}-{name}"
        if name in ("DELETE", formset.model._meta.pk.name) or isinstance(its_field, NOT_MERGED):
            continue
        if before.get(html_name) != _digest(posted(merged.data, merged.files, its_field, html_name)):
            return True
    return False


def _count(data, prefix, which):
    typed = data.get(f"{prefix}-{which}_FORMS", "0")
    return min(int(typed), MOST_ROWS) if re.fullmatch("[0-9]{1,9}", typed) else 0


def _initial(part, name):
    return part.get_initial_for_field(part.fields[name], name)


def saved_value(part, name):
    """The plain text of what a row holds; a zone alone is no instant."""
    value = _initial(part, name)
    return "" if isinstance(part.fields[name], InstantField) and isinstance(value, str) else plain(value)


def posted(data, files, its_field, html_name):
    """The plain text of what was sent; as it was typed where it is no value of the field."""
    value = its_field.widget.value_from_datadict(data, files, html_name)
    try:
        return plain(its_field.clean(value))
    except ValidationError:
        return plain(value)


def plain(value):
    """One text for equal values, whether they come from a row or from a page."""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC).isoformat()} {value.tzinfo}"
    if isinstance(value, list | tuple | models.QuerySet):
        of_rows = any(isinstance(one, models.Model) for one in value)
        parts = [plain(one) for one in value]
        return "\n".join(sorted(parts) if of_rows else parts)
    if hasattr(value, "hour"):
        return value.strftime("%H:%M")
    if value is None or value is False:
        return ""
    return str(value).replace("\r\n", "\n").strip()


def worded(its_field, text):
    """A plain text as the officer reads it."""
    if isinstance(its_field, forms.ModelChoiceField):
        known = [pk for pk in text.split("\n") if re.fullmatch("[0-9]{1,9}", pk)]
        return ", ".join(str(row) for row in its_field.queryset.filter(pk__in=known))
    if isinstance(its_field, forms.BooleanField):
        return gettext("yes") if text else gettext("no")
    if isinstance(its_field, InstantField) and "+00:00 " in text:
        instant, zone = text.split(" ")
        return told(datetime.fromisoformat(instant), zone)
    return str(dict(getattr(its_field, "choices", ())).get(text, text))


def put(data, html_name, part, name):
    """Write the saved value into posted data, as the browser would send it."""
    its_field, value = part.fields[name], _initial(part, name)
    widget = getattr(its_field.widget, "widget", its_field.widget)
    if isinstance(its_field, InstantField):
        date, time, zone, choice = widget.decompress(value)
        shown = {"_date": plain(date), "_time": plain(time), "_zone": zone, "_choice": choice}
        for suffix, text in shown.items():
            data[html_name + suffix] = text
    elif isinstance(widget, forms.CheckboxInput):
        data.pop(html_name, None)
        if value:
            data[html_name] = "on"
    elif getattr(widget, "allow_multiple_selected", False):
        data.setlist(html_name, [plain(one) for one in value or []])
    elif not isinstance(its_field, forms.FileField):
        data[html_name] = plain(value)


def _digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:10]
