"""Items with an hour or a place of their own: timetables in tables, lists, and lines under dates."""

import re
from dataclasses import dataclass

from . import prose
from .dates import find_dates, find_weekdays
from .draft import Session
from .sections import known_label, label_field
from .times import find_times
from .venues import PLACE, PLACE_ANY_CASE, in_sentence, take_apart

_KINDS = re.compile(
    r"\b(press conference|press briefing|news conference|media briefing|photo opportunity|family photo"
    r"|group photo|stakeout|doorstep|media availability|press point|opening ceremony|closing ceremony"
    r"|conférence de presse|point presse|point de presse|rueda de prensa|conferencia de prensa"
    r"|пресс-конференция|Pressekonferenz)\b",
    re.I,
)
_EDGE = " \t,.;:：–—-|•·)("
_NOT_ITEM = re.compile(
    r"accredit|registration|badge|deadline|embargo|rsvp|akkredit|accrédit|acredit|аккредит|اعتماد|注册"
    r"|was \d|doors open|check-in|security check",
    re.I,
)
_OPENS = re.compile(r"\b(?:opens?|open|will open|is open|available)\b", re.I)
_LUNCH = re.compile(r"^(?:lunch|break|coffee|pause|déjeuner|almuerzo|receso|pausa)\b", re.I)


@dataclass
class Row:
    title: str
    date: object
    opens: str | None
    closes: str | None
    venue: str | None
    line: object
    dated: bool = False
    whole: bool = True


def read(sections, calendar, folded):
    """(Session list, lines that are items, lines that tell of one in a sentence). No sessions for a single meeting."""
    rows = _tables(sections, calendar, folded)
    if not rows:
        rows = []
    rows += _lines(sections, calendar, folded, {id(row.line) for row in rows})
    rows = [row for row in rows if row.title and not _NOT_ITEM.search(row.title) and len(row.title) < 240]
    if len(rows) < 2:
        extra = _items_in_prose(sections, calendar, folded)
        if len(extra) + len(rows) >= 2 or (extra and calendar.start != calendar.end and len(extra) >= 2):
            rows += extra
    if len(rows) < 2:
        return [], [], []
    order = {id(row): number for number, row in enumerate(rows)}
    if all(row.date for row in rows):
        rows.sort(
            key=lambda row: (row.date, row.opens or "", order[id(row)]) if row.opens else (row.date, "", order[id(row)])
        )
        rows = _keep_relative_places(rows, order)
    sessions = [
        Session(row.title, row.date.isoformat() if row.date else None, row.opens, row.closes, row.venue) for row in rows
    ]
    return _distinct(sessions), [row.line for row in rows if row.whole], [row.line for row in rows if not row.whole]


def _keep_relative_places(rows, order):
    """Items without an hour stay where the text has them within their day."""
    if any(row.opens is None for row in rows):
        return sorted(rows, key=lambda row: (row.date, order[id(row)]))
    return rows


def _distinct(sessions):
    kept = []
    for session in sessions:
        if session not in kept:
            kept.append(session)
    return kept


