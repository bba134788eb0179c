"""What the web process and the limited process say to each other: a length, a JSON header of that length, bytes."""

import json
import struct

MAX_HEADER_BYTES = 64 * 1024
LENGTH = struct.Struct(">I")


class Refusal(Exception):  # noqa: N818  (an answer, not an error)
    """The file is refused: ``reason`` names a sentence of the web process, ``values`` are whole numbers shown in it."""

    def __init__(self, reason, **values):
        super().__init__(reason)
        self.reason = reason
        self.values = values


def write(stream, header, body=b""):
    packed = json.dumps(header).encode()
    stream.write(LENGTH.pack(len(packed)) + packed)
    stream.write(body)
    stream.flush()


def read(stream):
    """Return header (a dict) and body, or raise ValueError: what answers may have been taken over by a hostile file."""
    start = stream.read(LENGTH.size)
    if len(start) < LENGTH.size:
        raise ValueError("no header")
    (length,) = LENGTH.unpack(start)
    if length > MAX_HEADER_BYTES:
        raise ValueError("header too long")
    try:
        header = json.loads(stream.read(length))
    except RecursionError as error:
        raise ValueError("header too deep") from error
    if not isinstance(header, dict):
        raise ValueError("header is not an object")
    return header, stream.read()
