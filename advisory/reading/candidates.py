"""How well each date of a text fits the meeting, which one is chosen, and what is doubtful about it."""

import re

from . import prose
from .draft import Warning, gettext_noop
from .times import find_times

WEEKDAYS = [
    gettext_noop("Monday"),
    gettext_noop("Tuesday"),
    gettext_noop("Wednesday"),
    gettext_noop("Thursday"),
    gettext_noop("Friday"),
    gettext_noop("Saturday"),
    gettext_noop("Sunday"),
]

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
# Hours of a room or a desk, not of the meeting: "the media centre is open on 14 February from 06:45"
SERVICE = re.compile(
    r"\b(?:media|press|accreditation|badging?|registration|information)"
    r"\s(?:centre|center|desk|office|working area|room)s?\b"
    r"[^.]{0,60}\b(?:opens?|opening|operat\w+|hours)\b|opening hours|heures d['’]ouverture|horario de atención"
    r"|(?:centre|salle) de presse[^.]{0,60}\bouver|centro de prensa[^.]{0,60}\b(?:abre|abrirá|abierto|funciona)"
    r"|пресс-центр[^.]{0,60}\b(?:работа|откры)\w+|المركز الإعلامي[^.]{0,60}(?:يفتح|مفتوح)|新闻中心[^。]{0,40}开放",
    re.I,
)


def score(calendar, folded, title_lines):
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
        if SERVICE.search(sentence):
            score -= 7
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


def choose(calendar):
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
                gettext_noop("The year is not written; %(year)s was taken from the text. Check it."),
                {"year": str(calendar.start.year)},
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
            calendar.warnings.append(
                Warning(
                    "contradictory_date",
                    "start_date",
                    gettext_noop("%(day)s is a %(weekday)s, but the text says %(weekday_said)s. Ask which is right."),
                    {
                        "day": first.isoformat(),
                        "weekday": WEEKDAYS[first.weekday()],
                        "weekday_said": WEEKDAYS[item.mention.weekday],
                    },
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
                    gettext_noop("The text gives %(day)s and %(other)s for the meeting. Ask which is right."),
                    {"day": calendar.start.isoformat(), "other": first.isoformat()},
                )
            )
            break
