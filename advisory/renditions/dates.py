"""Dates, names of languages and of cities in the active language, from CLDR through Babel; ``wording`` passes them on.

The patterns are those of multilateral documents where these differ from CLDR's: day first in English, twin names of
months in Arabic, Western digits throughout.
"""

from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.dates import format_date
from babel.lists import format_list
from django.conf import settings
from django.utils.translation import get_language

# January to December: the name of the eastern Arab countries, then that of the others
ARABIC_MONTHS = [
    "كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيه",
    "تموز/يوليه", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر",
]  # fmt: skip
LANGUAGE_NAMES = {"ar": {"en": "الإنكليزية"}}  # where multilateral usage is not CLDR's


@dataclass(frozen=True)
class Patterns:
    """CLDR patterns of one language. A span's three pairs: within a month, within a year, across years."""

    weekday: str  # Tuesday 6 September 2016
    plain: str  # 6 September 2016
    short: str  # Tue 6 Sep
    brief: str  # 6 Sep
    without_year: str  # Tuesday 6 September
    month: str  # September 2016
    span: str
    within_month: tuple
    within_year: tuple
    near_span: str = ""  # within a month, where it is written more closely


PATTERNS = {
    "en": Patterns(
        "EEEE d MMMM y", "d MMMM y", "EEE d MMM", "d MMM", "EEEE d MMMM", "LLLL y",
        "{} to {}", ("d", "d MMMM y"), ("d MMMM", "d MMMM y"),
    ),
    "fr": Patterns(
        "EEEE d MMMM y", "d MMMM y", "EEE d MMM", "d MMM", "EEEE d MMMM", "LLLL y",
        "du {} au {}", ("d", "d MMMM y"), ("d MMMM", "d MMMM y"),
    ),
    "es": Patterns(
        "EEEE d 'de' MMMM 'de' y", "d 'de' MMMM 'de' y", "EEE d MMM", "d MMM", "EEEE d 'de' MMMM", "LLLL 'de' y",
        "del {} al {}", ("d", "d 'de' MMMM 'de' y"), ("d 'de' MMMM", "d 'de' MMMM 'de' y"),
    ),
    "ru": Patterns(
        "EEEE, d MMMM y 'года'", "d MMMM y 'года'", "EEE, d MMM", "d MMM", "EEEE, d MMMM", "LLLL y 'года'",
        "{} – {}", ("d", "d MMMM y 'года'"), ("d MMMM", "d MMMM y 'года'"), "{}–{}",
    ),
    "ar": Patterns(
        "EEEE d MMMM y", "d MMMM y", "EEEE d MMMM", "d MMMM", "EEEE d MMMM", "MMMM y",
        "من {} إلى {}", ("d", "d MMMM y"), ("d MMMM", "d MMMM y"),
    ),
    "zh": Patterns(
        "y年M月d日EEEE", "y年M月d日", "M月d日EEE", "M月d日", "M月d日EEEE", "y年M月",
        "{}至{}", ("y年M月d日", "d日"), ("y年M月d日", "M月d日"),
    ),
}  # fmt: skip


@cache
def _locale(language):
    return Locale.parse(language if language in PATTERNS else "en")


def locale():
    """CLDR's data of the active language."""
    return _locale(get_language() or "en")


def is_right_to_left(language):
    """Of a language by its code, or of the active one."""
    return (language or locale().language) in settings.LANGUAGES_BIDI


def written(date, name):
    """A date by the name of one of the pattern fields, such as "weekday"."""
    return _formatted(date, getattr(PATTERNS[locale().language], name))


def day_and_month(date):
    """6 September."""
    pattern = PATTERNS[locale().language].without_year
    return _formatted(date, pattern.replace("EEEE", "").strip(" ,"))


def leaf(date):
    """Day, weekday and month as a calendar's leaf shows them: ("6", "Tuesday", "September")."""
    month = "M月" if locale().language == "zh" else "MMMM"
    return str(date.day), _formatted(date, "EEEE"), _formatted(date, month)


def span(first, last):
    """12 to 16 September 2011, naming once what both days share."""
    patterns = PATTERNS[locale().language]
    span, pair = patterns.span, (patterns.plain, patterns.plain)
    if (first.year, first.month) == (last.year, last.month):
        span, pair = patterns.near_span or span, patterns.within_month
    elif first.year == last.year:
        pair = patterns.within_year
    return span.format(*(_formatted(day, pattern) for day, pattern in zip((first, last), pair, strict=True)))


def _formatted(date, pattern):
    language = locale().language
    if language == "ar":
        pattern = pattern.replace("MMMM", f"'{ARABIC_MONTHS[date.month - 1]}'")
    if language == "fr" and date.day == 1:
        pattern = pattern.replace("d", "d'er'")
    return format_date(date, pattern, locale())


def zone_city(name):
    """New York for America/New_York; UTC for UTC."""
    return _zone_city(name, locale().language)


@cache
def _zone_city(name, language):
    # CLDR keeps some zones under a name that the zone database has since replaced: Asia/Katmandu
    names = [name, *(alias for alias, zone in get_global("zone_aliases").items() if zone == name)]
    cities = [_locale(language).time_zones.get(known, {}).get("city") for known in names]
    return next(filter(None, cities), name.rpartition("/")[2].replace("_", " "))


def language_name(code):
    """The active language's name of a language; an unknown code stays as it is."""
    own = LANGUAGE_NAMES.get(locale().language, {})
    return own.get(code) or locale().languages.get(code, code)


def listed(names):
    """A, B and C."""
    # The English of the Commonwealth has no comma before "and"
    return format_list(list(names), locale=_list_locale(locale().language)) if names else ""


@cache
def _list_locale(language):
    return Locale.parse("en_GB") if language == "en" else _locale(language)
