"""The advisory page of one telling, through ``templates/advisory/meeting.html``. Pure: no request, no database."""

import re
from itertools import groupby
from urllib.parse import quote

from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.html import format_html

from advisory.models.validators import LANGUAGE_CODES
from advisory.renditions import kit, markdown, structured, times, wording
from advisory.renditions.access import access
from advisory.words import (
    AdvisoryForm,
    Attendance,
    Attending,
    ContactRole,
    DocumentRole,
    EditionKind,
    MeetingKind,
    MeetingStatus,
    Precision,
    SpeakerRole,
    StakeoutKind,
)

OFFICIAL = {"ar", "zh", "en", "fr", "ru", "es"}
BLANK_LINES = re.compile(r"\n\s*\n+")


def render(telling):
    """UTF-8 bytes of the page."""
    return BLANK_LINES.sub("\n", render_to_string("advisory/meeting.html", context(telling))).encode()


def context(telling):
    """Everything the template says, decided here: the template only asks whether a thing is there."""
    facts, words = telling.facts, telling.words
    return {
        "language": telling.language,
        "foreign": foreign(telling),
        "title": words.title,
        "theme": words.theme,
        "form": AdvisoryForm(facts.form).label,
        "body": words.body,
        "year": facts.year,
        "stem": telling.path.rstrip("/"),
        "address": telling.address,
        "description": words.summary or _where_and_when(telling),
        "event": structured.script(telling),
        "particulars": _particulars(telling),
        "notices": _notices(telling),
        "is_demonstration": facts.is_demonstration,
        "is_off": facts.status == MeetingStatus.CANCELLED,
        "when": times.when(telling),
        "where": _where(telling),
        "what": markdown.linked(words.summary, telling.language) if words.summary else "",
        "kind": _kind(facts.kind),
        "who": [_speaker(speaker) for speaker in telling.speakers],
        "watch": [_webcast(webcast) for webcast in telling.webcasts],
        "access": access(telling),
        "contacts": [_contact(contact) for contact in telling.contacts],
        "background": markdown.blocks(words.background, telling.language),
        "programme": _programme(telling),
        "stakeouts": [_stakeout(row) for row in telling.stakeouts],
        "portraits": [_portrait(telling, row) for row in telling.speakers if row.person and row.person.photo],
        "has_photographs": bool(kit.photographs(telling)),
        "documents": [_document(telling, row) for row in telling.documents],
        "arrangements": markdown.blocks(words.arrangements, telling.language),
        "links": [_link(row) for row in telling.links],
        "hashtags": facts.hashtags or [],
        "accounts": facts.accounts or [],
        "boilerplate": words.boilerplate,
        "zone_place": times.place(telling),
    }


def foreign(telling):
    """Attributes for every text the page's own language does not cover; nothing where it does."""
    return format_html(' lang="{}" dir="auto"', telling.spoken) if telling.spoken != telling.language else ""


def language_names(codes):
    """Floor sound, English and French; six official languages are named by their number."""
    spoken = [code for code in codes or [] if code != "floor"]
    names = ["six languages"] if set(spoken) == OFFICIAL else [LANGUAGE_CODES.get(code, code) for code in spoken]
    names = ["floor sound"] * ("floor" in (codes or [])) + names
    return " and ".join(part for part in [", ".join(names[:-1]), *names[-1:]] if part)


def safe_address(url):
    """The address, or nothing where it must not become a link."""
    return url if markdown.is_address(url) else ""


def _kind(kind):
    return MeetingKind(kind).label if kind and kind != MeetingKind.OTHER else ""


def _where_and_when(telling):
    parts = [times.when(telling)["headline"], telling.words.room, telling.words.city]
    return ", ".join(part for part in parts if part)


def _particulars(telling):
    at = telling.published_at
    corrected = telling.kind == EditionKind.CORRECTION
    return {
        "edition": f"{telling.number}, corrected" if corrected else f"{telling.number}",
        "issued": f"{at.day} {at:%b} {at.year}, {wording.clock(at)} {times.place(telling)}",
        "issued_at": at.isoformat(timespec="minutes"),
        "original": LANGUAGE_CODES.get(telling.facts.original_language, telling.facts.original_language),
    }


def _notices(telling):
    """What a reader of an earlier edition must know first: the meeting's state, then what this edition is."""
    at = f"{wording.moment(telling.published_at)} {times.place(telling)}"
    notices = []
    if telling.facts.status == MeetingStatus.CANCELLED:
        notices.append(("danger", "stop", "Cancelled", "", "This meeting will not take place."))
    if telling.facts.status == MeetingStatus.POSTPONED:
        text = "Do not rely on a time announced earlier: what is known now stands below."
        notices.append(("warning", "clock", "Postponed", "", text))
    texts = {
        EditionKind.CORRECTION: ("warning", "change", f"Edition {telling.number} replaces every earlier one."),
        EditionKind.UPDATE: ("info", "change", f"Edition {telling.number} replaces every earlier one."),
        EditionKind.REMINDER: ("info", "todo", "Nothing has changed but what is marked as such."),
    }
    if telling.kind in texts:
        tone, shape, text = texts[telling.kind]
        notices.append((tone, shape, EditionKind(telling.kind).label, at, text))
    return [dict(zip(("tone", "icon", "word", "at", "text"), notice, strict=True)) for notice in notices]


