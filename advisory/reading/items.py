"""Items of a list: lines that begin with a clock, titles over a line of date, hour and room, 'title: date, hour'."""

import re

from . import prose
from .dates import find_dates, find_weekdays
from .rows import EDGE, Row, by_weekday, day_of, heading_day, is_place, split_venue, venue_of, without_zone
from .sections import is_prose
from .times import find_times
from .venues import PLACE

NOT_ITEM = re.compile(
    r"accredit|registration|badge|deadline|embargo|rsvp|akkredit|accrédit|acredit|аккредит|اعتماد|注册"
    r"|was \d|doors open|check-in|security check|acreditaci|llegar|arrive",
    re.I,
)
_BARRED = frozenset("contact source embargo issued time practical links".split())
_LEAD_WORDS = re.compile(
    r"(?:at|from|(?:at|by) the end of [^()]{3,30}|after [^()]{3,30}|following [^()]{3,30}"
    r"|à l['’]issue [^()]{3,30}|al término [^()]{3,30}|approx\w*\.?|around|about|à|a las|um"
    r"|ab|в|с|ca\.?|circa|from|de|vers|не ранее|tbc|约|الساعة|on|new|\*)?",
    re.I,
)
_CORRECTED = re.compile(r"\b(?:was|instead of|originally|statt|au lieu de|rather than|not)$", re.I)
_DUE = re.compile(
    r"(?:accred|регистрац|аккредит|akkredit|anmeld|inscri|acredit|rsvp|deadline)\w*[^.]{0,40}(?:\bby\b"
    r"|\bbefore\b|\buntil\b"
    r"|\bдо\b|\bbis\b|avant|jusqu|antes|hasta|entro)|[时時点點分0]\s?(?:之?前|截止)|@\w",
    re.I,
)
_ABOUT_DATES = re.compile(r"^\W*(?:on|,)\s(?:\w+day|\d)")


def read(sections, calendar, folded, used):
    """Rows of all lists. ``used`` holds ids of lines a table took."""
    rows = []
    for section in sections:
        if section.name in _BARRED and not any(line.bullet for line in section.lines):
            continue
        day = heading_day(section.label, calendar) if section.name == "heading" else None
        lines = [line for line in section.lines if not line.cells]
        reader = _Reader(section, calendar, folded, used, day)
        for block in _blocks(lines):
            reader.block(block)
        rows.extend(reader.rows)
    kept = [row for row in rows if row]
    return kept if len(kept) >= 2 or kept and used else []


def _blocks(lines):
    """Runs of lines without a blank one between; a list that is double-spaced throughout is one run."""
    if len(lines) > 1 and all(line.gap for line in lines[1:]):
        return [lines]
    blocks = []
    for line in lines:
        if line.gap or not blocks:
            blocks.append([])
        blocks[-1].append(line)
    return blocks


