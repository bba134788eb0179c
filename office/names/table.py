"""Reads the table of names (``names.tsv``), the other names by which one is found, and an organization's own file."""

import csv
import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")
COLUMNS = ("code", "alpha2", "kind", "since", *LANGUAGES)
KINDS = ("member", "observer", "other", "area", "organization", "status", "unlisted")
SPREADSHEET_MARK = "\ufeff"


class BadNames(ValueError):
    """The file cannot be used; the message is one sentence with the line's number."""


@dataclass(frozen=True)
class Entry:
    """A State, area, organization or status. ``names[i]``, by language, hold from ``since[i]``, the first always."""

    code: str
    alpha2: str
    kind: str
    since: tuple[date, ...]
    names: tuple[dict[str, str], ...]

    def on(self, day):
        return self.names[max(bisect_right(self.since, day) - 1, 0)]


@cache
def entries(own=""):
    """{code: Entry} in the order of the table; rows of the file ``own`` stand in place of all rows of their codes.

    Raises BadNames, which a site meets once, at its start; later changes of the file wait for the next start.
    """
    shipped = _entries(FOLDER / "names.tsv", {})
    return shipped | _entries(Path(own), shipped) if own else shipped


@cache
def aliases():
    """{code: [text, …]}: what people also write, never shown."""
    return {code: texts for _, (code, *texts) in _rows(FOLDER / "aliases.tsv")}


def _entries(path, shipped):
    found = {}
    lines = _rows(path)
    if tuple(next(lines, (0, []))[1]) != COLUMNS:
        raise BadNames(f"{path}: the first line must name the columns {', '.join(COLUMNS)}, with a tab between them.")
    for number, cells in lines:
        try:
            entry = _entry(cells, shipped)
            found[entry.code] = _joined(found.get(entry.code), entry)
        except BadNames as problem:
            raise BadNames(f"{path}, line {number}: {problem}") from None
    return found


def _rows(path):
    """(line number, cells) of lines that are neither blank nor comments; a spreadsheet may put cells in quotes."""
    try:
        text = path.read_text("utf-8").removeprefix(SPREADSHEET_MARK)
        lines = csv.reader(text.splitlines(), delimiter="\t")
        for cells in lines:
            if any(cells) and not cells[0].startswith("#"):
                yield lines.line_num, [" ".join(cell.split()) for cell in cells]
    except (OSError, UnicodeDecodeError, csv.Error):
        raise BadNames(f"{path} cannot be read as a table in UTF-8, with tabs between its cells.") from None


def _entry(cells, shipped):
    if len(cells) != len(COLUMNS):
        raise BadNames(f"{len(COLUMNS)} cells are needed; there are {len(cells)}.")
    code, alpha2, kind, since, *texts = cells
    if not re.fullmatch("[A-Z]{3}", code):
        raise BadNames(f"a code has three capital letters; this is “{code}”.")
    day = _day(since)
    names = dict(zip(LANGUAGES, texts, strict=True))
    if ours := shipped.get(code):
        alpha2, kind = alpha2 or ours.alpha2, kind or ours.kind
        of_that_day = ours.on(day) if since else ours.names[-1]
        names = {language: text or of_that_day[language] for language, text in names.items()}
    if kind not in KINDS:
        raise BadNames(f"the kind must be one of {', '.join(KINDS)}; it is “{kind}”.")
    if missing := [language for language, text in names.items() if not text]:
        raise BadNames(f"{code} has no name in {', '.join(missing)}.")
    return Entry(code, alpha2, kind, (day,), (names,))


def _day(since):
    try:
        return date.fromisoformat(since) if since else date.min
    except ValueError:
        raise BadNames(f"a day is written 2022-06-01; this is “{since}”.") from None


def _joined(earlier, entry):
    if earlier is None:
        return entry
    if entry.since <= earlier.since[-1:]:
        raise BadNames(f"the rows of {entry.code} must follow each other in time.")
    if (entry.kind, entry.alpha2) != (earlier.kind, earlier.alpha2):
        raise BadNames(f"the rows of {entry.code} differ in kind or alpha2.")
    return Entry(entry.code, entry.alpha2, entry.kind, earlier.since + entry.since, earlier.names + entry.names)
