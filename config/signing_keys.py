"""The ring of keys that sign what leaves the house: its text is read here; run as a program, it prints a new one.

Each entry is ``<number>:<key>``, the newest first; a key is 32 bytes in base64, an Ed25519 private key (RFC 8032).
"""

import base64
import binascii
import secrets

KEY_BYTES = 32
NUMBERS = range(1, 256)


def read(text):
    """({number: 32 bytes}, sentences about what is wrong with it); entries stand apart by white space or commas."""
    ring, sentences = {}, []
    for place, entry in enumerate(text.replace(",", " ").split(), 1):
        number, _colon, key = entry.partition(":")
        if not (number.isascii() and number.isdigit() and len(number) < 4 and int(number) in NUMBERS and _key(key)):
            sentences.append(f"must have in entry {place} a number from 1 to 255, a colon and 32 bytes in base64.")
        elif int(number) in ring:
            sentences.append(f"must name each key once; it names twice: {int(number)}.")
        else:
            ring[int(number)] = _key(key)
    return ring, sentences


def public_key(text):
    """The 32 bytes of a public key in base64; none for anything else."""
    return _key(text.strip())


def fresh():
    """The text of a new ring with one key."""
    return f"{secrets.choice(NUMBERS)}:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}\n"


def _key(text):
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return key if len(key) == KEY_BYTES else b""


if __name__ == "__main__":
    print(fresh(), end="")
