"""References are said aloud: R2P16-4F7K2D is the meeting's code, five random characters and one that checks them.

Crockford's base 32 has no I, L, O and U; what people hear or type instead is read as what they meant. A reference
authorises nothing: who knows one knows a word.
"""

import re
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
RANDOM_CHARACTERS = 5
UNSAID = re.compile(r"[\s\-\u2010-\u2015_.]+")


def new(code):
    """A fresh reference of the meeting with this code; one of 33 million."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    return f"{code}-{body}{check_character(code, body)}"


def check_character(code, body):
    """Shows any one wrong character and any two neighbours that changed places: a sum over the field of 32 elements,
    in which each place counts twice what the place after it does."""
    total = 0
    for character in (code + body).upper().translate(MEANT):
        total = _twice(total ^ ALPHABET.index(character))
    return ALPHABET[total]


def _twice(value):
    """Times x in the field of 32 elements, by the polynomial x^5 + x^2 + 1."""
    doubled = value << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled


def read(text, codes):
    """The reference as it is kept, from what somebody typed or said; None where its check character does not fit.

    ``codes`` are those of the meetings it may belong to.
    """
    typed = UNSAID.sub("", unicodedata.normalize("NFKC", text)).upper()
    typed = "".join(str(unicodedata.decimal(c, c)) for c in typed).translate(MEANT)
    for code in codes:
        body = typed[len(code) :]
        is_whole = typed.startswith(code.translate(MEANT)) and len(body) == RANDOM_CHARACTERS + 1
        if is_whole and set(body) <= set(ALPHABET) and check_character(code, body[:-1]) == body[-1]:
            return f"{code}-{body}"
    return None
