"""Find calendar dates in running text, in the spellings of the supported languages."""

import datetime
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from .vocabulary import MONTHS, WEEKDAYS


def _words(table):
    return {word.replace("_", " "): number for number, words in table.items() for word in words.split()}


MONTH_OF = _words(MONTHS)
WEEKDAY_OF = _words(WEEKDAYS)


def _alternation(words):
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_MONTH = _alternation(word for word in MONTH_OF)
_WEEKDAY = _alternation(word for word in WEEKDAY_OF if not "\u4e00" <= word[0] <= "\u9fff")
_ORDINAL = r"(?:st|nd|rd|th|er|re|ère|º|°|ª|-?го|-?е|\.)?"
_TO = (
    r"(?:-|–|—|‑|/|&|,|to|and|through|thru|until|till|au|et|à|y|e|al|a|bis|und|по|и|до|إلى|الى|حتى|و"
    r"|até|hasta(?:\s+el)?|–\s*le)"
)
_OF = r"(?:\s*(?:of|de|del|d')\s*|\s+)"
_YEAR = r"(?:,?\s*(?:(?:of|de|del|,)\s*)?(?P<{n}>(?:19|20)\d\d)(?!\d)(?!\s?(?:hrs|hours)))?"

_DAY_FIRST = (
    rf"(?<![\d:./])(?<!\bday\s)(?<!\bjour\s)(?<!\bdía\s)(?<!\bdia\s)(?<!\btag\s)(?<!\bдень\s)(?P<d1>0?[1-9]"
    rf"|[12]\d|3[01]){_ORDINAL}(?!\d)"
    rf"(?:\s?{_TO}\s?(?:(?:{_WEEKDAY})\.?,?\s*)?(?:the |le |el )?(?P<d2>[12]\d|3[01]|0?[1-9]){_ORDINAL}(?!\d))?"
    rf"{_OF}?(?P<m1>{_MONTH})(?!\w)\.?{_YEAR.format(n='y1')}"
)
_MONTH_FIRST = (
    rf"(?<!\w)(?P<m2>{_MONTH})(?!\w)\.?\s*(?:the\s)?(?P<d3>[12]\d|3[01]|0?[1-9])(?:st|nd|rd"
    rf"|th)?(?![\d:])(?!\.\d|\s?[ap]\.?m\b)"
    rf"(?:\s?(?:-|–|—|‑|/|&|to|and|through|thru|until)\s?(?P<d4>[12]\d|3[01]|0?[1-9])(?:st|nd|rd"
    rf"|th)?(?![\d:.]|\s?[ap]\.?m|\s(?:{_MONTH})(?!\w)))?{_YEAR.format(n='y2')}"
)
_CHINESE = (
    r"(?:(?P<y3>(?:19|20)\d\d)\s?年)?\s?(?P<m3>1[0-2]|0?[1-9])\s?月\s?(?P<d5>[12]\d|3[01]|0?[1-9])\s?[日号]?"
    r"(?:\s?(?:-|–|—|~|至|到|和|、)\s?(?:(?P<m4>1[0-2]|0?[1-9])\s?月\s?)?(?P<d6>[12]\d|3[01]|0?[1-9])\s?[日号])?"
)
_ISO = (
    r"(?<![\d/.-])(?P<y4>(?:19|20)\d\d)(?P<s1>[-/.])(?P<m5>1[0-2]|0?[1-9])(?P=s1)(?P<d7>3[01]|[12]\d"
    r"|0?[1-9])(?![\d/]|[-.]\d)"
)
_NUMERIC = (
    r"(?<![\d/.-])(?P<n1>3[01]|[12]\d|0?[1-9])(?P<s2>[-/.])(?P<n2>3[01]|[12]\d"
    r"|0?[1-9])(?P=s2)(?P<y5>(?:19|20)\d\d|\d\d)(?![\d/]|[-.:]\d|[A-Za-z(])"
)

_DATE = re.compile(rf"(?=\w)(?:(?=\d)(?:{_DAY_FIRST}|{_CHINESE}|{_ISO}|{_NUMERIC})|{_MONTH_FIRST})", re.I)
_BEFORE_WEEKDAY = re.compile(
    rf"(?<!\w)(?:ال)?({_WEEKDAY}|星期[一二三四五六日天]|周[一二三四五六日天])(?!\w)\.?,?\s*(?:the|le|den|dem|el|the|dia|día"
    rf"|the|الموافق|в|،)?,?\s*\(?$",
    re.I,
)
_AFTER_WEEKDAY = re.compile(rf"^\s*[(（,،]?\s*({_WEEKDAY}|星期[一二三四五六日天]|周[一二三四五六日天])(?!\w)", re.I)
_WEEKDAY_ALONE = re.compile(rf"(?<!\w)({_WEEKDAY}|星期[一二三四五六日天]|周[一二三四五六日天])(?!\w)", re.I)
_RANGE_GAP = re.compile(
    rf"^\s*(?:,\s*)?(?:-|–|—|to|until|till|through|au|à|al|a|bis|bis zum|по|до|إلى|حتى|至|到|hasta el"
    rf"|hasta|até|and|et|y|und|и)\s*"
    rf"(?:the |le |el |den |dem |on )?(?:(?:{_WEEKDAY})\.?,?\s*)?(?:le |el |den )?$",
    re.I,
)
MAX_DATES = 100


