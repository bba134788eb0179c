"""A verifier of badge codes written from ``docs/contract.md`` §4 alone: it shares no code with ours."""

import string

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

DIGITS = string.ascii_uppercase + "234567"


def verified(code, published):
    """{serial, zones, valid_from, valid_to} of a badge code by keys as published, or None."""
    if len(code) != 160 or code[:3] != "B1." or set(code[3:]) - set(DIGITS):
        return None
    number = 0
    for character in code[3:]:
        number = number * 32 + DIGITS.index(character)
    number, spare = divmod(number, 2)  # 157 characters are 785 bits, 98 bytes are 784
    if spare:
        return None
    data = number.to_bytes(98, "big")
    packed, signature = data[:34], data[34:]
    key, meeting = int.from_bytes(packed[2:4], "big"), int.from_bytes(packed[4:8], "big")
    ours = [row["hex"] for row in published["keys"] if (row["kid"], row["meeting"]) == (key, meeting)]
    if packed[:2] != b"\x01\x03" or not ours:
        return None
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(ours[0])).verify(signature, packed)
    except InvalidSignature:
        return None
    instants = [int.from_bytes(packed[place : place + 4], "big") for place in (26, 30)]
    zones = int.from_bytes(packed[24:26], "big")
    return {"serial": packed[8:24].hex(), "zones": zones, "valid_from": instants[0], "valid_to": instants[1]}
