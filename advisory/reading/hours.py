"""The meeting's clock: when it begins on its first day and ends on its last."""

import re
from dataclasses import dataclass

from . import prose
from .candidates import SERVICE
from .times import find_times

_DOOR = re.compile(
    r"(?:doors?|access|gates?|check[- ]in|set[- ]?up|pre-?set|arrive|arrival|entrance|badges?|escort"
    r"|security|registration|accreditation|accueil|llegada|einlass|present themselves|be in place"
    r"|in place)\b[^.;]{0,40}$",
    re.I,
)
_DUE = re.compile(
    r"(?:\bby|\bbefore|not? later than|deadline[^.]{0,20}|\bavant|au plus tard|antes de las?|hasta las?|spätestens"
    r"|\bдо|не позднее|\bwas)\s(?:à\s|um\s|a las\s|в\s)?$",
    re.I,
)


def _is_to_apply(sentence):
    """Whether a sentence only tells journalists to apply or confirm: its clock is not the meeting's."""
    return bool(prose.DEADLINE.search(sentence)) and not prose.HELD.search(sentence)


@dataclass
class Hours:
    opens: str | None = None
    closes: str | None = None
    text: str = ""


def find(sections, calendar, folded):
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
            _DOOR.search(before) or _DUE.search(before) or _is_to_apply(prose.sentence_at(text, span.start))
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


def read(draft, parts, dates, folded):
    """Dates and hours; the sessions of a timetable widen them."""
    days = sorted(session.date for session in draft.sessions if session.date)
    if dates.start:
        draft.start_date, draft.end_date = dates.start.isoformat(), (dates.end or dates.start).isoformat()
        # A range in so many words is the meeting's; days listed before it are arrivals, briefings, badge desks
        one_day = draft.start_date == draft.end_date
        if days and one_day and (not dates.labelled or days[0] == draft.start_date):
            earlier = days[0] if draft.start_date in days else draft.start_date
            draft.start_date, draft.end_date = min(draft.start_date, earlier), max(draft.end_date, days[-1])
    elif days:
        draft.start_date, draft.end_date = days[0], days[-1]
    hours = find(parts, dates, folded)
    first_day = [s for s in draft.sessions if s.date == draft.start_date and s.start_time]
    timed = first_day or [s for s in draft.sessions if s.start_time and not s.date]
    labelled = any(section.name in ("time", "when") and section.lines for section in parts)
    if timed and not (labelled and hours.opens):
        told = bool(prose.HELD.search(hours.text)) and not SERVICE.search(hours.text)
        same = not told or hours.opens in [s.start_time for s in draft.sessions]
        draft.start_time = timed[0].start_time if same or not hours.opens else hours.opens
        draft.end_time = None if same else hours.closes
        last_day = [s for s in draft.sessions if s.date == draft.end_date and s.end_time]
        if not draft.end_time and last_day and draft.sessions[-1].end_time:
            draft.end_time = last_day[-1].end_time
    else:
        draft.start_time, draft.end_time = hours.opens, hours.closes
    return hours
