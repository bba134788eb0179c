"""Where a wire story's dateline stands, and where its first sentence begins."""

import re

from .dates import find_dates
from .places import find_cities

_WIRE = re.compile(
    r"/\s?(?:CNW|PRNewswire|Business Wire|EIN|GlobeNewswire|Newswire|Telbec|PRNewsfoto"
    r"|EurekAlert)[^/]{0,24}/|\((?:Business Wire|GLOBE NEWSWIRE|EUREKALERT|APO|ANTARA|EFE|AFP|TASS"
    r"|Xinhua)\)",
    re.I,
)
_DATELINE_HEAD = re.compile(
    r"^[\"“(]?[A-ZÀ-ÞА-Я\u0600-\u06ff\u4e00-\u9fff][^.\d:;!?\n]{1,48}[,،，\s(/–—-]{1,4}(?:the |le |el "
    r"|den |am )?(?:\w+day,?\s|\w+,\s)?$",
    re.I,
)
DATELINE_TAIL = re.compile(
    r"^\s*(?:г\.?)?\s*\)?[.,]?\s*(?:[–—:-]|/\s?\w|\(\s?[A-Z]|\.\s?[–—-])|^\s*\([^()]{2,30}\)\s*[–—:-]"
)


def is_wired(before, after):
    """'CITY, 2 February 2018 –' and '/CNW/' begin a wire story."""
    if _WIRE.search(after[:40]) and (not before.strip() or _DATELINE_HEAD.match(before)):
        return True
    if not before.strip(" ("):
        return bool(re.match(r"^\s*[,–—-]\s?[A-ZÀ-Þ][A-ZÀ-Þ]+\b.{0,20}[–—-]\s", after))
    upper = before.split(",")[0].strip()
    if not _DATELINE_HEAD.match(before) or len(upper.split()) > 5 or len(after) < 40:
        return False
    return bool(DATELINE_TAIL.match(after)) or bool(
        re.match(r"\s*\.\s+[A-ZÀ-Þ¿¡“\"«]|\s*г\.\s*[–—-]", after) and find_cities(before)
    )


def end_of(text):
    """Where the story begins after 'CITY, 2 February 2018 – ' or '/CNW/ -'; 0 without a dateline."""
    head = text[:120]
    for mention in find_dates(head)[:1]:
        if is_wired(text[: mention.start], text[mention.end : mention.end + 80]):
            stamp = re.match(
                r"[\s,.)]*(?:г\.?)?(?:\([^()]{2,30}\)|/\s?[A-Z][\w .-]{1,24}/)?[\s.]*[–—:-]*(?:\s?[A-Z]["
                r"A-Z ]{3,20}\s[–—-])?\s*",
                text[mention.end :],
            )
            return mention.end + stamp.end()
    place = _PLACE_DASH.match(head)
    return place.end() if place else 0


_PLACE_DASH = re.compile(
    r"^(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?:\s[A-ZÀ-Þ.'’-]+){0,3})(?:,\s?[A-Z][\w. ]{1,20})?\s?(?:\([\w ./]{2,20}"
    r"\)\s?)?[–—-]{1,2}\s+(?=[A-ZÀ-ÞА-ЯЁ“\"«])"
)
