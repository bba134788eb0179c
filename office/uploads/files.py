"""Private files, named by the SHA-256 of their content, and what a view says when it hands one out.

The storage is ``STORAGES["private"]``: PrivateFiles here, an object store elsewhere. It holds only rebuilt files.
"""

import hashlib
import os
import re
import shutil
import tempfile
import unicodedata
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from django.utils.http import content_disposition_header

TYPES = {  # media type: (ending, first bytes, may be shown in the page)
    "image/jpeg": (".jpg", b"\xff\xd8\xff", True),
    "image/png": (".png", b"\x89PNG\r\n\x1a\n", True),
    "application/pdf": (".pdf", b"%PDF-", False),
}
STARTS = {suffix: start for suffix, start, _ in TYPES.values()}
DIGEST = re.compile(r"[0-9a-f]{64}")
ROOM_BYTES = 512_000_000  # kept free for the database, which stops where a disk is full
MAX_NAME_LENGTH = 100
MAX_ENDING_LENGTH = 10
UNTRUSTED_CHARACTERS = re.compile(r'[<>:"|?*;%]')  # reserved on Windows, or with a meaning in a header
DEVICE_NAME = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Stored:
    digest: str
    name: str  # within the storage: "ab/cdef…"
    size: int


class PrivateFiles(FileSystemStorage):
    """Writes a file whole or not at all, readable by us alone, and has no address to publish."""

    def get_available_name(self, name, max_length=None):
        return name  # the same name is the same content

    def url(self, name):
        raise ValueError("Private files have no address; a view checks and hands them out.")

    def _save(self, name, content):
        path = self.path(name)
        directory = os.path.dirname(path)
        os.makedirs(self.location, mode=0o700, exist_ok=True)
        os.makedirs(directory, mode=0o700, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=self.location, prefix=".new-")  # mkstemp: 0600
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
        _sync_directory(directory)
        return name


def store(data, *, suffix):
    """Keep rebuilt bytes; ``suffix`` (.jpg, .png, .pdf) must be what they are. Storing twice keeps one file."""
    if not data.startswith(STARTS[suffix]):
        raise ValueError(f"These bytes are no {suffix} file; only rebuilt files are stored.")
    digest = hashlib.sha256(data).hexdigest()
    name = _stored_name(digest)
    storage = storages["private"]
    if not storage.exists(name) or storage.size(name) != len(data):  # half a file, left by a storage less careful
        storage.save(name, ContentFile(data))
    return Stored(digest, name, len(data))


def has_room(size=0):
    """Whether the disk takes ``size`` more bytes and stays usable; an object store has no end that we know of."""
    location = getattr(storages["private"], "location", None)
    if location is None:
        return True
    while not os.path.exists(location):
        location = os.path.dirname(location)
    return shutil.disk_usage(location).free - size >= ROOM_BYTES


def open_stored(digest):
    """Return the file opened for reading; FileNotFoundError when we do not hold it."""
    return storages["private"].open(_stored_name(digest), "rb")


def safe_filename(original_name):
    """Return the last part of a name, safe to show and to save: no control or direction marks, ≤ 100 characters."""
    name = unicodedata.normalize("NFC", original_name)
    name = re.split(r"[/\\]", name)[-1]
    name = "".join(" " if char.isspace() else char for char in name)
    name = "".join(char for char in name if unicodedata.category(char)[0] != "C")  # Cf holds the direction marks
    name = UNTRUSTED_CHARACTERS.sub("_", unicodedata.normalize("NFC", name))  # parts now side by side may join
    name = " ".join(name.split()).strip(" .")
    if DEVICE_NAME.match(name):
        name = f"_{name}"
    return _shortened(name) or "file"


def serving_headers(media_type, *, name):
    """Return the response headers of a stored file; only images, which we drew ourselves, open in the browser.

    The ending follows the type, so that a PDF called letter.exe is saved as letter.pdf.
    """
    suffix, _, shown = TYPES.get(media_type, ("", b"", False))
    if suffix:
        stem = os.path.splitext(safe_filename(name))[0][: MAX_NAME_LENGTH - len(suffix)]
        name = stem.rstrip(" .") + suffix
    return {
        "Content-Type": media_type if suffix else "application/octet-stream",
        "Content-Disposition": content_disposition_header(not shown, safe_filename(name)),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def _stored_name(digest):
    if not DIGEST.fullmatch(digest):
        raise FileNotFoundError("A stored file is named by 64 hexadecimal digits.")
    return f"{digest[:2]}/{digest[2:]}"


def _shortened(name):
    """Cut the stem and keep the ending, as people recognise a file by both."""
    if len(name) <= MAX_NAME_LENGTH:
        return name
    stem, ending = os.path.splitext(name)
    if len(ending) > MAX_ENDING_LENGTH:
        stem, ending = name, ""
    return stem[: MAX_NAME_LENGTH - len(ending)].rstrip(" .") + ending


def _sync_directory(directory):
    """A rename is only safe once its directory is written (POSIX)."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
