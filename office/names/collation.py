"""The order of names in a list, and what makes two writings of a name one. Pure, without ICU."""

import unicodedata

# Letters of their own, not the plain letter with a mark: they follow it
AFTER = {"es": {"ñ": "n\uffff"}, "ru": {"й": "и\uffff"}}
ARABIC = str.maketrans({"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ء": None, "ـ": None})
LATIN = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})
# Rare characters, and the first of 秘鲁 (bìlǔ), stand where a common character of the same sound does
SOUNDS = str.maketrans({"秘": "毕", "斐": "匪", "瑙": "恼", "汶": "问"})
ARTICLES = {"the", "le", "la", "les", "l", "el", "los", "las"}


def sort_key(text, language):
    """Key of the language's usual order: marks, case, hyphens and brackets make no difference.

    Spanish ñ and Russian й are letters of their own; Arabic passes over the article and the seat of hamza. Chinese goes
    by sound: the common characters of GB 2312 are numbered in the order of pinyin.
    """
    if language == "zh":
        return text.translate(SOUNDS).encode("gb18030"), text
    text = unicodedata.normalize("NFC", text).casefold()
    if language == "ar":
        text = text.removeprefix("ال")
    own = AFTER.get(language, {})
    return "".join(own.get(character) or _plain(character) for character in text).split(), text


def fold(text):
    """One writing for all that people use: letters and digits, in lower case, without marks and spaces."""
    return "".join(_words(text))


def without_article(text):
    """The same for a text that begins with an article: ‘the Gambia’, ‘L’Égypte’; otherwise as ``fold``."""
    words = _words(text)
    return "".join(words[1:] if len(words) > 1 and words[0] in ARTICLES else words)


def _words(text):
    return "".join(map(_plain, unicodedata.normalize("NFC", text).casefold())).split()


def _plain(character):
    base = unicodedata.normalize("NFKD", character).casefold()
    kept = "".join(part if part.isalnum() else " " for part in base if not unicodedata.combining(part))
    return kept.translate(ARABIC).translate(LATIN)
