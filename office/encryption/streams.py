"""Files of any size sealed segment by segment, so that nobody holds one whole: written in order, read anywhere.

Such a file is: layout 2 | key number | 16 random bytes | segments, each as ``seal`` makes it of 256 KiB, the last of
what remains. Each opens in this file alone, at its number, as the last or as one before it.
"""

import io
import os
import secrets
import shutil
import tempfile
from contextlib import contextmanager

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import storages

from office.encryption import files
from office.encryption.sealing import HEADER_BYTES, NONCE_BYTES, TAG_BYTES, CannotOpen, open_sealed, seal

LAYOUT = 2
SEGMENT_BYTES = 1 << 18
HEAD_BYTES = HEADER_BYTES + 16
AROUND_BYTES = HEADER_BYTES + NONCE_BYTES + TAG_BYTES  # what sealing adds to a segment


@contextmanager
def storing(*, bound_to, name=None):
    """Give a Writer; its file has ``writer.name`` once the block ended well, and is in place of the one that had it.

    Until then nothing is in the storage, and what is written lies sealed in a file without a name, which goes with
    the process however that ends.
    """
    with _nameless() as file:
        writer = Writer(file, bound_to=bound_to, name=name or secrets.token_hex(16))
        yield writer
        writer.finish()
        storages["private"].save(files.path_of(writer.name), File(file))


def opened(name, *, bound_to):
    """Return a Reader. Raises FileNotFoundError, or CannotOpen where it was cut off, or for another place."""
    file = storages["private"].open(files.path_of(name), "rb")
    try:
        return Reader(file, bound_to=bound_to)
    except BaseException:
        file.close()
        raise


def is_segmented(header):
    """Whether the first HEADER_BYTES of a sealed file say that it is one of these."""
    return header[:1] == bytes([LAYOUT])


def newest_header():
    """The first HEADER_BYTES of a file that is written now."""
    return bytes([LAYOUT, settings.FIELD_KEYS.newest])


def reseal(name, *, bound_to):
    """Seal a file anew with the newest key. Raises CannotOpen, and the file stays as it is."""
    with opened(name, bound_to=bound_to) as old, storing(bound_to=bound_to, name=name) as new:
        shutil.copyfileobj(old, new, SEGMENT_BYTES)


class Writer(io.RawIOBase):
    """Seals what is written into ``file``, from where that stands; without ``finish`` it cannot be read."""

    def __init__(self, file, *, bound_to, name=""):
        self.name = name
        self._file, self._bound_to = file, bound_to
        self._head = newest_header() + os.urandom(HEAD_BYTES - HEADER_BYTES)
        self._number, self._waiting = 0, bytearray()
        file.write(self._head)

    def writable(self):
        return True

    def write(self, data):
        if self.closed:
            raise ValueError("Nothing can be added to a sealed file.")
        self._waiting += data
        while len(self._waiting) > SEGMENT_BYTES:  # a last segment is never empty but where the whole is
            self._seal(is_last=False)
        return memoryview(data).nbytes

    def tell(self):
        return self._number * SEGMENT_BYTES + len(self._waiting)

    def finish(self):
        self._seal(is_last=True)
        self.close()

    def _seal(self, *, is_last):
        place = _place(self._bound_to, self._head, self._number, is_last=is_last)
        self._file.write(seal(bytes(self._waiting[:SEGMENT_BYTES]), bound_to=place))
        del self._waiting[:SEGMENT_BYTES]
        self._number += 1


class Reader(io.RawIOBase):
    """What a Writer sealed, seekable; holds one opened segment. Any reading may raise CannotOpen."""

    def __init__(self, file, *, bound_to):
        self._file, self._bound_to = file, bound_to
        self._head = file.read(HEAD_BYTES)
        sealed = file.seek(0, io.SEEK_END) - HEAD_BYTES
        self._segments = -(-sealed // (SEGMENT_BYTES + AROUND_BYTES))
        if len(self._head) < HEAD_BYTES or not is_segmented(self._head) or not self._segments:
            sentence = f"{bound_to} holds bytes that were not sealed in segments, or only a part of them."
            raise CannotOpen(sentence, bound_to=bound_to)
        self._size = sealed - self._segments * AROUND_BYTES
        self._at, self._held = 0, (-1, b"")
        self._segment(self._segments - 1)  # where the file was cut off this is none, and the size is not true

    def readable(self):
        return True

    def seekable(self):
        return True

    def tell(self):
        return self._at

    def seek(self, offset, whence=io.SEEK_SET):
        at = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence] + offset
        if at < 0:
            raise ValueError("Nothing lies before the beginning.")
        self._at = at
        return at

    def readinto(self, room):
        """Fill all of ``room``, but at the end."""
        room, filled = memoryview(room).cast("B"), 0
        while filled < len(room) and self._at < self._size:
            number, start = divmod(self._at, SEGMENT_BYTES)
            piece = memoryview(self._segment(number))[start : start + len(room) - filled]
            room[filled : filled + len(piece)] = piece
            filled += len(piece)
            self._at += len(piece)
        return filled

    def check(self):
        """Open every segment once. Raises CannotOpen."""
        for number in range(self._segments):
            self._segment(number)

    def close(self):
        self._held = (-1, b"")
        self._file.close()
        super().close()

    def _segment(self, number):
        if self._held[0] != number:
            self._file.seek(HEAD_BYTES + number * (SEGMENT_BYTES + AROUND_BYTES))
            sealed = self._file.read(SEGMENT_BYTES + AROUND_BYTES)
            place = _place(self._bound_to, self._head, number, is_last=number == self._segments - 1)
            try:
                self._held = number, open_sealed(sealed, bound_to=place)
            except CannotOpen as fault:
                raise CannotOpen(str(fault), bound_to=self._bound_to) from None
        return self._held[1]


def _place(bound_to, head, number, *, is_last):
    """Where a segment opens. With the head in it nobody mixes two files of one place, or names another key."""
    return f"{bound_to}, {'last ' if is_last else ''}segment {number} of {head.hex()},"


def _nameless():
    """A file that no folder lists, on the disk of the sealed files: elsewhere it might take memory."""
    folder = getattr(storages["private"], "location", None)
    if folder is not None:
        os.makedirs(folder, mode=0o700, exist_ok=True)
    return tempfile.TemporaryFile(dir=folder)
