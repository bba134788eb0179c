"""The media kit: the photographs an edition names with caption, credit and size, and all of them as one zip."""

import io
import shutil
import zipfile
from hashlib import sha256

from django.conf import settings
from django.utils.translation import gettext as _

from advisory.renditions import text, wording
from office import uploads

OLDEST = (1980, 1, 1, 0, 0, 0)  # of a zip's clock
CAPTIONS = "captions.txt"


def photographs(telling):
    """Speakers' portraits, then pictures of the meeting. Nobody who has been blanked is among them."""
    found = []
    for speaker in telling.speakers:
        if speaker.person and speaker.person.photo:
            caption = telling.is_original and speaker.person.photo_caption or text.speaker(speaker)
            credit = telling.in_original(speaker.person.photo_credit)
            found.append(_photograph(telling, speaker.person.photo, caption, credit))
    for photo in telling.photos:
        if photo.image:
            found.append(_photograph(telling, photo.image, photo.caption, photo.credit, photo.rights))
    return _named_apart(found)


def digest(telling, found):
    """What the archive is made of, for its ETag."""
    return sha256(captions(telling, found) + "".join(photo["digest"] for photo in found).encode()).hexdigest()[:32]


def captions(telling, found):
    """UTF-8 text: under each file's name its caption, credit and rights, then where it comes from."""
    blocks = [telling.words.title]
    for photo in found:
        lines = [
            photo["saved_as"],
            photo["caption"],
            photo["credit"] and f"{_('Photo:')} {photo['credit']}",
            photo["rights"],
        ]
        blocks.append("\n".join(line for line in lines if line))
    blocks.append(f"{settings.ORGANIZATION_NAME}\n{telling.address}")
    return ("\n\n".join(blocks) + "\n").replace("\n", "\r\n").encode()


def pack(telling, found):
    """The zip in pieces, one photograph in memory at most; the same bytes for the same edition."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(CAPTIONS, OLDEST), captions(telling, found))
        for photo in found:
            entry = zipfile.ZipInfo(photo["saved_as"], OLDEST)
            with uploads.open_stored(photo["digest"]) as source, archive.open(entry, "w") as target:
                shutil.copyfileobj(source, target)
            yield sink.taken()
    yield sink.taken()


class _Sink(io.RawIOBase):
    """A file that cannot be wound back, so that zipfile writes each entry's size after it."""

    def __init__(self):
        self.pieces = []

    def writable(self):
        return True

    def write(self, piece):
        self.pieces.append(bytes(piece))
        return len(piece)

    def taken(self):
        pieces, self.pieces = self.pieces, []
        return b"".join(pieces)


def _photograph(telling, image, caption, credit, rights=""):
    return {
        "digest": image["digest"],
        "name": image["name"],
        "saved_as": image["name"],
        "address": wording.file_path(telling, image),
        "width": image.get("width"),
        "height": image.get("height"),
        "caption": caption,
        "credit": credit,
        "rights": rights,
    }


def _named_apart(found):
    """Two people of one name get files of two names: ada.jpg, ada-2.jpg."""
    taken = {CAPTIONS}
    for photo in found:
        stem, _dot, ending = photo["name"].rpartition(".")
        number = 1
        while photo["saved_as"] in taken:
            number += 1
            photo["saved_as"] = f"{stem}-{number}.{ending}"
        taken.add(photo["saved_as"])
    return found
