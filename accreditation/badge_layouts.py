"""Where each part of a badge stands, in millimetres from the card's top left corner; presets, and what is refused.

A design is ``{"front": {part: place}, "back": {part: place}}``; a place is ``{"x", "y", "width", "height"}`` in
millimetres, for words also ``"size"``, the largest they are set, in points. A part that has no place is not printed.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

FRONT, BACK = "front", "back"
SIDES = {FRONT: pgettext_lazy("of a badge", "Front"), BACK: pgettext_lazy("of a badge", "Back")}
ALONE, A4, LETTER = "alone", "a4", "letter"
PAPERS = {
    ALONE: gettext_lazy("One badge a page"), A4: gettext_lazy("Sheets of A4"), LETTER: gettext_lazy("Sheets of Letter"),
}  # fmt: skip
SHEETS = {A4: (210, 297), LETTER: (215.9, 279.4)}
MARGIN, GAP = 8, 6  # millimetres around the cards of a sheet, and between them: room for crop marks

PARTS = {
    "event": gettext_lazy("Meeting"),
    "dates": gettext_lazy("Dates"),
    "photo": gettext_lazy("Photo"),
    "qr": gettext_lazy("Code"),
    "number": gettext_lazy("Number"),
    "name": gettext_lazy("Name"),
    "latin": gettext_lazy("Name in Latin letters"),
    "organization": gettext_lazy("Organization and country"),
    "zones": gettext_lazy("Zones"),
    "note": gettext_lazy("Words of the house"),
    "band": gettext_lazy("Category"),
}
SIZED = {
    "event": 13, "dates": 9, "number": 10, "name": 32, "latin": 14, "organization": 12, "zones": 10, "note": 9,
}  # fmt: skip
MEASURES = ("x", "y", "width", "height")
LEAST, LEAST_SIZE, MOST_SIZE = 3, 5, 60
LEAST_OF = {"qr": 22, "band": 7}  # at 22 mm a module has 0.4 mm, which a telephone reads at arm's length
NEEDED = ("name", "qr", "band")


@dataclass(frozen=True)
class Preset:
    name: Promise
    width: float
    height: float
    design: dict
    is_black: bool = False  # a label printer knows no colours


def place(x, y, width, height, size=None):
    return {"x": x, "y": y, "width": width, "height": height} | ({"size": size} if size else {})


A6 = Preset(gettext_lazy("A6, 105 × 148 mm"), 105, 148, {
    FRONT: {
        "event": place(7, 11, 91, 12, 13), "dates": place(7, 23, 91, 5, 9), "photo": place(7, 33, 35, 44),
        "qr": place(58, 32, 40, 40), "number": place(58, 72, 40, 5, 10), "name": place(7, 80, 91, 21, 32),
        "latin": place(7, 101, 91, 7, 14), "organization": place(7, 108, 91, 13, 12), "band": place(0, 124, 105, 24),
        "zones": place(46, 34, 10, 43, 11),
    },
    BACK: {
        "number": place(7, 12, 91, 9, 20), "dates": place(7, 21, 91, 5, 9), "zones": place(7, 30, 91, 36, 11),
        "note": place(7, 70, 91, 50, 10), "band": place(0, 124, 105, 24),
    },
})  # fmt: skip
CR80 = Preset(gettext_lazy("Plastic card (CR80), 54 × 85.6 mm"), 54, 85.6, {
    FRONT: {
        "event": place(3, 3, 48, 6, 8), "dates": place(3, 9, 48, 3.4, 6.5), "photo": place(3, 14, 19.5, 25),
        "qr": place(25, 13, 26, 26), "number": place(25, 39, 26, 3.5, 7), "zones": place(3, 39.6, 20, 4, 7),
        "name": place(3, 44, 48, 13.5, 20), "latin": place(3, 57.5, 48, 4.5, 9.5),
        "organization": place(3, 62, 48, 8.5, 8.5), "band": place(0, 72, 54, 13.6),
    },
    BACK: {
        "number": place(3, 4, 48, 6, 14), "dates": place(3, 10, 48, 4, 7), "zones": place(3, 16, 48, 24, 8),
        "note": place(3, 42, 48, 28, 7.5), "band": place(0, 72, 54, 13.6),
    },
})  # fmt: skip
CONFERENCE = Preset(gettext_lazy("4 × 3 in"), 101.6, 76.2, {
    FRONT: {
        "event": place(5, 4, 91.6, 5.5, 11), "dates": place(5, 9.5, 91.6, 4, 8), "photo": place(5, 15, 20, 25.5),
        "qr": place(69.6, 14, 27, 27), "number": place(27, 36, 40, 4.5, 9), "zones": place(27, 28.5, 40, 6, 9),
        "organization": place(27, 15, 40, 13, 10), "name": place(5, 41.5, 91.6, 14.5, 26),
        "latin": place(5, 56, 91.6, 5, 11), "band": place(0, 62.2, 101.6, 14),
    },
    BACK: {
        "number": place(5, 4, 91.6, 7, 15), "dates": place(5, 11, 91.6, 4.5, 8), "zones": place(5, 17, 40, 43, 9),
        "note": place(49, 17, 47.6, 43, 8.5), "band": place(0, 62.2, 101.6, 14),
    },
})  # fmt: skip
ROLL = Preset(gettext_lazy("Roll of 62 mm, 62 × 100 mm"), 62, 100, {
    FRONT: {
        "event": place(4, 4, 54, 7.5, 9), "dates": place(4, 11.5, 54, 4, 7.5), "photo": place(4, 17, 22, 28),
        "qr": place(29, 16, 29, 29), "number": place(29, 45, 29, 4.5, 8), "zones": place(4, 46, 22, 5, 8),
        "name": place(4, 51.5, 54, 16, 22), "latin": place(4, 67.5, 54, 5, 10.5),
        "organization": place(4, 72.5, 54, 10, 9.5), "band": place(0, 85, 62, 15),
    },
    BACK: {
        "number": place(4, 5, 54, 7, 15), "dates": place(4, 12, 54, 4.5, 7.5), "zones": place(4, 19, 54, 30, 9),
        "note": place(4, 51, 54, 32, 8), "band": place(0, 85, 62, 15),
    },
}, is_black=True)  # fmt: skip
PRESETS = {"a6": A6, "cr80": CR80, "4x3": CONFERENCE, "roll62": ROLL}


def check(design, preset):
    """Raise ValidationError, a sentence for each fault, unless ``design`` may be printed on a card of the preset."""
    sides = design.values() if isinstance(design, dict) else []
    if FRONT not in sides_of(design) or not all(isinstance(parts, dict) for parts in sides):
        raise ValidationError(_("A design has a front and perhaps a back."))
    faults = [
        fault
        for side, parts in design.items()
        for part, where in parts.items()
        for fault in _faults(
            part, where, PRESETS[preset], {"side": SIDES[side], "part": PARTS.get(part, str(part)[:60])}
        )
    ]
    faults += [
        _("%(part)s must stand on the front.") % {"part": PARTS[part]} for part in NEEDED if part not in design[FRONT]
    ]
    if faults:
        raise ValidationError(faults)
    faults = [fault for side, parts in design.items() for fault in _covered(SIDES[side], parts)]
    if faults:
        raise ValidationError(faults)


def _covered(side, parts):
    """Sentences for parts that stand on what a door needs: the code, the name and the category."""
    told = set()
    for needed in (part for part in ("qr", "name", "band") if part in parts):
        told.add(needed)
        for part in (part for part in parts if part not in told and _meet(parts[part], parts[needed])):
            words = {"side": side, "part": PARTS[part], "covered": PARTS[needed]}
            if needed == "qr":
                yield _("%(side)s, %(part)s: it covers the code.") % words
            else:
                yield _("%(side)s: “%(part)s” and “%(covered)s” stand on each other.") % words


def sides_of(design):
    """The sides that a design has, of those that a badge can have; none of what is no design."""
    return set(design) if isinstance(design, dict) and set(design) <= set(SIDES) else set()


def _faults(part, where, preset, told):
    if part not in PARTS:
        return [_("“%(part)s” is no part of a badge.") % told]
    known = {*MEASURES, "size"} if part in SIZED else set(MEASURES)
    is_whole = isinstance(where, dict) and set(MEASURES) <= set(where) <= known
    if not is_whole or not all(map(_is_number, where.values())):
        return [_("%(side)s, %(part)s: write its four measures in millimetres.") % told]
    least = LEAST_OF.get(part, LEAST)
    if where["height"] < least or where["width"] < least:
        return [_("%(side)s, %(part)s: at least %(least)s mm wide and high.") % (told | {"least": least})]
    right, bottom = round(where["x"] + where["width"], 3), round(where["y"] + where["height"], 3)  # 0.2 + 85.4 > 85.6
    is_beyond = right > preset.width or bottom > preset.height
    if where["x"] < 0 or where["y"] < 0 or is_beyond:
        return [_("%(side)s, %(part)s: it reaches beyond the card.") % told]
    if not LEAST_SIZE <= where.get("size", LEAST_SIZE) <= MOST_SIZE:
        sizes = {"least": LEAST_SIZE, "most": MOST_SIZE}
        return [_("%(side)s, %(part)s: letters have %(least)s to %(most)s points.") % (told | sizes)]
    return []


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool) and -1000 < value < 1000


def _meet(one, other):
    """Whether two places have more in common than an edge."""
    return all(
        round(one[at] - other[at] - other[length], 3) < 0 and round(other[at] - one[at] - one[length], 3) < 0
        for at, length in [("x", "width"), ("y", "height")]
    )


def sheet(preset, paper):
    """{"width", "height", "columns", "rows", "left", "top", "gap"} of a page in millimetres.

    The paper is turned where more cards fit so; the cards stand in its middle, so that backs meet their fronts.
    """
    card = PRESETS[preset]
    if paper == ALONE:
        return {"width": card.width, "height": card.height, "columns": 1, "rows": 1, "left": 0, "top": 0, "gap": 0}
    upright = SHEETS[paper]
    width, height = max(
        upright, upright[::-1], key=lambda edges: _fit(edges[0], card.width) * _fit(edges[1], card.height)
    )
    columns, rows = _fit(width, card.width), _fit(height, card.height)
    return {
        "width": width, "height": height, "columns": columns, "rows": rows, "gap": GAP,
        "left": (width - columns * card.width - (columns - 1) * GAP) / 2,
        "top": (height - rows * card.height - (rows - 1) * GAP) / 2,
    }  # fmt: skip


def _fit(edge, card):
    return int((edge - 2 * MARGIN + GAP) // (card + GAP))
