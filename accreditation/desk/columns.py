"""What a list of people that leaves the house tells of each: columns by the rights of whoever takes it.

Nothing of class C3 is here; ``security`` alone hands identity over. A test compares ``reads`` with what the models say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.db.models import CharField, F, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, NullIf
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accreditation import words
from advisory.renditions import wording
from office import names, permissions


@dataclass(frozen=True)
class Column:
    """``value`` is a field or an expression; ``reads`` the fields of Registration that it stands on.

    ``teller(meeting, language)`` gives what turns a value into text, in the language of that moment.
    """

    slug: str
    title: Promise
    value: str | object
    reads: tuple
    teller: Callable = lambda meeting, language: str
    may: Callable = permissions.may_export


def labels(table):
    """Tells a word of ``states`` by its name in ``words``."""

    def teller(meeting, language):
        said = {str(word): str(label) for word, label in table.items()}
        return lambda value: said.get(value, value)

    return teller


def country(meeting, language):
    return cache(lambda code: names.name(code, language))


def instant(meeting, language):
    """2026-05-03 14:02 on the meeting's own clock, which spreadsheets sort."""
    zone = wording.zone(meeting.time_zone)
    return lambda at: at.astimezone(zone).isoformat(" ", "minutes")[:16]


def of_organization(known, typed):
    """Of the organization in the registry, else as the applicant typed it."""
    return Coalesce(NullIf(F(known), Value("")), typed, output_field=CharField())


COLUMNS = [
    Column("reference", _("Reference"), "reference", ("reference",)),
    Column("category", _("Category"), "category__name", ("category",)),
    Column("status", _("Status"), "status", ("status",), labels(words.STATUS)),
    Column("given_names", _("Given names"), "given_names", ("given_names",)),
    Column("family_name", _("Family name"), "family_name", ("family_name",)),
    Column("badge_name", _("Name on the badge"), "badge_name", ("badge_name",)),
    Column(
        "organization", _("Organization"), of_organization("organization__name", "organization_name"),
        ("organization", "organization_name"),
    ),
    Column(
        "country", _("Country"), of_organization("organization__country", KT("answers__country")),
        ("organization", "answers"), country,
    ),
    Column("medium", _("Medium"), "medium", ("medium",), labels(words.MEDIUM)),
    Column("standing", _("Standing"), "standing", ("standing",), labels(words.STANDING)),
    Column("part", _("Comes as"), "part", ("part",), labels(words.PART)),
    Column("attending", _("Attends"), "attending", ("attending",), labels(words.ATTENDING)),
    Column("language", _("Language"), "language", ("language",)),
    Column("sent_at", _("Sent"), "declared_at", ("declared_at",), instant),
    Column("email", _("E-mail"), "email", ("email",), may=permissions.may_decide),
    Column("phone", _("Telephone"), "phone", ("phone",), may=permissions.may_decide),
]  # fmt: skip
BY_SLUG = {column.slug: column for column in COLUMNS}


def open_to(officer, meeting):
    """[Column] that an officer may take out of a meeting."""
    return [column for column in COLUMNS if column.may(officer, meeting)]


def rows(people, columns):
    """Iterates over the values of ``columns`` of a queryset, some thousand rows at a time."""
    given = {
        f"of_{column.slug}": F(column.value) if isinstance(column.value, str) else column.value for column in columns
    }
    return people.annotate(**given).values_list(*given).iterator(chunk_size=2000)


def tellers(columns, meeting):
    """A function for each column, in the language of this moment; nothing is told as ""."""
    language = get_language()
    return [_or_nothing(column.teller(meeting, language)) for column in columns]


def _or_nothing(tell):
    return lambda value: tell(value) if value else ""
