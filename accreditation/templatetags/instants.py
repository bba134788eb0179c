"""Instants on applicants' pages, told on the meeting's own clock."""

from django import template
from django.utils.html import format_html

from advisory.renditions import wording

register = template.Library()


@register.simple_tag
def moment_of(instant, meeting):
    """29 August 2016, 15:20."""
    local = instant.astimezone(wording.zone(meeting.time_zone))
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), wording.moment(local))


@register.simple_tag
def deadline_of(instant, meeting, city=""):
    """Friday 2 September 2016, 18:00 New York; without a city, that of the meeting's zone."""
    local = instant.astimezone(wording.zone(meeting.time_zone))
    return wording.deadline(local.date(), local.time(), city or meeting.time_zone or "UTC")
