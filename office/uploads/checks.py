"""The three kinds of file Rostrum takes: photo, document, advisory. What decodes as one is one; names are not asked.

``page_image`` draws what was taken, for people to look at; ``page_texts`` reads its words.
"""

from dataclasses import dataclass

from . import process
from .refusals import MEGABYTE, Refused, too_big

MAX_BYTES = 10 * MEGABYTE
MAX_EDGE = 2400
MAX_PIXELS = 25_000_000
MAX_PAGES = 50
MAX_EXPANDED_BYTES = 40 * MEGABYTE
MAX_RATIO = 100

PDF = "application/pdf"
IMAGE_STARTS = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Office files, and the wrapper of encrypted new ones
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
UTF_16_STARTS = (b"\xff\xfe", b"\xfe\xff")
NOT_TEXT_STARTS = (b"{\\rtf", b"%PDF-", b"GIF8")  # would pass for text, or nearly
WORD_ENDINGS = (".docx", ".docm", ".dotx")


@dataclass(frozen=True)
class Photo:
    data: bytes
    media_type: str  # image/jpeg, or image/png where something is transparent
    width: int
    height: int


@dataclass(frozen=True)
class StoredDocument:
    data: bytes
    media_type: str  # application/pdf, image/jpeg or image/png
    pages: int


def photo(data, *, max_bytes=MAX_BYTES, max_edge=MAX_EDGE, max_pixels=MAX_PIXELS, limits=None):
    """Return the picture upright, in sRGB, at most ``max_edge`` pixels long, with nothing but its pixels."""
    _check_size(data, max_bytes)
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        raise Refused("heic")
    header, body = process.run("photo", data, limits=limits, max_edge=max_edge, max_pixels=max_pixels)
    media_type, width, height = header.get("media_type"), header.get("width"), header.get("height")
    edges = range(1, max_edge + 1)
    if width not in edges or height not in edges or not body.startswith(IMAGE_STARTS.get(media_type, b"\0")):
        raise Refused("broken")
    return Photo(body, media_type, width, height)


def document(data, *, max_bytes=MAX_BYTES, max_pages=MAX_PAGES, limits=None):
    """Return a PDF rebuilt without scripts, attachments, forms and metadata, or an image as ``photo`` does."""
    _check_size(data, max_bytes)
    if b"%PDF-" not in data[:1024]:
        return _image_document(data, max_bytes, limits)
    header, body = process.run("pdf", data, limits=limits, max_pages=max_pages)
    if header.get("pages") not in range(1, max_pages + 1) or not body.startswith(b"%PDF-"):
        raise Refused("broken")
    return StoredDocument(body, PDF, header["pages"])


def page_image(data, page, *, max_edge=MAX_EDGE, limits=None):
    """Return one page (from 1) of a PDF that ``document`` took as PNG bytes, its longer side ``max_edge`` pixels."""
    header, body = process.run("page", data, limits=limits, page=page, max_edge=max_edge)
    edges = range(1, max_edge + 1)
    if header.get("width") not in edges or header.get("height") not in edges:
        raise Refused("broken")
    if not body.startswith(IMAGE_STARTS["image/png"]):
        raise Refused("broken")
    return body


def page_texts(data, *, max_pages=3, max_characters=6000, limits=None):
    """Return [words] of the first pages of a PDF that ``document`` took; empty words where a page is a picture."""
    _, body = process.run("text", data, limits=limits, max_pages=max_pages, max_characters=max_characters)
    text = body.decode(errors="replace").replace("\0", "")
    return [page[:max_characters] for page in text.split("\f")[:max_pages]]


def advisory_text(data, name="", *, max_bytes=MAX_BYTES, limits=None):
    """Return the text of a Word file, or None when the file is to be read as plain text by the caller.

    The name is asked only when the bytes say nothing: text called .docx is a damaged Word file.
    """
    _check_size(data, max_bytes)
    if data.startswith(b"PK\x03\x04"):
        _, body = process.run("word", data, limits=limits, max_expanded_bytes=MAX_EXPANDED_BYTES, max_ratio=MAX_RATIO)
        return body.decode(errors="replace")
    if data.startswith(OLE_START):
        raise Refused("locked_word" if ENCRYPTED_PACKAGE in data else "old_word")
    if data.startswith(NOT_TEXT_STARTS) or (b"\0" in data and not data.startswith(UTF_16_STARTS)):
        raise Refused("not_advisory")
    if name.lower().endswith(WORD_ENDINGS):
        raise Refused("broken")
    return None


def _image_document(data, max_bytes, limits):
    try:
        image = photo(data, max_bytes=max_bytes, limits=limits)
    except Refused as refused:
        if refused.reason == "not_photo":
            raise Refused("not_document") from None
        raise
    return StoredDocument(image.data, image.media_type, pages=1)


def _check_size(data, max_bytes):
    if not data:
        raise Refused("empty")
    if len(data) > max_bytes:
        raise too_big(len(data), limit=max_bytes)
