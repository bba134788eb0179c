"""The moment until which material is embargoed."""

import re
from datetime import datetime, timedelta

from . import places, prose
from .clean import fold_digits
from .dates import find_dates
from .times import find_times

_EMBARGO = re.compile(
    r"embarg|sperrfrist|эмбарго|禁止发布|禁发|不得(?:发布|报道|刊发)|حظر"
    r"|(?:not|hold) for (?:release|publication|broadcast)"
    r"|do not (?:publish|release|quote)|not to be (?:published|released|quoted)|hold (?:for release )?until"
    r"|ne pas (?:diffuser|publier)|no (?:publicar|difundir)|не (?:публиковать|подлежит публикации)|frei (?:ab|für)",
    re.I,
)
_NO_EMBARGO = re.compile(
    r"\b(?:no|not|without)\s(?:under\s|an\s)?embargo|embargo policy|(?:arms|trade|oil|economic|naval) embargo"
    r"|embargo (?:against|on) [A-Z]|embargo (?:sur les|de) armes|embargo comercial|حظر (?:الأسلحة|السفر)",
    re.I,
)
_UNTIL = re.compile(
    r"\buntil|\btill|\bbefore|\buntill|jusqu|\bavant|hasta|antes de|\bbis\b|\bvor\b|frei ab|\bдо\b|حتى|قبل|[至到前]"
    r"|embargo(?:ed)?(?:\s(?:date|time))?\s?[:：]|sperrfrist\s?:|embargo\s(?:du|le|for|à|ends|lifts|is lifted|expires)"
    r"|lifted|levé|se levanta",
    re.I,
)
_REGIONAL = re.compile(r"\b(?P<name>Eastern|Central|Mountain|Pacific)\s(?:Standard\s|Daylight\s|Summer\s)?Time\b", re.I)
_REGIONS = {
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
}
_UNIVERSAL = re.compile(r"^\W*(?:hrs?|hours|horas|h)?\W*(?:GMT|UTC|TU|Z)\b(?!\s?[+−-]\s?\d)")
_OFFSET = re.compile(r"\b(?:GMT|UTC)\s?(?P<sign>[+−-])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?")
MAX_MENTIONS = 12


def read(draft, every, dates):
    """Fill ``embargo`` with the moment, and its offset where a zone settles it."""
    text = fold_digits(every)
    found = []
    for match, _number in zip(_EMBARGO.finditer(text), range(MAX_MENTIONS), strict=False):
        for scope in _scopes(text, match):
            moment = _moment(scope, draft, dates)
            if moment:
                found.append((bool(_UNTIL.search(scope)), not prose.DEADLINE.search(scope), len(moment), moment))
                break
    if found:
        draft.embargo = max(found, key=lambda item: item[:3])[3]


def _scopes(text, match):
    """The words in which an embargo's moment is sought: its sentence from the word on, the whole one, the next line."""
    sentence = prose.sentence_at(text, match.start())
    if _NO_EMBARGO.search(sentence):
        return
    after = sentence[max(0, sentence.find(match[0])) :]
    yield after
    if _UNTIL.search(sentence):
        yield sentence
    if len(after) < 110:
        yield text[match.start() : match.start() + 220].split("\n\n")[0]


def _moment(scope, draft, dates):
    """'YYYY-MM-DDTHH:MM+00:00' or a day alone of the first moment named; None without one."""
    mentions, clocks = find_dates(scope, dates.month_first), find_times(scope)
    if not mentions and not (clocks and _UNTIL.search(scope)):
        return None
    first = dates.resolve(mentions[0])[0] if mentions else None
    day = first.isoformat() if first else draft.start_date
    if not day or not clocks:
        return day
    return f"{day}T{clocks[0].opens}{_offset(scope, clocks, day, draft)}"


def _offset(scope, clocks, day, draft):
    """The offset of the first clock: by a second one in universal time, else by the zone beside it or of the place."""
    first, others = clocks[0], clocks[1:]
    beside = scope[first.end : others[0].start if others else first.end + 60]
    written = _OFFSET.search(beside)
    if written:
        return f"{'+' if written['sign'] == '+' else '-'}{int(written['hours']):02d}:{written['minutes'] or '00'}"
    if not _UNIVERSAL.match(beside):
        for other in others:
            if _UNIVERSAL.match(scope[other.end : other.end + 12]):
                return _difference(first.opens, other.opens)
    regional = _REGIONAL.search(beside)
    zone = _REGIONS[regional["name"].lower()] if regional else places.named_zone(_with_clock(scope, first, beside))
    zone = zone or places.abbreviation(beside) or places.abbreviation(scope)
    for candidate in (zone, draft.time_zone):
        offset = places.offset_of(candidate, day, first.opens) if candidate else ""
        if offset:
            return offset
    return ""


def _with_clock(scope, clock, beside):
    """The clock with the words around it, for '14:00 Paris time' and 'heure de Paris : 14 h'."""
    return scope[max(0, clock.start - 30) : clock.end] + beside


def _difference(local, universal):
    """'-03:00' for 11:00 when it is 14:00 in universal time."""
    minutes = (datetime.strptime(local, "%H:%M") - datetime.strptime(universal, "%H:%M")) // timedelta(minutes=1)
    minutes = (minutes + 12 * 60) % (24 * 60) - 12 * 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
