"""A reader's Draft -> Meeting and its parts, as rows an officer corrects. The same text never makes two meetings."""

import hashlib
import re
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from functools import cache
from importlib import resources

import phonenumbers
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_noop

from advisory import reading
from advisory.models import (
    Document,
    Link,
    MediaContact,
    Meeting,
    ProgrammeItem,
    Sitting,
    Speaker,
    Webcast,
    validators,
)
from advisory.renditions import wording
from advisory.words import Attendance, MeetingKind, Precision, SpeakerKind, SpeakerRole
from office import chain

UNTITLED = "Untitled advisory"

# What the words of a title say of the meeting's kind; the first that fits
KINDS = [
    (MeetingKind.PRESS_CONFERENCE, r"press conference|news conference|conférence de presse|rueda de prensa"),
    (MeetingKind.BRIEFING, r"briefing|point de presse"),
    (MeetingKind.DIALOGUE, r"\bdialogue\b|diálogo"),
    (MeetingKind.ROUND_TABLE, r"round[ -]?table|table ronde|mesa redonda"),
    (MeetingKind.LAUNCH, r"\blaunch|lancement|lanzamiento"),
    (MeetingKind.SUMMIT, r"\bsummit\b|\bsommet\b|\bcumbre\b"),
    (MeetingKind.HIGH_LEVEL, r"high[ -]level|haut niveau|alto nivel"),
    (MeetingKind.SIDE_EVENT, r"side event"),
    (MeetingKind.CEREMONY, r"ceremony|cérémonie|ceremonia|inauguration|signing"),
    (MeetingKind.CONFERENCE, r"conference|conférence|conferencia|congress|forum"),
    (MeetingKind.COMMITTEE, r"committee|board|comité|commission|session"),
    (MeetingKind.VISIT, r"\bvisit"),
]
ONLINE = re.compile(r"virtual|online|zoom|en ligne|en línea|webinar|по видеосвязи|线上", re.IGNORECASE)
GROUP = re.compile(
    r"^(?:the )?(?:representatives|members?|delegates|civil society|non-governmental|participants|other|experts|"
    r"heads of|ministers|journalists|spokespeople|representantes|représentants|представители)\b",
    re.IGNORECASE,
)
HONORIFIC = re.compile(
    r"^(?P<honorific>(?:H\.?\s?E\.?\s+)?(?:Mr|Mrs|Ms|Dr|Prof|Professor|Sir|Dame|Ambassador|M|Mme|Sr|Sra)\b\.?|H\.?\s?E\.?)\s+"
)


@dataclass
class Imported:
    """``was_there`` tells that the same text had been imported before: nothing new was made."""

    meeting: Meeting
    warnings: list
    was_there: bool


@transaction.atomic
def import_text(text, *, by=None, doubts=()):
    """Read ``text`` into a draft meeting. ``doubts`` are further reading.Warning of the bytes it came from."""
    digest = hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace")).hexdigest()
    if there := Meeting.objects.filter(imported_digest=digest).order_by("pk").first():
        return Imported(there, [], was_there=True)
    draft = reading.read(text)
    # The rows hold completed numbers; which country was taken is said for each of them
    warnings = [*doubts, *(warning for warning in draft.warnings if warning.code != "phone_without_country")]
    meeting = _meeting(draft, digest)
    refused = _parts(meeting, draft)
    meeting.import_doubts = [asdict(warning) for warning in [*warnings, *refused]]
    meeting.save()
    return Imported(meeting, [*warnings, *refused], was_there=False)


def _meeting(draft, digest):
    title = _fit(draft.title or UNTITLED, 300)
    year = draft.start_date[:4] if draft.start_date else str(timezone.now().year)
    meeting = Meeting(
        title=title,
        theme=_fit(draft.theme or "", 300),
        kind=next((kind for kind, words in KINDS if re.search(words, title, re.IGNORECASE)), MeetingKind.OTHER),
        slug=free_slug(title),
        code=free_code(title, year),
        original_language=draft.language if draft.language in validators.LANGUAGE_CODES else "en",
        attendance=_attendance(draft),
        time_zone=draft.time_zone or "",
        city=_fit(draft.city or "", 100),
        background="\n\n".join(escape_markdown(paragraph) for paragraph in draft.background),
        hashtags=draft.hashtags,
        accounts=draft.accounts,
        embargo_until=_embargo(draft.embargo),
        imported_digest=digest,
    )
    meeting.room, meeting.building, meeting.address = _venue(draft.venue)
    meeting.save()
    return meeting


