"""Bars drawn on the server as SVG, in the colours of the page; the table beneath tells the same numbers."""

from django.utils.html import format_html, format_html_join

ROW_EMS = 2.75  # one line of words and its bar
BAR_EMS = 0.75
WORDS_AT, BAR_AT = 1.1, 1.6  # from the top of a row, in ems


def bars(rows, *, key, title, description, is_rtl=False):
    """SVG of [(label, number, number as told)], the longest bar as wide as the drawing; "" for no rows.

    ``key`` is an id that no other drawing of the page has. Widths are percentages, so that words keep their size on a
    telephone; right to left each row is mirrored.
    """
    if not rows:
        return ""
    most = max(number for _label, number, _told in rows) or 1
    rows = [_row(place, label, number / most * 100, told, is_rtl) for place, (label, number, told) in enumerate(rows)]
    drawn = format_html_join("", "<g>{}{}{}{}</g>", rows)
    return format_html(
        '<svg class="bars" role="img" aria-labelledby="{key}-title {key}-desc" width="100%" height="{height}em"'
        ' direction="{direction}"><title id="{key}-title">{title}</title><desc id="{key}-desc">{description}</desc>'
        "{drawn}</svg>",
        key=key, height=f"{len(rows) * ROW_EMS:g}", direction="rtl" if is_rtl else "ltr", title=title,
        description=description, drawn=drawn,
    )  # fmt: skip


def _row(place, label, percent, told, is_rtl):
    top, (start, end) = place * ROW_EMS, ("100%", "0%") if is_rtl else ("0%", "100%")
    words_at, bar_at = f"{top + WORDS_AT:g}em", f"{top + BAR_AT:g}em"
    bar_start = f"{100 - percent:.2f}%" if is_rtl else "0%"
    return (
        format_html('<text class="label" x="{}" y="{}" text-anchor="start">{}</text>', start, words_at, label),
        format_html('<text class="number" x="{}" y="{}" text-anchor="end">{}</text>', end, words_at, told),
        format_html('<rect class="ground" x="0%" y="{}" width="100%" height="{}em"/>', bar_at, BAR_EMS),
        format_html(
            '<rect class="bar" x="{}" y="{}" width="{}%" height="{}em"/>', bar_start, bar_at, f"{percent:.2f}", BAR_EMS
        ),
    )
