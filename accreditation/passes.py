"""The approved person's pass: the badge's code with what it takes to collect the badge, as a picture or for paper.

It names nobody whom the lists do not name. ``typesetting/pass.typ`` sets it from words as data.
"""

import json
import threading
from datetime import UTC
from functools import cache
from pathlib import Path

import typst
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accreditation import badge_code, badge_faces, clock, names_shown, pick_up
from advisory.renditions import pdf
from office import keys

TEMPLATE = Path(__file__).parent / "typesetting/pass.typ"
DOTS = 220  # an inch: about 780 across, which any telephone shows sharp
_setting = threading.Lock()


def code_of(badge):
    return badge_code.code_of(badge, key=keys.current(keys.BADGE, badge.meeting))


def svg(badge):
    """The code alone, black on white with its quiet zone, whatever the colours of the page."""
    return badge_faces.code_picture(code_of(badge))


def rows(badge):
    """[(label, text)]: when and where to collect the badge, and what to bring."""
    registration, chosen = badge.registration, pick_up.chosen(badge.registration)
    category, found = registration.category, []
    if chosen is not None:
        when = clock.moment(registration.meeting, chosen.slot.starts_at)
        found.append((_("Your pick-up time"), when))
        found.append((_("Where"), chosen.slot.place))
    elif place := category.said("pick_up", translation.get_language()):
        found.append((_("Pick-up"), place))
    found.append((_("Bring"), bring(category)))
    return found


def bring(category):
    if category.identity != "nothing":
        return _("The identity document whose particulars you gave.")
    return _("An official document with your photograph.")


def drawn(badge, about, *, as_picture):
    """Bytes of a PNG or of a PDF in the active language. ``about`` is the meeting's title, as it is announced."""
    registration = badge.registration
    content = {
        "language": translation.get_language(),
        "house": settings.ORGANIZATION_NAME,
        "meeting": about,
        "number": str(badge),
        "name": "" if registration.is_hidden else names_shown.badge_name(registration),
        "heading": _("Your pass"),
        "note": _("Show it at the accreditation desk. It opens doors: give it to nobody."),
        "rows": [list(row) for row in rows(badge)],
    }
    content = pdf.drawable(content) | {"qr": svg(badge), "language": content["language"]}
    how = {"format": "png", "ppi": DOTS} if as_picture else {"format": "pdf"}
    with _setting:
        return _compiler().compile(
            **how,
            sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
            timestamp=timezone.now().astimezone(UTC).replace(microsecond=0),
        )


@cache
def _compiler():
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(pdf.FONTS)])
    return typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=fonts, ignore_system_fonts=True)
