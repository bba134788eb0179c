"""The badge's code: 160 characters that say which badge it is, which zones it opens and from when to when.

``docs/contract.md`` §4. Nothing in it names a person, and whoever has the meeting's public key can verify it alone.
"""

import base64
import binascii
import struct
from dataclasses import dataclass
from datetime import UTC, datetime

from office import keys

PREFIX, VERSION, BADGE = "B1.", 1, 3
PACKED = struct.Struct(">BBHI16sHII")  # version, type, key, meeting, serial, zones, valid from, valid to
SIGNATURE_BYTES = 64
LENGTH = 160


class NotACode(ValueError):
    """It is no badge code at all, or not written in the one canonical way."""


@dataclass(frozen=True)
class Content:
    """``serial`` is 32 hex digits, ``zones`` a bit set of 16; instants are aware and whole seconds."""

    type: int
    key: int
    meeting: int
    serial: str
    zones: int
    valid_from: datetime
    valid_to: datetime


def code_of(badge, *, key, sign=None):
    """The code of a Badge row by a SigningKey; ``sign`` is that key's signer where many codes are made."""
    packed = PACKED.pack(
        VERSION, BADGE, key.number, badge.meeting_id, bytes.fromhex(badge.serial), badge.zones,
        int(badge.valid_from.timestamp()), int(badge.valid_to.timestamp()),
    )  # fmt: skip
    return written(packed + (sign or keys.signer(key))(packed))


def written(data):
    return PREFIX + base64.b32encode(data).decode().rstrip("=")


def read(code):
    """(Content, signed bytes, signature) of a code's characters, whoever signed it. Raises NotACode."""
    if len(code) != LENGTH or not code.isascii() or not code.startswith(PREFIX):
        raise NotACode
    body = code.removeprefix(PREFIX)
    try:
        data = base64.b32decode(body + "=" * (-len(body) % 8))
    except binascii.Error as error:
        raise NotACode from error
    if written(data) != code or len(data) != PACKED.size + SIGNATURE_BYTES:  # the last character's spare bits
        raise NotACode
    packed, signature = data[: PACKED.size], data[PACKED.size :]
    version, kind, key, meeting, serial, zones, valid_from, valid_to = PACKED.unpack(packed)
    if version != VERSION:
        raise NotACode
    valid = [datetime.fromtimestamp(seconds, UTC) for seconds in (valid_from, valid_to)]
    return Content(kind, key, meeting, serial.hex(), zones, *valid), packed, signature
