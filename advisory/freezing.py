"""A meeting's rows -> what an edition freezes: facts without language, texts by path, and the people beside them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify

from advisory.words import SpeakerKind
from office import discovery

SCHEMA = 2  # 1 had no topics, photographs, outcome, notices, names of bodies in other languages

MEETING_TEXTS = [
    "title", "theme", "summary", "room", "building", "address", "city", "country", "entrance", "step_free",
    "overflow_room", "background", "arrangements", "outcome", "boilerplate",
]  # fmt: skip
PART_TEXTS = {
    "sittings": ["title", "room"],
    "programme": ["title", "detail", "room"],
    "stakeouts": ["title", "room", "who_may_ask"],
    "access_notices": ["who_must", "who_need_not", "instruction", "prepare", "pick_up"],
    "speakers": ["office"],
    "contacts": ["office", "hours"],
    "documents": ["title"],
    "links": ["label"],
    "webcasts": ["title"],
    "photos": ["caption", "credit", "rights"],
}


@dataclass
class Frozen:
    """``people`` is {row key: content}; publishing gives each an id and a salted digest and writes both into facts."""

    facts: dict
    texts: dict
    people: dict


def freeze(meeting):
    """Read the draft rows once. Dates and times are ISO 8601; instants carry the offset in force on that day.

    ``texts`` holds the original language; ``languages.texts`` adds the others, publishing the standing notices.
    """
    parts = {relation: list(getattr(meeting, relation).all()) for relation in PART_TEXTS if relation != "documents"}
    parts["documents"] = list(meeting.documents.prefetch_related("files"))
    for sitting in parts["sittings"]:
        sitting.meeting = meeting
    for row in [*parts["access_notices"], *parts["photos"]]:
        row.meeting = meeting
    routes = own_routes(meeting) if parts["access_notices"] else {}
    for row in parts["access_notices"]:
        row.route = routes.get(row.category, "")
    facts = _meeting_facts(meeting) | {
        relation: [{"key": _key(relation, row)} | FACTS[relation](row) for row in rows]
        for relation, rows in parts.items()
    }
    facts |= _span(parts["sittings"]) | {"notices": []}
    for row, fact in zip(parts["contacts"], facts["contacts"], strict=True):
        fact["shown_until"] = _iso(_last_day_shown(row, facts["last_day"]))
    today = timezone.localdate().isoformat()
    people = {
        fact["key"]: _contact_person(row)
        for row, fact in zip(parts["contacts"], facts["contacts"], strict=True)
        if not fact["shown_until"] or fact["shown_until"] >= today
    }
    people |= {
        _key("speakers", row): _speaker_person(row) for row in parts["speakers"] if row.kind == SpeakerKind.PERSON
    }
    return Frozen(facts, {meeting.original_language: _texts(meeting, parts)}, people)


def own_routes(meeting):
    """{category of an access notice: path of a form of ours beneath the meeting's page}, from the rooms above."""
    found = discovery.declared("access_routes", within="announcing")
    return {category: path for routes in found for category, path in routes(meeting).items()}


def original_texts(meeting):
    """{path: text} of the original language alone, from parts that may have been prefetched."""
    return _texts(meeting, {relation: list(getattr(meeting, relation).all()) for relation in PART_TEXTS})


def _key(relation, row):
    return f"{relation}.{row.pk}"


def _texts(meeting, parts):
    texts = {name: getattr(meeting, name) for name in MEETING_TEXTS}
    texts["body"] = meeting.body.name if meeting.body else ""
    for relation, names in PART_TEXTS.items():
        for row in parts[relation]:
            texts |= {f"{_key(relation, row)}.{name}": getattr(row, name) for name in names}
    return {path: text.strip() for path, text in texts.items() if text.strip()}


def _meeting_facts(meeting):
    names = ["form", "kind", "status", "original_language", "attendance", "time_zone", "map_url"]
    lists = ["interpretation", "hashtags", "accounts"]
    return {name: getattr(meeting, name) for name in [*names, *lists]} | {
        "code": meeting.code,
        "year": meeting.url_year,
        "slug": meeting.slug,
        "body": meeting.body.slug if meeting.body else "",
        "body_names": meeting.body.names if meeting.body else {},
        "topics": [{"slug": topic.slug, "names": topic.names} for topic in meeting.topics.all()],
        "is_demonstration": meeting.is_demonstration,
    }


def _span(sittings):
    """First and last day and the start of the whole, over the sittings that have a date."""
    dated = [row for row in sittings if row.date]
    starts = [row.starts_at for row in dated if row.starts_at]
    return {
        "first_day": _iso(min((row.date for row in dated), default=None)),
        "last_day": _iso(max((row.end_date or row.date for row in dated), default=None)),
        "starts_at": _iso(min(starts, default=None)),
    }


def _last_day_shown(contact, last_day):
    """The officer's own choice; else a person's name rests some weeks after the meeting, or after a later issue.

    A section without a person's name is no personal data and stays.
    """
    if contact.shown_until or not contact.name or not last_day:
        return contact.shown_until
    return max(date.fromisoformat(last_day), timezone.localdate()) + timedelta(days=settings.CONTACT_DAYS)


def _iso(value):
    return value.isoformat() if value else None


def _clock(time):
    return time.strftime("%H:%M") if time else None


def _sitting(row):
    return {
        "date": _iso(row.date),
        "start_time": _clock(row.start_time),
        "end_date": _iso(row.end_date),
        "end_time": _clock(row.end_time),
        "precision": row.precision,
        "time_zone": row.zone,
        "starts_at": _iso(row.starts_at),
        "ends_at": _iso(row.ends_at),
        "press": row.press,
    }


def _programme_item(row):
    return {
        "date": _iso(row.date),
        "start_time": _clock(row.start_time),
        "end_time": _clock(row.end_time),
        "precision": row.precision,
        "press": row.press,
    }


def _stakeout(row):
    return {
        "kind": row.kind,
        "date": _iso(row.date),
        "start_time": _clock(row.start_time),
        "minutes": row.minutes,
        "precision": row.precision,
    }


def _access(row):
    return {
        "category": row.category,
        "opens_on": _iso(row.opens_on),
        "opens_time": _clock(row.opens_time),
        "opens_at": _iso(row.opens_at),
        "closes_on": _iso(row.closes_on),
        "closes_time": _clock(row.closes_time),
        "closes_at": _iso(row.closes_at),
        "address": row.address,
        "route": "" if row.address else row.route,
    }


def _speaker(row):
    return {"kind": row.kind, "role": row.role, "attending": row.attending}


def _contact(row):
    return {"role": row.role, "languages": row.languages, "shown_until": _iso(row.shown_until)}


def _document(row):
    return {
        "symbols": row.symbols,
        "role": row.role,
        "languages": row.languages,
        "is_advance": row.is_advance,
        "url": row.url,
        "files": [
            {
                "language": file.language,
                "name": file.name,
                "digest": file.digest,
                "media_type": file.media_type,
                "size_bytes": file.size_bytes,
            }
            for file in row.files.all()
        ],
    }


def _webcast(row):
    names = ["kind", "url", "languages", "has_captions", "has_signing"]
    return {name: getattr(row, name) for name in names}


def _photo(row):
    return {"image": row.image | {"name": f"{row.meeting.slug}-{row.pk}.{_ending(row.image)}"} if row.image else {}}


def _ending(image):
    return "png" if image["media_type"] == "image/png" else "jpg"


def _contact_person(row):
    return {"name": row.name, "phones": row.phones, "emails": row.emails}


def _speaker_person(row):
    content = {name: getattr(row, name) for name in ["honorific", "name", "photo_credit", "photo_caption"]}
    if row.photo:
        content["photo"] = row.photo | {"name": f"{slugify(row.name) or 'photograph'}.{_ending(row.photo)}"}
    return content


FACTS = {
    "sittings": _sitting,
    "programme": _programme_item,
    "stakeouts": _stakeout,
    "access_notices": _access,
    "speakers": _speaker,
    "contacts": _contact,
    "documents": _document,
    "links": lambda row: {"url": row.url},
    "webcasts": _webcast,
    "photos": _photo,
}
