"""Items with an hour or a place of their own: from tables, lists, repeated labels and sentences."""

import re

from . import items, prose, tables
from .dates import find_dates
from .draft import Session
from .rows import Row, day_of, is_place, venue_of
from .sections import is_prose, label_field
from .times import find_times
from .venues import PLACE, in_sentence

_KINDS = re.compile(
    r"\b(press conference|press briefing|news conference|media briefing|photo opportunity|family photo"
    r"|group photo|stakeout|doorstep|media availability|press point|opening ceremony|closing ceremony"
    r"|conférence de presse|point presse|point de presse|cérémonie d['’]ouverture|cérémonie de clôture"
    r"|rueda de prensa|conferencia de prensa|ceremonia de (?:apertura|clausura)|acto inaugural"
    r"|пресс-конференция|церемония открытия|Pressekonferenz|Eröffnungsfeier)\b",
    re.I,
)
_OPENS = re.compile(r"\b(?:opens?|open|will open|is open|available)\b", re.I)


def read(sections, calendar, folded):
    """(Session list, lines that are items, lines that tell of one in a sentence). No sessions for a single meeting."""
    rows = tables.read(sections, calendar, folded)
    rows += items.read(sections, calendar, folded, {id(row.line) for row in rows})
    rows = [row for row in rows if row.title and not items.NOT_ITEM.search(row.title) and len(row.title) < 240]
    if len(rows) < 2:
        rows = _labelled(sections, calendar, folded) or rows
    if len(rows) < 2:
        rows += _in_prose(sections, calendar, folded)
    if len(rows) < 2:
        return [], [], []
    _venues_below(rows, sections, folded)
    _venues_told(rows, sections)
    rows = _in_order(rows)
    listed = [
        Session(row.title, row.date.isoformat() if row.date else None, row.opens, row.closes, row.venue) for row in rows
    ]
    items_of = [line for row in rows if row.whole for line in (row.line, *row.others)]
    return _distinct(listed), items_of, [row.line for row in rows if not row.whole]


def _in_order(rows):
    """By day and hour; items without an hour stay where the text has them within their day."""
    if not all(row.date for row in rows):
        return rows
    if any(row.opens is None for row in rows):
        return sorted(rows, key=lambda row: row.date)
    return sorted(rows, key=lambda row: (row.date, row.opens))


def _distinct(sessions):
    kept = []
    for session in sessions:
        if session not in kept:
            kept.append(session)
    return kept


def _venues_below(rows, sections, folded):
    """The line at one and the same distance below most items is their place, if it looks like one in most."""
    by_line = {id(row.line): row for row in rows}
    below = {}
    for section in sections:
        row = None
        for line in section.lines:
            if id(line) in by_line:
                row = by_line[id(line)]
                below.setdefault(id(row.line), [])
            elif row is None or line.gap or find_times(folded(line)[:200]) or is_prose(line.text):
                row = None
            elif all(line is not other for other in row.others):
                below[id(row.line)].append(line)
    for depth in (0, 1):
        found = [(row, lines[depth]) for row in rows if len(lines := below.get(id(row.line), [])) > depth]
        places = sum(is_place(line.text) for _row, line in found)
        if found and places * 2 >= len(found) and any(row.venue is None for row, _line in found):
            for row, line in found:
                row.venue = row.venue or venue_of(line.text)
                row.others.append(line)
            return


def _venues_told(rows, sections):
    """A sentence that gives a listed press conference its room: 'The press conference will be held in …'."""
    bare = [row for row in rows if row.venue is None and _KINDS.search(row.title)]
    texts = [line.text[:600] for section in sections for line in section.lines if line.text.endswith(".")]
    for text in texts if bare else ():
        for _at, sentence in prose.sentences(text):
            kind = _KINDS.search(sentence) if prose.HELD.search(sentence) and not find_dates(sentence) else None
            named = [row for row in bare if kind and kind[1].casefold() in row.title.casefold()]
            if len(named) == 1 and (venue := in_sentence(sentence)):
                named[0].venue = named[0].venue or venue_of(venue)


def _labelled(sections, calendar, folded):
    """Items each told by labels of their own: 'Date / Time / Place' or 'What / When / Where' more than once."""
    groups, group = [], {}
    for number, section in enumerate(sections):
        name = {"date": "when", "title": "what"}.get(section.name, section.name)
        if name in ("what", "when", "time", "where") and section.lines:
            if name in group:
                groups.append(group)
                group = {}
            group[name] = section
            if len(group) == 1 and number:
                group["over"] = sections[number - 1]
    groups = [item for item in [*groups, group] if "when" in item or "time" in item]
    rows = [row for item in groups if (row := _labelled_row(item, calendar, folded))]
    moments = {(row.date, row.opens) for row in rows}
    return rows if len(rows) == len(groups) and len(moments) >= 2 else []


def _labelled_row(group, calendar, folded):
    """A Row of one group of labels; its title is what 'What' says, else the line or heading over the first label."""
    moment = "\n".join(folded(group[name].lines[0])[:300] for name in ("when", "time") if name in group)
    spans, day = find_times(moment), day_of(moment, calendar)
    over, title = group.get("over"), None
    if "what" in group:
        title = group["what"].lines[0].text
    elif over is not None and over.name in ("text", "heading", "sessions"):
        title = over.lines[-1].text if over.lines else over.label
    if not title or is_prose(title) or len(title) > 200 or not (spans or day):
        return None
    where = group["where"].text[:300] if "where" in group else None
    opens, closes = (spans[0].opens, spans[0].closes) if spans else (None, None)
    line = group.get("what", over).lines[-1] if group.get("what", over).lines else None
    return Row(title, day or calendar.start, opens, closes, venue_of(where), line, bool(day))


def _in_prose(sections, calendar, folded):
    """Of several days: a named press event of a sentence, a place that opens for the press."""
    rows = []
    for section in sections if calendar.start else ():
        if section.name not in ("text", "heading", "background", "sessions"):
            continue
        for line in section.lines:
            for _at, sentence in prose.sentences(folded(line)[:3000]):
                row = _prose_row(sentence, section, line, calendar)
                if row:
                    rows.append(row)
    days = {row.date for row in rows}
    several = calendar.start != calendar.end or (len(days) > 1 and all(row.opens and row.date for row in rows))
    return rows if several else []


def _prose_row(sentence, section, line, calendar):
    """A Row of a sentence that names an event and its day; of a short block whose heading names it."""
    mentions, spans = find_dates(sentence, calendar.month_first), find_times(sentence)
    if prose.DEADLINE.search(sentence) or (mentions and mentions[0].last_day):
        return None
    headed = section.name == "heading" and len(section.lines) <= 2 and not line.bullet and (mentions or spans)
    kind = _KINDS.search(sentence)
    if headed and not items.NOT_ITEM.search(section.label) and label_field(section.label) is None:
        title, venue = section.label, in_sentence(sentence) or _subject_place(sentence)
    elif kind and mentions:
        title, venue = kind[1], in_sentence(sentence)
    else:
        return None
    day = calendar.resolve(mentions[0])[0] if mentions else None
    opens, closes = (spans[0].opens, spans[0].closes) if spans else (None, None)
    return Row(title, day, opens, closes, venue_of(venue), line, bool(day), whole=False)


def _subject_place(sentence):
    """'The Press Room on the ground floor opens at 09:00': the place is the subject."""
    match = _OPENS.search(sentence)
    subject = re.sub(r"^(?:The|Le|La|El)\s", "", sentence[: match.start()].strip()) if match else ""
    return subject if subject and PLACE.search(subject) and len(subject) < 80 else None
