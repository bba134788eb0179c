"""Items of a timetable whose lines have cells: columns named by a header, or told apart by what they hold."""

import re

from .dates import find_dates, find_weekdays
from .rows import EDGE, Row, day_of, heading_day, is_place, split_venue, venue_of
from .sections import is_prose, known_label
from .times import find_times

_COLUMNS = {
    "date": "date",
    "when": "date",
    "time": "time",
    "where": "where",
    "what": "title",
    "title": "title",
    "sessions": "title",
    "who": "note",
    "practical": "note",
    "webcast": "note",
    "theme": "title",
}
_COLUMN_WORDS = [
    ("time", r"time|hour|heure|hora|uhr|время|الوقت|时间|horario"),
    ("date", r"\bday|date|jour|día|fecha|datum|tag\b|дата|день|التاريخ|日期"),
    ("where", r"place|venue|location|room|lieu|salle|lugar|sala|ort\b|raum|место|зал|المكان|القاعة|地点|会议室"),
    (
        "title",
        r"event|activity|item|session|programme|meeting|subject|what|activité|actividad|evento"
        r"|événement|veranstaltung|мероприятие|событие|الفعالية|النشاط|活动|内容|议程|titre|título|agenda",
    ),
]
_FIELDS = frozenset("when where who what date time contact embargo".split())


def read(sections, calendar, folded):
    """Rows of every table, in reading order."""
    rows = []
    for section in sections:
        above = None
        lines = [line for line in section.lines if line.cells]
        inferred = _inferred([folded(line).split("\t") for line in lines]) if len(lines) > 1 else None
        columns, day = None, None
        for line in section.lines:
            cells = line.cells
            if not cells:
                day = heading_day(folded(line), calendar) or day
                above = line if not is_prose(line.text) and not heading_day(folded(line), calendar) else None
                continue
            header = _header(cells)
            if header:
                columns = header
                continue
            row = _row(line, columns or inferred, bool(columns), day, calendar, folded, above if not line.gap else None)
            above = None
            if row:
                day = row.date if row.dated else day
                row.date = row.date or day
                rows.append(row)
    return rows


def _header(cells):
    """What each cell of a header row stands for, or None when the row is no header."""
    names = []
    for cell in cells:
        found = (
            next((name for name, pattern in _COLUMN_WORDS if re.search(pattern, cell, re.I)), None)
            if len(cell) < 32 and not re.search(r"\d", cell)
            else None
        )
        names.append(found or _COLUMNS.get(known_label(cell) or ""))
    good = [name for name in names if name in ("date", "time", "where", "title")]
    return names if len(set(good)) >= 2 and len(good) >= len(cells) / 2 else None


def _inferred(table):
    """Columns of a table without header: a clock's, a place's where another is left for the title; else None."""
    width = max((len(cells) for cells in table), default=0)
    table = [cells for cells in table if len(cells) == width]
    if width < 3 or len(table) < 2:
        return None
    share = [
        [sum(1 for cells in table if test(cells[number])) / len(table) for number in range(width)]
        for test in (_is_clock, is_place)
    ]
    clock = max(range(width), key=lambda number: share[0][number])
    if share[0][clock] < 0.5:
        return None
    free = [
        number
        for number in range(width)
        if number != clock and not share[0][number] and not any(find_dates(cells[number]) for cells in table)
    ]
    place = max(free, key=lambda number: share[1][number], default=None)
    if place is None or share[1][place] < 0.5 or len(free) < 2:
        return None
    names = [None] * width
    names[clock], names[place] = "time", "where"
    return names


def _is_clock(cell):
    return len(cell) < 40 and bool(find_times(cell)) and len(re.findall(r"[^\W\d_]{4,}", cell)) <= 2


def _row(line, columns, headed, day, calendar, folded, above):
    """A Row from cells, by the header where there is one, else by what each cell looks like.

    ``above`` is a line of words right over the row: its title, where the cells hold only a moment and a place.
    """
    cells = folded(line).split("\t")
    if columns and len(columns) > len(cells) and not headed:
        columns = None
    opens = closes = venue = title = None
    date, dated = None, False
    for number, cell in enumerate(cells):
        kind = columns[number] if columns and number < len(columns) else None
        short = len(cell) < 60
        spans, found = (find_times(cell), day_of(cell, calendar)) if short else ([], None)
        new = (found and not dated) or (spans and opens is None)
        if kind in ("date", "time") or (kind is None and new and _hardly_more(cell)):
            if found:
                date, dated = found, True
            if spans and opens is None:
                opens, closes = spans[0].opens, spans[0].closes
        elif kind == "where":
            venue = cell.strip() or None
        elif kind in (None, "title") and cell.strip():
            if title is None:
                title = cell
            elif venue is None and kind is None and is_place(cell):
                venue = cell
    others = []
    if above is not None and opens and (not title or (venue is None and not headed and is_place(title))):
        title, venue, others = above.text, venue or title, [above]
    if not title or known_label(title) in _FIELDS or not (opens or dated or venue and columns):
        return None
    if venue is None and not headed and not others:
        title, venue = split_venue(title)
    alone = calendar.start if calendar.start == calendar.end else None
    return Row(title.strip(EDGE), date or day or alone, opens, closes, venue_of(venue), line, dated, others=others)


def _hardly_more(cell):
    """Whether a cell is a date or a clock rather than a title that holds one."""
    return len(re.findall(r"[^\W\d_]{4,}", cell)) - 2 * len(find_weekdays(cell)) <= 5
