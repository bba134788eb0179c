"""What a badge says, as its printing and the door show it: of somebody protected the name on the badge alone."""

import io
import unicodedata
from dataclasses import dataclass, field
from types import SimpleNamespace

import segno
from anyascii import anyascii
from django.conf import settings
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accreditation import aliases, announced, contrast, names_shown, protection
from accreditation.desk.regions import country_of
from advisory.renditions import dates, pdf, wording
from office import names

NAME, ORGANIZATION, PHOTO, CUT = "name", "organization", "photo", "cut"
QUIET_ZONE = 4  # modules around a code (ISO/IEC 18004)
BLACK, INK, PAPER = "#000000", "#1b2430", "#ffffff"


@dataclass(frozen=True)
class Warning:  # noqa: A001  (what it is)
    """Something of one badge that was printed in another way than its person wrote it, or not at all."""

    badge: object
    reason: str
    words: str


@dataclass
class Face:
    """``names`` are [(words, whether bold)] from the top; ``latin`` is empty where they are in Latin letters."""

    names: list
    latin: str = ""
    organization: list = field(default_factory=list)
    shows_photo: bool = True
    warnings: list = field(default_factory=list)


def face(badge):
    """Whom the badge shows, in the active language; whatever no typeface can draw is said in Latin letters."""
    registration = badge.registration
    person = _person(registration)
    shown = Face(_name_lines(person), _latin_line(person), shows_photo=not registration.is_hidden)
    if not registration.is_hidden:
        shown.organization = _organization(registration)
    if not all(is_drawable(words) for words, _bold in shown.names):
        wrote, shown.names, shown.latin = " ".join(words for words, _b in shown.names), [(_latin(person), True)], ""
        told = _("The name “%(name)s” has letters that cannot be printed: it is printed in Latin letters.")
        shown.warnings.append(Warning(badge, NAME, told % {"name": wrote}))
    undrawn = [words for words in shown.organization if not is_drawable(words)]
    if undrawn:
        shown.organization = [drawable(words) for words in shown.organization]
        told = _("“%(name)s” has letters that cannot be printed: it is printed in Latin letters.")
        shown.warnings.append(Warning(badge, ORGANIZATION, told % {"name": undrawn[0]}))
    shown.names = [(tidy(words), bold) for words, bold in shown.names]
    shown.organization = [tidy(words) for words in shown.organization]
    return shown


def is_drawable(text):
    return set(tidy(text)) <= pdf.coverage()


def drawable(text):
    """The text, or where a face lacks one of its letters, how it sounds in Latin ones."""
    return tidy(text) if is_drawable(text) else anyascii(tidy(text))


def tidy(text):
    return " ".join(pdf.UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())


def is_latin(text):
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in text if letter.isalpha())


def _person(registration):
    """Given names, family name and name on the badge; of somebody hidden what ``protection`` lets the badge show."""
    if registration.is_hidden and protection.on_badge(registration) == protection.ALIAS:
        return SimpleNamespace(given_names="", family_name="", badge_name=protection.badge_name(registration))
    fields = ("given_names", "family_name", "badge_name")
    return SimpleNamespace(**{name: aliases.take(registration, name) for name in fields})


def _name_lines(person):
    given, family = person.given_names, person.family_name
    if person.badge_name or not (given and family) or names_shown.is_unspaced(given + family):
        return [(names_shown.badge_name(person), True)]
    return [(given, False), (family, True)]


def _latin_line(person):
    """As the passport has it where that is in Latin letters; "" where the badge's own name is."""
    if is_latin(names_shown.badge_name(person)):
        return ""
    return _latin(person)


def _latin(person):
    given, family = person.given_names, person.family_name
    if names_shown.is_unspaced(given + family):
        return " ".join(anyascii(part).capitalize() for part in [family, given] if part)
    passport = " ".join(part for part in [given, family] if part) or person.badge_name
    sounds = passport if is_latin(passport) else anyascii(passport)
    return sounds if is_drawable(sounds) else anyascii(sounds)


def _organization(registration):
    """The organization, then the delegation that the person travels with or the country, in the house's terms."""
    organization, delegation = registration.organization, registration.delegation
    own = str(organization or registration.organization_name)
    country = country_of(registration)
    of = (
        str(delegation.organization)
        if delegation and delegation.organization_id != registration.organization_id
        else ""
    )
    of = of or (names.name(country, get_language()) if country else "")
    return [words for words in [own, of] if words.strip()]


def meeting_words(meeting):
    """{"event", "city", "days"} in the active language; ``days`` are those of its sittings."""
    edition = announced.edition_of(meeting)
    title = announced.telling_of(edition).words.title if edition else meeting.title
    days = sorted({day for row in meeting.sittings.all() for day in (row.date, row.end_date) if day})
    return {"event": drawable(str(title)), "city": drawable(meeting.city), "days": days}


def dates_words(registration, meeting):
    """6 September 2016 · New York: the days granted, or else the meeting's."""
    granted = [parse_date(day) for day in registration.granted.get("days", []) if isinstance(day, str)]
    days = sorted(day for day in granted if day) or meeting["days"]
    return " · ".join(part for part in [_days(days), meeting["city"]] if part)


def _days(days):
    if len(days) < 2:
        return wording.short_day(days[0]) if days else ""
    if (days[-1] - days[0]).days == len(days) - 1:
        return dates.span(days[0], days[-1])
    return wording.listed([wording.short_day(day) for day in days])


def band(badge, *, is_black=False):
    """Letter, colour and word of the category: three signs, so that none is needed alone."""
    category, language = badge.registration.category, get_language()
    word = category.said("name", language)
    others = [category.said("name", code) for code, _name in settings.LANGUAGES]
    is_light = contrast.is_light(category.badge_colour)
    colour = (PAPER if is_light else BLACK) if is_black else category.badge_colour
    return {
        "letter": badge.letter,
        "word": drawable(word),
        "others": [drawable(other) for other in dict.fromkeys(others) if other != word],
        "colour": colour,
        "ink": INK if is_light else PAPER,
    }


def zones(badge, known):
    """[{"number", "name"}] of the badge's zones, out of {number: name} of its meeting."""
    return [{"number": number, "name": drawable(name)} for number, name in known.items() if badge.zones >> number & 1]


def paragraphs(text):
    return [drawable(line) for line in text.splitlines() if line.strip()]


def code_picture(code):
    """The code as SVG text with its quiet zone; level M outlives a fold or a scratch."""
    out = io.BytesIO()
    segno.make_qr(code, error="m", boost_error=False).save(
        out, kind="svg", border=QUIET_ZONE, xmldecl=False, svgns=True, nl=False, light="#fff"
    )
    return out.getvalue().decode()
