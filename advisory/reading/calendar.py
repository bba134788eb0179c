"""Which of a text's dates is the meeting's, which its issue, which a deadline; its hours and its embargo."""

import re
from dataclasses import dataclass, field

from . import prose
from .dates import Mention, find_dates, find_weekdays, resolve_year
from .draft import Warning
from .places import find_cities
from .times import find_times

_WIRE = re.compile(
    r"/\s?(?:CNW|PRNewswire|Business Wire|EIN|GlobeNewswire|Newswire|Telbec|PRNewsfoto"
    r"|EurekAlert)[^/]{0,24}/|\((?:Business Wire|GLOBE NEWSWIRE|EUREKALERT|APO|ANTARA|EFE|AFP|TASS"
    r"|Xinhua)\)",
    re.I,
)
_DATELINE_HEAD = re.compile(
    r"^[\"“(]?[A-ZÀ-ÞА-Я\u0600-\u06ff\u4e00-\u9fff][^.\d:;!?\n]{1,48}[,،，\s(/–—-]{1,4}(?:the |le |el "
    r"|den |am )?(?:\w+day,?\s|\w+,\s)?$",
    re.I,
)
_DATELINE_TAIL = re.compile(
    r"^\s*(?:г\.?)?\s*\)?[.,]?\s*(?:[–—:-]|/\s?\w|\(\s?[A-Z]|\.\s?[–—-])|^\s*\([^()]{2,30}\)\s*[–—:-]"
)
_ELECTION = re.compile(
    r"^\s*(?:presidential|parliamentary|general|legislative|local|elections?|referendum|attacks?"
    r"|anniversary|agreement|resolution|earthquake|coup|war|report|decision|edition|issue|version)\b",
    re.I,
)
_PAST = re.compile(
    r"\b(?:since|adopted|founded|established|born|died|signed|launched in|held in|was|were|took place"
    r"|ended|began|depuis|adopté\w*|desde|seit|с тех пор|was held|last year)\b[^.]{0,40}$",
    re.I,
)
_DOOR = re.compile(
    r"(?:doors?|access|gates?|check[- ]in|set[- ]?up|pre-?set|arrive|arrival|entrance|badges?|escort"
    r"|security|registration|accreditation|accueil|llegada|einlass|present themselves|be in place"
    r"|in place)\b[^.;]{0,40}$",
    re.I,
)


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
    _score(calendar, folded, title_lines)
    _choose(calendar)
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
        elif len(before) < 60 and _wired(before, after):
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
            and not _DATELINE_TAIL.match(item.line.text[item.mention.end :])
        ):
            item.kind = "other"


def _wired(before, after):
    """'CITY, 2 February 2018 –' and '/CNW/' begin a wire story."""
    if _WIRE.search(after[:40]) and (not before.strip() or _DATELINE_HEAD.match(before)):
        return True
    if not before.strip(" ("):
        return bool(re.match(r"^\s*[,–—-]\s?[A-ZÀ-Þ][A-ZÀ-Þ]+\b.{0,20}[–—-]\s", after))
    upper = before.split(",")[0].strip()
    if not _DATELINE_HEAD.match(before) or len(upper.split()) > 5 or len(after) < 40:
        return False
    return bool(_DATELINE_TAIL.match(after)) or bool(
        re.match(r"\s*\.\s+[A-ZÀ-Þ¿¡“\"«]|\s*г\.\s*[–—-]", after) and find_cities(before)
    )


def dateline_end(text):
    """Where the story begins after 'CITY, 2 February 2018 – ' or '/CNW/ -'; 0 without a dateline."""
    head = text[:120]
    for mention in find_dates(head)[:1]:
        if _wired(text[: mention.start], text[mention.end : mention.end + 80]):
            stamp = re.match(
                r"[\s,.)]*(?:г\.?)?(?:\([^()]{2,30}\)|/\s?[A-Z][\w .-]{1,24}/)?[\s.]*[–—:-]*(?:\s?[A-Z]["
                r"A-Z ]{3,20}\s[–—-])?\s*",
                text[mention.end :],
            )
            return mention.end + stamp.end()
    place = _PLACE_DASH.match(head)
    return place.end() if place else 0


