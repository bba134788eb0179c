"""The ring of keys that seal data: its text is read, made and lengthened here; run as a program, it prints a new one.

Each entry is ``<number>:<key>``, the newest first, besides ``lookup:<key>``; a key is 32 bytes in base64.
"""

import base64
import binascii
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

KEY_BYTES = 32
NUMBERS = range(1, 256)  # one byte in front of whatever a key sealed
LOOKUP = "lookup"


@dataclass(frozen=True)
class Ring:
    """``keys`` is {number: 32 bytes}, newest first. ``lookup`` stays when they change, or nothing would be found."""

    keys: dict = field(repr=False)
    lookup: bytes = field(repr=False)

    @property
    def newest(self):
        return next(iter(self.keys))


def read(text):
    """(Ring, sentences about what is wrong with it); entries stand apart by white space or commas."""
    entries = [entry.partition(":") for entry in text.replace(",", " ").split()]
    wrong = [str(place) for place, entry in enumerate(entries, 1) if _name(entry[0]) is None or not _key(entry[2])]
    names = [_name(name) for name, _, key in entries]
    sentences = []
    if wrong:  # their places alone: a key is never repeated to a screen or a log
        what = "a number from 1 to 255 (or the word lookup), a colon and 32 bytes in base64"
        sentences.append(f"must have in each entry {what}; not so entry {', '.join(wrong)}.")
    if twice := sorted({str(name) for name in names if name is not None and names.count(name) > 1}):
        sentences.append(f"must name each key once; it names twice: {', '.join(twice)}.")
    if not wrong and LOOKUP not in names:
        sentences.append("must have an entry lookup:….")
    if not wrong and not set(names) - {LOOKUP}:
        sentences.append("must have an entry such as 1:….")
    keys = {_name(name): _key(key) for name, _, key in entries}
    lookup = keys.pop(LOOKUP, b"")
    return Ring(keys, lookup), sentences


def fresh():
    """The text of a new ring with one key; its number is random, so that the ring of another site is soon told."""
    return f"{_entry(secrets.choice(NUMBERS))}\n{_entry(LOOKUP)}\n"


def lengthened(text):
    """``text`` with a new key in front. Raises ValueError when all 255 numbers are taken."""
    taken = read(text)[0].keys
    number = max(taken) + 1 if max(taken) + 1 in NUMBERS else next((n for n in NUMBERS if n not in taken), None)
    if number is None:
        raise ValueError("All 255 numbers of keys are taken; remove keys that seal nothing any more.")
    return f"{_entry(number)}\n{text.strip()}\n"


def write(path, text, *, replace=False):
    """Write the whole ring for us alone (0600). Raises FileExistsError when it is there, unless ``replace``."""
    path = Path(path)
    temporary = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path) if replace else os.link(temporary, path)  # a link never overwrites
    finally:
        temporary.unlink(missing_ok=True)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _entry(name):
    return f"{name}:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"


def _name(text):
    """The number, the word lookup, or None."""
    if text == LOOKUP:
        return LOOKUP
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 and int(text) in NUMBERS else None


def _key(text):
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return key if len(key) == KEY_BYTES else b""


if __name__ == "__main__":
    print(fresh(), end="")
