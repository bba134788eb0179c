"""What was taken out of a text and what was put in, word by word. Pure."""

import re
from difflib import SequenceMatcher

SAME, REMOVED, ADDED = "same", "removed", "added"
HAN = "\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
# A word is what stands between spaces; Han is written without them, so each of its characters is one
WORDS = re.compile(rf"[{HAN}]|[^\s{HAN}]+|\s+")
MOST_WORDS = 6_000  # matching takes the square of the length at worst; beyond this a paragraph counts as one word


def paragraphs(before, after):
    """The paragraphs that differ, in order, each as a list of (SAME | REMOVED | ADDED, text).

    ``before`` and ``after`` are lists of plain paragraphs. One that was only moved is removed and added.
    """
    found = []
    for operation, old, new in _matched(before, after):
        if operation == "equal":
            continue
        found += [pieces(*pair) for pair in _paired(old, new)]
    return found


def pieces(before, after):
    """Two texts as one, in words that stayed, went and came."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        old, new = [before] if before else [], [after] if after else []
    found = []
    for operation, gone, come in _matched(old, new):
        if operation == "equal":
            found.append((SAME, "".join(gone)))
        else:
            found += [(word, "".join(part)) for word, part in [(REMOVED, gone), (ADDED, come)] if part]
    return found


def _matched(old, new):
    for operation, a, b, c, d in SequenceMatcher(None, old, new, autojunk=len(old) > 200).get_opcodes():
        yield operation, old[a:b], new[c:d]


def _paired(old, new):
    """Rewritten paragraphs side by side; those left over stand against nothing."""
    length = max(len(old), len(new))
    return zip(old + [""] * (length - len(old)), new + [""] * (length - len(new)), strict=True)
