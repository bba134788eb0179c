"""What a badge says, as its printing and the door show it: of somebody protected the name on the badge alone."""

import io
import re
import unicodedata
from dataclasses import dataclass, field
from types import SimpleNamespace

import segno
from anyascii import anyascii
from django.conf import settings
from django.utils.dateparse import parse_date
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accreditation import aliases, announced, contrast, names_shown, protection
from accreditation.desk.regions import country_of
from advisory.renditions import dates, pdf, wording
from office import names

NAME, SIGNS, LATIN, ORGANIZATION, PHOTO, CUT = "name", "signs", "latin", "organization", "photo", "cut"
QUIET_ZONE = 4  # modules around a code (ISO/IEC 18004)
BLACK, INK, PAPER = "#000000", "#1b2430", "#ffffff"
MOST_MARKS = 4  # on one letter: no writing sets more, and a heap of them reaches over the photo and past the card
ISOLATES = re.compile("[\u2066-\u2069]")  # each line of a badge stands alone
SMALL_FIRST = re.compile(r"^\W*[a-z]")
SHORT = {
    NAME: gettext_lazy("Printed in Latin letters"),
    SIGNS: gettext_lazy("Signs left out"),
    LATIN: gettext_lazy("Latin letters are our reading"),
}


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
    shown = _named(badge)
    if registration.is_hidden:
        return shown
    wrote = [tidy(words) for words in _organization(registration)]
    shown.organization = [drawable(_said(words, {})) for words in wrote]
    if shown.organization != wrote:
        told = _("The organization has letters that cannot be printed as they were written.")
        shown.warnings.append(Warning(badge, ORGANIZATION, told))
    return shown


def doubts(badge):
    """Short words for what an officer looks at before the name is printed; none of somebody hidden is told."""
    if badge.registration.is_hidden:
        return []
    return [SHORT[warning.reason] for warning in _named(badge).warnings if warning.reason in SHORT]


def _named(badge):
    """The Face with its names alone. No warning repeats a name: of somebody protected it is sealed."""
    registration = badge.registration
    person, noted = _person(registration), {}
    names = [(_said(words, noted), bold) for words, bold in _name_lines(person)]
    shown = Face([(words, bold) for words, bold in names if words], shows_photo=not registration.is_hidden)
    latin, is_ours = _latin(person)
    if not all(is_drawable(words) for words, _bold in shown.names):
        shown.names = [(latin, True)]
        noted[NAME] = _("The name has letters that cannot be printed: it is printed in Latin letters.")
    elif not is_latin(names_shown.badge_name(person)):
        shown.latin = latin
    if is_ours and not person.is_alias and (shown.latin or NAME in noted):
        noted[LATIN] = _("The Latin letters of the name are our own reading: compare them with the passport.")
    if not any(letter.isalnum() for words, _bold in shown.names for letter in words):
        shown.names, shown.latin = [(registration.reference, True)], ""
        noted = {NAME: _("There is no name that can be printed: the reference stands in its place.")}
    shown.warnings = [Warning(badge, reason, words) for reason, words in noted.items()]
    return shown


def _said(text, noted):
    """The text without emoji that no face has and without heaps of marks, both of which are noted."""
    tidied, kept, marks = tidy(text), [], 0
    for letter in tidied:
        kind = unicodedata.category(letter)
        marks = marks + 1 if kind in {"Mn", "Me"} else marks if kind == "Cf" else 0
        if marks > MOST_MARKS:
            noted[CUT] = _("Some words have no room at the least size and were shortened.")
        elif kind in {"So", "Sk", "Co", "Cn"} and not is_drawable(letter):
            noted[SIGNS] = _("Signs in the name that cannot be printed were left out.")
        else:
            kept.append(letter)
    return " ".join(words for word in "".join(kept).split() if (words := word.strip("\u200b\u200c\u200d")))


def is_drawable(text):
    return set(tidy(text)) <= pdf.coverage()


def drawable(text):
    """The text, or where a face lacks one of its letters, how it sounds in Latin ones."""
    return tidy(text) if is_drawable(text) else anyascii(tidy(text))


def tidy(text):
    return " ".join(ISOLATES.sub("", pdf.UNSEEN.sub("", unicodedata.normalize("NFC", text))).split())


def is_latin(text):
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in text if letter.isalpha())


def _person(registration):
    """Given names, family name and name on the badge; of somebody hidden what ``protection`` lets the badge show."""
    if registration.is_hidden and protection.on_badge(registration) == protection.ALIAS:
        alias = protection.badge_name(registration)
        return SimpleNamespace(given_names="", family_name="", badge_name=alias, is_alias=True)
    fields = ("given_names", "family_name", "badge_name")
    return SimpleNamespace(**{name: aliases.take(registration, name) for name in fields}, is_alias=False)


def _name_lines(person):
    given, family = person.given_names, person.family_name
    if person.badge_name or not (given and family) or names_shown.is_unspaced(given + family):
        return [(names_shown.badge_name(person), True)]
    return [(given, False), (family, True)]


def _latin(person):
    """(the name in Latin letters, whether they are our own reading): the passport's where it has them."""
    given, family = (_said(words, {}) for words in (person.given_names, person.family_name))
    if names_shown.is_unspaced(given + family):
        return " ".join(anyascii(part).capitalize() for part in [family, given] if part), True
    passport = " ".join(part for part in [given, family] if part) or _said(person.badge_name, {})
    if is_latin(passport):
        return drawable(passport), not is_drawable(passport)
    sounds = anyascii(passport)
    return " ".join(SMALL_FIRST.sub(lambda first: first[0].upper(), word) for word in sounds.split()), True


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
