"""What one typed line may be: a telephone, an address, a web address, a symbol, a zone. Refusals say what to do."""

import zoneinfo
from urllib.parse import urlsplit

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advisory import symbols

LANGUAGE_CODES = {
    "ar": _("Arabic"), "zh": _("Chinese"), "en": _("English"), "fr": _("French"),
    "ru": _("Russian"), "es": _("Spanish"), "de": _("German"), "it": _("Italian"),
    "pt": _("Portuguese"), "ja": _("Japanese"), "sw": _("Swahili"), "tr": _("Turkish"),
    "uk": _("Ukrainian"), "nl": _("Dutch"), "pl": _("Polish"), "fa": _("Persian"),
    "hi": _("Hindi"), "id": _("Indonesian"), "floor": _("Floor sound"),
}  # fmt: skip


def phone_number(line):
    """Return the number as E.164 (ITU-T), such as +12125550142."""
    try:
        number = phonenumbers.parse(line, None)
    except phonenumbers.NumberParseException:
        raise ValidationError(
            gettext("Write “%(line)s” with its country code, like +1 212 555 0142.") % {"line": line}
        ) from None
    if not phonenumbers.is_possible_number(number):
        raise ValidationError(gettext("“%(line)s” has too many or too few digits for its country.") % {"line": line})
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def email_address(line):
    try:
        validate_email(line)
    except ValidationError:
        raise ValidationError(gettext("Write “%(line)s” like press@example.int.") % {"line": line}) from None
    local, _, domain = line.rpartition("@")
    return f"{local}@{domain.lower()}"


def web_address(line):
    """Accept http and https alone: a javascript: or data: address must never become a link."""
    try:
        parts = urlsplit(line)
        named = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        named = False
    if not named or any(character.isspace() for character in line):
        raise ValidationError(
            gettext("Write “%(line)s” as a full address, like https://www.example.int/page.") % {"line": line}
        )
    return line


def time_zone(name):
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            gettext("“%(name)s” is not a zone Rostrum knows. Write a name like America/New_York.") % {"name": name}
        )
    return name


def near_day(day):
    """A day that a meeting can have: clocks and lists of all zones hold it."""
    if not 1900 <= day.year <= 2199:
        raise ValidationError(gettext("Write a year from 1900 to 2199."))
    return day


def language_code(line):
    code = line.lower()
    with translation.override(None):  # whatever language the officer reads, the English names are taken too
        by_name = {str(name).lower(): known for known, name in LANGUAGE_CODES.items()}
    by_name |= {str(name).lower(): known for known, name in LANGUAGE_CODES.items()}
    if code not in LANGUAGE_CODES and code not in by_name:
        raise ValidationError(
            gettext("Write “%(line)s” as a language code like fr, or its English name.") % {"line": line}
        )
    return code if code in LANGUAGE_CODES else by_name[code]


def symbol(line):
    return symbols.normalise(line)


def hashtag(line):
    return "#" + line.lstrip("#").replace(" ", "")


def account(line):
    return "@" + line.lstrip("@").replace(" ", "")
