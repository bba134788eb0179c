"""Badges as pages to print: each chunk of them typeset by a process of its own, the chunks joined to one document."""

import gc
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC
from itertools import islice
from pathlib import Path

from django.db.models import prefetch_related_objects
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accreditation import badge_code, badge_faces, badge_layouts, badge_samples, evidence
from accreditation.badge_faces import Warning
from accreditation.models import Badge, BadgeLayout, Evidence
from accreditation.states import EvidenceKind
from advisory.renditions import pdf
from office import keys
from office.encryption import unreadable

PROGRAM = Path(__file__).parent / "typesetting"
CHUNK = 50  # badges that one process typesets
SECONDS = 120  # for one of them, on a machine that does much else
READ = [
    "meeting__sittings", "registration__category", "registration__organization",
    "registration__delegation__organization",
]  # fmt: skip
IN_MEMORY = "/dev/shm"  # noqa: S108  (a folder that never reaches a disk, where the system has it)


class CannotPrint(Exception):
    """The printing process failed: a fault of the installation, not of a badge."""


@dataclass(frozen=True)
class Key:
    """What signs one meeting's codes: its SigningKey, whose private half is opened once."""

    row: object
    sign: object


def layout_of(meeting):
    """How a meeting's badges are printed: as its own row says, or the house's, or the first preset."""
    of_meeting = BadgeLayout.objects.filter(meeting=meeting).first()
    return of_meeting or BadgeLayout.objects.filter(meeting=None).first() or BadgeLayout(meeting=meeting)


