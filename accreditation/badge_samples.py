"""Invented badges, for previews and test sheets: nobody's name, a drawn face, and a code that opens no door."""

import io

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw

from accreditation import badge_faces, badge_layouts

# Names on two lines, Latin line, organization and country
PEOPLE = [
    ([("Ada Chidinma", False), ("Okafor", True)], "", ["The Daily Lantern", "Nigeria"]),
    ([("ليلى", False), ("بن حدو", True)], "Leila Benhaddou", ["تحالف الإنذار المبكر", "Morocco"]),
    ([("林静怡", True)], "Lin Jingyi", ["东方观察 Eastern Observer", "China"]),
    ([("Екатерина", False), ("Воронцова", True)], "Ekaterina Vorontsova", ["Форум инициатив", "Kazakhstan"]),
    ([("प्रिया", False), ("शर्मा", True)], "Priya Sharma", ["दैनिक दीपक", "India"]),
    ([("สมหญิง", False), ("ใจดีศรี", True)], "Somying Jaidisri", ["หนังสือพิมพ์รุ่งอรุณ", "Thailand"]),
]
NOT_A_CODE = "B1." + "SAMPLE" * 26 + "A"
CATEGORIES = [("P", "#0f5c4d"), ("C", "#f0c869"), ("M", "#7a4100")]
SHADES = [("#e6e2d8", "#a59d8a"), ("#dfe6e6", "#7f9496"), ("#e9dfe0", "#a38587")]


def card(number, layout):
    """What the template is told of an invented badge, the next of six scripts for each ``number``."""
    names, latin, organization = PEOPLE[number % len(PEOPLE)]
    words = [_("Press"), _("Civil society"), _("Delegation media")]
    kind = number % len(CATEGORIES)
    letter, colour = CATEGORIES[kind]
    is_black, is_light = badge_layouts.PRESETS[layout.preset].is_black, kind == 1
    if is_black:
        colour = badge_faces.PAPER if is_light else badge_faces.BLACK
    note = layout.note_in(get_language())
    zones = [(1, _("Media gallery")), (2, _("Stakeout, second floor")), (4, _("Briefing room"))]
    return {
        "number": f"{letter} {number + 1}",
        "event": _("Informal dialogue on early warning"),
        "dates": "6–7 September 2016 · New York",
        "photo": f"sample-{number}.jpg",
        "shows_blank": True,
        "qr": badge_faces.code_picture(NOT_A_CODE),
        "names": [{"words": name, "bold": bold} for name, bold in names],
        "latin": latin,
        "organization": organization,
        "zones": [{"number": number, "name": name} for number, name in zones],
        "zones_heading": _("Where this badge opens"),
        "escort": "",
        "note": badge_faces.paragraphs(note or _("Wear this badge so that it can be seen. It is yours alone.")),
        "band": {
            "letter": letter, "word": words[kind], "others": [], "colour": colour,
            "ink": badge_faces.INK if is_light else badge_faces.PAPER,
        },
    }  # fmt: skip


def portrait(number):
    """A drawn face as JPEG."""
    ground, skin = SHADES[number % len(SHADES)]
    picture = Image.new("RGB", (600, 800), ground)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((175, 170, 425, 490), fill=skin)
    draw.rectangle((250, 440, 350, 560), fill=skin)
    draw.pieslice((40, 520, 560, 1160), 180, 360, fill=skin)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()