class _Reader:
    """Reads one section's blocks in order, remembering the day of the last heading."""

    def __init__(self, section, calendar, folded, used, day):
        self.section, self.calendar, self.folded, self.used, self.day = section, calendar, folded, used, day
        self.rows, self.pending = [], None

    def block(self, lines):
        over = self._title_over(lines)
        for number, line in enumerate(lines):
            text = self.folded(line)[:600]
            if id(line) in self.used:
                self.pending = None
                continue
            heading = heading_day(text, self.calendar)
            if heading and not self.pending and over is None:
                self.day = heading
            elif self.pending:
                self.rows.append(self._row(text, *self.pending, line))
                self.pending = None
            elif over is not None and number > over:
                self._moment(text, line, lines[over], number == over + 1)
            else:
                self._line(text, line)

    def _title_over(self, lines):
        """The number of the line that is a title over a line of hardly more than a moment and a place, or None."""
        for number, (line, below) in enumerate(zip(lines, lines[1:], strict=False)):
            text, moment = self.folded(line)[:300], self.folded(below)[:300]
            if id(line) in self.used or id(below) in self.used or (below.gap and len(lines) != 2):
                return None
            if heading_day(text, self.calendar):
                continue
            title = not find_times(text) and not is_prose(text) and not text.rstrip().endswith((":", "："))
            return number if title and self._is_moment(moment) and not line.rule else None
        return None

    def _is_moment(self, text):
        spans = find_times(text)
        if not spans or not (find_dates(text) or find_weekdays(text) or is_place(text[spans[0].end :])):
            return False
        rest = _without_moment(text, self.calendar)
        return not rest or is_place(rest)

    def _moment(self, text, line, title, first):
        if first:
            span, day = find_times(text)[0], day_of(text, self.calendar)
            venue = venue_of(_without_moment(text, self.calendar)) or None
            row = Row(title.text.strip(EDGE.replace(")", "").replace("(", "")), day or self.day or self.calendar.start,
                      span.opens, span.closes, venue, title, bool(day), others=[line])  # fmt: skip
            self.rows.append(row)

    def _line(self, text, line):
        spans = find_times(text)
        lead = text[: spans[0].start].strip(EDGE + "+/~±") if spans else ""
        if not spans or _CORRECTED.search(lead) or _DUE.search(text[: spans[0].end + 24]):
            return
        span, section = spans[0], self.section
        rest = without_zone(text[span.end :].strip())
        listed = section.name in ("sessions", "heading", "when", "text", "date", "background", "what")
        if _is_lead(lead) and not rest.strip(EDGE):
            if section.name not in ("when", "date"):
                self.day = (day_of(lead, self.calendar) if lead else None) or self.day
                self.pending = (span.opens, span.closes)
        elif _is_lead(lead) and _itemish(rest, section):
            found = day_of(lead, self.calendar) if lead else None
            self.rows.append(self._row(rest, span.opens, span.closes, line, found))
        elif listed and (line.bullet or section.name == "sessions" or self.day) and lead:
            self.rows.append(self._title_first(text, span, line))

    def _row(self, text, opens, closes, line, found=None):
        title, venue = split_venue(text)
        day, calendar = found or self.day, self.calendar
        if not day and calendar.start and (calendar.start == calendar.end or not calendar.end):
            day = calendar.start
        return Row(title, day, opens, closes, venue_of(venue), line, bool(found))

    def _title_first(self, text, span, line):
        """'Press conference: 12 May, 15:00, Room III'."""
        lead, calendar = text[: span.start], self.calendar
        mentions, weekdays = find_dates(lead, calendar.month_first), find_weekdays(lead)
        edges = [mention.start for mention in mentions] + [start for start, _end, _n in weekdays]
        title = (lead[: min(edges)] if edges else lead).rstrip(" ,(–—-:：.…")
        title = re.sub(r"(?:\s(?:on|at|le|el|am|à|a las|um|from|de|в|,|–))+\s*$", "", title).strip(" ,(–—-:：")
        if (
            not 1 <= len(title.split()) <= 16
            or prose.HELD.search(lead)
            or re.search(r"\b(?:will|must|should|please)\b", title)
        ):
            return None
        found = (
            calendar.resolve(mentions[0])[0] if mentions else by_weekday(weekdays[0][2], calendar) if weekdays else None
        )
        after = text[span.end :].strip(" ,.;–—-):")
        after_dates = find_dates(after, calendar.month_first)
        if not found and after_dates:
            found = calendar.resolve(after_dates[0])[0]
        venue = without_zone(after).strip(" ,.;–—-):(") if PLACE.search(after) else None
        venue = re.sub(r"^(?:in|at|à|en|im)\s(?:the\s)?", "", venue) if venue else None
        day = found or self.day or calendar.start
        return Row(title, day, span.opens, span.closes, venue_of(venue), line, bool(found))


def _without_moment(text, calendar):
    """A line without its date, weekday, clock and zone."""
    span = find_times(text)[0]
    cuts = [(span.start, span.end)] + [(m.start, m.end) for m in find_dates(text, calendar.month_first)]
    cuts += [(start, end) for start, end, _number in find_weekdays(text)]
    rest = without_zone(text[span.end :])
    text = text[: span.end] + " " * (len(text) - span.end - len(rest)) + rest
    for start, end in sorted(cuts, reverse=True):
        text = text[:start] + " , " + text[end:]
    text = re.sub(r"(?:[\s,;|–—-]*(?:\b(?:at|à|um|a las|le|el|on|am|den|в|from|de)\b)?[\s,;|–—-]*,)+", ",", text)
    return re.sub(r"^(?:in|at|à|en|im|в)\s(?:the\s)?", "", text.strip(EDGE))


def _is_lead(lead):
    """Whether what stands before the clock leaves it the line's first word."""
    if not lead or _LEAD_WORDS.fullmatch(lead):
        return True
    if len(lead) > 34 or prose.DEADLINE.search(lead) or not (find_dates(lead) or find_weekdays(lead)):
        return False
    return len(lead.split()) <= 4 or bool(find_dates(lead))


def _itemish(rest, section):
    if not rest.strip(EDGE) or NOT_ITEM.search(rest[:60]):
        return False
    if section.name in ("when", "date"):
        words = re.findall(r"[^\W\d_]{3,}", re.sub(r"\([^)]*\)", "", rest))
        return (
            len(words) >= 2
            and not find_dates(rest)
            and not find_weekdays(rest)
            and not re.match(r"^\W*(?:on|in|at|to|until|,)\s", rest)
        )
    return (
        len(rest.split()) <= 45 and not _ABOUT_DATES.match(rest) and not (rest.lstrip()[:1] == "," and find_dates(rest))
    )
