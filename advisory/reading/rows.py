"""One listed item: its title, day, clock and place, and how a line or a cell is cut into them."""

import datetime
import re
from dataclasses import dataclass, field

from .dates import find_dates, find_weekdays
from .times import find_times
from .venues import PLACE, PLACE_ANY_CASE, take_apart

EDGE = " \t,.;:：–—-|•·)(*…"
_ROOM_CODE = re.compile(r"^(?:[A-Z]{1,3}[- ]?\d{1,4}[A-Z]?|[A-Z]\d?[A-Z]\d{2,4}|[IVX]{1,5}|\d{1,3}[A-Z])$")
_PLACE_WORD = re.compile(
    r"\b(?:rue|quai|avenue|boulevard|place|port|gare|cour|parvis|calle|av\.|avenida|plaza|paseo|muelle|puerto|quay"
    r"|street|road|drive|lane|square|gate|entrance|stakeout|rotunda|podium|foyer|lobby|terrace|garden|lawn|steps|pier"
    r"|dock|concourse|corridor|hemicycle|hémicycle|hemiciclo|marquee|tent|stra(?:ß|ss)e|platz|ufer|eingang|piso|planta|étage|floor|level|online|virtual|zoom"
    r"|площад\w+|фойе|подъезд|корпус|этаж|кабинет)\b|(?:stra(?:ß|ss)e|platz|saal|halle|haus|galerie|zimmer)\b|[厅室楼馆]$|شارع|ميدان|بهو",
    re.I,
)
_ZONE = re.compile(
    r"^\W*(?:(?:hrs?|hours|hs?|s|horas|heures|uhr|local time|[ECMP][SD]?T|CES?T|GMT|UTC|BST|EAT|MSK|мск)\b\.?"
    r"|(?:hora|heure|ora)s?\s(?:locale?|de\s(?:la\s)?[A-ZÀ-Þ]\w+(?:\s[A-ZÀ-Þ]\w+)?)|\(?по\s\w+\sвремени\)?"
    r"|[A-Z][\w ]{2,20}\stime\b"
    r"|\((?:local time|(?:GMT|UTC)?\s?[+−-]?\d{0,2}(?::\d\d)?|[A-Z]{2,5}|[A-Z][\w ]+ time|hora local|heure locale"
    r"|approx\w*\.?|tbc|мск)\))(?=\W|$)",
    re.I,
)
_SAID = re.compile(
    r"[,.;]?\s\(?(?:Ort|Treffpunkt|Lieu|Rendez-vous|Lugar|Punto de encuentro|Venue|Location|Place|Room|Meeting point"
    r"|Место|地点|المكان)\s?[:：]\s?(?P<venue>[^()]{3,90})\)?$"
)
_ASIDE = re.compile(
    r"\s*\((?:tbc|open to (?:all )?(?:the )?(?:media|press)|closed|pool only|photo opportunity|live|webcast[^)]*"
    r"|approx[^)]*)\)\s*$",
    re.I,
)
_ACCESS = re.compile(
    r"\s[-–—]\s(?:POOL|OPEN|CLOSED|LIVE|TBC|pool(?: only)?|open to (?:the )?(?:media|press))\s*$"
    r"|(?<=\))\s(?:OPEN|CLOSED|POOL)$"
)
_TAILS = (
    re.compile(r"\s*[\[(](?P<venue>[^()\[\]]{3,80})[\])]\s*$"),
    re.compile(r"\s(?:–|—|-|\||//|@)\s(?P<venue>[^–—|]{2,90})$"),
    re.compile(r"(?<=[^\W\d_]{3})[.;]\s(?P<venue>[A-ZÀ-ÞА-Я][^.;]{3,50}(?:[.,]\s?[^;]{2,60}){0,3})$"),
    re.compile(r",\s(?P<venue>[^,]{3,60}(?:,\s[^,]{3,50}){0,3})$"),
    re.compile(
        r"[,.]?\s(?:in|at|Ort:|Lieu :|Lugar:|Venue:|Location:|Room:|место:|地点：)\s?(?:the\s)?"
        r"(?P<venue>[A-ZÀ-ÞА-Я0-9\u4e00-\u9fff][^.;]{2,80})$"
    ),
)


