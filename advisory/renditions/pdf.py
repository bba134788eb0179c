"""The advisory as a tagged PDF (PDF/UA-1), set by Typst from the text as data; nothing in it can become markup."""

import json
import re
import threading
from datetime import UTC
from functools import cache
from pathlib import Path

import typst

from advisory.renditions import paper

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
TEMPLATE = HERE / "typesetting/advisory.typ"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
BREAK = "\N{ZERO WIDTH SPACE}"
# Embeddings and overrides reach past their own text; isolates end with their paragraph (UAX 9)
UNSEEN = re.compile(r"[\u202a-\u202e\ufe00-\ufe0f\u00ad\ufeff]")
# Lines break by themselves at the signs left out here, and between any two Han (UAX 14)
LONG_WORD = re.compile(r"[^\s\u200b/?\-–—\u2e80-\uffef]{40,}")
JOINED = re.compile(f"{REPLACEMENT}(?:\u200d{REPLACEMENT})+")
NOT_WORDS = {"link", "qr", "address", "spoken", "language", "direction", "kind", "size", "date"}

_setting = threading.Lock()  # one compiler a process: its fonts are read once


def render(telling):
    return set_on_paper(telling, "a4")


def render_letter(telling):
    return set_on_paper(telling, "us-letter")


def set_on_paper(telling, size):
    """Bytes of the PDF, the same for the same telling. ``size`` is a paper as Typst names it."""
    content = paper.content(telling)
    content["name"] = UNSEEN.sub("", content["name"]).strip() or content["house"]  # PDF/UA-1 asks for a title
    content["colophon"]["address_shown"] = telling.address
    content["description"] = telling.words.summary or telling.words.theme or telling.words.title
    at = telling.published_at.astimezone(UTC).replace(microsecond=0)
    content["date"] = {name: getattr(at, name) for name in ["year", "month", "day", "hour", "minute", "second"]}
    inputs = {"content": json.dumps(drawable(content), ensure_ascii=False), "paper": size}
    with _setting:
        try:
            return _compiler().compile(format="pdf", sys_inputs=inputs, timestamp=at, pdf_standards=["ua-1"])
        except typst.TypstError:  # marks that no one face can join: their box shows, without the standard's seal
            return _compiler().compile(format="pdf", sys_inputs=inputs, timestamp=at)


def drawable(content):
    """The same content with every character that no face has replaced, and places to break in endless words."""
    if isinstance(content, dict):
        return {name: value if name in NOT_WORDS else drawable(value) for name, value in content.items()}
    if isinstance(content, list):
        return [drawable(value) for value in content]
    if isinstance(content, str):
        known = coverage()
        text = "".join(char if char in known else REPLACEMENT for char in UNSEEN.sub("", content))
        return LONG_WORD.sub(lambda word: BREAK.join(re.findall(".{1,8}", word[0])), JOINED.sub(REPLACEMENT, text))
    return content


@cache
def coverage():
    """Every character that one of the faces can draw, and those that are never drawn."""
    spans = [line.split("-") for line in (FONTS / "coverage.txt").read_text().split()]
    drawn = {chr(point) for first, last in spans for point in range(int(first, 16), int(last, 16) + 1)}
    return drawn | set("\n\u061c\u200b\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069")


@cache
def _compiler():
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    return typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=fonts, ignore_system_fonts=True)
