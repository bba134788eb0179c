"""When: the sittings of a telling as rows, and the same instants in the press rooms of eight cities."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, override

from advisory.renditions import dates, wording
from advisory.renditions.telling import Foreign
from advisory.words import Precision, PressAccess

# Seats of the United Nations and its regional commissions, with Tokyo for the far side of the day; west to east.
# A zone goes by CLDR's city unless another is named.
CITIES = {
    "America/New_York": "",
    "America/Santiago": "",
    "Europe/Zurich": gettext_noop("Geneva"),
    "Europe/Vienna": "",
    "Africa/Nairobi": "",
    "Asia/Beirut": "",
    "Asia/Bangkok": "",
    "Asia/Tokyo": "",
}
MAX_COLUMNS = 3
SURE = {Precision.EXACT, Precision.ABOUT}
PRESS_SHAPES = {
    PressAccess.OPEN: ("ok", "open"),
    PressAccess.POOL: ("info", "part"),
    PressAccess.PHOTO: ("info", "part"),
    PressAccess.CLOSED: ("", "off"),
}


def place(telling, zone=""):
    """The city whose clock is meant, in the page's language: the meeting's, or that of a sitting's own zone.

    A meeting's city that is not told in this language gives way to that of its zone: the clock is the same.
    """
    own, known = telling.facts.time_zone, city(telling)
    if zone not in ("", own) or not known or isinstance(known, Foreign):
        return wording.zone_city(zone or own)
    return known


def city(telling):
    """Where the meeting is: in the page's language if it is the city of its zone, else as announced; '' for nowhere."""
    announced = telling.words.city
    if not isinstance(announced, Foreign):
        return announced
    with override(announced.language):
        is_known = _city(telling.facts.time_zone) == announced
    return _city(telling.facts.time_zone) if is_known else announced


def _city(zone):
    return _(CITIES[zone]) if CITIES.get(zone) else wording.zone_city(zone)


def when(telling):
    """Headline, rows, zone and other cities, for the first row of facts and the table of sittings."""
    sittings = telling.sittings
    dated = [sitting for sitting in sittings if sitting.date]
    days = {sitting.date for sitting in dated} | {sitting.end_date for sitting in dated if sitting.end_date}
    zones = {sitting.time_zone for sitting in sittings}
    rows = [_row(telling, sitting, several_zones=len(zones) > 1) for sitting in sittings]
    return {
        "headline": capfirst(wording.days(min(days), max(days))) if days else _("Date to be announced"),
        "datetime": min(days).isoformat() if days else "",
        "rows": rows,
        "several_days": len(days) > 1,
        "place": place(telling, zones.pop()) if len(zones) == 1 else "",
        "offset": wording.offset(_offset_instant(dated[0])) if dated and dated[0].time_zone else "",
        "cities": _cities(telling),
    }


def press(access=PressAccess.OPEN):
    """A word, a tone and a shape for how a sitting or an item stands to the press."""
    access = PressAccess(access or PressAccess.OPEN)
    tone, shape = PRESS_SHAPES[access]
    return {"label": access.label, "tone": tone, "icon": shape, "is_open": access == PressAccess.OPEN}


def hours(part):
    """Hours in words, with a mark where the end falls on the next day."""
    words = wording.hours(part.start_time, part.end_time, part.precision or Precision.EXACT)
    if part.ends_at and part.starts_at and not part.end_date and part.ends_at.date() > part.date:
        return _("%(hours)s (+1 day)") % {"hours": words}
    return words


def _row(telling, sitting, *, several_zones):
    is_sure = bool(sitting.start_time or sitting.end_time) and sitting.precision in SURE
    return {
        "short_day": _short_days(sitting),
        "hours": hours(sitting),
        "is_clock": is_sure,
        "starts_at": _iso(sitting.starts_at) if is_sure else "",
        "ends_at": _iso(sitting.ends_at) if is_sure else "",
        "place": place(telling, sitting.time_zone) if several_zones else "",
        "title": sitting.title,
        "room": sitting.room,
        "press": press(sitting.press),
    }


def _short_days(sitting):
    """Tue 6 Sep, or Tue 6 Sep to Fri 9 Sep for a sitting of several days."""
    days = dict.fromkeys(day for day in [sitting.date, sitting.end_date] if day)
    if not days:
        return _("Date to come")
    first, *last = (dates.written(day, "short") for day in days)
    return _("%(first)s to %(last)s") % {"first": first, "last": last[0]} if last else first


def _iso(instant):
    return instant.isoformat(timespec="minutes") if instant else ""


def _offset_instant(sitting):
    """The frozen start, or noon of a day whose hour is not known."""
    noon = datetime.combine(sitting.date, time(12), ZoneInfo(sitting.time_zone))
    return sitting.starts_at or noon


def _cities(telling):
    """{columns, rows}: each column a sitting with known hours, each row a city; None where nothing is known."""
    known = [sitting for sitting in telling.sittings if sitting.starts_at and sitting.precision in SURE]
    shown = known if len(known) <= MAX_COLUMNS else known[:1]
    if not shown:
        return None
    return {
        "columns": [_column(telling, sitting) for sitting in shown],
        "rows": [
            {"city": _city(zone), "cells": [_elsewhere(sitting, ZoneInfo(zone)) for sitting in shown]}
            for zone in CITIES
        ],
    }


def _column(telling, sitting):
    """6 Sep, 10:00–18:00 New York."""
    words = {"time": hours(sitting), "place": place(telling, sitting.time_zone)}
    return _("%(date)s, %(time)s %(place)s") % {"date": dates.written(sitting.date, "brief"), **words}


def _elsewhere(sitting, zone):
    """16:00–00:00 with a mark where the day is not the meeting's."""
    start = wording.in_zone(sitting.starts_at, zone)
    end = sitting.ends_at and wording.in_zone(sitting.ends_at, zone)
    shift = (start.date() - sitting.date) // timedelta(days=1)
    return {
        "hours": wording.hours(start.time(), end and end.time(), sitting.precision),
        "shift": _shift(shift) if shift else "",
        "ends_later": bool(end and end.date() > start.date()),
    }


def _shift(days):
    """+1 day, −1 day."""
    signed = f"{'+' if days > 0 else '−'}{abs(days)}"
    return ngettext("%(days)s day", "%(days)s days", abs(days)) % {"days": wording.isolated(signed)}
