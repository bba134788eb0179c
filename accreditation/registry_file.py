"""The registry of organizations from a file: one organization a line, as a spreadsheet saves it.

Everything is taken or nothing is; the same file twice changes nothing the second time.
"""

import csv
import re
from dataclasses import dataclass, field
from io import StringIO

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from accreditation.models import FocalPoint, Organization
from advisory.models import Meeting
from advisory.search import fold
from office import names

COLUMNS = [
    "name", "number", "kind", "status", "aliases", "domains", "country", "website", "accredited_to", "focal_points",
]  # fmt: skip
BETWEEN = "|"  # several things in one cell
DELIMITERS = ",;\t"
FOCAL_POINT = re.compile(r"^(?P<name>[^<>]+)<(?P<email>[^<>]+)>$")
DOMAIN = re.compile(r"^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$")


class Refused(Exception):
    """Nothing was taken. ``problems`` are sentences, each with the number of its line."""

    def __init__(self, problems):
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass
class Row:
    """``values`` holds the columns that the file has, as the model keeps them."""

    line: int
    values: dict
    focal_points: list = field(default_factory=list)  # [(name, e-mail)]
    meetings: list | None = None


@dataclass
class Counts:
    new: int = 0
    changed: int = 0
    same: int = 0


def read(data):
    """[Row] from the file's bytes: UTF-8 with or without a mark, with commas, semicolons or tabs. Raises Refused."""
    try:
        text = data.decode("utf-8-sig").replace("\x00", "")
    except UnicodeDecodeError:
        raise Refused(["The file is not in UTF-8. Save it from the spreadsheet as “CSV UTF-8”."]) from None
    lines = csv.reader(StringIO(text, newline=""), delimiter=delimiter_of(text))
    try:
        columns = _columns(next(lines, []))
        cells = [(lines.line_num, [cell.strip() for cell in row]) for row in lines]
    except csv.Error:
        raise Refused([f"Line {lines.line_num}: this is not a table. Save the sheet as CSV."]) from None
    rows, problems = [], []
    meetings = dict(Meeting.objects.values_list("code", "pk"))
    for number, row in cells:
        if any(row):
            try:
                rows.append(_row(number, columns, row, meetings))
            except ValidationError as error:
                problems += [f"Line {number}: {message}" for message in error.messages]
    problems += _twice(rows)
    if problems:
        raise Refused(problems)
    return rows


def delimiter_of(text):
    """Which of the three stands most often in the first line."""
    head = text.partition("\n")[0]
    return max(DELIMITERS, key=head.count)


def _columns(head):
    columns = ["_".join(cell.lower().split()) for cell in head]
    if "name" not in columns:
        raise Refused([f"The first line must name the columns. Known: {', '.join(COLUMNS)}. “name” is needed."])
    if unknown := [column for column in columns if column and column not in COLUMNS]:
        raise Refused([f"Line 1: no column is called {', '.join(unknown)}. Known: {', '.join(COLUMNS)}."])
    if len(set(columns)) != len(columns):
        raise Refused(["Line 1: a column stands there twice."])
    return columns


def _row(line, columns, cells, meetings):
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        raise ValidationError(f"there are {len(cells)} cells for {len(columns)} columns.")
    cells += [""] * (len(columns) - len(cells))
    given = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
    row = Row(line, {})
    problems = []
    for column, cell in given.items():
        try:
            _read(row, column, cell, meetings)
        except ValidationError as error:
            problems += error.messages
    problems += _outside_domains(row)
    if not problems:
        problems = _refused_by_model(row)
    if problems:
        raise ValidationError(problems)
    return row


def _read(row, column, cell, meetings):
    if column == "focal_points":
        row.focal_points = [_focal_point(text) for text in parts(cell)]
    elif column == "accredited_to":
        if unknown := [code for code in parts(cell) if code not in meetings]:
            raise ValidationError(f"no meeting has the code {', '.join(unknown)}.")
        row.meetings = [meetings[code] for code in parts(cell)]
    else:
        row.values[column] = READERS.get(column, line_of)(cell)


def parts(cell):
    return list(dict.fromkeys(" ".join(part.split()) for part in cell.split(BETWEEN) if part.strip()))


def line_of(cell):
    return " ".join(cell.split())


def one_of(choices, default):
    def read_one(cell):
        value = "_".join(cell.lower().split()) or default
        if value not in choices.values:
            raise ValidationError(f"“{cell}” is none of: {', '.join(choices.values)}.")
        return value

    return read_one


