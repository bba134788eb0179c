"""Cities, countries and clock zones named in a text."""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from . import cities

_CJK = re.compile(r"[\u3040-\u9fff]")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_.]|[\u064b-\u0652])*(?:[.'’-][^\W\d_]+)*\.?")
_ARABIC_PREFIX = re.compile(r"^(?:[وف]?[بلك]?)(?=.{3})")
_RUSSIAN_ENDING = re.compile(r"(?:ой|ом|ем|ою|ами|ах|[аяеуюиыьй])$")


@dataclass(frozen=True)
class City:
    name: str
    country: str
    zone: str


@dataclass(frozen=True)
class Place:
    """A city as the text spells it, with its place in the text."""

    start: int
    end: int
    text: str
    city: City


def _index():
    by_first, chinese, russian = {}, {}, {}
    for row in cities.ROWS.strip().split("\n"):
        name, country, zone, others = row.split("|")
        city = City(name, country, zone)
        for spelling in (name, *filter(None, others.split(","))):
            if _CJK.search(spelling):
                chinese.setdefault(spelling[0], []).append((spelling, city))
            elif re.match(r"[А-Яа-яЁё]", spelling):
                words = spelling.lower().split()
                russian.setdefault(_stem(words[0]), []).append((words, city))
            else:
                words = spelling.casefold().replace("’", "'").split()
                by_first.setdefault(words[0], []).append((words, city))
    for table in (by_first, russian):
        for entries in table.values():
            entries.sort(key=lambda entry: -len(entry[0]))
    return by_first, chinese, russian


def _stem(word):
    return _RUSSIAN_ENDING.sub("", word) if len(word) > 4 else word


_LATIN, _CHINESE, _RUSSIAN = _index()
_COUNTRY = frozenset(name.casefold() for name in cities.COUNTRIES)
_REGION = frozenset(name.casefold() for name in cities.REGIONS)
_NOT_CITIES = frozenset(
    "nice cali regina rom rim of damas goa aden male san mexico panama guatemala kuwait mendoza".split()
)
_SUFFIX_DC = re.compile(r",?\s*(?:D\.\s?C\.|DC\b)")


def find_cities(text, limit=40):
    """Cities written in the text, in order: 'Женеве' and 'بجنيف' are Geneva too."""
    found, words, index = [], list(_WORD.finditer(text[:20_000])), 0
    while index < len(words) and len(found) < limit:
        place, step = _city_at(text, words, index)
        if place:
            found.append(place)
        index += step
    if _CJK.search(text):
        for match in re.finditer("[" + "".join(_CHINESE) + "]", text):
            for spelling, city in _CHINESE[match[0]]:
                if text.startswith(spelling, match.start()):
                    found.append(Place(match.start(), match.start() + len(spelling), spelling, city))
                    break
        found.sort(key=lambda place: place.start)
    return found


def _city_at(text, words, index):
    """(Place or None, how many words it used) at one word."""
    match = words[index]
    word = match[0].rstrip(".")
    first = word[0]
    if "\u0600" <= first <= "\u06ff":
        bare = _ARABIC_PREFIX.sub("", word)
        for key in (word, bare):
            for spelled, city in _LATIN.get(key, ()):
                if _follows(words, index, spelled[1:]):
                    return _place(text, words, index, len(spelled), city), len(spelled)
        return None, 1
    if not first.isupper():
        return None, 1
    if "\u0400" <= first <= "\u04ff":
        for spelled, city in _RUSSIAN.get(_stem(word.lower()), ()):
            if len(spelled) == 1 or _follows(words, index, spelled[1:]):
                return _place(text, words, index, len(spelled), city), len(spelled)
        return None, 1
    folded = word.casefold().replace("’", "'")
    candidates = _LATIN.get(folded, ()) or _LATIN.get(folded + ".", ())
    for spelled, city in candidates:
        if len(spelled) == 1 and folded in _NOT_CITIES and not _stands_alone(text, match):
            continue
        if _follows(words, index, spelled[1:]):
            return _place(text, words, index, len(spelled), city), len(spelled)
    return None, 1


def _stands_alone(text, match):
    """Whether a doubtful name stands between commas, brackets or line ends, as an address has it."""
    return text[match.end() : match.end() + 1] in ",.)\n" and bool(
        re.search(r"(?:[,(\n–—-]|\bin|\bà|\ben|\bat)\s*$|^$", text[: match.start()][-6:])
    )


def _follows(words, index, rest):
    for offset, wanted in enumerate(rest, 1):
        if index + offset >= len(words) or words[index + offset][0].casefold().replace("’", "'").rstrip(
            "."
        ) != wanted.rstrip("."):
            return False
    return True


def _place(text, words, index, count, city):
    start, end = words[index].start(), words[index + count - 1].end()
    if text[end - 1] == "." and not city.name.endswith(".") and text[start:end] not in ("Washington D.C.",):
        end -= 1
    if text[start:end] == "Washington":
        suffix = _SUFFIX_DC.match(text, end)
        end = suffix.end() if suffix else end
    return Place(start, end, text[start:end], city)


def is_country(text):
    return text.strip(" .()").casefold() in _COUNTRY


def is_region(text):
    name = text.strip(" .()").casefold()
    return name in _REGION or "." in name and name.replace(".", "").replace(" ", "") in _REGION


_ZONE_ABBREVIATIONS = {
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "CET": 1,
    "CEST": 2,
    "EET": 2,
    "EEST": 3,
    "WET": 0,
    "WEST": 1,
    "BST": 1,
    "GMT": 0,
    "UTC": 0,
    "MSK": 3,
    "MSC": 3,
    "EAT": 3,
    "CAT": 2,
    "WAT": 1,
    "SAST": 2,
    "JST": 9,
    "KST": 9,
    "SGT": 8,
    "HKT": 8,
    "AEST": 10,
    "AEDT": 11,
    "MEZ": 1,
    "MESZ": 2,
    "ICT": 7,
    "IST": 5.5,
    "BRT": -3,
    "TRT": 3,
}
_NAMED_ZONES = {
    "Europe/Moscow": r"московско\w+ времени|\bМСК\b|\bмск\b|Moscow time",
    "Asia/Shanghai": r"北京时间",
    "Europe/Zurich": r"日内瓦时间",
    "America/New_York": r"纽约时间",
    "Asia/Tokyo": r"\bJST\b",
    "Asia/Seoul": r"\bKST\b",
    "Africa/Johannesburg": r"\bSAST\b",
    "Asia/Singapore": r"\bSGT\b",
    "Asia/Hong_Kong": r"\bHKT\b",
    "Europe/London": r"\bUK time\b|British Summer Time",
}
_NAMED = [(zone, re.compile(pattern)) for zone, pattern in _NAMED_ZONES.items()]
_TIME_WORD = re.compile(
    r"(?P<before>[^\W\d_][\w.' ’-]{2,22}?)(?:['’]s)?,?\s(?:local\s)?(?:standard\s)?(?:[Tt]ime|TIME)(?!\s*:)\b"
    r"|(?:[Hh]eure|[Hh]ora|[Оо]ra|[Hh]orário|[Zz]eit)(?:s)?(?:\s(?:locale?|oficial|normale|avancée"
    r"|del?l?a?))*\s*(?:de|d['’]|di|en|à|\(|in)\s?(?P<after>[^\W\d_][\w' ’.-]{2,24})"
    r"|(?:по|по местному)\s(?P<russian>[А-Яа-яё-]{4,24})(?:скому)?\s(?:местному\s)?времени"
    r"|بتوقيت\s(?P<arabic>[^\W\d_]{3,20}(?:\s[^\W\d_]{3,20})?)"
)
_RUSSIAN_ADJECTIVES = {
    "женевскому": "Europe/Zurich",
    "московскому": "Europe/Moscow",
    "парижскому": "Europe/Paris",
    "венскому": "Europe/Vienna",
    "нью-йоркскому": "America/New_York",
    "брюссельскому": "Europe/Brussels",
    "лондонскому": "Europe/London",
    "берлинскому": "Europe/Berlin",
    "минскому": "Europe/Minsk",
    "пекинскому": "Asia/Shanghai",
    "римскому": "Europe/Rome",
}
_ABBREVIATION = re.compile(
    r"(?<![\w/])(E[SD]?T|C[SD]T|M[SD]T|P[SD]?T|CES?T|EES?T|WES?T|BST|GMT|UTC|MSK|MSC|EAT|CAT|WAT|IST"
    r"|ICT|BRT|TRT|AE[SD]T|MES?Z|Z)(?:\s?([+-−–]\s?\d{1,2})(?::?[03]0)?)?(?!\w)"
)


def named_zone(text):
    """The IANA zone the text names by city ('Paris time', 'heure de Genève', 'по московскому времени'), or None."""
    for zone, pattern in _NAMED:
        if pattern.search(text):
            return zone
    for match in _TIME_WORD.finditer(text):
        if match["russian"]:
            zone = _RUSSIAN_ADJECTIVES.get(match["russian"].lower())
        else:
            found = find_cities(match["before"] or match["after"] or match["arabic"])
            zone = found[-1].city.zone if found else None
        if zone:
            return zone
    return None


def abbreviation(text):
    """The first zone abbreviation written with capitals in the text, such as CEST, ET or GMT+2, or None."""
    match = _ABBREVIATION.search(text)
    return match[0] if match else None


def offset_of(zone_or_abbreviation, date, time):
    """'+01:00' at that local moment in an IANA zone or under an abbreviation; '' when it cannot be told."""
    hours = _ZONE_ABBREVIATIONS.get(zone_or_abbreviation)
    if hours is None:
        try:
            moment = datetime.fromisoformat(f"{date}T{time}").replace(tzinfo=ZoneInfo(zone_or_abbreviation))
        except (ValueError, KeyError, TypeError, OSError):
            return ""
        hours = moment.utcoffset().total_seconds() / 3600
    sign = "-" if hours < 0 else "+"
    return f"{sign}{int(abs(hours)):02d}:{int(abs(hours) * 60) % 60:02d}"


def agrees(abbreviation_text, zone):
    """Whether a city's zone can be meant by an abbreviation: EDT in Toronto, CET in Vienna even in summer."""
    wanted = (
        {"E": {-5, -4}, "C": {-6, -5}, "M": {-7, -6}, "P": {-8, -7}}.get(abbreviation_text[0])
        if re.fullmatch(r"[ECMP][SD]?T", abbreviation_text)
        else None
    )
    if abbreviation_text in ("CET", "CEST", "MEZ", "MESZ"):
        wanted = {1, 2}
    if wanted is None:
        hours = _ZONE_ABBREVIATIONS.get(abbreviation_text)
        wanted = {hours} if hours is not None else None
    if wanted is None:
        return True
    winter, summer = (ZoneInfo(zone).utcoffset(datetime(2024, month, 1)).total_seconds() / 3600 for month in (1, 7))
    return winter in wanted or summer in wanted
