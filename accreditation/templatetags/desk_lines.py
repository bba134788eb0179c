"""Instants as the lines of the desk's lists tell them: today, 16:00."""

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from accreditation.desk import lines
from advisory.renditions import wording

register = template.Library()
register.filter("clock", wording.clock)


@register.simple_tag
def near(instant, meeting):
    return lines.near(instant, timezone.now(), wording.zone(meeting.time_zone))


@register.filter
def clock_city(meeting):
    """New York: on whose clock the lines tell the time."""
    return wording.zone_city(meeting.time_zone or "UTC")


@register.filter
def named(row):
    """A category in the officer's language, as far as it is translated."""
    return row.said("name", get_language())
