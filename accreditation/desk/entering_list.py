"""A list of people as a spreadsheet saves it, read for ``entering``: each line is a person, or says why it is none."""

import csv
from dataclasses import dataclass, field
from io import StringIO

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation import words
from accreditation.delegation_table import FORMULA
from accreditation.desk import entering
from accreditation.desk.entering import Person
from accreditation.forms.delegation import address
from accreditation.forms.fields import phone
from accreditation.forms.step import Name, TidyLine
from accreditation.models import Organization
from accreditation.registry_file import delimiter_of
from accreditation.states import Part, Route, Standing
from advisory.search import fold

MOST_LINES, MOST_BYTES = 2000, 1_000_000
COLUMNS = ["given_names", "family_name", "organization", "email", "phone", "medium", "standing", "part", "language"]
NAME = Name(required=False, label=gettext_lazy("Name"))
ORGANIZATION = TidyLine(required=False, label=gettext_lazy("Organization"))
EMAIL = forms.EmailField(max_length=254)
CALCULATED = tuple(set(FORMULA) - {"+", "-", "＋", "－"})  # a telephone number begins with +


class Refused(Exception):
    """The file is no such list. The message is a sentence."""


@dataclass
class Line:
    """``cells`` as they were written, for what is left to enter; ``problems`` are sentences."""

    number: int
    cells: list
    person: Person | None = None
    problems: list = field(default_factory=list)

    @property
    def is_ready(self):
        return self.person is not None and not self.problems


def decoded(data):
    """The text of an uploaded file. Raises Refused."""
    if len(data) > MOST_BYTES:
        raise Refused(
            _("The file is too big for a list of people. Send at most %(most)s lines.") % {"most": MOST_LINES}
        )
    try:
        return data.decode("utf-8-sig").replace("\x00", "")
    except UnicodeDecodeError:
        raise Refused(_("The file is not in UTF-8. Save it from the spreadsheet as “CSV UTF-8”.")) from None


def read(text, category):
    """(columns, [Line]) of a list with commas, semicolons or tabs; its first line names the columns. Three statements
    at most, however long it is. Raises Refused."""
    lines = csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter_of(text), strict=True)
    try:
        columns = _columns(next(lines, []))
        rows = [(lines.line_num, [cell.strip() for cell in row]) for row in lines]
    except csv.Error:
        raise Refused(
            _("Line %(number)s is no line of a table. Save the sheet as CSV.") % {"number": lines.line_num}
        ) from None
    found = [Line(number, row) for number, row in rows if any(row)]
    if not found:
        raise Refused(_("The list names nobody. Write one person a line, below the names of the columns."))
    if len(found) > MOST_LINES:
        raise Refused(
            _("A list has %(most)s lines at most; this one has %(count)s.") % {"most": MOST_LINES, "count": len(found)}
        )
    registry = _registry(category)
    for line in found:
        _fill(line, columns, category, registry)
    _known(found, category)
    return columns, found


def written(columns, lines):
    """The same list again, of some of its lines."""
    kept = StringIO()
    writer = csv.writer(kept)
    writer.writerow(columns)
    writer.writerows(line.cells for line in lines)
    return kept.getvalue()


def _columns(head):
    columns = ["_".join(cell.strip().lower().split()) for cell in head]
    if "family_name" not in columns:
        raise Refused(
            _("The first line must name the columns: %(columns)s. “family_name” is needed.")
            % {"columns": ", ".join(COLUMNS)}
        )
    if unknown := [column for column in columns if column and column not in COLUMNS]:
        raise Refused(
            _("No column is called %(unknown)s. Known: %(columns)s.")
            % {"unknown": ", ".join(unknown)[:200], "columns": ", ".join(COLUMNS)}
        )
    if len(set(columns)) != len(columns):
        raise Refused(_("A column stands in the first line twice."))
    return columns


def _registry(category):
    """{folded name or alias: Organization}, of those that may send people by this route."""
    rows = Organization.objects.filter(is_active=True).only("pk", "name", "aliases", "status")
    kinds = ["media", "other"] if category.route == Route.PRESS else ["civil_society", "mission", "other"]
    found = {}
    for row in rows.filter(kind__in=kinds):
        for name in [*row.aliases, row.name]:
            found[" ".join(fold(name).split())] = row
    return found


def _fill(line, columns, category, registry):
    if len(line.cells) > len(columns) and any(line.cells[len(columns) :]):
        line.problems.append(_("There are more cells than columns."))
        return
    cells = dict(zip(columns, [*line.cells, *[""] * len(columns)], strict=False))
    if any(cell.startswith(CALCULATED) for cell in cells.values()):
        line.problems.append(_("A cell begins with a sign by which a spreadsheet would calculate it."))
        return
    values = {}
    for column, clean in READERS.items():
        try:
            values[column] = clean(cells.get(column, ""), category)
        except ValidationError as error:
            line.problems += error.messages
    if not line.problems and not (values["given_names"] or values["family_name"]):
        line.problems.append(_("There is no name."))
    if not line.problems:
        name = values.pop("organization")
        row = registry.get(" ".join(fold(name).split())) if name else None
        if values["standing"] in {Standing.CONSULTATIVE, Standing.SPECIAL} and row is None:
            line.problems.append(_("No organization of the registry is called “%(name)s”.") % {"name": name})
        line.person = Person(organization=row, organization_name="" if row else name, **values)


def _name(cell, _category):
    return NAME.clean(cell)


def _line(cell, _category):
    return ORGANIZATION.clean(cell)


def _email(cell, _category):
    return address(EMAIL.clean(cell)) if cell else ""


def _phone(cell, _category):
    return phone(cell) if cell else ""


def _one_of(labels, cell, allowed, default):
    """A value by its word or by its label in the officer's language."""
    meant = {str(key): str(key) for key in allowed} | {fold(str(labels[key])): str(key) for key in allowed}
    value = meant.get("_".join(cell.lower().split())) or meant.get(fold(cell)) or ("" if cell else default)
    if cell and not value:
        raise ValidationError(
            _("“%(cell)s” is none of: %(words)s.") % {"cell": cell[:60], "words": ", ".join(map(str, allowed))}
        )
    return value


def _medium(cell, category):
    allowed = [medium for medium in words.MEDIUM if medium in category.media]
    return _one_of(words.MEDIUM, cell, allowed, "") if category.route == Route.PRESS else ""


def _standing(cell, category):
    if category.route == Route.PRESS:
        return ""
    allowed = [standing for standing in words.STANDING if standing in category.standings]
    return _one_of(words.STANDING, cell, allowed, str(Standing.OTHER))


def _part(cell, _category):
    return _one_of(words.PART, cell, list(words.PART), str(Part.REPRESENTATIVE))


def _language(cell, _category):
    labels = dict(settings.LANGUAGES)
    return _one_of(labels, cell, list(labels), settings.LANGUAGE_CODE)


READERS = {
    "given_names": _name, "family_name": _name, "organization": _line, "email": _email, "phone": _phone,
    "medium": _medium, "standing": _standing, "part": _part, "language": _language,
}  # fmt: skip


def _known(lines, category):
    """Who stands in the list twice, or applied already."""
    ready = [line for line in lines if line.is_ready]
    kept = entering.namesakes(category, [line.person.key for line in ready])
    seen = {}
    for line in ready:
        if namesake := kept.get(line.person.key):
            line.problems.append(entering.already(namesake))
        for key in [line.person.key, line.person.email.lower()]:
            if key and key in seen:
                said = _("The same person or address stands on line %(number)s already.")
                line.problems.append(said % {"number": seen[key]})
                break
            seen[key] = line.number
