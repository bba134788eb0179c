"""The advisory as JSON: the field names are a promise to whoever reads it by machine."""

import json

from django.conf import settings

from advisory.renditions import markdown, notices, text, wording
from advisory.words import WebcastKind


def render(telling):
    return json.dumps(content(telling), ensure_ascii=False, indent=1).encode() + b"\n"


def content(telling):
    """Instants are ISO 8601 with their offset; telephones are E.164; figures about registrations are not in it."""
    facts, words = telling.facts, telling.words
    starts = [part.starts_at for part in telling.sittings if part.starts_at]
    ends = [part.ends_at for part in telling.sittings if part.ends_at]
    return {
        "title": words.title,
        "theme": words.theme or None,
        "summary": words.summary or None,
        "form": facts.form,
        "kind": facts.kind,
        "body": words.body or None,
        "address": telling.address,
        "language": telling.spoken,
        "full_text": full_text(telling),
        "starts_at": iso(min(starts, default=None)),
        "ends_at": iso(max(ends, default=None)),
        "first_day": facts.first_day,
        "last_day": facts.last_day,
        "time_zone": facts.time_zone or None,
        "sittings": [sitting(part) for part in telling.sittings],
        "attendance": facts.attendance,
        "venue": {name: words[name] or None for name in ["room", "building", "address", "city", "country", "entrance"]}
        | {"step_free": words.step_free or None, "map": facts.map_url or None},
        "who": [speaker(part) for part in telling.speakers],
        "programme": [programme_item(part) for part in telling.programme],
        "press_moments": [press_moment(part) for part in telling.stakeouts],
        "documents": [entry for part in telling.documents for entry in document(telling, part)],
        "webcast": [webcast(part) for part in telling.webcasts],
        "interpretation": facts.interpretation,
        "contacts": [contact(part) for part in telling.contacts],
        "links": [{"label": part.label or None, "url": part.url} for part in telling.links],
        "hashtags": facts.hashtags,
        "accounts": facts.accounts,
        "background": markdown.plain(words.background),
        "outcome": markdown.plain(words.outcome),
        "photos": [photo(telling, part) for part in telling.photos if part.image],
        "arrangements": markdown.plain(words.arrangements),
        "status": facts.status,
        "edition": telling.number,
        "edition_kind": telling.kind,
        "published_at": iso(telling.published_at),
        "corrected_at": corrected_at(telling),
        "notices": [notice(telling, part) for part in telling.notices],
        "languages": telling.languages,
        "registration": [registration(part) for part in telling.access_notices],
        "demonstration": bool(facts.is_demonstration),
    }


def full_text(telling):
    """Language and address of the page with the prose that is null here; None where nothing is left out."""
    return {"language": telling.full_text, "url": telling.full_text_address} if telling.full_text else None


def corrected_at(telling):
    """When the correction that stands was issued, whatever was issued since; None where none stands."""
    correction = notices.correction(telling)
    return iso(correction.at.astimezone(telling.zone)) if correction else None


def notice(telling, part):
    """What an edition changed, in words; "was" and "is" are null where only that something did."""
    return {
        "kind": part.kind,
        "edition": part.number,
        "at": iso(part.at.astimezone(telling.zone)),
        "words": part.words or None,
        "changes": [
            {"label": line["label"], "was": line["was"] or None, "is": line["is"] or None} for line in part.lines
        ],
    }


def iso(value):
    return value.isoformat() if value else None


def clock(value):
    return wording.clock(value) if value else None


def sitting(part):
    return {
        "title": part.title or None,
        "date": iso(part.date),
        "start_time": clock(part.start_time),
        "end_date": iso(part.end_date or part.date),
        "end_time": clock(part.end_time),
        "precision": part.precision,
        "time_zone": part.time_zone or None,
        "starts_at": iso(part.starts_at),
        "ends_at": iso(part.ends_at),
        "press": part.press,
        "room": part.room or None,
    }


def programme_item(part):
    return {
        "title": part.title,
        "detail": part.detail or None,
        "date": iso(part.date),
        "start_time": clock(part.start_time),
        "end_time": clock(part.end_time),
        "precision": part.precision,
        "press": part.press,
        "room": part.room or None,
    }


def press_moment(part):
    return {
        "kind": part.kind,
        "title": part.title or None,
        "date": iso(part.date),
        "start_time": clock(part.start_time),
        "minutes": part.minutes,
        "precision": part.precision,
        "room": part.room or None,
        "who_may_ask": part.who_may_ask or None,
    }


def speaker(part):
    person = part.person
    return {
        "kind": part.kind,
        "name": (f"{person.honorific} {person.name}".strip() if person else "") or None,
        "office": part.office or None,
        "role": part.role,
        "attending": part.attending,
        "text": text.speaker(part),
    }


def document(telling, part):
    """One object a symbol (contract: documents[{symbol, title, role, url}]); a document without one gives one."""
    files = [
        {"language": file["language"], "url": settings.SITE_URL + wording.file_path(telling, file)}
        for file in part.files
    ]
    for symbol in part.symbols or [None]:
        yield {
            "symbol": symbol,
            "title": part.title or None,
            "role": part.role,
            "url": part.url or (symbol and wording.symbol_address(symbol, telling.language)) or None,
            "advance": bool(part.is_advance),
            "files": files,
        }


def photo(telling, part):
    return {
        "url": settings.SITE_URL + wording.file_path(telling, part.image),
        "width": part.image["width"],
        "height": part.image["height"],
        "caption": part.caption or None,
        "credit": part.credit or None,
        "rights": part.rights or None,
    }


def webcast(part):
    return {
        "kind": part.kind or WebcastKind.LIVE.value,
        "title": part.title or None,
        "url": part.url,
        "languages": part.languages,
        "captions": bool(part.has_captions),
        "signing": bool(part.has_signing),
    }


def contact(part):
    return {
        "name": part.person.name or None,
        "office": part.office or None,
        "role": part.role,
        "languages": part.languages,
        "hours": part.hours or None,
        "phones": part.person.phones,
        "emails": part.person.emails,
    }


def registration(part):
    return {
        "category": part.category,
        "opens_at": iso(part.opens_at) or iso(part.opens_on),
        "closes_at": iso(part.closes_at) or iso(part.closes_on),
        "url": part.address or None,
        "instruction": part.instruction or None,
    }