def sheets(badges, layout, *, language, to):
    """Write a PDF of the badges in their order to a stream; return [Warning]. Who may see them was asked before.

    Fronts and backs alternate, page by page. Of two chunks alone anything is held at once. Raises CannotPrint.
    """
    from accreditation.badge_joining import Joined  # only printing needs pikepdf

    per_page = badge_layouts.sheet(layout.preset, layout.paper)
    slots = per_page["columns"] * per_page["rows"]
    size, rest = -(-CHUNK // slots) * slots, iter(badges)
    known, warnings, whole = {}, [], Joined(to)
    with translation.override(language), ThreadPoolExecutor(1) as beside:
        set_before = None
        while chunk := list(islice(rest, size)):
            told, photos, noted = _told(chunk, layout, known)
            warnings += _with_numbers_alone(noted)
            if set_before:
                warnings += _add(whole, *set_before)
            set_before = chunk, beside.submit(_typeset, told, photos, layout)  # the next is made ready meanwhile
            gc.collect()  # rows of the chunk before hold each other in circles
        if set_before:
            warnings += _add(whole, *set_before)
        whole.finish(title=_("Badges"))
    return sorted(warnings, key=lambda warning: warning.badge.number)


def _add(whole, badges, setting):
    """Join what the process made of a chunk; return its [Warning]."""
    document, told = setting.result()
    whole.add(document)
    by_photo = {f"{badge.pk}.jpg": badge for badge in badges}
    warnings = [Warning(by_photo[name], badge_faces.PHOTO, _("The photo cannot be read.")) for name in told["bad"]]
    by_number = {str(badge): badge for badge in badges}
    for number in dict.fromkeys(one["number"] for one in told["cut"]):
        words = _("Some words have no room at the least size and were shortened.")
        warnings.append(Warning(by_number[number], badge_faces.CUT, words))
    return _with_numbers_alone(warnings)


def _with_numbers_alone(warnings):
    """Of badges without their people: else all those of a job would be held until its last card is set."""
    bare = {one.badge: Badge(pk=one.badge.pk, letter=one.badge.letter, number=one.badge.number) for one in warnings}
    return [replace(one, badge=bare[one.badge]) for one in warnings]


def test_sheet(layout, *, language):
    """Bytes of a PDF, one page a side: an invented badge in every place, its parts outlined, rulers along the edges."""
    page = badge_layouts.sheet(layout.preset, layout.paper)
    with translation.override(language):
        cards = [badge_samples.card(number, layout) for number in range(page["columns"] * page["rows"])]
        said = _said(layout, cards) | {"rulers": True, "outlines": True}
        return _typeset(
            said, {card["photo"]: badge_samples.portrait(number) for number, card in enumerate(cards)}, layout
        )[0]


def preview(layout, *, language, dots=110):
    """Bytes of a PNG: the sides of an invented badge beside each other, ``dots`` an inch."""
    with translation.override(language):
        card = badge_samples.card(0, layout)
        said = _said(layout, [card]) | {"is_preview": True}
        sides, preset = len(layout.sides), badge_layouts.PRESETS[layout.preset]
        said["page"] |= {"width": sides * (preset.width + 4), "height": preset.height + 4, "gap": 0}
        return _typeset(said, {card["photo"]: badge_samples.portrait(0)}, layout, dots=dots)[0]


def _told(badges, layout, known):
    """What the process is asked of a chunk: (content, {file name: bytes}, [Warning])."""
    prefetch_related_objects(badges, *READ)
    faces = [badge_faces.face(badge) for badge in badges]
    photos, warnings = _photos(badges, faces)
    cards = [_card(badge, face, layout, known, photos) for badge, face in zip(badges, faces, strict=True)]
    return _said(layout, cards), photos, [warning for face in faces for warning in face.warnings] + warnings


def _photos(badges, faces):
    """({file name: bytes}, [Warning]) of the portraits that the badges show; nothing else of them leaves its seal."""
    shown = [badge for badge, face in zip(badges, faces, strict=True) if face.shows_photo]
    people = [badge.registration_id for badge in shown]
    rows = Evidence.objects.filter(registration__in=people, kind=EvidenceKind.PORTRAIT, replaced_at=None)
    latest = {row.registration_id: row for row in rows}
    photos, warnings = {}, []
    for badge in shown:
        row = latest.get(badge.registration_id)
        data = row and unreadable.otherwise(lambda: b"", lambda row=row: _read(row))
        if data:
            photos[f"{badge.pk}.jpg"] = data
        else:
            words = _("The photo cannot be read.") if row else _("There is no photo.")
            warnings.append(Warning(badge, badge_faces.PHOTO, words))
    return photos, warnings


def _read(row):
    try:
        return evidence.read(row)
    except FileNotFoundError:
        return b""


def _card(badge, face, layout, known, photos):
    """What the template is told of one badge."""
    meeting = badge.meeting
    if meeting.pk not in known:
        key = keys.current(keys.BADGE, meeting)
        zones = dict(meeting.zones.values_list("number", "name"))
        known[meeting.pk] = badge_faces.meeting_words(meeting), zones, Key(key, keys.signer(key))
    words, zones, key = known[meeting.pk]
    photo = f"{badge.pk}.jpg"
    return {
        "number": str(badge),
        "event": words["event"],
        "dates": badge_faces.dates_words(badge.registration, words),
        "photo": photo if photo in photos else "",
        "shows_blank": face.shows_photo,
        "qr": badge_faces.code_picture(badge_code.code_of(badge, key=key.row, sign=key.sign)),
        "names": [{"words": name, "bold": bold} for name, bold in face.names],
        "latin": face.latin,
        "organization": face.organization,
        "zones": badge_faces.zones(badge, zones),
        "zones_heading": _("Where this badge opens"),
        "escort": _("With an escort") if badge.registration.granted.get("escort") else "",
        "note": badge_faces.paragraphs(layout.note_in(translation.get_language())),
        "band": badge_faces.band(badge, is_black=badge_layouts.PRESETS[layout.preset].is_black),
    }


def _said(layout, cards):
    card = badge_layouts.PRESETS[layout.preset]
    return {
        "title": _("Badges"), "language": translation.get_language(), "cards": cards, "sides": layout.sides,
        "page": badge_layouts.sheet(layout.preset, layout.paper), "card": {"width": card.width, "height": card.height},
        "rulers": False, "outlines": False, "is_preview": False,
    }  # fmt: skip


def _typeset(said, photos, layout, *, dots=None):
    """(bytes, {"bad": [file names], "cut": [{"number", "part"}]}) by the process in ``typesetting/``."""
    place = layout.sides[badge_layouts.FRONT].get("photo", {"width": 35, "height": 44})
    question = {
        "content": said, "photos": [{"name": name, "bytes": len(data)} for name, data in photos.items()],
        "photo_mm": [place["width"], place["height"]], "fonts": str(pdf.FONTS), "ppi": dots,
        "at": int(timezone.now().astimezone(UTC).timestamp()),
    }  # fmt: skip
    told = b"".join([json.dumps(question).encode(), b"\n", *photos.values()])
    beside = IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="rostrum-badges-", dir=beside) as folder:
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-B", str(PROGRAM)], input=told, cwd=folder, timeout=SECONDS,
                capture_output=True, check=True,
                env={},  # no secret key, no database address
            )  # fmt: skip
        except (subprocess.SubprocessError, OSError) as error:
            raise CannotPrint(f"The printing process failed: {_last_words(error)}") from error
    header, _end, document = done.stdout.partition(b"\n")
    return document, json.loads(header)


def _last_words(error):
    """The last line of what it said, which names a fault of the template and never a person."""
    lines = (getattr(error, "stderr", None) or b"").decode(errors="replace").strip().splitlines()
    return lines[-1][:200] if lines else type(error).__name__
