"""What every page of the desk may ask for."""

from django import template
from django.utils.html import format_html

from accreditation.desk import keys

register = template.Library()


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
