"""The advisory page of one telling, through ``templates/advisory/meeting.html``. Pure: no request, no database."""

import re
from itertools import groupby
from urllib.parse import quote

from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from advisory.renditions import dates, kit, markdown, marks, notices, structured, text, times, wording
from advisory.renditions.access import access
from advisory.words import (
    AdvisoryForm,
    Attendance,
    Attending,
    ContactRole,
    DocumentRole,
    MeetingKind,
    MeetingStatus,
    Precision,
    SpeakerRole,
    StakeoutKind,
    WebcastKind,
)

OFFICIAL = {"ar", "zh", "en", "fr", "ru", "es"}
RESULTS = {DocumentRole.OUTCOME, DocumentRole.STATEMENT}
BLANK_LINES = re.compile(r"\n\s*\n+")


def render(telling):
    """UTF-8 bytes of the page."""
    return BLANK_LINES.sub("\n", render_to_string("advisory/meeting.html", context(telling))).encode()


def context(telling):
    """Everything the template says, decided here: the template only asks whether a thing is there."""
    facts, words = telling.facts, telling.words
    return {
        "path": telling.root,
        "full_text": _full_text(telling),
        "title": words.title,
        "theme": words.theme,
        "form": AdvisoryForm(facts.form).label,
        "body": words.body,
        "year": facts.year,
        "code": facts.code,
        "stem": telling.path.rstrip("/"),
        "address": telling.address,
        "description": words.summary or _where_and_when(telling),
        "event": structured.script(structured.event(telling)),
        "article": structured.script(structured.article(telling)),
        "particulars": _particulars(telling),
        "notices": notices.shown(telling),
        "earlier_notices": notices.earlier(telling),
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
        "background_marks": marks.attributes(words.background),
        "programme": _programme(telling),
        "stakeouts": [_stakeout(row) for row in telling.stakeouts],
        "portraits": [_portrait(telling, row) for row in telling.speakers if row.person and row.person.photo],
        "has_photographs": bool(kit.photographs(telling)),
        "photos": [_photo(telling, row) for row in telling.photos if row.image],
        "documents": [_document(telling, row) for row in telling.documents if row.role not in RESULTS],
        "outcome": markdown.blocks(words.outcome, telling.language),
        "outcome_marks": marks.attributes(words.outcome),
        "results": [_document(telling, row) for row in telling.documents if row.role in RESULTS],
        "arrangements": markdown.blocks(words.arrangements, telling.language),
        "arrangements_marks": marks.attributes(words.arrangements),
        "links": [_link(row) for row in telling.links],
        "hashtags": facts.hashtags or [],
        "accounts": facts.accounts or [],
        "boilerplate": words.boilerplate,
        "zone_place": times.place(telling),
    }


def foreign(telling):
    """Attributes of the title where it is in another language than the page; nothing where it is not."""
    return marks.attributes(telling.words.title)


def language_names(codes):
    """Floor sound, English and French; six official languages are named by their number."""
    spoken = [code for code in codes or [] if code != "floor"]
    names = [_("six languages")] if set(spoken) == OFFICIAL else [dates.language_name(code) for code in spoken]
    return wording.listed([_("floor sound")] * ("floor" in (codes or [])) + names)


def safe_address(url):
    """The address, or nothing where it must not become a link."""
    return url if markdown.is_address(url) else ""


def _full_text(telling):
    if not telling.full_text:
        return None
    language = dates.language_name(telling.full_text)
    return {"language": language, "code": telling.full_text, "address": telling.full_text_address}


def _kind(kind):
    return MeetingKind(kind).label if kind and kind != MeetingKind.OTHER else ""


def _where_and_when(telling):
    return wording.joined([times.when(telling)["headline"], telling.words.room, telling.words.city])


def _particulars(telling):
    at = telling.published_at
    corrected = notices.correction(telling)
    issued = {"date": dates.written(at, "plain"), "time": wording.clock(at), "place": times.place(telling)}
    return {
        "edition": _("%(number)s, corrected") % {"number": telling.number} if corrected else f"{telling.number}",
        "issued": _("%(date)s, %(time)s %(place)s") % issued,
        "issued_at": at.isoformat(timespec="minutes"),
        "is_first": telling.number == 1,
        "original": capfirst(dates.language_name(telling.facts.original_language)),
    }


def _where(telling):
    """The most exact name of the place as headline, the rest in order of use to somebody on the way."""
    words = telling.words
    places = [words.room, words.building, words.address, words.city, words.country]
    known = list(dict.fromkeys(place for place in places if place))
    if telling.facts.attendance == Attendance.ONLINE:
        headline, rest = Attendance.ONLINE.label, known
    else:
        headline, rest = (known[0], known[1:]) if known else (_("Place to be announced"), [])
    return {
        "headline": headline,
        "rest": marks.listed(rest),
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
        str(Attending(speaker.attending).label) if speaker.attending not in {"", Attending.CONFIRMED} else "",
    ]
    return {
        "name": f"{person.honorific} {person.name}".strip() if person else "",
        "office": speaker.office,
        "note": wording.joined(notes),
    }


def _webcast(webcast):
    is_recording = webcast.kind == WebcastKind.RECORDING
    extras = [_("captions")] * bool(webcast.has_captions) + [_("sign language")] * bool(webcast.has_signing)
    return {
        "title": webcast.title or (_("Recording") if is_recording else _("Live webcast")),
        "note": _("Recording") if is_recording and webcast.title else "",
        "address": safe_address(webcast.url),
        "channels": wording.joined([language_names(webcast.languages), *extras]),
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
    facts = [wording.day(row.date) if row.date else "", hours, text.minutes(row.minutes) if row.minutes else ""]
    return {
        "kind": StakeoutKind(row.kind).label,
        "title": row.title,
        "facts": marks.listed([*facts, row.room]),
        "who_may_ask": row.who_may_ask,
    }


def _portrait(telling, row):
    photo = row.person.photo
    return _speaker(row) | {
        "source": wording.file_path(telling, photo),
        "width": photo.get("width"),
        "height": photo.get("height"),
        "caption": row.person.photo_caption if telling.is_original else "",
        "credit": telling.in_original(row.person.photo_credit),
    }


def _photo(telling, row):
    return {
        "source": wording.file_path(telling, row.image),
        "name": _("Photograph"),
        "width": row.image["width"],
        "height": row.image["height"],
        "caption": row.caption,
        "credit": row.credit,
        "rights": row.rights,
    }


def _document(telling, row):
    main_address = safe_address(row.url)
    notes = text.document_notes(row)
    notes += [_("in %(languages)s") % {"languages": language_names(row.languages)}] * bool(row.languages)
    return {
        "symbols": [markdown.symbol(symbol, telling.language) for symbol in row.symbols or []],
        "title": row.title or ("" if row.symbols else main_address),
        "address": main_address,
        "note": capfirst(wording.joined(notes)),
        "files": [
            {
                "address": wording.file_path(telling, file),
                "name": file["name"],
                "language": capfirst(dates.language_name(file["language"])),
                "kind": file["media_type"].rpartition("/")[2].upper(),
                "size": filesizeformat(file["size_bytes"]),
            }
            for file in row.files or []
        ],
    }


def _link(row):
    return {"label": row.label or row.url, "address": safe_address(row.url), "is_bare": not row.label}
