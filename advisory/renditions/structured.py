"""The meeting as a schema.org Event, and the advisory as an Article about it: JSON-LD, which no browser executes."""

import json
from datetime import datetime

from django.conf import settings
from django.utils.safestring import mark_safe

from advisory.renditions import notices
from advisory.words import Attendance, MeetingStatus, Precision
from config import languages

STATUS = {
    MeetingStatus.CONFIRMED: "EventScheduled",
    MeetingStatus.POSTPONED: "EventPostponed",
    MeetingStatus.CANCELLED: "EventCancelled",
}
MODE = {
    Attendance.IN_PERSON: "OfflineEventAttendanceMode",
    Attendance.ONLINE: "OnlineEventAttendanceMode",
    Attendance.HYBRID: "MixedEventAttendanceMode",
}
SURE = {Precision.EXACT, Precision.ABOUT}
# "</script>" inside a text would end the block (HTML, "script data state"); JSON may write these as escapes
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def event(telling):
    """A dictionary; instants carry the offset of the meeting's zone, a day without an hour stands alone."""
    facts, words = telling.facts, telling.words
    described = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": words.title,
        "description": words.summary or words.theme,
        "url": telling.address,
        "inLanguage": telling.spoken,
        "startDate": _moment(telling, first=True),
        "endDate": _moment(telling, first=False),
        "previousStartDate": facts.previous_starts_at or None,
        "eventStatus": "https://schema.org/" + _status(facts),
        "eventAttendanceMode": "https://schema.org/" + MODE[Attendance(facts.attendance)],
        "location": _location(telling),
        "organizer": {"@type": "Organization", "name": words.body or settings.ORGANIZATION_NAME,
                      "url": settings.SITE_URL},
    }  # fmt: skip
    return {name: value for name, value in described.items() if value}


def article(telling):
    """The advisory itself: when it was issued and last changed, the correction that stands, its translations."""
    language, known = telling.spoken, {code for code, _name in settings.LANGUAGES}
    described = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": telling.words.title,
        "url": telling.address,
        "inLanguage": language,
        "datePublished": _first_published(telling),
        "dateModified": telling.published_at.isoformat(),
        "correction": _correction(telling),
        "workTranslation": [_translation(telling, other) for other in telling.languages if other in known - {language}],
        "about": {"@type": "Event", "name": telling.words.title, "url": telling.address},
        "publisher": {"@type": "Organization", "name": settings.ORGANIZATION_NAME, "url": settings.SITE_URL},
    }  # fmt: skip
    return {name: value for name, value in described.items() if value}


def script(described):
    """A dictionary as JSON safe to stand inside a script element."""
    return mark_safe(json.dumps(described, ensure_ascii=False).translate(ESCAPES))  # noqa: S308 (escaped here)


def _status(facts):
    """A meeting that goes ahead at another start than was first announced is rescheduled."""
    is_moved = facts.status == MeetingStatus.CONFIRMED and facts.previous_starts_at
    return "EventRescheduled" if is_moved else STATUS.get(facts.status, "EventScheduled")


def _first_published(telling):
    """When the first issue became public, with the offset of the meeting's zone; not told by editions of schema 1."""
    if first := telling.facts.first_published_at:
        return datetime.fromisoformat(first).astimezone(telling.zone).isoformat()
    return telling.published_at.isoformat() if telling.number == 1 else None


def _translation(telling, language):
    address = settings.SITE_URL + languages.address(telling.root, language)
    return {"@type": "NewsArticle", "inLanguage": language, "url": address}


def _correction(telling):
    correction = notices.correction(telling)
    if correction is None:
        return None
    lines = [correction.words, *notices.was_and_is(correction)]
    return {
        "@type": "CorrectionComment",
        "text": " ".join(filter(None, lines)) or notices.heading(telling, correction),
        "datePublished": correction.at.astimezone(telling.zone).isoformat(),
    }


def _moment(telling, *, first):
    """ISO 8601 of the first start or the last end; the day alone where no hour is sure."""
    sure = [sitting for sitting in telling.sittings if sitting.precision in SURE]
    if first:
        instants = [sitting.starts_at for sitting in sure if sitting.starts_at]
        return min(instants).isoformat() if instants else telling.facts.first_day
    instants = [sitting.ends_at for sitting in sure if sitting.ends_at]
    last = telling.facts.last_day
    if instants and max(instants).date().isoformat() >= (last or ""):
        return max(instants).isoformat()
    return last if last != telling.facts.first_day else None


def _location(telling):
    words = telling.words
    places = []
    if telling.facts.attendance != Attendance.ONLINE and (words.room or words.building or words.city):
        address = {"@type": "PostalAddress", "streetAddress": words.address, "addressLocality": words.city,
                   "addressCountry": words.country}  # fmt: skip
        places.append({
            "@type": "Place",
            "name": ", ".join(part for part in [words.room, words.building] if part) or words.city,
            "address": {name: value for name, value in address.items() if value},
        })  # fmt: skip
    if telling.facts.attendance != Attendance.IN_PERSON:
        urls = [webcast.url for webcast in telling.webcasts] or [telling.address]
        places.append({"@type": "VirtualLocation", "url": urls[0]})
    return places[0] if len(places) == 1 else places
