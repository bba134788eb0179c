"""States, areas and the like under the names that the organization uses, in six languages and dated.

A delegation, a nationality, the issuer of a travel document and an organization's country are four different facts:
each has its own field and its own list here, and none follows from another. All keep a code and show the name of a day.
"""

from functools import cache, lru_cache

from babel import Locale
from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from .collation import fold, sort_key, without_article
from .table import LANGUAGES, aliases, entries

STATES = ("member", "observer", "other")

DISCLAIMER = gettext_lazy(
    "The names used here, and the way they are shown, express no opinion on the legal status of any country, "
    "territory, city or area or of its authorities, or on the course of any frontier or boundary."
)


def name(code, language, *, on=None):
    """The name on a day (today if None); a code that is not in the table is given back."""
    entry = _all().get(code)
    return entry.on(on or localdate())[language] if entry else code


def kind(code):
    """A word of ``table.KINDS``; None for an unknown code."""
    entry = _all().get(code)
    return entry.kind if entry else None


def alpha2(code):
    """ISO 3166-1 alpha-2, empty where there is none."""
    entry = _all().get(code)
    return entry.alpha2 if entry else ""


def choices(language, *, on=None, kinds=STATES):
    """[(code, name)] in the order of the language: by default the States, which is the list of delegations.

    What exists does not depend on the day, only its name does.
    """
    return list(_sorted(settings.NAMES_FILE, language, on or localdate(), tuple(kinds)))


def nationalities(language, *, on=None):
    """The States, then who has no State's nationality: stateless, refugee, not stated (ICAO Doc 9303-3)."""
    return choices(language, on=on) + _as_in_the_table(language, "status", on)


def issuers(language, *, on=None):
    """The States, then organizations that issue travel documents, such as the United Nations laissez-passer.

    A refugee's or stateless person's travel document is issued by a State; that it is one is told by its type.
    """
    return choices(language, on=on) + _as_in_the_table(language, "organization", on)


def countries(language, *, on=None):
    """The States and the areas that have a postal address of their own, for an organization's country."""
    return choices(language, on=on, kinds=(*STATES, "area"))


def find(text):
    """The code meant by a name in any of the languages, former and common ones included, or by a code in capitals.

    None if there is no such name. ‘Congo’ alone is the Congo, ‘Samoa’ the State: what the table calls so wins.
    """
    text = text.strip()
    if text in _all():
        return text
    index = _index(settings.NAMES_FILE)
    return index.get(text) or index.get(fold(text)) or index.get(without_article(text))


def _all():
    return entries(settings.NAMES_FILE)


def _as_in_the_table(language, kind, on):
    return [(entry.code, name(entry.code, language, on=on)) for entry in _all().values() if entry.kind == kind]


@lru_cache(maxsize=100)
def _sorted(own, language, day, kinds):
    named = [(entry.code, entry.on(day)[language]) for entry in entries(own).values() if entry.kind in kinds]
    return tuple(sorted(named, key=lambda pair: sort_key(pair[1], language)))


@cache
def _index(own):
    """{folded name or alpha-2 code in capitals: code}, from the weakest claim to a name to the strongest."""
    shipped, used = entries().values(), entries(own).values()
    by_alpha2 = {entry.alpha2: entry.code for entry in used if entry.alpha2}
    index = {}
    for language in LANGUAGES:  # what telephones and browsers call them: never shown here
        territories = Locale(language).territories
        index |= {fold(territories[alpha2]): code for alpha2, code in by_alpha2.items() if alpha2 in territories}
    index |= {fold(text): code for code, texts in aliases().items() for text in texts}
    for entry in [*shipped, *used]:
        index |= {fold(text): entry.code for names in entry.names for text in names.values()}
    for entry in used:
        index |= {fold(text): entry.code for text in entry.names[-1].values()}
    return index | by_alpha2
