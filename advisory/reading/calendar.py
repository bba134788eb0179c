"""Which of a text's dates is the meeting's, which its issue, which a deadline; its hours and its embargo."""

import re
from dataclasses import dataclass, field

from . import candidates, prose
from .dateline import DATELINE_TAIL, is_wired
from .dates import Mention, find_dates, find_weekdays, resolve_year
from .draft import Warning, gettext_noop
from .times import find_times


@dataclass
class Dated:
    """A mention with where it stands, what it seems to be and how well it fits the meeting."""

    mention: Mention
    line: object
    section: object
    index: int
    kind: str = "other"
    score: float = 0
    clock: bool = False
    held: bool = False


@dataclass
class Calendar:
    """What the text says about time; dates are datetime.date."""

    issued: object = None
    month_first: bool = False
    years: list = field(default_factory=list)
    dated: list = field(default_factory=list)
    start: object = None
    end: object = None
    start_line: object = None
    labelled: bool = False
    warnings: list = field(default_factory=list)

    def resolve(self, mention):
        year = resolve_year(mention, self.issued, self.years)
        return (mention.first(year), mention.last(year)) if year else (None, None)


def read(sections, sent, folded, title_lines):
    """The Calendar of a sectioned text. ``folded`` gives a line's text with ASCII digits."""
    calendar = Calendar(month_first=_american(sections))
    calendar.dated = _collect(sections, folded, calendar.month_first)
    _find_issue(calendar, sections, sent, folded)
    explicit = [item.mention.year for item in calendar.dated if item.mention.year and item.kind != "stamp"]
    calendar.years = list(dict.fromkeys(sorted(explicit, key=lambda year: -explicit.count(year))))
    if not calendar.years:
        calendar.years = _bare_years(sections)
    candidates.score(calendar, folded, title_lines)
    candidates.choose(calendar)
    if not calendar.start:
        _from_weekday(calendar, sections, folded)
    return calendar


def _american(sections):
    """Whether 3/4/2021 is more likely 4 March: a.m./p.m., US zones, and never a first number over 12."""
    text = "\n".join(section.text for section in sections)[:20_000]
    return bool(
        re.search(r"\b[ECMP][SD]?T\b|\b[ap]\.m\.|Washington|New York|\bUSA\b|\bU\.S\.", text)
    ) and not re.search(r"(?<!\d)(?:1[3-9]|2\d|3[01])/\d{1,2}/\d{2,4}", text)


def _bare_years(sections):
    text = "\n".join(section.text for section in sections)[:20_000]
    return [int(year) for year in dict.fromkeys(re.findall(r"(?<![\d/.-])(20[0-4]\d)(?![\d/-])", text))][:1]


def _collect(sections, folded, month_first):
    found, index = [], 0
    for section in sections:
        for line in section.lines:
            text = folded(line)
            if any(char.isdigit() for char in text[:20_000]):
                for mention in find_dates(text, month_first):
                    found.append(Dated(mention, line, section, index))
                    if len(found) >= 100:
                        return found
            index += 1
    return found


def _find_issue(calendar, sections, sent, folded):
    """The day of issue: an e-mail's Sent, a label, a dateline, a wire stamp, or a date alone at the head."""
    candidates = []
    last_line = sum(len(section.lines) for section in sections) - 1
    if sent:
        mentions = find_dates(sent, calendar.month_first)
        candidates += [(0, m.first()) for m in mentions if m.year]
    head = True
    for item in calendar.dated:
        text, mention = folded(item.line), item.mention
        before, after = text[: mention.start], text[mention.end :]
        if item.section.name != "text" and item.section.name not in (
            "issued",
            "heading",
            "source",
            "background",
            "practical",
            "contact",
        ):
            head = False
        kind = None
        if item.section.name == "issued":
            kind = 0
        elif len(before) < 60 and is_wired(before, after):
            kind = 1
        elif prose.STAMP.search(before[-60:]) or (prose.STAMP.search(text) and len(text) < 160):
            item.kind = "stamp"
        elif head and item.index < 8 and _alone(text, mention, item.section):
            kind = 2
        elif (
            item.index >= last_line - 2
            and item is calendar.dated[-1]
            and _alone(text, mention, item.section)
            and item.section.name in ("text", "contact", "source")
        ):
            kind = 4
        if kind is not None:
            item.kind = "issue"
            if mention.year:
                candidates.append((kind, mention.first()))
    for item in calendar.dated:
        if (
            item.kind == "stamp"
            and item.mention.year
            and re.search(r"envoy|diffus|posted|publi|发布|نشر|опубл", folded(item.line), re.I)
        ):
            candidates.append((5, item.mention.first()))
    others = [item for item in calendar.dated if item.kind == "other"]
    if not others:
        _free_the_only_date(calendar)
        candidates = [candidate for candidate in candidates if candidate[0] in (0, 1, 5)]
    calendar.issued = min(candidates, key=lambda candidate: candidate[0])[1] if candidates else None


def _free_the_only_date(calendar):
    """A text whose only date stands alone at the head dates the meeting by it."""
    for item in calendar.dated:
        if (
            item.kind == "issue"
            and item.section.name != "issued"
            and not DATELINE_TAIL.match(item.line.text[item.mention.end :])
        ):
            item.kind = "other"


def _alone(text, mention, section):
    """A date with hardly a word beside it, or with a wire's clock stamp; not one with a place."""
    if len(text) > 160:
        return False
    rest = (text[: mention.start] + " " + text[mention.end :]).strip(" ,.–—-|:()")
    rest = re.sub(
        r"\b\d{1,2}:\d\d(?::\d\d)?\s?(?:[AP]M)?\s?(?:[A-Z]{2,4})?|\b\w+day\b|FOR IMMEDIATE RELEASE"
        r"|MEDIA ADVISORY|PRESS RELEASE|No\.? ?\d+|г\.",
        "",
        rest,
        flags=re.I,
    ).strip(" ,.–—-|:()")
    return (
        len(rest.split()) <= 2
        and len(rest) < 30
        and not mention.last_day
        and not re.search(r"\d{1,2}[:.]\d\d\s?(?:-|–|to)", text)
    )


def _from_weekday(calendar, sections, folded):
    """A weekday with a clock, resolved from the day of issue."""
    import datetime

    if not calendar.issued:
        return
    for wanted in (("when", "date", "time"), ("text", "what", "title")):
        for section in sections:
            if section.name not in wanted:
                continue
            for line in section.lines:
                text = folded(line)[:600]
                tomorrow = re.search(r"\b(?:tomorrow|demain|mañana|morgen|завтра)\b|明天|明日|غدا", text, re.I)
                today = re.search(r"\b(?:today|aujourd['’]hui|hoy|heute|сегодня)\b|今天|今日|اليوم\s", text, re.I)
                weekdays = find_weekdays(text)
                if not (weekdays or tomorrow or today) or not (find_times(text) or section.name in ("when", "date")):
                    continue
                ahead = 1 if tomorrow else 0 if today else (weekdays[0][2] - calendar.issued.weekday()) % 7
                calendar.start = calendar.end = calendar.issued + datetime.timedelta(days=ahead)
                calendar.start_line = Dated(
                    Mention(0, 0, None, calendar.start.month, calendar.start.day), line, section, 0
                )
                calendar.warnings.append(
                    Warning(
                        "date_assumed",
                        "start_date",
                        gettext_noop("Only a weekday is written; %(day)s was taken from the day of issue. Check it."),
                        {"day": calendar.start.isoformat()},
                    )
                )
                return
