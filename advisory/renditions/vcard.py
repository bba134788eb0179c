"""The media contacts for an address book: vCard 4.0 (RFC 6350). Speakers are never in it."""

import re
from datetime import UTC

from django.conf import settings
from django.utils.translation import gettext as _

from advisory.renditions import wording
from advisory.words import ContactRole

MAX_OCTETS = 75  # of a line, its end not counted (RFC 6350, 3.2)
MEANS_MORE = {ord("\\"): "\\\\", ord(","): "\\,", ord(";"): "\\;", ord("\n"): "\\n"}
UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


def render(telling):
    """One card a contact; lines end in CRLF and fold at 75 octets."""
    lines = [line for contact in telling.contacts for line in card(telling, contact)]
    return b"".join(folded(line) + b"\r\n" for line in lines)


def card(telling, contact):
    """Lines of one card; the press desk stands in for a name that no longer shows."""
    person = contact.person
    office = "" if contact.is_desk else contact.office
    name = person.name or office or _("Press desk")
    yield from ["BEGIN:VCARD", "VERSION:4.0", "PRODID:-//Rostrum//Advisories//EN"]
    yield f"UID:{contact.key}.{telling.facts.code}@{settings.SITE_HOST}"
    yield f"REV:{telling.published_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"KIND:{'individual' if person.name else 'org'}"
    yield f"FN:{escaped(name)}"
    yield f"ORG:{escaped(settings.ORGANIZATION_NAME)}"
    if office and person.name:
        yield f"TITLE:{escaped(office)}"
    if contact.role not in {"", ContactRole.MEDIA} and not contact.is_desk:
        yield f"ROLE:{escaped(str(ContactRole(contact.role).label))}"
    for number in person.phones or []:
        yield telephone(number)
    for email in person.emails or []:
        yield f"EMAIL;TYPE=work:{escaped(email)}"
    if not contact.is_desk:
        for rank, code in enumerate(contact.languages or [], 1):
            yield f"LANG;TYPE=work;PREF={rank}:{escaped(code)}"
    if telling.facts.time_zone:
        yield f"TZ:{telling.facts.time_zone}"
    if contact.hours and not contact.is_desk:
        yield f"NOTE:{escaped(contact.hours)}"
    yield f"URL:{telling.address}"
    yield "END:VCARD"


def telephone(number):
    """A tel: address (RFC 3966) where the number is one; else the words as they stand."""
    if re.fullmatch(r"\+[0-9]{3,15}", number):
        return f'TEL;VALUE=uri;TYPE="work,voice":tel:{number}'
    return f'TEL;VALUE=text;TYPE="work,voice":{escaped(wording.phone(number))}'


def escaped(text):
    """Text as a value: one line, with the four characters escaped that mean something (RFC 6350, 3.4)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return UNPRINTABLE.sub(" ", lines).translate(MEANS_MORE)


def folded(line):
    """UTF-8 of the line, folded between characters: each further line begins with a space that counts."""
    pieces, room = [b""], MAX_OCTETS
    for char in line:
        octets = char.encode(errors="replace")
        if len(pieces[-1]) + len(octets) > room:
            pieces.append(b"")
            room = MAX_OCTETS - 1
        pieces[-1] += octets
    return b"\r\n ".join(pieces)
