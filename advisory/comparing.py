"""What changed between two texts, word by word; in Chinese and Japanese, sign by sign."""

import re
from difflib import SequenceMatcher

HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
TOKENS = re.compile(rf"\s+|[{HAN}]|[^\W{HAN}]+|[^\w\s]")
SAME, GONE, NEW = "same", "gone", "new"


def words(before, after):
    """[(SAME, GONE or NEW, text), …]: the texts of SAME and NEW together are ``after``, of SAME and GONE ``before``."""
    was, now = TOKENS.findall(before), TOKENS.findall(after)
    found = []
    for kind, *span in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        gone, new = "".join(was[span[0] : span[1]]), "".join(now[span[2] : span[3]])
        if kind == "equal":
            found.append((SAME, new))
        else:
            found += [(word, text) for word, text in [(GONE, gone), (NEW, new)] if text]
    return found
