"""Signs files that leave the house with the newest key of ``SIGNING_KEYS``, Ed25519 (RFC 8032); checks those of others.

A file says in its own first words what it is, so that no signature of one kind serves for another.
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings


class NoKey(Exception):
    """SIGNING_KEYS holds none."""


def sign(data):
    """(number of the key, 64 bytes). Raises NoKey."""
    for number, seed in settings.SIGNING_KEYS.items():
        return number, Ed25519PrivateKey.from_private_bytes(seed).sign(data)
    raise NoKey


def public_key(number):
    """The public half of one of our keys as PEM text, which common tools take. Raises KeyError."""
    key = Ed25519PrivateKey.from_private_bytes(settings.SIGNING_KEYS[number]).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def is_signed(data, signature, *, by):
    """Whether ``signature`` is that of ``data`` by a public key of 32 bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(by).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True
