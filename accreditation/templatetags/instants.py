"""Instants on applicants' pages, told on the meeting's own clock."""

from django import template
from django.utils.html import format_html

from accreditation import clock

register = template.Library()


@register.simple_tag
def moment_of(instant, meeting):
    iso = clock.local(meeting, instant).isoformat(timespec="minutes")
    return format_html('<time datetime="{}">{}</time>', iso, clock.moment(meeting, instant))


@register.simple_tag
def deadline_of(instant, meeting, city=""):
    return clock.deadline(meeting, instant, city)
