"""Instants in words on a meeting's own clock, which stands where the meeting does and not where its reader is."""

from datetime import datetime, time

from advisory.renditions import wording


def local(meeting, instant):
    return instant.astimezone(wording.zone(meeting.time_zone))


def end_of(meeting, day):
    """The last minute of a day."""
    return datetime.combine(day, time(23, 59), wording.zone(meeting.time_zone))


def moment(meeting, instant):
    """29 August 2016, 15:20."""
    return wording.moment(local(meeting, instant))


def deadline(meeting, instant, city=""):
    """Friday 2 September 2016, 18:00 New York; without a city, that of the meeting's zone."""
    there = local(meeting, instant)
    return wording.deadline(there.date(), there.time(), city or meeting.time_zone or "UTC")