_PLACE_DASH = re.compile(
    r"^(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?:\s[A-ZÀ-Þ.'’-]+){0,3})(?:,\s?[A-Z][\w. ]{1,20})?\s?(?:\([\w ./]{2,20}"
    r"\)\s?)?[–—-]{1,2}\s+(?=[A-ZÀ-ÞА-ЯЁ“\"«])"
)


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


def _score(calendar, folded, title_lines):
    first_of = {}
    for item in calendar.dated:
        first, _ = calendar.resolve(item.mention)
        if item.kind in ("other",):
            first_of[first] = first_of.get(first, 0) + 1
    for item in calendar.dated:
        if item.kind != "other":
            continue
        text, mention = folded(item.line), item.mention
        first, last = calendar.resolve(mention)
        sentence = prose.sentence_at(text, mention.start)
        before, after = text[max(0, mention.start - 80) : mention.start], text[mention.end : mention.end + 40]
        item.clock = bool(find_times(sentence))
        item.held = bool(prose.HELD.search(sentence))
        score = {
            "when": 8,
            "date": 8,
            "time": 3,
            "sessions": 1,
            "where": 2,
            "title": 3,
            "what": 3,
            "embargo": -9,
            "practical": -4,
            "background": -3,
            "contact": -4,
            "source": -9,
        }.get(item.section.name, 0)
        score += 4 * (item.line in title_lines) + 3 * item.clock + 2 * (mention.weekday is not None) + 3 * item.held
        score += (
            2 * bool(mention.last_day) + min(3, first_of.get(first, 1) - 1) + 2 * (item.index < 4 and len(text) < 140)
        )
        if prose.is_deadline(sentence, before):
            item.kind = "deadline"
            score -= 10
        elif prose.DEADLINE.search(sentence) and not item.held and item.section.name not in ("when", "date"):
            score -= 6
        if re.search(r"embargo|sperrfrist|эмбарго|禁止|حظر", sentence, re.I):
            score -= 5
        if _ELECTION.match(after) or _PAST.search(before):
            score -= 6
        if calendar.issued and first and first < calendar.issued:
            score -= 8
        if re.search(
            r"\b(?:postponed|rescheduled|report[ée]e?|aplazad\w+|pospuest\w+|verschoben|перенес\w+"
            r"|перенос\w*)\b|推迟|延期|تأجيل",
            sentence,
            re.I,
        ) and not re.search(r"\b(?:to|au|al|para el|auf den|на)\s[^.]{0,14}$", before):
            score -= 9
        if re.search(
            r"\(?\bwas\b|\binstead of\b|originally|initially|previously|rescheduled from|postponed from"
            r"|au lieu d|en lugar de|ранее|原定",
            before[-40:],
            re.I,
        ):
            score -= 12
        item.score = score if first else -99


def _choose(calendar):
    candidates = [item for item in calendar.dated if item.kind == "other" and item.score > -3]
    if not candidates:
        return
    labelled = [item for item in candidates if item.section.name in ("when", "date")]
    best = max(labelled or candidates, key=lambda item: (item.score, -item.index))
    start, end = calendar.resolve(best.mention)
    calendar.labelled = bool(labelled)
    for item in candidates:
        first, last = calendar.resolve(item.mention)
        spans = item.mention.last_day and first <= start <= last
        if (
            spans
            and item.score > 0
            and last > end
            and (first == start or not best.mention.last_day)
            and (item.section.name in ("when", "date", "title", "what", "where", "text", "heading"))
        ):
            if first < start and best.section.name in ("when", "date"):
                continue
            start, end = min(start, first) if first != start and item.score >= 3 else start, max(end, last)
    for item in labelled:
        first, last = calendar.resolve(item.mention)
        if first and item.section is best.section and abs((first - start).days) < 30:
            start, end = min(start, first), max(end, last)
    calendar.start, calendar.end, calendar.start_line = start, end, best
    _doubt(calendar, best, candidates)


