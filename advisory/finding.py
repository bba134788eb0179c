"""What a reader asks of the lists: q, body, topic, place, format, open, language, from, to in the address's query.

A value that means nothing is left out and said to be left out; it is never an error.
"""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, Exists, Max, OuterRef
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, gettext_lazy

from advisory import search
from advisory.models import Edition, Facet
from advisory.renditions import dates, marks, wording
from advisory.renditions.telling import Foreign
from advisory.words import Attendance

# The most meetings that a list holds: what a page costs does not grow with the archive
MOST = 1000
LONGEST = 200
VALUE = re.compile(r"[-\w.]{1,120}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

LABELS = {
    "q": gettext_lazy("Title, speaker or symbol"),
    "body": gettext_lazy("Body"),
    "topic": gettext_lazy("Topic"),
    "place": gettext_lazy("Place"),
    "format": gettext_lazy("Format"),
    "language": gettext_lazy("Language of the advisory"),
    "open": gettext_lazy("Open to the press"),
    "from": gettext_lazy("From"),
    "to": gettext_lazy("To"),
}
NAMED = ["body", "topic", "place"]  # by the house; the others by us
KINDS = [*NAMED, "format", "language", "open"]
FORMATS = {
    Attendance.IN_PERSON.value: gettext_lazy("In person"),
    Attendance.ONLINE.value: gettext_lazy("Online"),
    Attendance.HYBRID.value: gettext_lazy("In person and online"),
}


@dataclass
class Choice:
    """One value of a filter. ``count`` is None where so many meetings match that they are not counted."""

    value: str
    label: str
    count: int | None
    is_chosen: bool

    @property
    def foreign(self):
        return marks.attributes(self.label)


@dataclass
class Field:
    """One filter as the form shows it: what was typed stays, also where it means nothing."""

    name: str
    label: str
    typed: str
    problem: str
    choices: list


class Filters:
    """``values`` holds what is heeded, {name: str or date}; ``problems`` a sentence for each value that is not."""

    def __init__(self, query):
        self.typed = {name: query.get(name, "").strip()[:LONGEST].replace("\0", "") for name in [*LABELS, "page"]}
        self.values, self.problems, self._names = {}, {}, {}
        if self.typed["q"]:
            self._read_words()
        for name in KINDS:
            if self.typed[name]:
                self._read_choice(name)
        for name in ["from", "to"]:
            if self.typed[name]:
                self._read_day(name)
        self._compare_days()
        self.page = self._read_page()

    def _read_words(self):
        if search.query_tokens(self.typed["q"]):
            self.values["q"] = self.typed["q"]
        else:
            self.problems["q"] = gettext("“%(typed)s” holds no word to look for.") % {"typed": self.typed["q"]}

    def _read_choice(self, name):
        value = self.typed[name]
        label = self._label(name, value) if VALUE.fullmatch(value) else None
        if label is None:
            self.problems[name] = gettext("%(filter)s: “%(typed)s” is not known here, so it was left out.") % {
                "filter": LABELS[name],
                "typed": value,
            }
        else:
            self.values[name], self._names[name, value] = value, label

    def _label(self, name, value):
        """What a value is called; None where no visible edition has it, as if it had never been."""
        if name == "format":
            return FORMATS.get(value)
        if name == "language":
            return capfirst(dates.language_name(value)) if value in dict(settings.LANGUAGES) else None
        if name == "open":
            return LABELS["open"] if value == "press" else None
        row = Facet.objects.filter(kind=name, value=value, edition__in=Edition.objects.visible()).order_by("-edition")
        names = row.values_list("names", flat=True).first()
        return None if names is None else in_language(names, value)

    def _read_day(self, name):
        try:
            if not DAY.fullmatch(self.typed[name]):
                raise ValueError
            self.values[name] = date.fromisoformat(self.typed[name])
        except ValueError:
            self.problems[name] = gettext(
                "%(filter)s: “%(typed)s” is not a day like 2026-09-06, so it was left out."
            ) % {"filter": LABELS[name], "typed": self.typed[name]}

    def _compare_days(self):
        first, last = self.values.get("from"), self.values.get("to")
        if first and last and first > last:
            del self.values["to"]
            self.problems["to"] = gettext("The last day is before the first, so it was left out.")

    def _read_page(self):
        typed = self.typed["page"]
        if not typed:
            return 1
        if re.fullmatch(r"[0-9]{1,4}", typed) and int(typed) >= 1:
            return int(typed)
        self.deny_page()
        return 1

    def deny_page(self):
        self.problems["page"] = gettext("There is no page “%(typed)s”; this is the first.") % {
            "typed": self.typed["page"]
        }

    @property
    def is_set(self):
        return bool(self.values)

    def matching(self, *, without=None, at=None):
        """Current editions of any day that the filters let through, in no order; ``without`` leaves one filter out."""
        found = Edition.objects.current(at)
        for name, value in self.values.items():
            if name in KINDS and name != without:
                found = found.filter(
                    Exists(Facet.objects.filter(kind=name, value=value, edition=OuterRef("pk")).order_by())
                )
        if "q" in self.values:
            found = found.filter(pk__in=search.matching(self.values["q"]))
        return found.between(self.values.get("from"), self.values.get("to")).order_by()

    def listed(self, today, *, without=None):
        """The list: coming meetings, or those of the days asked for; all days, latest first, where words are."""
        found = self.matching(without=without)
        if {"from", "to"} & self.values.keys():
            return found.between()
        return found.latest_day_first() if "q" in self.values else found.upcoming(today)

    def query(self, **changes):
        """The query of an address for what is heeded, with changes: None leaves a filter out."""
        wanted = {name: self.values[name] for name in LABELS if name in self.values} | changes
        return urlencode({name: value for name, value in wanted.items() if value})

    def removals(self):
        """(what is heeded as HTML, query of the list without it), one for each filter."""
        for name, value in self.values.items():
            shown = wording.short_day(value) if isinstance(value, date) else self._names.get((name, value), value)
            sentence = "%(value)s" if name == "open" else gettext("%(filter)s: %(value)s")
            yield marks.within(sentence, filter=LABELS[name], value=shown), self.query(**{name: None})

    def fields(self, keys, keys_without):
        """{name: Field}. Choices are counted among ``keys``; those of a filter in force without it."""
        counts = _counts(keys)
        for name in KINDS:
            if name in self.values:
                counts[name] = _counts(keys_without(name)).get(name, {})
        names, is_exact = _names(counts), len(keys) <= MOST
        return {
            name: Field(
                name,
                label,
                self.typed[name],
                self.problems.get(name, ""),
                self._choices(name, counts.get(name, {}), names, is_exact=is_exact),
            )
            for name, label in LABELS.items()
        }

    def _choices(self, name, counts, names, *, is_exact):
        if name not in KINDS:
            return []
        chosen = self.values.get(name)
        values = {"format": FORMATS, "language": dict(settings.LANGUAGES), "open": ["press"]}.get(name, counts)
        choices = [
            Choice(
                value,
                self._label(name, value) if name not in NAMED else in_language(names.get((name, value), {}), value),
                counts.get(value, (0, None))[0] if is_exact else None,
                value == chosen,
            )
            for value in values
        ]
        if chosen and chosen not in values:
            choices.append(Choice(chosen, self._names[name, chosen], 0 if is_exact else None, is_chosen=True))
        return sorted(choices, key=lambda choice: choice.label) if name in NAMED else choices


def _counts(keys):
    """{kind: {value: (number of meetings, key of the latest row)}} among the editions of a list."""
    rows = Facet.objects.filter(edition__in=keys[:MOST], kind__in=KINDS).order_by().values_list("kind", "value")
    counts = {}
    for kind, value, number, latest in rows.annotate(number=Count("pk"), latest=Max("pk")):
        counts.setdefault(kind, {})[value] = (number, latest)
    return counts


def _names(counts):
    """{(kind, value): names by language} of the values that the house names, as the latest edition calls them."""
    latest = [key for kind in NAMED for _, key in counts.get(kind, {}).values()]
    rows = Facet.objects.filter(pk__in=latest).values_list("kind", "value", "names")
    return {(kind, value): names for kind, value, names in rows}


def in_language(names, value):
    """The name in the page's language, else in English or in any and marked so, else the value itself."""
    for language in [get_language(), "en", *names]:
        if names.get(language):
            return names[language] if language == get_language() else Foreign(names[language], language)
    return value
