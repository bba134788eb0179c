"""One name in several spellings and scripts: what finds it, and whether two of them may be the same person's.

Two forms of each word, both in Latin letters: the plain one levels what transliterations differ in (Vorontsova,
Voronzowa, Воронцова), the bare one keeps the consonants alone, since Arabic and Hebrew write few vowels.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from anyascii import anyascii

from advisory.search import fold

ABJAD = re.compile(r"[\u0590-\u07bf\u08a0-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
ARTICLE = re.compile(r"(?<!\w)ال(?=\w{3})")
LONG_VOWELS = [(re.compile(r"(?<=\w)و"), "u"), (re.compile(r"(?<=\w)ي"), "i")]
ARTICLES = {"al", "el"}
UNSAID = re.compile(r"['`´‘’ʼʹʻʿʾ]+")
WORD = re.compile(r"[a-z0-9]+")
# Letters that transliterations of one sound differ in; capitals stand for sounds until the end
SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in [
        ("x", "ks"), ("shch|sch|sh", "S"), ("tS|tch|ch", "C"), ("kh", "h"), ("zh", "j"), ("ts|tz", "z"), ("ph", "f"),
        ("gh", "g"), ("th", "t"), ("dh", "d"), ("ck|c|q", "k"), ("ou|oo|oy", "u"), ("ye|ie", "e"), ("y", "i"),
    ]
]  # fmt: skip
DOUBLED = re.compile(r"(.)\1+")
LETTERS = str.maketrans("CS", "xw")
BARE, BARE_OF_ABJAD = "zqs", "zqa"  # before what stands in the index of bare forms; no word begins so
LEAST_WHOLE, LEAST_BARE, MOST_PARTS = 6, 4, 5  # shorter ones meet too many


def latin(text):
    """[word] of a text in small Latin letters; Arabic loses its article and keeps its long vowels as vowels."""
    text = ARTICLE.sub("", UNSAID.sub("", text))
    for letter, vowel in LONG_VOWELS:
        text = letter.sub(vowel, fold(text))
    return WORD.findall(UNSAID.sub("", anyascii(text)).lower())


def plain(word):
    """A Latin word as all its transliterations have it."""
    sounds = _sounds(word).replace("w", "v")
    return DOUBLED.sub(r"\1", sounds).removesuffix("h").translate(LETTERS) or word


def bare(word):
    """Its consonants, as far as Arabic tells them apart."""
    sounds = _sounds(word)
    sounds = (sounds[:1] + sounds[1:].replace("w", "")).replace("v", "f").replace("p", "b")
    kept = DOUBLED.sub(r"\1", re.sub("[aeiou]", "", sounds))
    return kept.removesuffix("h").translate(LETTERS)


def _sounds(word):
    for pattern, sound in SOUNDS:
        word = pattern.sub(sound, word)
    return word


def is_abjad(text):
    return bool(ABJAD.search(text))


@dataclass(frozen=True)
class Spelling:
    """A person's name as it was typed."""

    given: str
    family: str

    @cached_property
    def is_abjad(self):
        return is_abjad(self.given + self.family)

    @cached_property
    def _words(self):
        """(given, family) in Latin words, without articles where anything else is left."""
        found = [latin(self.given), latin(self.family)]
        kept = [[word for word in words if word not in ARTICLES] for words in found]
        return kept if any(kept) else found

    @cached_property
    def parts(self):
        return frozenset(plain(word) for words in self._words for word in words)

    @cached_property
    def wholes(self):
        """The name in one word, whichever part comes first."""
        return frozenset(form for joined in self._joined if len(form := plain(joined)) >= LEAST_WHOLE)

    @cached_property
    def bare_parts(self):
        return frozenset(form for words in self._words for word in words if len(form := bare(word)) > 1)

    @cached_property
    def bare_wholes(self):
        return frozenset(form for joined in self._joined if len(form := bare(joined)) >= LEAST_BARE)

    @cached_property
    def _joined(self):
        given, family = ("".join(words) for words in self._words)
        return {given + family, family + given} - {""}

    @cached_property
    def tokens(self):
        """What stands in the index beside the name as it is written."""
        bare_forms = self.bare_parts | self.bare_wholes
        kinds = [BARE, BARE_OF_ABJAD] if self.is_abjad else [BARE]
        return [*sorted(self.parts | self.wholes), *(kind + form for kind in kinds for form in sorted(bare_forms))]

    @cached_property
    def asked(self):
        """[{token, …}]: whoever may be the same person has all tokens of one of these."""
        parts = sorted(self.parts)[:MOST_PARTS]
        kind = BARE if self.is_abjad else BARE_OF_ABJAD
        wholes = [*sorted(self.wholes), *(kind + form for form in sorted(self.bare_wholes))]
        return [*({whole} for whole in wholes), *(set(pair) for pair in combinations(parts, 2))]


def likeness(one, other):
    """How two Spellings agree: "same" in every part, "sounds" by their consonants alone, "partly" where one has a name
    more; "" where they do not."""
    if not one.parts or not other.parts:
        return ""
    if one.parts == other.parts or one.wholes & other.wholes:
        return "same"
    if (one.is_abjad or other.is_abjad) and _sound_alike(one, other):
        return "sounds"
    fewer, more = sorted([one.parts, other.parts], key=len)
    return "partly" if len(fewer) > 1 and fewer < more else ""


def _sound_alike(one, other):
    parts_agree = one.bare_parts == other.bare_parts and sum(map(len, one.bare_parts)) >= LEAST_BARE
    return parts_agree or bool(one.bare_wholes & other.bare_wholes)