_COLUMNS = {
    "date": "date",
    "when": "date",
    "time": "time",
    "where": "where",
    "what": "title",
    "title": "title",
    "sessions": "title",
    "who": "who",
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


def _columns(cells):
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


def _tables(sections, calendar, folded):
    rows = []
    for section in sections:
        columns, day = None, None
        for line in section.lines:
            cells = line.cells
            if not cells:
                day = _heading_day(folded(line), calendar) or day
                continue
            header = _columns(cells)
            if header:
                columns = header
                continue
            row = _table_row(line, columns, day, calendar, folded)
            if row:
                day = row.date if row.dated else day
                row.date = row.date or day
                rows.append(row)
    return rows


def _table_row(line, columns, day, calendar, folded):
    """A Row from cells, by the header where there is one, else by what each cell looks like."""
    cells = folded(line).split("\t")
    opens = closes = venue = title = None
    date, dated = None, False
    for number, cell in enumerate(cells):
        kind = columns[number] if columns and number < len(columns) else None
        spans = find_times(cell) if len(cell) < 60 else []
        found = _day(cell, calendar) if len(cell) < 60 else None
        if kind in (None, "date", "time") and (found or spans) and len(cell) < 60:
            if found:
                date, dated = found, True
            if spans and opens is None:
                opens, closes = spans[0].opens, spans[0].closes
        elif kind == "where" and cell.strip():
            venue = cell
        elif kind in (None, "title") and cell.strip():
            if title is None:
                title = cell
            elif venue is None and kind is None and PLACE.search(cell):
                venue = cell
    if (
        not title
        or known_label(title) in ("when", "where", "who", "what", "date", "time", "contact")
        or not (opens or dated or venue and columns)
    ):
        return None
    if venue is None and not columns:
        title, venue = _split_venue(title)
    return Row(
        title.strip(_EDGE),
        date or day or (calendar.start if calendar.start == calendar.end else None),
        opens,
        closes,
        _venue(venue),
        line,
        dated,
    )


def _venue(text):
    if not text:
        return None
    venue, _city = take_apart(text)
    return venue


def _day(text, calendar):
    """The date a short text names, by date or by weekday."""
    mentions = find_dates(text, calendar.month_first)
    if mentions:
        return calendar.resolve(mentions[0])[0]
    weekdays = find_weekdays(text)
    return _by_weekday(weekdays[0][2], calendar) if weekdays else None


def _by_weekday(number, calendar):
    """The day of the meeting, or the next after issue, that falls on a weekday."""
    import datetime

    known = sorted(
        {first for item in calendar.dated if item.kind == "other" and (first := calendar.resolve(item.mention)[0])}
    )
    for day in known:
        if day.weekday() == number and (not calendar.start or abs((day - calendar.start).days) < 15):
            return day
    base = (
        calendar.start
        if calendar.start and calendar.start_line and calendar.start_line.section.name != "text"
        else calendar.issued or calendar.start
    )
    if not base:
        return None
    return base + datetime.timedelta(days=(number - base.weekday()) % 7)


def _heading_day(text, calendar):
    """The date of a line that is hardly more than a date: a day's heading in a timetable."""
    if len(text) > 70 or (find_times(text) and not re.match(r"^\W*\d{1,2}\s\D", text)):
        return None
    mentions = find_dates(text, calendar.month_first)
    if mentions:
        rest = text[: mentions[0].start] + text[mentions[0].end :]
        rest = re.sub(r"\b\w+day\b|\bday\s(?:\d|one|two|three)|年|год\w*|г\.", "", rest, flags=re.I)
        return calendar.resolve(mentions[0])[0] if len(re.findall(r"\w+", rest)) <= 4 else None
    weekdays = find_weekdays(text)
    if weekdays and len(text.split()) <= 3 and weekdays[0][0] < 6:
        return _by_weekday(weekdays[0][2], calendar)
    return None


def _lines(sections, calendar, folded, used):
    """Rows from lines that begin with a clock, or a lone clock over its title, or 'title – date, time, place'."""
    rows = []
    for section in sections:
        if section.name in ("contact", "source", "embargo", "issued", "time", "practical", "links") and not any(
            line.bullet for line in section.lines
        ):
            continue
        day, pending = _heading_day(section.label, calendar) if section.name == "heading" else None, None
        lines = [line for line in section.lines if id(line) not in used and not line.cells]
        for line in lines:
            text = folded(line)[:600]
            heading = _heading_day(text, calendar)
            if heading and not pending:
                day = heading
                continue
            if pending:
                rows.append(_row(text, *pending, day, line, calendar))
                pending = None
                continue
            spans = find_times(text)
            if not spans:
                continue
            lead = text[: spans[0].start].strip(_EDGE + "+/~±")
            if re.search(r"\b(?:was|instead of|originally|statt|au lieu de)$", lead, re.I):
                continue
            rest = text[spans[0].end :].strip()
            rest = _strip_zone(rest)
            if _is_lead(lead) and not rest.strip(_EDGE) and section.name not in ("when", "date"):
                pending = (spans[0].opens, spans[0].closes)
            elif _is_lead(lead) and rest.strip(_EDGE) and _itemish(rest, section):
                found = _day(lead, calendar) if lead else None
                rows.append(
                    _row(rest, spans[0].opens, spans[0].closes, found or day, line, calendar, dated=bool(found))
                )
            elif (
                section.name in ("sessions", "heading", "when", "text", "date")
                and (line.bullet or section.name == "sessions" or day)
                and lead
            ):
                row = _title_first(text, spans[0], day, line, calendar)
                if row:
                    rows.append(row)
    kept = [row for row in rows if row]
    return kept if len(kept) >= 2 or kept and used else []


_ZONE = re.compile(
    r"^\W*(?:hrs?|hours|h|uhr|local time|[ECMP][SD]?T|CES?T|GMT|UTC|BST|EAT|\((?:local time|[A-Z]{2,5}"
    r"|[A-Z][\w ]+ time|hora local|heure locale|approx\w*\.?|tbc)\))(?=\W|$)",
    re.I,
)


def _strip_zone(text):
    return _ZONE.sub("", text)


def _is_lead(lead):
    """Whether what stands before the clock leaves it the line's first word."""
    return (
        not lead
        or bool(
            re.fullmatch(
                r"(?:at|from|(?:at|by) the end of [^()]{3,30}|after [^()]{3,30}|following [^()]{3,30}"
                r"|à l['’]issue [^()]{3,30}|al término [^()]{3,30}|approx\w*\.?|around|about|à|a las|um"
                r"|ab|в|с|ca\.?|circa|from|de|vers|не ранее|tbc|约|الساعة|on)?",
                lead,
                re.I,
            )
        )
        or (len(lead) < 34 and bool(find_dates(lead) or (find_weekdays(lead) and len(lead.split()) <= 4)))
    )


def _itemish(rest, section):
    words = rest.split()
    if _NOT_ITEM.search(rest[:60]):
        return False
    if section.name in ("when", "date"):
        return (
            len(re.findall(r"[^\W\d_]{3,}", re.sub(r"\([^)]*\)", "", rest))) >= 2
            and not find_dates(rest)
            and not find_weekdays(rest)
            and not re.match(r"^\W*(?:on|in|at|to|until|,)\s", rest)
        )
    return (
        len(words) <= 45
        and not re.match(r"^\W*(?:on|,)\s(?:\w+day|\d)", rest)
        and not (rest.lstrip()[:1] == "," and find_dates(rest))
    )


def _row(text, opens, closes, day, line, calendar, dated=False):
    title, venue = _split_venue(text)
    if not day and calendar.start and (calendar.start == calendar.end or not calendar.end):
        day = calendar.start
    return Row(title, day, opens, closes, _venue(venue), line, dated)


def _split_venue(text):
    """'Group photo, Hall B entrance' as title and venue, cut where the place begins."""
    text = text.strip(_EDGE.replace("(", "").replace(")", "")).lstrip(") ")
    text = (
        re.sub(
            r"\s*\((?:tbc|open to (?:all )?(?:the )?(?:media|press)|closed|pool only|photo opportunity"
            r"|live|webcast[^)]*|approx[^)]*)\)\s*$",
            "",
            text,
            flags=re.I,
        )
        if text.count("(") == 1 and len(text) > 60
        else text
    )
    said = re.search(
        r"[,.;]?\s\(?(?:Ort|Lieu|Lugar|Venue|Location|Place|Room|Место|地点|المكان)\s?[:：]\s?(?P<venue>[^()]{3,90})\)?$",
        text,
    )
    if said:
        return text[: said.start()].strip(_EDGE.replace(")", "")), said["venue"].strip(" .")
    text = re.sub(
        r"\s[-–—]\s(?:POOL|OPEN|CLOSED|LIVE|TBC|pool(?: only)?|open to (?:the )?(?:media|press))\s*$", "", text
    )
    text = re.sub(r"(?<=\))\s(?:OPEN|CLOSED|POOL)$", "", text)
    hall = re.search(r"\s\((?P<venue>[A-ZÀ-Þ][\w.'’-]*(?:\s[\w.'’-]+){0,2}\s?\d{0,3}[A-Z]?)\)$", text)
    if hall and re.search(r"\d", hall["venue"]):
        return text[: hall.start()].strip(" ,;:–—-"), hall["venue"]
    room_first = re.match(r"(?P<venue>[^:：]{3,40})\s?[:：]\s(?P<title>.+)", text)
    if room_first and PLACE_ANY_CASE.search(room_first["venue"]):
        return room_first["title"].strip(_EDGE), room_first["venue"].strip(_EDGE)
    for pattern in (
        r"\s*[\[(](?P<venue>[^()\[\]]{3,80})[\])]\s*$",
        r"\s(?:–|—|-|\||//|@)\s(?P<venue>[^–—|]{3,90})$",
        r",\s(?P<venue>[^,]{3,60}(?:,\s[^,]{3,50}){0,3})$",
        r"[,.]?\s(?:in|at|Ort:|Lieu :|Lugar:|Venue:|Location:|Room:|место:"
        r"|地点：)\s?(?:the\s)?(?P<venue>[A-ZÀ-ÞА-Я0-9\u4e00-\u9fff][^.;]{2,80})$",
    ):
        match = re.search(pattern, text)
        if match and PLACE.search(match["venue"]) and match.start() > 3:
            venue = match["venue"]
            if pattern.startswith(",") and not PLACE.search(venue.split(",")[0]) and "," in venue:
                first = next((index for index, piece in enumerate(venue.split(", ")) if PLACE.search(piece)), 0)
                venue = ", ".join(venue.split(", ")[first:])
            return text[: text.rfind(venue)].strip(_EDGE.replace(")", "") + "[").removesuffix(" in the").removesuffix(
                " at the"
            ).removesuffix(" in").removesuffix(" at").strip(_EDGE.replace(")", "")), venue.strip(" .")
    return text.strip(" ,;:–—-|."), None


def _title_first(text, span, day, line, calendar):
    """'Press conference: 12 May, 15:00, Room III'."""
    lead = text[: span.start]
    mentions = find_dates(lead, calendar.month_first)
    weekdays = find_weekdays(lead)
    edges = [mention.start for mention in mentions] + [start for start, _end, _n in weekdays]
    title = lead[: min(edges)] if edges else lead
    title = re.sub(r"(?:\s(?:on|at|le|el|am|à|a las|um|from|de|в|,|–))+\s*$", "", title.rstrip(" ,(–—-:：")).strip(
        " ,(–—-:："
    )
    words = title.split()
    if not 1 <= len(words) <= 16 or prose.HELD.search(lead) or re.search(r"\b(?:will|must|should|please)\b", title):
        return None
    found = (
        calendar.resolve(mentions[0])[0] if mentions else _by_weekday(weekdays[0][2], calendar) if weekdays else None
    )
    after = text[span.end :].strip(" ,.;–—-):")
    after_dates = find_dates(after, calendar.month_first)
    if not found and after_dates:
        found = calendar.resolve(after_dates[0])[0]
    venue = _strip_zone(after).strip(" ,.;–—-):(") if PLACE.search(after) else None
    venue = re.sub(r"^(?:in|at|à|en|im)\s(?:the\s)?", "", venue) if venue else None
    return Row(title, found or day or calendar.start, span.opens, span.closes, _venue(venue), line, bool(found))


def _items_in_prose(sections, calendar, folded):
    """In a meeting of several days: a named press event of a sentence, a place that opens for the press."""
    if not calendar.start or calendar.start == calendar.end:
        return []
    rows = []
    for section in sections:
        if section.name not in ("text", "heading", "background", "sessions"):
            continue
        for line in section.lines:
            for _at, sentence in prose.sentences(folded(line)[:3000]):
                row = _prose_row(sentence, section, line, calendar)
                if row:
                    rows.append(row)
    return rows


def _prose_row(sentence, section, line, calendar):
    mentions = find_dates(sentence, calendar.month_first)
    spans = find_times(sentence)
    if prose.DEADLINE.search(sentence):
        return None
    kind = _KINDS.search(sentence)
    if (
        section.name == "heading"
        and len(section.lines) <= 2
        and not line.bullet
        and (mentions or spans)
        and not _NOT_ITEM.search(section.label)
        and label_field(section.label) is None
    ):
        title, venue = section.label, in_sentence(sentence) or _subject_place(sentence)
    elif kind and mentions and not prose.DEADLINE.search(sentence):
        title, venue = kind[1], in_sentence(sentence)
    else:
        return None
    day = calendar.resolve(mentions[0])[0] if mentions else None
    if mentions and mentions[0].last_day:
        return None
    return Row(
        title,
        day,
        spans[0].opens if spans else None,
        spans[0].closes if spans else None,
        _venue(venue),
        line,
        bool(day),
        whole=False,
    )


def _subject_place(sentence):
    """'The Press Room on the ground floor opens at 09:00': the place is the subject."""
    match = _OPENS.search(sentence)
    subject = re.sub(r"^(?:The|Le|La|El)\s", "", sentence[: match.start()].strip()) if match else ""
    return subject if subject and PLACE.search(subject) and len(subject) < 80 else None
