"""Dates, times, zones and telephones in words, the same on the page, in the text and in the calendar's description."""

from datetime import UTC, datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

import phonenumbers
from django.conf import settings

from advisory import symbols
from advisory.models.validators import LANGUAGE_CODES
from advisory.words import Precision

__all__ = ["UTC"]


def zone(name):
    return ZoneInfo(name or "UTC")


def day(date):
    """Tuesday 6 September 2016."""
    return f"{date:%A} {date.day} {date:%B} {date.year}"


def short_day(date):
    """6 September 2016."""
    return f"{date.day} {date:%B} {date.year}"


def days(first, last):
    """One day as ``day``; several as 12 to 16 September 2011, naming what differs."""
    if last is None or last == first:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {short_day(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} to {short_day(last)}"
    return f"{short_day(first)} to {short_day(last)}"


def clock(time):
    """14:05; hours keep two digits in tables and one line of text alike."""
    return f"{time:%H:%M}"


def hours(start, end, precision=Precision.EXACT):
    """10:00–18:00, from 10:30, about 11:30, following the item above, or time to be confirmed."""
    if precision == Precision.FOLLOWING:
        return "following the item above"
    if precision == Precision.TO_BE_CONFIRMED or not (start or end):
        return "time to be confirmed"
    about = "about " if precision == Precision.ABOUT else ""
    if start and end:
        return f"{about}{clock(start)}–{clock(end)}"
    return f"{about}{clock(start)}" if start else f"until {clock(end)}"


def offset(instant):
    """UTC−4, UTC+5:30 or UTC of an aware datetime."""
    minutes = int(instant.utcoffset().total_seconds() // 60)
    if minutes == 0:
        return "UTC"
    whole, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{whole}" + (f":{rest:02d}" if rest else "")


def zone_city(name):
    """New York for America/New_York; UTC for UTC."""
    return name.rpartition("/")[2].replace("_", " ")


def moment(instant):
    """29 August 2016, 14:10."""
    return f"{short_day(instant)}, {instant:%H:%M}"


def deadline(date, time, zone):
    """Thursday 1 September 2016, 18:00 New York."""
    return day(date) + (f", {clock(time)} {zone_city(zone)}" if time else "")


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
    names = [LANGUAGE_CODES.get(code, code) for code in codes]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def file_path(telling, file):
    """Path of a published file or photograph; ``file`` holds digest and name."""
    return f"{telling.path}files/{file['digest']}/{quote(file['name'])}"


def symbol_address(symbol, language):
    """Where this organization's readers find a document; '' for a symbol whose house is not known."""
    return symbols.address(symbol, language, patterns=settings.DOCUMENT_PATTERNS, default=settings.DOCUMENTS_URL)