@dataclass
class Row:
    """An item as read; ``dated`` when its own words name the day, ``whole`` when its lines tell of nothing else."""

    title: str
    date: object
    opens: str | None
    closes: str | None
    venue: str | None
    line: object
    dated: bool = False
    whole: bool = True
    others: list = field(default_factory=list)


def without_zone(text):
    """What follows a clock, its unit or zone left out."""
    for _ in range(2):
        text = _ZONE.sub("", text)
    return text


def venue_of(text):
    return take_apart(text)[0] if text else None


def is_place(text):
    """Whether a short text is a place and nothing else: a room, a code of one, a street or a building."""
    text = text.strip(EDGE)
    if not text or len(text) > 130 or len(text.split()) > 16 or re.search(r"[.!?]\s+[A-ZÀ-Þ]", text):
        return False
    return bool(_ROOM_CODE.match(text.split(",")[0]) or PLACE.search(text) or _PLACE_WORD.search(text))


def day_of(text, calendar):
    """The date a short text names, by date or by weekday."""
    mentions = find_dates(text, calendar.month_first)
    if mentions:
        return calendar.resolve(mentions[0])[0]
    weekdays = find_weekdays(text)
    return by_weekday(weekdays[0][2], calendar) if weekdays else None


def by_weekday(number, calendar):
    """The day of the meeting, or the next after issue, that falls on a weekday."""
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


def heading_day(text, calendar):
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
        return by_weekday(weekdays[0][2], calendar)
    return None


def split_venue(text):
    """'Group photo, Hall B entrance' as (title, venue), cut where the place begins."""
    text = text.strip(EDGE.replace("(", "").replace(")", "")).lstrip(") ")
    if text.count("(") == 1 and len(text) > 60:
        text = _ASIDE.sub("", text)
    said = _SAID.search(text)
    if said:
        return _trimmed(text[: said.start()]), said["venue"].strip(" .")
    text = _ACCESS.sub("", text)
    hall = re.search(r"\s\((?P<venue>[A-ZÀ-Þ][\w.'’-]*(?:\s[\w.'’-]+){0,2}\s?\d{0,3}[A-Z]?)\)$", text)
    if hall and re.search(r"\d", hall["venue"]):
        return text[: hall.start()].strip(" ,;:–—-"), hall["venue"]
    room_first = re.match(r"(?P<venue>[^:：]{3,40})\s?[:：]\s(?P<title>.+)", text)
    if room_first and PLACE_ANY_CASE.search(room_first["venue"]):
        return room_first["title"].strip(EDGE), room_first["venue"].strip(EDGE)
    for pattern in _TAILS:
        match = pattern.search(text)
        if match and match.start() > 3 and _tail_is_place(match["venue"], pattern):
            return _cut(text, match["venue"], inward=pattern is _TAILS[3])
    return text.strip(" ,;:–—-|."), None


def _tail_is_place(venue, pattern):
    if PLACE_ANY_CASE.match(venue) or _PLACE_WORD.match(venue):
        return True
    if PLACE.search(venue):
        return True
    short = len(venue.split()) <= 4 and bool(_ROOM_CODE.match(venue.strip()) or _PLACE_WORD.search(venue))
    return pattern in _TAILS[:2] and short


def _cut(text, venue, *, inward):
    """(title, venue) at the venue's start; ``inward`` skips pieces of the title before the first place."""
    if inward and not PLACE.search(venue.split(",")[0]) and "," in venue:
        pieces = venue.split(", ")
        first = next((index for index, piece in enumerate(pieces) if PLACE.search(piece)), 0)
        venue = ", ".join(pieces[first:])
    return _trimmed(text[: text.rfind(venue)]), venue.strip(" .")


def _trimmed(title):
    title = title.strip(EDGE.replace(")", "") + "[")
    return re.sub(r"\s(?:in|at)(?:\sthe)?$", "", title).strip(EDGE.replace(")", ""))
