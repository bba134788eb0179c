"""Dates, times, zones and telephones in words of the active language, the same in every form."""

from datetime import UTC, datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

import phonenumbers
from django.conf import settings
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from advisory import symbols
from advisory.renditions import dates
from advisory.renditions.dates import listed, zone_city
from advisory.words import Precision

__all__ = ["UTC", "listed", "zone_city"]

COMMAS = {"ar": "، ", "zh": "，"}
COLONS = {"fr": "\u00a0: ", "zh": "："}


def zone(name):
    return ZoneInfo(name or "UTC")


def day(date):
    """Tuesday 6 September 2016."""
    return dates.written(date, "weekday")


def short_day(date):
    """6 September 2016."""
    return dates.written(date, "plain")


def days(first, last):
    """One day as ``day``; several as 12 to 16 September 2011, naming what differs."""
    return day(first) if last in (None, first) else dates.span(first, last)


def month(date):
    """September 2016."""
    return dates.written(date, "month")


def clock(time):
    """14:05; hours keep two digits in tables and one line of text alike."""
    return f"{time:%H:%M}"


def hours(start, end, precision=Precision.EXACT):
    """10:00–18:00, from 10:30, about 11:30, following the item above, or time to be confirmed."""
    if precision == Precision.FOLLOWING:
        return _("following the item above")
    if precision == Precision.TO_BE_CONFIRMED or not (start or end):
        return _("time to be confirmed")
    if not start:
        return _("until %(time)s") % {"time": clock(end)}
    words = isolated(f"{clock(start)}–{clock(end)}") if end else clock(start)
    return _("about %(time)s") % {"time": words} if precision == Precision.ABOUT else words


def offset(instant):
    """UTC−4, UTC+5:30 or UTC of an aware datetime."""
    minutes = int(instant.utcoffset().total_seconds() // 60)
    if minutes == 0:
        return "UTC"
    whole, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{whole}" + (f":{rest:02d}" if rest else "")


def moment(instant):
    """29 August 2016, 14:10."""
    return _("%(date)s, %(time)s") % {"date": short_day(instant), "time": clock(instant)}


def deadline(date, time, zone):
    """Thursday 1 September 2016, 18:00 New York; ``zone`` is an IANA name or a city in words."""
    if not time:
        return day(date)
    return _("%(date)s, %(time)s %(place)s") % {"date": day(date), "time": clock(time), "place": zone_city(zone)}


def phone(number):
    """+1 212 555 0142 for +12125550142; what cannot be read stays as it is."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    shown = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return shown.replace("-", " ")


def in_zone(instant, zone):
    """The same instant on another clock; a datetime."""
    return datetime.astimezone(instant, zone)


def languages(codes):
    """Floor sound, English and French."""
    return listed([_("floor sound") if code == "floor" else dates.language_name(code) for code in codes])


def comma():
    return COMMAS.get(dates.locale().language, ", ")


def colon():
    return COLONS.get(dates.locale().language, ": ")


def gap():
    """What stands after a mark that ends a label or a sentence: Chinese marks bring their own space."""
    return "" if dates.locale().language == "zh" else " "


def joined(names):
    """Room, building, city: one after another, with the active language's comma."""
    return comma().join(name for name in names if name)


def isolated(text):
    """Text that reads from left to right, kept so within a line from right to left (UAX 9, 2.4)."""
    return f"\u2066{text}\u2069" if get_language_bidi() else text


def file_path(telling, file):
    """Path of a published file or photograph; ``file`` holds digest and name."""
    return f"{telling.root}files/{file['digest']}/{quote(file['name'])}"


def symbol_address(symbol, language):
    """Where this organization's readers find a document; '' for a symbol whose house is not known."""
    return symbols.address(symbol, language, patterns=settings.DOCUMENT_PATTERNS, default=settings.DOCUMENTS_URL)


def ended(sentence):
    """The sentence with its full stop, that of the active language; one that ends already stays as it is."""
    stop = "。" if get_language() == "zh" else "."
    return sentence if sentence.endswith((".", "。", "?", "!", "؟")) else sentence + stop
