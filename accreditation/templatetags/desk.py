"""What every page of the desk may ask for."""

from django import template
from django.utils.html import format_html

from accreditation.desk import keys, rooms
from advisory.models import Meeting

register = template.Library()


@register.inclusion_tag("desk/_rooms.html", takes_context=True)
def rooms_of_desk(context):
    """Links to the rooms of the meeting that a page is about, or of the one the officer looked at last."""
    about = context.get("registration")
    meeting = context.get("meeting") or (about and about.meeting)
    request = context["request"]
    if not request.user.is_authenticated:
        return {"rooms": []}
    if not isinstance(meeting, Meeting):
        last = request.session.get(rooms.LAST)
        meeting = last and Meeting.objects.filter(pk=last).first()
    return {"rooms": rooms.of(request.user, meeting, request.path)}


@register.simple_tag
def keys_of(officer):
    """{command: letter} of an officer who is signed in; empty where shortcuts are switched off."""
    return keys.of(officer) if getattr(officer, "is_authenticated", False) else {}


@register.simple_tag
def key_attributes(letters, command):
    """On the control that a shortcut presses."""
    letter = letters.get(command)
    return format_html(' data-key="{0}" aria-keyshortcuts="{0}"', letter) if letter else ""


@register.simple_tag
def kbd(letters, command):
    """The letter, beside the words of its button."""
    letter = letters.get(command)
    return format_html(' <kbd aria-hidden="true">{}</kbd>', letter) if letter else ""