@dataclass(frozen=True)
class Mention:
    """One date or range as written; ``year`` is None when the text leaves it out. ``weekday`` belongs to the start."""

    start: int
    end: int
    year: int | None
    month: int
    day: int
    last_month: int | None = None
    last_day: int | None = None
    last_year: int | None = None
    weekday: int | None = None
    line: int = -1

    def first(self, year=None):
        return _date(self.year or year, self.month, self.day)

    def last(self, year=None):
        if not self.last_day:
            return self.first(year)
        first, year = self.first(year), self.last_year or self.year or year
        last = _date(year, self.last_month or self.month, self.last_day)
        if first and last and last < first and not self.last_year:
            last = _date(year + 1, self.last_month or self.month, self.last_day)
        return last if last and first and last >= first else first


def _date(year, month, day):
    try:
        return datetime.date(year, month, day)
    except (ValueError, TypeError):
        return None


def find_dates(text, month_first=False):
    """The first MAX_DATES dates in the text, in order, ranges joined. ``month_first`` settles 3/4/2021 as 4 March."""
    return list(_find_dates(text, month_first))


@lru_cache(maxsize=1024)
def _find_dates(text, month_first):
    found = []
    for match in _DATE.finditer(text):
        mention = _mention(match, month_first)
        if mention and (mention.year is None or mention.first()):
            found.append(_with_weekday(mention, text))
        if len(found) >= MAX_DATES:
            break
    return _join_ranges(found, text)


def _int(value):
    return int(value) if value else None


def _mention(match, month_first):
    start, end = match.span()
    part = match.groupdict()
    if part["m1"]:
        return Mention(
            start, end, _int(part["y1"]), MONTH_OF[part["m1"].lower()], int(part["d1"]), None, _int(part["d2"])
        )
    if part["m2"]:
        return Mention(
            start, end, _int(part["y2"]), MONTH_OF[part["m2"].lower()], int(part["d3"]), None, _int(part["d4"])
        )
    if part["m3"]:
        return Mention(
            start, end, _int(part["y3"]), int(part["m3"]), int(part["d5"]), _int(part["m4"]), _int(part["d6"])
        )
    if part["y4"]:
        return Mention(start, end, int(part["y4"]), int(part["m5"]), int(part["d7"]))
    first, second, year = int(part["n1"]), int(part["n2"]), int(part["y5"])
    year += 2000 if year < 100 else 0
    if part["s2"] == "-" and year < 2000 and len(part["y5"]) == 2:
        return None
    month_leads = second > 12 or (month_first and part["s2"] == "/" and first <= 12)
    day, month = (second, first) if month_leads else (first, second)
    return Mention(start, end, year, month, day) if month <= 12 else None


def weekday_number(word):
    """Monday is 0; Chinese and Arabic words as they stand."""
    return WEEKDAY_OF.get(word.lower().rstrip("."), WEEKDAY_OF.get(word))


def _with_weekday(mention, text):
    before = _BEFORE_WEEKDAY.search(text[max(0, mention.start - 24) : mention.start])
    word = before or _AFTER_WEEKDAY.match(text[mention.end : mention.end + 16])
    return replace(mention, weekday=weekday_number(word[1])) if word else mention


def find_weekdays(text):
    """Weekday words with their offsets: [(start, end, number)]."""
    return [(m.start(), m.end(), weekday_number(m[1])) for m in _WEEKDAY_ALONE.finditer(text)]


def _join_ranges(found, text):
    """'28 Feb – 3 Mar' and 'from 30 November to 2 December' are one mention each."""
    joined = []
    for mention in found:
        previous = joined[-1] if joined else None
        if (
            previous
            and not previous.last_day
            and not mention.last_day
            and mention.start - previous.end < 30
            and _RANGE_GAP.match(text[previous.end : mention.start])
            and (mention.month, mention.day) != (previous.month, previous.day)
        ):
            joined[-1] = replace(
                previous,
                end=mention.end,
                year=previous.year or (mention.year - (mention.month < previous.month) if mention.year else None),
                last_month=mention.month,
                last_day=mention.day,
                last_year=mention.year,
            )
        else:
            joined.append(mention)
    return joined


def resolve_year(mention, issued, years):
    """The year of a mention: its own, else the first fit on or after the day of issue, else the text's year."""
    if mention.year:
        return mention.year
    if issued:
        candidate = mention.first(issued.year)
        if candidate and (issued - candidate).days > 120:
            return issued.year + 1
        if candidate and (candidate - issued).days > 300:
            return issued.year - 1
        return issued.year
    for year in years:
        day = mention.first(year)
        if day and (mention.weekday is None or day.weekday() == mention.weekday):
            return year
    return years[0] if years else None
