"""Names in another language than the page's, marked for screen readers and kept apart from the line around them."""

from django.utils.html import format_html

from advisory.renditions import dates
from advisory.renditions.telling import Foreign


def attributes(text):
    """The language and direction of a text that is not in the page's language; nothing for any other."""
    if not isinstance(text, Foreign):
        return ""
    direction = "rtl" if dates.is_right_to_left(text.language) else "ltr"
    return format_html(' lang="{}" dir="{}"', text.language, direction)


def marked(text, html=None):
    """The text, or its ``html``, isolated and with its language where that is another than the page's."""
    shown = text if html is None else html
    return format_html("<bdi{}>{}</bdi>", attributes(text), shown) if isinstance(text, Foreign) else shown
