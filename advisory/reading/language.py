"""The main language of a text, by script and by its commonest small words."""

import re
from collections import Counter

from .vocabulary import LANGUAGE_WORDS

_WORDS = {language: frozenset(words.split()) for language, words in LANGUAGE_WORDS.items()}


def language_of(text):
    """An ISO 639-1 code; 'en' where nothing tells."""
    sample = text[:12_000]
    letters = [char for char in sample if char.isalpha()]
    if not letters:
        return "en"
    shares = {
        "ru": sum("\u0400" <= char <= "\u04ff" for char in letters),
        "ar": sum("\u0600" <= char <= "\u06ff" for char in letters),
        "zh": 3 * sum("\u4e00" <= char <= "\u9fff" for char in letters),
        "ja": 4 * sum("\u3040" <= char <= "\u30ff" for char in letters),
        "el": sum("\u0370" <= char <= "\u03ff" for char in letters),
        "ko": 3 * sum("\uac00" <= char <= "\ud7a3" for char in letters),
    }
    script = max(shares, key=shares.get)
    if shares[script] * 2.5 > len(letters):
        if script == "ru" and re.search("[іїєґ]", sample):
            return "uk"
        return script
    counts = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    scores = {language: sum(counts[word] for word in words) for language, words in _WORDS.items()}
    best = max(scores, key=scores.get)
    return best if scores[best] else "en"