def _parts(meeting, draft):
    """Make the rows that hang on the meeting; return a warning for each line our forms would refuse."""
    refused = []
    first = Sitting(
        meeting=meeting,
        date=_date(draft.start_date),
        end_date=_date(draft.end_date) if draft.end_date != draft.start_date else None,
        start_time=_time(draft.start_time),
        end_time=_time(draft.end_time),
        precision=Precision.EXACT if draft.start_time else Precision.TO_BE_CONFIRMED,
    )
    if first.end_date and first.date and first.end_date < first.date:
        first.end_date = None
    first.save()
    for position, session in enumerate(draft.sessions):
        ProgrammeItem.objects.create(
            meeting=meeting,
            position=position,
            title=_fit(session.title, 300) or "Session",
            date=_date(session.date),
            start_time=_time(session.start_time),
            end_time=_time(session.end_time),
            precision=Precision.EXACT if session.start_time else Precision.TO_BE_CONFIRMED,
            room=_fit(session.venue or "", 200),
        )
    for position, line in enumerate(draft.who):
        _speaker(meeting, position, line).save()
    for position, contact in enumerate(draft.contacts):
        refused += _contact(meeting, position, contact)
    _documents(meeting, draft.symbols)
    refused += _addresses(meeting, Webcast, "webcast", draft.webcast)
    refused += _addresses(meeting, Link, "links", draft.links)
    return refused


def _speaker(meeting, position, line):
    """A line naming a person starts with an honorific and a name; anything else is an office or a group."""
    honorific = HONORIFIC.match(line)
    name, _, office = (line[honorific.end() :] if honorific else line).partition(", ")
    row = Speaker(meeting=meeting, position=position)
    if honorific and len(name) <= 80:
        row.kind, row.honorific, row.name = SpeakerKind.PERSON, honorific["honorific"], name
        row.office = _fit(office, 400)
    elif office and is_personal_name(name):
        row.kind, row.name, row.office = SpeakerKind.PERSON, name, _fit(office, 400)
    else:
        row.kind = SpeakerKind.GROUP if GROUP.match(line) else SpeakerKind.OFFICE
        row.office = _fit(line, 400)
        row.role = SpeakerRole.PARTICIPANT if row.kind == SpeakerKind.GROUP else SpeakerRole.SPEAKER
    return row


OFFICE_WORDS = re.compile(
    r"\b(?:the|of|and|minister|president|secretary|director|general|chair|head|ambassador|commissioner|adviser|"
    r"le|la|les|el|los|de la|ministre|president[ae]|representative)\b",
    re.IGNORECASE,
)


def is_personal_name(words):
    """Two to four capitalised words without a word of office among them."""
    parts = words.split()
    return 2 <= len(parts) <= 4 and not OFFICE_WORDS.search(words) and all(part[0].isupper() for part in parts)


def _contact(meeting, position, contact):
    refused = []
    phones, unread = _each(contact.phones, lambda line: phone_in(line, meeting.time_zone))
    for line in contact.phones:
        if line not in unread and lacks_country(line):
            taken = wording.phone(phone_in(line, meeting.time_zone))
            refused.append(
                reading.Warning(
                    "phone_country_assumed",
                    "contacts",
                    gettext_noop("“%(line)s” was taken for %(number)s. Check it."),
                    {"line": line, "number": taken},
                )
            )
    refused += [
        reading.Warning(
            "phone_unread",
            "contacts",
            gettext_noop("Write the telephone “%(line)s” with its country code."),
            {"line": line},
        )
        for line in unread
    ]
    emails, unread = _each(contact.emails, validators.email_address)
    refused += [
        reading.Warning(
            "email_unread", "contacts", gettext_noop("Correct the e-mail address “%(line)s”."), {"line": line}
        )
        for line in unread
    ]
    name, office = _fit(contact.name or "", 200), _fit(contact.office or "", 400)
    MediaContact.objects.create(
        meeting=meeting,
        position=position,
        name=name,
        office=office or ("" if name else "Media inquiries"),
        phones=phones,
        emails=emails,
    )
    return refused


def _documents(meeting, symbols):
    """One row a symbol; where two are one document's double symbol the officer joins them."""
    for position, entry in enumerate(symbols):
        Document.objects.create(meeting=meeting, position=position, symbols=[entry.symbol], role=entry.role)


def _addresses(meeting, model, field, addresses):
    found, unread = _each(addresses, full_address)
    for position, address in enumerate(found):
        model.objects.create(meeting=meeting, position=position, url=address)
    return [
        reading.Warning("address_unread", field, gettext_noop("Correct the address “%(line)s”."), {"line": line})
        for line in unread
    ]


