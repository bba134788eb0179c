"""Text as data for forms other than HTML: runs of words that know their link, their weight and their direction."""

import re
import unicodedata
from collections import Counter
from urllib.parse import quote

from django.conf import settings

from advisory import symbols
from advisory.renditions import dates, markdown, wording
from advisory.renditions.telling import Foreign

# Hours, ranges of them, offsets and telephone numbers read left to right also in Arabic
FIGURES = re.compile(r"\d{1,2}:\d{2}(?:\s?[–-]\s?\d{1,2}:\d{2})?|UTC(?:[+−]\d+(?::\d\d)?)?|\+\d[\d ()]{5,}\d", re.ASCII)
# A name with its language, as ``Named`` says it; a stretch from left to right; one whose first letter decides (UAX 9)
APART = re.compile(
    "\ue000(?P<language>[a-z]+)\ue001(?P<name>[^\ue000-\ue002]*)\ue002|\u2066(?P<ltr>[^\u2066-\u2069]*)\u2069"
    "|\u2068(?P<auto>(?:[^\u2066-\u2069\ue000-\ue002]|\u2066[^\u2066-\u2069]*\u2069)*)\u2069"
)
UNSEEN = re.compile("[\u2066-\u2069\ue000-\ue002]")
PLACE = re.compile(r"%\((\w+)\)s")
LONGEST_LINK = 2000  # characters; Word follows none above 2,079, Typst sets none above 8,000
DEEPEST = 6  # lists and quotations within one another; Typst sets some twenty


def run(text, link="", *, ltr=False, **marks):
    """One stretch of words; ``ltr`` sets it apart from text that runs to the left."""
    link = link if len(link) <= LONGEST_LINK else ""
    return {"text": text, "link": link, "ltr": ltr, "strong": False, "em": False, "strike": False} | marks


class Named(Foreign):
    """A foreign name that keeps its language through every sentence it is put into: ``of`` finds it there."""

    def __str__(self):
        return f"\ue000{self.language}\ue001{UNSEEN.sub('', self[:])}\ue002"


def foreign(runs, language):
    """Runs in a language that is not the page's, as one piece with a direction of its own."""
    return [_apart(runs, dates.is_right_to_left(language), language)] if language and runs else runs


def of(text, language, **marks):
    """Runs of plain text: document symbols, web and e-mail addresses in it are links."""
    text, found, reached = str(text), [], 0
    for piece in APART.finditer(text):
        found += _linked(text[reached : piece.start()], language, **marks)
        reached = piece.end()
        if piece["language"]:
            found += foreign(_linked(piece["name"], language, **marks), piece["language"])
        elif piece["auto"]:
            found += quoted(piece["auto"], language, **marks)
        elif piece["ltr"]:
            found += [words | {"ltr": True} for words in _linked(piece["ltr"], language, **marks)]
    return found + _linked(text[reached:], language, **marks)


def quoted(text, language, **marks):
    """Runs of words whose language is not known: one piece where their first letter runs against the page."""
    pieces = of(text, language, **marks)
    strong = next((sort for sort in map(unicodedata.bidirectional, str(text)) if sort in {"L", "R", "AL"}), "")
    is_against = strong and (strong != "L") != dates.is_right_to_left(language)
    return [_apart(pieces, strong != "L")] if is_against else pieces


def sentence(template, **pieces):
    """Runs of a translated sentence, with runs in its named places."""
    words = PLACE.split(template)
    parts = [[run(word)] * bool(word) if number % 2 == 0 else pieces[word] for number, word in enumerate(words)]
    return [piece for part in parts for piece in part]


def joined(parts):
    """Runs of names one after another, with the active language's comma between them."""
    found = []
    for pieces in filter(None, parts):
        found += [run(wording.comma())] * bool(found) + pieces
    return found


def blocks(text, language):
    """Markdown as a list of blocks: paragraph and heading hold runs, list holds items of blocks, quote holds blocks."""
    within, lists, kind = [[]], [], ""  # the blocks that are open, outermost first
    for token in markdown.parse(text):
        is_deep = len(within) > DEEPEST
        match token.type:
            case "paragraph_open" | "heading_open":
                kind = token.type.removesuffix("_open")
            case "inline":
                within[-1].append({"kind": kind, "runs": _merged(_inline(token.children, language))})
            case "bullet_list_open" | "ordered_list_open":
                start = int(token.attrs.get("start", 1)) if token.tag == "ol" else None
                lists.append({"kind": "list", "start": start, "items": []})
                within[-1] += [] if is_deep else lists[-1:]
            case "list_item_open" | "blockquote_open" if is_deep:
                within.append(within[-1])
            case "list_item_open":
                within.append([])
                lists[-1]["items"].append(within[-1])
            case "blockquote_open":
                within.append([])
                within[-2].append({"kind": "quote", "blocks": within[-1]})
            case "list_item_close" | "blockquote_close":
                within.pop()
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "fence" | "code_block":
                within[-1].append({"kind": "paragraph", "runs": [run(token.content.rstrip("\n"))]})
    return within[0]


def _apart(runs, is_rtl, language=""):
    return {"runs": runs, "spoken": language, "direction": "rtl" if is_rtl else "ltr"}


def _linked(text, language, **marks):
    text, found, reached = UNSEEN.sub("", text), [], 0
    for start, end, link in sorted(_left_to_right(text, language)):
        if start >= reached:
            found += [run(text[reached:start], **marks), run(text[start:end], link, ltr=True, **marks)]
            reached = end
    found.append(run(text[reached:], **marks))
    return [piece for piece in found if piece["text"]]


def _left_to_right(text, language):
    """(start, end, link or "") of what reads from left to right in every line."""
    for found in symbols.find(text, settings.DOCUMENT_PATTERNS):
        yield found.start, found.end, wording.symbol_address(found.symbol, language)
    for found in markdown.ADDRESS.finditer(text):
        link = found[0] if found["web"] else f"mailto:{quote(found[0], safe='@+')}"
        yield (*found.span(), link if markdown.is_address(link) else "")
    for found in FIGURES.finditer(text):
        yield (*found.span(), "")


def _inline(tokens, language):
    """Runs of one paragraph's tokens; what is opened twice is closed twice."""
    opened, link = Counter(), ""
    for token in tokens:
        name = token.type.removesuffix("_open").removesuffix("_close")
        opened[name] += token.nesting
        marks = {mark: opened[mark] > 0 for mark in ("strong", "em")}
        if name == "link":
            link = token.attrs["href"] if token.nesting > 0 else ""
        elif token.type == "text" and not link:
            yield from _linked(token.content, language, **marks)
        elif not token.nesting:
            words = {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content)
            yield run(words, link, ltr=bool(link) and words == link.removeprefix("mailto:"), **marks)


def _merged(runs):
    """Neighbours alike in all but their words become one."""
    merged = []
    for piece in runs:
        if merged and merged[-1] | {"text": ""} == piece | {"text": ""}:
            merged[-1]["text"] += piece["text"]
        elif piece["text"]:
            merged.append(piece)
    return merged
