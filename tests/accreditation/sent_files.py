"""Files as applicants send them, real and hostile, and a browser that has opened an application."""

import io
import zipfile
import zlib

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accreditation.models import EvidenceRule
from accreditation.states import EvidenceKind
from accreditation.writing import RESUME
from office import links
from tests.builders import make_category, make_meeting, make_registration

LETTER, SAMPLE, PORTRAIT = EvidenceKind.LETTER_OF_ASSIGNMENT, EvidenceKind.WORK_SAMPLE, EvidenceKind.PORTRAIT
IDENTITY = EvidenceKind.IDENTITY_DOCUMENT


def pdf(words="We send our correspondent", *, pages=1, **save):
    document = pikepdf.new()
    font = document.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    for _number in range(pages):
        page = document.add_blank_page().obj
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pikepdf.Stream(document, f"BT /F1 18 Tf 72 700 Td ({words}) Tj ET".encode())
    out = io.BytesIO()
    document.save(out, compress_streams=False, deterministic_id="encryption" not in save, **save)
    return out.getvalue()


def picture(form="JPEG", *, size=(300, 400), colour="teal", **save):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, form, **save)
    return out.getvalue()


def photo_with_place(words):
    """A JPEG that says where it was taken, and holds ``words`` in its EXIF and its comment."""
    exif = Image.Exif()
    exif[0x010E] = words
    exif.get_ifd(0x8825).update({1: "N", 2: (46.0, 13.0, 31.0), 3: "E", 4: (6.0, 8.0, 17.0)})
    return picture(exif=exif, comment=words.encode())


def empty_png(width, height):
    """A PNG of that many pixels, all black, in a few kilobytes."""

    def chunk(name, data):
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    header = chunk(b"IHDR", width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([1, 0, 0, 0, 0]))
    pixels = chunk(b"IDAT", zlib.compress(bytes((-(-width // 8) + 1) * height), 9))
    return b"\x89PNG\r\n\x1a\n" + header + pixels + chunk(b"IEND", b"")


def archive():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as files:
        files.writestr("letter.txt", "We send our correspondent")
    return out.getvalue()


def file(data=None, name="letter.pdf"):
    return SimpleUploadedFile(name, pdf() if data is None else data)


def make_draft(*rules, **fields):
    """A press application's draft that is asked for the papers of ``rules``, (kind, {field: value}) each."""
    category = make_category(make_meeting(url_year=2016), **fields.pop("category", {}))
    for position, (kind, values) in enumerate(rules):
        EvidenceRule.objects.create(category=category, kind=kind, position=position, **values)
    return make_registration(category=category, **fields)


def open_link(client, registration, purpose=RESUME):
    """Follow the link of an e-mail: the browser gets its cookie."""
    token = links.token(registration.pk, purpose, registration.link_version)
    return client.post(reverse(f"accreditation:{purpose}", args=[token]))


def where(registration):
    meeting = registration.meeting
    return [meeting.url_year, meeting.slug, registration.category.slug]


def page_address(registration):
    return reverse("accreditation:papers", args=where(registration))


def file_address(row, page=None):
    if page is None:
        return reverse("accreditation:paper", args=[*where(row.registration), row.pk])
    return reverse("accreditation:paper_preview", args=[*where(row.registration), row.pk, page])