def full_address(line):
    address = validators.web_address(line if "://" in line else f"https://{line}")
    if len(address) > 500:
        raise ValidationError("Too long.")
    return address


BRACKETED_COUNTRY = re.compile(r"^\s*\[(\d{1,3})-(\d{1,4})\]")  # [43-1] 555 …


def phone_in(line, zone):
    """E.164 of a number as printed; one without country code is read as one of the zone's country."""
    line = BRACKETED_COUNTRY.sub(r"+\1 \2", re.sub(r"^\s*00\s?", "+", line))
    try:
        number = phonenumbers.parse(line, region_of(zone))
    except phonenumbers.NumberParseException:
        raise ValidationError("No telephone number.") from None
    return validators.phone_number(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def lacks_country(line):
    """Whether a printed number states no country code: neither + nor 00 nor a bracketed one, as in [43-1]."""
    return not (BRACKETED_COUNTRY.match(line) or re.match(r"[\s(]*(?:\+|00)", line))


@cache
def region_of(zone):
    """ISO 3166 code of the country an IANA zone lies in, from the zone database's own table; None if in none."""
    table = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text()
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return next((row[0] for row in rows if row[2] == zone), None)


def _each(lines, read):
    """(values read, lines refused)."""
    values, unread = [], []
    for line in lines:
        try:
            values.append(read(line))
        except ValidationError:
            unread.append(line)
    return list(dict.fromkeys(values)), unread


def _venue(venue):
    """(room, building, address): the reader prints room, then building, then street; more commas are the street's."""
    parts = [part.strip() for part in (venue or "").split(",") if part.strip()]
    room, building, address = [*parts[:2], *[""] * (2 - len(parts[:2])), ", ".join(parts[2:])]
    return _fit(room, 200), _fit(building, 200), _fit(address, 300)


def _attendance(draft):
    if ONLINE.search(draft.venue or "") or (draft.webcast and not draft.venue and not draft.city):
        return Attendance.ONLINE
    return Attendance.IN_PERSON


def _embargo(text):
    """The instant, when the text settles its offset; otherwise the reader's warning alone remains."""
    moment = datetime.fromisoformat(text) if text else None
    return moment if moment and moment.tzinfo else None


def _date(text):
    return date.fromisoformat(text) if text else None


def _time(text):
    return time.fromisoformat(text) if text else None


def _fit(text, length):
    """At most ``length`` characters, cut at a word, without the control characters a database refuses."""
    text = " ".join("".join(character for character in text if character.isprintable() or character == " ").split())
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0][: length - 1] + "…"


MARKDOWN = re.compile(r"([\\`*_\[\]<>])|^(\s*)([#+-]|\d+[.)])(?=\s)", re.MULTILINE)


def escape_markdown(paragraph):
    """Pasted text is words, not markup: what Markdown would read as a sign is escaped."""
    return MARKDOWN.sub(lambda m: "\\" + m[1] if m[1] else f"{m[2]}\\{m[3]}" if m[3] in "#+-" else
                        f"{m[2]}{m[3][:-1]}\\{m[3][-1]}", paragraph)  # fmt: skip


def free_slug(title):
    """A slug of the title's words that no meeting has yet; titles in other scripts get a short digest."""
    base = _whole_words(slugify(title), 60) or f"meeting-{chain.link('', title)[:8]}"
    taken = set(Meeting.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbers = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in [base, *numbers] if slug not in taken)


def _whole_words(slug, length):
    return slug if len(slug) <= length else slug[: length + 1].rpartition("-")[0] or slug[:length]


SMALL = {"THE", "AND", "FOR", "WITH", "FROM", "INTO", "OF", "ON", "IN", "TO", "A", "AN", "BY", "AT"}


def free_code(title, year):
    """Initials and the year's two digits, such as GAIID16, made unique by a letter."""
    words = [word for word in re.findall(r"[A-Z]+", slugify(title).upper()) if word not in SMALL]
    base = "".join(word[0] for word in words)[:4] or "M"
    base = (base + "TG")[:3] if len(base) < 2 else base
    taken = set(Meeting.objects.values_list("code", flat=True))
    letters = ["", *"ABCDEFGHJKLMNPQRSTUVWXYZ"]
    codes = (f"{base}{year[2:4]}{one}{two}" for one in letters for two in letters)
    return next(code for code in codes if code not in taken)
