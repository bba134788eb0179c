"""Links that open something for who holds them: 16 bytes that name a row, 20 that only SECRET_KEY's holder can make.

Nothing that opens a link is stored, so every e-mail can carry the same one, and raising the row's ``link_version`` ends
all that were sent. ``purpose`` keeps one kind of link from serving as another.
"""

import base64
import binascii
import uuid

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

MAC_BYTES = 20
LENGTH = 48  # characters of a token


def token(row_id, purpose, version):
    """48 characters of URL-safe base 64."""
    return base64.urlsafe_b64encode(row_id.bytes + _mac(row_id, purpose, version, settings.SECRET_KEY)).decode()


def named(text):
    """The id that a token names, true or forged; None for what is no token."""
    packed = _unpacked(text)
    return uuid.UUID(bytes=packed[:16]) if packed else None


def fits(text, row_id, purpose, version):
    """Whether a token is the one of this row and version, by the key of today or one of its fallbacks."""
    packed = _unpacked(text)
    if packed is None or packed[:16] != row_id.bytes:
        return False
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(packed[16:], _mac(row_id, purpose, version, key)) for key in keys)


def _unpacked(text):
    """36 bytes, or None. Each token is written in one way alone."""
    try:
        packed = base64.urlsafe_b64decode(text)
    except (ValueError, binascii.Error):
        return None
    is_canonical = base64.urlsafe_b64encode(packed).decode() == text
    return packed if len(packed) == 16 + MAC_BYTES and is_canonical else None


def _mac(row_id, purpose, version, key):
    message = f"{row_id}:{purpose}:{version}"
    return salted_hmac("office.links", message, secret=key, algorithm="sha256").digest()[:MAC_BYTES]