def _where(telling):
    """The most exact name of the place as headline, the rest in order of use to somebody on the way."""
    words = telling.words
    places = [words.room, words.building, words.address, words.city, words.country]
    known = list(dict.fromkeys(place for place in places if place))
    if telling.facts.attendance == Attendance.ONLINE:
        headline, rest = "Online", known
    else:
        headline, rest = (known[0], known[1:]) if known else ("Place to be announced", [])
    return {
        "headline": headline,
        "rest": ", ".join(rest),
        "is_hybrid": telling.facts.attendance == Attendance.HYBRID,
        "entrance": words.entrance,
        "step_free": words.step_free,
        "overflow": words.overflow_room,
        "interpretation": language_names(telling.facts.interpretation),
        "map": safe_address(telling.facts.map_url),
    }


def _speaker(speaker):
    person = speaker.person
    notes = [
        SpeakerRole(speaker.role).label.lower() if speaker.role in {"chair", "moderator", "panellist"} else "",
        Attending(speaker.attending).label if speaker.attending not in {"", Attending.CONFIRMED} else "",
    ]
    return {
        "name": f"{person.honorific} {person.name}".strip() if person else "",
        "office": speaker.office,
        "note": ", ".join(note for note in notes if note),
    }


def _webcast(webcast):
    extras = ["captions"] * bool(webcast.has_captions) + ["sign language"] * bool(webcast.has_signing)
    languages = language_names(webcast.languages)
    return {
        "title": webcast.title or "Live webcast",
        "is_ours": not webcast.title,
        "address": safe_address(webcast.url),
        "channels": ", ".join(part for part in [languages, *extras] if part),
    }


def _contact(contact):
    person = contact.person
    return {
        "role": ContactRole(contact.role).label if contact.role not in {"", ContactRole.MEDIA} else "",
        "name": person.name,
        "is_desk": contact.is_desk,
        "office": "" if contact.is_desk else contact.office,
        "languages": "" if contact.is_desk else language_names(contact.languages),
        "hours": "" if contact.is_desk else contact.hours,
        "phones": [(number, wording.phone(number)) for number in person.phones or []],
        "emails": [(quote(email, safe="@+"), email) for email in person.emails or []],
    }


def _programme(telling):
    """(day in words or "", items) in the order given; the day is named only where the programme has several."""
    several = len({item.date for item in telling.programme if item.date}) > 1
    return [
        (wording.day(date) if several and date else "", [_item(item) for item in items])
        for date, items in groupby(telling.programme, key=lambda item: item.date)
    ]


def _item(item):
    return {
        "hours": wording.hours(item.start_time, item.end_time, item.precision or Precision.EXACT),
        "is_clock": bool(item.start_time or item.end_time),
        "title": item.title,
        "detail": item.detail,
        "room": item.room,
        "press": times.press(item.press),
    }


def _stakeout(row):
    hours = wording.hours(row.start_time, None, row.precision or Precision.EXACT)
    return {
        "kind": StakeoutKind(row.kind).label,
        "title": row.title,
        "day": wording.day(row.date) if row.date else "",
        "hours": hours,
        "minutes": row.minutes,
        "room": row.room,
        "who_may_ask": row.who_may_ask,
    }


def _portrait(telling, row):
    photo = row.person.photo
    return _speaker(row) | {
        "source": f"{telling.path}files/{photo['digest']}/{quote(photo['name'])}",
        "width": photo.get("width"),
        "height": photo.get("height"),
        "caption": row.person.photo_caption,
        "credit": row.person.photo_credit,
    }


def _document(telling, row):
    main_address = safe_address(row.url)
    notes = ["background"] * (row.role == DocumentRole.BACKGROUND) + ["advance unedited version"] * bool(row.is_advance)
    notes += [f"in {language_names(row.languages)}"] * bool(row.languages)
    return {
        "symbols": [markdown.symbol(symbol, telling.language) for symbol in row.symbols or []],
        "title": row.title or ("" if row.symbols else main_address),
        "address": main_address,
        "note": ", ".join(notes)[:1].upper() + ", ".join(notes)[1:],
        "files": [
            {
                "address": f"{telling.path}files/{file['digest']}/{quote(file['name'])}",
                "name": file["name"],
                "language": LANGUAGE_CODES.get(file["language"], file["language"]),
                "kind": file["media_type"].rpartition("/")[2].upper(),
                "size": filesizeformat(file["size_bytes"]),
            }
            for file in row.files or []
        ],
    }


def _link(row):
    return {"label": row.label or row.url, "address": safe_address(row.url), "is_bare": not row.label}
