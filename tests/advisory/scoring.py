"""How a Draft is compared with a labelled example: per field counts and micro-averaged F1."""

import json
import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

EXAMPLES = Path(__file__).parent / "examples"
SINGLES = "language notice title theme start_date end_date start_time end_time time_zone city venue embargo".split()
LISTS = "webcast who links hashtags accounts background".split()
OBJECTS = "sessions symbols contacts".split()
FIELDS = [*SINGLES, *LISTS, *OBJECTS]
COMPARED_WARNINGS = {"missing_date", "missing_time", "contradictory_date", "html_removed"}


@dataclass
class Count:
    right: float = 0
    printed: float = 0
    wanted: float = 0

    def f1(self):
        if not self.printed and not self.wanted:
            return None
        return 2 * self.right / (self.printed + self.wanted)


def plain(value):
    """A value without case, spaces, quotation marks, kinds of dash, scheme, www., last slash and utm_ parameters."""
    text = unicodedata.normalize("NFKC", str(value)).casefold()
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    text = re.sub("[\"'“”„«»‘’‚`]", "", text)
    text = re.sub(r"https?://(?:www\.)?|(?<![\w.])www\.", "", text)
    text = re.sub(r"[?&]utm_[^&\s]*", "", text)
    return re.sub(r"\s+", "", text).strip("/#.,;:")


def same(one, other):
    """Equal after normalising; long texts also when 95 in 100 of their words agree."""
    if one is None or other is None:
        return one is other
    if plain(one) == plain(other):
        return True
    if min(len(str(one)), len(str(other))) < 80:
        return False
    return (
        SequenceMatcher(None, str(one).casefold().split(), str(other).casefold().split(), autojunk=False).ratio()
        >= 0.95
    )


def same_person(one, other):
    """As ``same``; a leading article or a bracketed note may stay or go."""

    def bare(text):
        text = re.sub(r"\s*\([^()]*\)", "", text)
        return re.sub(r"^(?:the|le|la|les|el|los|las|l['’]|der|die|das)\s?(?=\w)", "", text.strip(), flags=re.I)

    return same(bare(one), bare(other)) or same(one, other)


def score_single(name, label, printed, count):
    expected, got = label.get(name), printed.get(name)
    accepted = label.get("accept", {}).get(name, [])
    if any(same(got, value) for value in accepted):
        got = expected
    count.right += expected is not None and same(expected, got)
    count.printed += got is not None
    count.wanted += expected is not None


def score_list(name, label, printed, count, equal):
    wanted, optional = list(label.get(name) or []), list(label.get("accept", {}).get(name, []))
    got = list(printed.get(name) or [])
    matched = 0
    for item in got[:]:
        twin = next((other for other in wanted if equal(item, other)), None)
        if twin is not None:
            wanted.remove(twin)
            got.remove(item)
            matched += 1
    got = [item for item in got if not any(equal(item, other) for other in optional)]
    count.right += matched
    count.printed += matched + len(got)
    count.wanted += matched + len(wanted)


def _values(item):
    """An object's filled keys as a flat list of (key, plain value)."""
    pairs = []
    for key, value in item.items():
        for part in value if isinstance(value, list) else [value]:
            if part not in (None, ""):
                pairs.append((key, re.sub(r"\D", "", part) if key == "phones" else plain(part)))
    return pairs


def _agreement(one, other):
    left, right = _values(one), _values(other)
    return sum(pair in right for pair in left), len(left), len(right)


def score_objects(name, label, printed, count):
    """Objects are paired by how many keys agree, then each key counts."""
    wanted, optional = list(label.get(name) or []), list(label.get("accept", {}).get(name, []))
    got = list(printed.get(name) or [])
    pairs = sorted(((-_agreement(g, w)[0], i, j) for i, g in enumerate(got) for j, w in enumerate(wanted)))
    left, right = set(), set()
    for agreement, i, j in pairs:
        if i in left or j in right or agreement == 0:
            continue
        left.add(i)
        right.add(j)
        shared, ours, theirs = _agreement(got[i], wanted[j])
        count.right += shared
        count.printed += ours
        count.wanted += theirs
    for i, item in enumerate(got):
        if i not in left and not any(_agreement(item, other)[0] * 2 >= len(_values(other)) for other in optional):
            count.printed += len(_values(item))
    for j, item in enumerate(wanted):
        if j not in right:
            count.wanted += len(_values(item))


def score_all(cases):
    """{field: Count} over (label, printed) pairs; the mean F1 over fields; and the misses, for reading."""
    counts = {name: Count() for name in FIELDS}
    misses = []
    for slug, label, printed in cases:
        for name in FIELDS:
            before = (counts[name].right, counts[name].printed, counts[name].wanted)
            if name in SINGLES:
                score_single(name, label, printed, counts[name])
            elif name in LISTS:
                score_list(name, label, printed, counts[name], same_person if name == "who" else same)
            else:
                score_objects(name, label, printed, counts[name])
            right, had, wanted = (
                now - then
                for now, then in zip(
                    (counts[name].right, counts[name].printed, counts[name].wanted), before, strict=True
                )
            )
            if right < had or right < wanted:
                misses.append((slug, name, label.get(name), printed.get(name)))
    scores = {name: count.f1() for name, count in counts.items()}
    known = [score for score in scores.values() if score is not None]
    return scores, sum(known) / len(known) if known else 1.0, misses


def load(path):
    """(slug, label, text) of one example; the text is read as bytes."""
    from advisory.reading import decode

    label = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    text, _warnings = decode(path.with_suffix(".txt").read_bytes())
    return path.stem, label, text
