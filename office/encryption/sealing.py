"""AES-256-GCM (NIST SP 800-38D) with the keys of ``FIELD_KEYS``, and the keyed hash by which sealed things are found.

Sealed bytes are: layout 1 | key number | nonce of 12 | ciphertext | tag of 16. The first two are authenticated too.
"""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

LAYOUT = 1
HEADER_BYTES = 2
NONCE_BYTES = 12
TAG_BYTES = 16


class CannotOpen(Exception):
    """The sealed bytes are not what was sealed there, or their key is missing; the sentence says which."""

    def __init__(self, sentence, *, bound_to):
        super().__init__(sentence)
        self.bound_to = bound_to


def seal(plaintext, *, bound_to):
    """Encrypt bytes with the newest key; ``bound_to`` names where they are kept, and they open nowhere else."""
    ring = settings.FIELD_KEYS
    header = newest_header()
    nonce = os.urandom(NONCE_BYTES)
    return header + nonce + AESGCM(ring.keys[ring.newest]).encrypt(nonce, plaintext, header + bound_to.encode())


def open_sealed(sealed, *, bound_to):
    """Return the bytes that were sealed for ``bound_to``. Raises CannotOpen."""
    number = key_number(sealed, bound_to=bound_to)
    if number not in settings.FIELD_KEYS.keys:
        raise CannotOpen(f"{bound_to} was sealed with key {number}, which is not in FIELD_KEYS.", bound_to=bound_to)
    header, nonce, rest = sealed[:2], sealed[2 : 2 + NONCE_BYTES], sealed[2 + NONCE_BYTES :]
    try:
        return AESGCM(settings.FIELD_KEYS.keys[number]).decrypt(nonce, rest, header + bound_to.encode())
    except InvalidTag:
        raise CannotOpen(
            f"{bound_to} holds bytes that were changed, or sealed for another place.", bound_to=bound_to
        ) from None


def newest_header():
    """The first bytes of whatever is sealed now."""
    return bytes([LAYOUT, settings.FIELD_KEYS.newest])


def key_number(sealed, *, bound_to):
    if len(sealed) < HEADER_BYTES + NONCE_BYTES + TAG_BYTES or sealed[0] != LAYOUT:
        raise CannotOpen(f"{bound_to} holds bytes that were not sealed, or only a part of them.", bound_to=bound_to)
    return sealed[1]


def blind(value, *, scope):
    """64 hexadecimal digits by which equal texts of one scope, such as ``meeting:<pk>``, are found.

    Tables of two scopes cannot be joined. The caller makes equal what counts as equal (case, spaces) beforehand.
    """
    key = HKDF(SHA256(), 32, salt=None, info=f"rostrum look-up {scope}".encode()).derive(settings.FIELD_KEYS.lookup)
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()
