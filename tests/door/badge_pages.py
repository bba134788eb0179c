"""Printed badges as a reader and a camera find them: words, where they stand, and codes."""

import io

import pypdfium2
import zxingcpp
from PIL import Image

from accreditation import badge_samples, badge_sheets
from accreditation.evidence.keeping import place
from accreditation.models import Evidence
from accreditation.states import EvidenceKind, Status
from office.encryption import store_sealed
from tests.builders import make_badge, make_category, make_full_meeting, make_registration

# Given names, family name, name on the badge; what the badge then says from the top. PDFium reads some ligatures
# backwards: none stands here.
PEOPLE = {
    "latin": ("Ada Chidinma", "Okafor", "", ["Ada Chidinma", "Okafor"]),
    "arabic": ("Maryam", "Benhaddou", "مريم بن حدو", ["مريم بن حدو", "Maryam Benhaddou"]),
    "chinese": ("静怡", "林", "", ["林静怡", "Lin Jingyi"]),
    "cyrillic": ("Екатерина", "Воронцова", "", ["Екатерина", "Воронцова", "Ekaterina Vorontsova"]),
    "devanagari": ("Priya", "Sharma", "प्रिया शर्मा", ["प्रिया शर्मा", "Priya Sharma"]),
    "thai": ("Somying", "Jaingam", "สมหญิง ใจงาม", ["สมหญิง ใจงาม", "Somying Jaingam"]),
}
MILLIMETRE = 72 / 25.4  # in points


def make_person(script="latin", *, category=None, portrait=True, **fields):
    given, family, badge_name, _said = PEOPLE[script]
    category = category or make_category(make_full_meeting())
    names = {"given_names": given, "family_name": family, "badge_name": badge_name}
    person = make_registration(Status.APPROVED, category=category, **names | fields)
    if portrait:
        add_portrait(person)
    return person


def make_printable(script="latin", **fields):
    return make_badge(make_person(script, **fields))


def add_portrait(registration, data=None):
    """A drawn face, sealed as an applicant's is."""
    data = badge_samples.portrait(0) if data is None else data
    row = Evidence(
        registration=registration, kind=EvidenceKind.PORTRAIT, name="me.jpg", media_type="image/jpeg", size=len(data),
        digest=str(registration.pk),
    )  # fmt: skip
    row.stored_as = store_sealed(data, bound_to=place(row))
    row.save(force_insert=True)
    return row


def sheets(badges, layout, *, language):
    """(bytes of the PDF, [Warning])."""
    out = io.BytesIO()
    warnings = badge_sheets.sheets(badges, layout, language=language, to=out)
    return out.getvalue(), warnings


def pages(document):
    return list(pypdfium2.PdfDocument(document))


def picture(page, dots=150):
    return page.render(scale=dots / 72).to_pil().convert("RGB")


def codes(page, dots=150):
    """What a camera reads of a page; the order is from the top."""
    found = zxingcpp.read_barcodes(picture(page, dots), formats=zxingcpp.BarcodeFormat.QRCode)
    rows, corner = [], lambda code: code.position.top_left
    for code in sorted(found, key=lambda code: corner(code).y):
        if not rows or corner(code).y - corner(rows[-1][0]).y > dots / 4:  # codes of one row differ by a pixel
            rows.append([])
        rows[-1].append(code)
    return [code.text for row in rows for code in sorted(row, key=lambda code: corner(code).x)]


def words(page):
    """The page's text without the marks that only steer lines."""
    text = page.get_textpage().get_text_bounded().replace("\x02", "-")  # PDFium's sign for a hyphen at a line's end
    return [line for line in ("".join(c for c in line if c not in "\u200b\u2068\u2069\ufffe").strip()
                              for line in text.splitlines()) if line]  # fmt: skip


def boxes(page):
    """[(left, top, right, bottom)] in millimetres from the page's top left corner, of each run of text."""
    text, height = page.get_textpage(), page.get_height()
    return [
        (left / MILLIMETRE, (height - top) / MILLIMETRE, right / MILLIMETRE, (height - bottom) / MILLIMETRE)
        for left, bottom, right, top in (text.get_rect(number) for number in range(text.count_rects()))
    ]


def opened(png):
    return Image.open(io.BytesIO(png))
