"""What every page's frame needs without a request: the house's name and desk, and a state's shape."""

from django import template
from django.conf import settings
from django.forms import Field
from django.utils.html import format_html

from advisory.renditions import wording
from advisory.renditions.icons import ICONS

register = template.Library()

DIRECTIONS = {"ar": "rtl", "fa": "rtl"}


@register.simple_tag
def site():
    """The masthead and the foot, from settings alone: a failing page has neither request nor database."""
    return {
        "name": settings.ORGANIZATION_NAME,
        "mark": settings.ORGANIZATION_NAME[:1],
        "phone": settings.PRESS_DESK_PHONE,
        "phone_shown": wording.phone(settings.PRESS_DESK_PHONE),
        "email": settings.PRESS_DESK_EMAIL,
        "languages": settings.LANGUAGES if len(settings.LANGUAGES) > 1 else [],
    }


@register.simple_tag
def icon(name):
    """The shape beside a word; screen readers hear the word alone."""
    return format_html(
        '<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path fill-rule="evenodd" d="{}"/></svg>', ICONS[name]
    )


@register.filter
def direction(language):
    return DIRECTIONS.get(language, "ltr")


@register.filter
def without_placeholder(field):
    """A placeholder that repeats the label vanishes on typing; the label above stays."""
    field.field.widget.attrs.pop("placeholder", None)
    return field


@register.filter
def labelled(field, label):
    """Another library's field under our own words; a field the form does not have stays away."""
    if field:
        field.label = label
    return field


@register.filter
def sentences(field):
    """The field's errors; Django's own “This field is required.” becomes words that name the field."""
    verb = "Choose" if field.use_fieldset or field.widget_type == "select" else "Fill in"
    unsaid = str(Field.default_error_messages["required"])
    return [f"{verb} “{field.label}”." if str(error) == unsaid else error for error in field.errors]


@register.filter
def is_group(field):
    """Whether the field is several controls under one legend: radio buttons or checkboxes."""
    return field.use_fieldset


@register.filter
def control(field):
    """The id an error in the summary leads to: the control, or the first of a group."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def first_control(form):
    return control(form.visible_fields()[0])
