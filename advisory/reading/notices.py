"""Whether a paper is an update, a correction, a reminder, or says the meeting is put off."""

import re

from .genre import GENRE, NOTICE_WORDS

_NOTICE = {name: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I) for name, words in NOTICE_WORDS.items()}


def notice_of(heads, body_first):
    """The notice of an advisory by its headings, or by an opening sentence that is about the advisory itself."""
    for head in heads:
        for name in ("cancelled", "postponed", "correction", "update", "reminder"):
            match = _NOTICE[name].search(head)
            if match and _as_mark(head, match, name):
                return name
    for name in ("cancelled", "postponed"):
        if body_first and re.search(
            rf"\b(?:has been|have been|is|was|a été|est|ha sido|queda|wurde|wird)\s(?:now\s)?(?:{NOTICE_WORDS[name]})",
            body_first,
            re.I,
        ):
            return name
    if body_first and re.search(
        r"^(?:please note (?:the|that)|this (?:updates|replaces|supersedes|corrects)"
        r"|the following updated|updated (?:times|programme|schedule)|changes? to)"
        r"|released the following updated|(?:replaces|supersedes|updates) (?:the|our) (?:previous"
        r"|earlier|advisory)",
        body_first,
        re.I,
    ):
        return "correction" if "correct" in body_first.lower() else "update"
    return None


def _as_mark(head, match, name):
    """Whether the word marks the paper ('UPDATE – …', '… (Reminder)') instead of naming the subject."""
    before, after = head[: match.start()], head[match.end() :]
    opening = not before.strip(" \t*([【（#!") and bool(
        re.match(
            r"^\W*(?:\d\W*)?(?:[:：–—\])】）*|!/]|-\s|$|\s(?:to|de|du|à|al|a|zu|zur|der|о|об|по|к)\s"
            r"|\s*\b(?:media|press|news|note|advisory)\b|" + rf"\s*(?:{GENRE}))",
            after,
            re.I,
        )
    )
    closing = not after.strip(" \t*)]】）!.0123456789") and bool(
        re.search(r"[:–—\-(\[（【|*]\s*$|\b(?:has been|is|was|est|a été|ha sido)\s$", before)
    )
    middle = bool(re.search(rf"(?:{GENRE})\W*$", before, re.I)) and bool(
        re.match(r"^\s*(?:\d{1,2}\s*)?(?:\W|$)", after)
    )
    worded = bool(
        re.search(r"\b(?:is|has been|have been|est|a été|ha sido|wird|wurde|se|queda)\s+$", before)
    ) and name in ("cancelled", "postponed")
    chinese = (
        bool(re.search(r"[\u4e00-\u9fff\u0600-\u06ff]", match[0]))
        and len(head) < 60
        and name in ("cancelled", "postponed", "correction", "reminder")
    )
    compound = (
        bool(re.match(r"^\s*(?:media|press|news|advisory|alert|programme|agenda|schedule|time|venue)\b", after, re.I))
        and not before.strip()
    )
    return opening or closing or middle or worded or chinese or compound
