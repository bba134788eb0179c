"""When: the sittings of a telling as rows, and the same instants in the press rooms of eight cities."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from advisory.renditions import wording
from advisory.words import Precision, PressAccess

# Seats of the United Nations and its regional commissions, with Tokyo for the far side of the day; west to east
CITIES = {
    "New York": "America/New_York",
    "Santiago": "America/Santiago",
    "Geneva": "Europe/Zurich",
    "Vienna": "Europe/Vienna",
    "Nairobi": "Africa/Nairobi",
    "Beirut": "Asia/Beirut",
    "Bangkok": "Asia/Bangkok",
    "Tokyo": "Asia/Tokyo",
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
    """The city whose clock is meant: the meeting's, or that of a sitting's own zone."""
    if not zone or zone == telling.facts.time_zone:
        return telling.words.city or wording.zone_city(telling.facts.time_zone)
    return wording.zone_city(zone)


def when(telling):
    """Headline, rows, zone and other cities, for the first row of facts and the table of sittings."""
    sittings = telling.sittings
    dated = [sitting for sitting in sittings if sitting.date]
    days = {sitting.date for sitting in dated} | {sitting.end_date for sitting in dated if sitting.end_date}
    zones = {sitting.time_zone for sitting in sittings}
    rows = [_row(telling, sitting, several_zones=len(zones) > 1) for sitting in sittings]
    return {
        "headline": wording.days(min(days), max(days)) if days else "Date to be announced",
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
        words += " (+1 day)"
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
    return " to ".join(f"{day:%a} {day.day} {day:%b}" for day in days) or "Date to come"


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
        "columns": [
            f"{sitting.date.day} {sitting.date:%b}, {hours(sitting)} {place(telling, sitting.time_zone)}"
            for sitting in shown
        ],
        "rows": [
            {"city": city, "cells": [_elsewhere(sitting, ZoneInfo(zone)) for sitting in shown]}
            for city, zone in CITIES.items()
        ],
    }


def _elsewhere(sitting, zone):
    """16:00–00:00 with a mark where the day is not the meeting's."""
    start = wording.in_zone(sitting.starts_at, zone)
    end = sitting.ends_at and wording.in_zone(sitting.ends_at, zone)
    shift = (start.date() - sitting.date) // timedelta(days=1)
    return {
        "hours": wording.hours(start.time(), end and end.time(), sitting.precision),
        "shift": f"{'+' if shift > 0 else '−'}{abs(shift)} day" if shift else "",
        "ends_later": bool(end and end.date() > start.date()),
    }
