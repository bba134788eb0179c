"""Names in another language than the page's, marked for screen readers and kept apart from the line around them."""

from itertools import groupby

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe

from advisory.renditions import dates, wording
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


def listed(names):
    """Names one after another, as HTML; neighbours in the same language share one mark."""
    runs = [list(run) for _code, run in groupby(filter(None, names), key=lambda name: getattr(name, "language", ""))]
    told = [Foreign(", ".join(run), run[0].language) if isinstance(run[0], Foreign) else wording.joined(run)
            for run in runs]  # fmt: skip
    return mark_safe(wording.joined(conditional_escape(marked(name)) for name in told))  # noqa: S308 (escaped here)


def within(sentence, **names):
    """A sentence with named places, filled with names that are escaped and marked, as HTML."""
    told = {place: conditional_escape(marked(name)) for place, name in names.items()}
    return mark_safe(conditional_escape(sentence) % told)  # noqa: S308 (escaped here)
