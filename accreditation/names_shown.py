"""A person's name as the badge prints it, and as security compares it with a passport."""

import unicodedata

# Scripts in which the family name comes first and nothing stands between the two
UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "IDEOGRAPHIC")
DIAERESIS = "\u0308"


def badge_name(registration):
    """The name that the applicant chose for the badge, or else given names and family name."""
    if registration.badge_name:
        return registration.badge_name
    given, family = registration.given_names, registration.family_name
    if given and family and is_unspaced(given + family):
        return family + given
    return " ".join(part for part in [given, family] if part)


def passport_order(registration):
    """OKAFOR, Ada Chidinma: the order of a passport's two lines (ICAO Doc 9303). A single name stands alone."""
    given, family = registration.given_names, registration.family_name
    if not (given and family):
        return capitals(given or family)
    return f"{capitals(family)}, {given}"


def capitals(name):
    """Upper case where a script has one that names use.

    Georgian capitals (Mtavruli) are not written in names, and few fonts have them; Greek ones drop their accents.
    """
    return unicodedata.normalize(
        "NFC", "".join(_capital(character) for character in unicodedata.normalize("NFC", name))
    )


def _capital(character):
    name = unicodedata.name(character, "")
    if name.startswith("GEORGIAN"):
        return character
    upper = character.upper()
    if name.startswith("GREEK"):
        return "".join(c for c in unicodedata.normalize("NFD", upper) if not unicodedata.combining(c) or c == DIAERESIS)
    return upper


def is_unspaced(text):
    letters = [character for character in text if character.isalpha()]
    return bool(letters) and all(unicodedata.name(letter, "").startswith(UNSPACED) for letter in letters)