def domains(cell):
    found = [part.lower().removeprefix("@") for part in parts(cell)]
    if bad := [domain for domain in found if not DOMAIN.match(domain)]:
        raise ValidationError(f"write the domain “{bad[0]}” like example.org.")
    return found


def country(cell):
    code = names.find(cell) if cell else ""
    if code is None or (code and names.kind(code) not in {*names.STATES, "area"}):
        raise ValidationError(f"“{cell}” is no country that the list of names knows.")
    return code


def website(cell):
    return f"https://{cell}" if cell and "://" not in cell else cell


READERS = {
    "kind": one_of(Organization.Kind, "civil_society"),
    "status": one_of(Organization.Status, "none"),
    "aliases": parts,
    "domains": domains,
    "country": country,
    "website": website,
}


def _focal_point(text):
    match = FOCAL_POINT.match(text)
    email = match["email"].strip().lower() if match else ""
    try:
        validate_email(email)
    except ValidationError:
        raise ValidationError(f"write the focal point “{text}” like Ada Example <ada@example.org>.") from None
    name = match["name"].strip()
    if len(name) > FocalPoint._meta.get_field("name").max_length:
        raise ValidationError("the name of a focal point is too long.")
    return name, email


def _outside_domains(row):
    """Whoever speaks for an organization with domains of its own writes from one of them."""
    own = row.values.get("domains")
    for _name, email in row.focal_points if own else []:
        domain = email.rpartition("@")[2]
        if not any(domain == known or domain.endswith(f".{known}") for known in own):
            yield f"{email} is not an address of {', '.join(own)}. Add its domain, or leave “domains” empty."


def _refused_by_model(row):
    organization = Organization(**row.values)
    if not fold(organization.name):
        return ["the name is missing."]
    try:
        organization.clean_fields()
    except ValidationError as error:
        return [f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items()]
    return []


def _twice(rows):
    for key in ("name", "number"):
        seen = {}
        for row in rows:
            value = fold(row.values.get(key, ""))
            if value and value in seen:
                yield f"Line {row.line}: the same {key} stands in line {seen[value]}."
            seen.setdefault(value, row.line)


@transaction.atomic
def load(rows, *, dry_run=False):
    """Write them and return Counts. An organization is known by its number, or else by its name. Raises Refused."""
    kept = list(Organization.objects.prefetch_related("focal_points", "accredited_to"))
    by_number = {row.number: row for row in kept if row.number}
    by_name = {fold(row.name): row for row in kept}
    counts, problems = Counts(), []
    for row in rows:
        organization = by_number.get(row.values.get("number") or None)
        namesake = by_name.get(fold(row.values["name"]))
        if organization and namesake and organization != namesake:
            problems.append(f"Line {row.line}: another organization has the name “{namesake.name}” already.")
        elif not organization and namesake and namesake.number and row.values.get("number"):
            problems.append(f"Line {row.line}: “{namesake.name}” has the number {namesake.number} already.")
        else:
            _write(organization or namesake, row, counts)
    if problems:
        raise Refused(problems)
    if dry_run:
        transaction.set_rollback(True)
    return counts


def _write(organization, row, counts):
    is_new = organization is None
    organization = organization or Organization()
    changed = {name: value for name, value in row.values.items() if getattr(organization, name) != value}
    for name, value in changed.items():
        setattr(organization, name, value)
    if is_new or changed:
        organization.save()
    has_moved = _accredit(organization, row.meetings, is_new) | _name_focal_points(organization, row, is_new)
    if is_new:
        counts.new += 1
    elif changed or has_moved:
        counts.changed += 1
    else:
        counts.same += 1


def _accredit(organization, meetings, is_new):
    if meetings is None:
        return False
    kept = set() if is_new else {meeting.pk for meeting in organization.accredited_to.all()}
    if kept != set(meetings):
        organization.accredited_to.set(meetings)
    return kept != set(meetings)


def _name_focal_points(organization, row, is_new):
    """Adds and renames; who is not in the file stays, since the desk may have named them."""
    kept = {} if is_new else {point.email.lower(): point for point in organization.focal_points.all()}
    has_changed = False
    for name, email in row.focal_points:
        point = kept.get(email) or FocalPoint(organization=organization, email=email)
        if point.name != name:
            point.name, has_changed = name, True
            point.save()
    return has_changed