def _doubt(calendar, best, candidates):
    """Warn of a weekday that disagrees, of two meeting dates, of an assumed year."""
    if not best.mention.year:
        calendar.warnings.append(
            Warning(
                "year_assumed",
                "start_date",
                f"The year is not written; {calendar.start.year} was taken from the text. Check it.",
            )
        )
    for item in candidates:
        first, _last = calendar.resolve(item.mention)
        if (
            item.mention.weekday is not None
            and first
            and item.mention.weekday not in (first.weekday(), _last.weekday())
            and item.score > 2
        ):
            named = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
            calendar.warnings.append(
                Warning(
                    "contradictory_date",
                    "start_date",
                    f"{first.isoformat()} is a {named[first.weekday()]}, but the text says "
                    f"{named[item.mention.weekday]}. Ask which is right.",
                )
            )
            break
    for item in candidates:
        first, last = calendar.resolve(item.mention)
        outside = first and not calendar.start <= first <= calendar.end
        plain = item.section.name in ("text", "title", "what", "when", "date") and (
            item.held
            and (item.clock or item.mention.weekday is not None)
            or item.section.name in ("when", "date")
            or item.index < 4
        )
        if (
            outside
            and plain
            and item.score >= 5
            and abs((first - calendar.start).days) < 400
            and item.line is not best.line
        ):
            calendar.warnings.append(
                Warning(
                    "contradictory_date",
                    "start_date",
                    f"The text gives {calendar.start.isoformat()} and {first.isoformat()} for the meetin"
                    f"g. Ask which is right.",
                )
            )
            break


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
                        f"Only a weekday is written; {calendar.start.isoformat()} was taken from the day"
                        f" of issue. Check it.",
                    )
                )
                return


@dataclass
class Hours:
    opens: str | None = None
    closes: str | None = None
    text: str = ""


def hours(sections, calendar, folded):
    """The meeting's clock: from its time label, else its date label, else the sentence of its date."""
    for names in (("time",), ("when",), ("date",)):
        for section in sections:
            if section.name in names and section.lines:
                found = _hours_in("\n".join(folded(line) for line in section.lines[:8])[:2000])
                if found:
                    return found
    for item in sorted(
        (item for item in calendar.dated if item.kind == "other" and item.score > -3), key=lambda item: -item.score
    ):
        first, last = calendar.resolve(item.mention)
        if not calendar.start or not first or not first <= calendar.start <= last:
            continue
        text = folded(item.line)
        for scope in (prose.sentence_at(text, item.mention.start), text[:1500]):
            found = _hours_in(scope, strict=True)
            if found:
                return found
    return _loose_hours(sections, folded)


def _loose_hours(sections, folded):
    for section in sections:
        if section.name not in ("text", "what", "title", "where", "heading"):
            continue
        for line in section.lines:
            text = folded(line)[:1500]
            if prose.HELD.search(text) or re.search(r"\b(?:at|à|um|a las|в|begin|start)\b", text):
                for _at, sentence in prose.sentences(text):
                    if prose.HELD.search(sentence) or line.gap:
                        found = _hours_in(sentence, strict=True)
                        if found:
                            return found
    return Hours()


def _hours_in(text, strict=False):
    """Hours of one scope; with ``strict``, clocks of doors, deadlines, embargoes and wire stamps do not count."""
    spans = find_times(text)
    usable = []
    for span in spans:
        before = text[max(0, span.start - 70) : span.start]
        if re.search(
            r"embargo\w*[^.;]{0,60}$|sperrfrist[^.;]{0,40}$|\b(?:was|originally|instead of|au lieu de"
            r"|statt)\s(?:at\s)?$",
            before,
            re.I,
        ):
            continue
        if strict and (
            _DOOR.search(before)
            or re.search(
                r"(?:\bby|\bbefore|not later than|deadline[^.]{0,20}|avant|antes de las?|до|\bwas)\s$", before, re.I
            )
        ):
            continue
        if not strict and _DOOR.search(before.rsplit("\n", 1)[-1]) and len(spans) > 1:
            continue
        usable.append(span)
    if not usable:
        return None
    first = usable[0]
    closes = first.closes
    for span in usable[1:]:
        if closes and span.closes and span.opens >= closes and not re.search(r"[()/]", text[first.end : span.start]):
            closes = span.closes
    return Hours(first.opens, closes, text)
