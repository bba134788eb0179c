"""Text as data for forms other than HTML: runs of words that know their link, their weight and their direction."""

import re
from urllib.parse import quote

from django.conf import settings
from markdown_it.tree import SyntaxTreeNode

from advisory import symbols
from advisory.renditions import markdown, wording

# Hours, ranges of them, offsets and telephone numbers read left to right also in Arabic
FIGURES = re.compile(r"\d{1,2}:\d{2}(?:\s?[–-]\s?\d{1,2}:\d{2})?|UTC(?:[+−]\d+(?::\d\d)?)?|\+\d[\d ()]{5,}\d", re.ASCII)
LONGEST_LINK = 2000  # characters; Word follows none above 2,079, Typst sets none above 8,000
INLINE = {"em": "em", "strong": "strong"}


def run(text, link="", *, ltr=False, **marks):
    """One stretch of words; ``ltr`` sets it apart from text that runs to the left."""
    link = link if len(link) <= LONGEST_LINK else ""
    return {"text": text, "link": link, "ltr": ltr, "strong": False, "em": False, "strike": False} | marks


def foreign(runs, language):
    """Runs in a language that is not the page's, as one piece with a direction of its own."""
    return [{"runs": runs, "spoken": language}] if language and runs else runs


def of(text, language, **marks):
    """Runs of plain text: document symbols, web and e-mail addresses in it are links."""
    found, reached = [], 0
    for start, end, link in sorted(_apart(text, language)):
        if start >= reached:
            found += [run(text[reached:start], **marks), run(text[start:end], link, ltr=True, **marks)]
            reached = end
    found.append(run(text[reached:], **marks))
    return [piece for piece in found if piece["text"]]


def blocks(text, language):
    """Markdown as a list of blocks: paragraph and heading hold runs, list holds items of blocks, quote holds blocks."""
    return _blocks(SyntaxTreeNode(markdown.parse(text)).children, language)


def _apart(text, language):
    for found in symbols.find(text, settings.DOCUMENT_PATTERNS):
        yield found.start, found.end, wording.symbol_address(found.symbol, language)
    for found in markdown.ADDRESS.finditer(text):
        link = found[0] if found["web"] else f"mailto:{quote(found[0], safe='@+')}"
        yield (*found.span(), link if markdown.is_address(link) else "")
    for found in FIGURES.finditer(text):
        yield (*found.span(), "")


def _blocks(nodes, language):
    found = []
    for node in nodes:
        if node.type in {"paragraph", "heading"}:
            found.append({"kind": node.type, "runs": _merged(_inline(node.children[0].children, language))})
        elif node.type in {"bullet_list", "ordered_list"}:
            items = [_blocks(item.children, language) for item in node.children]
            start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
            found.append({"kind": "list", "start": start, "items": items})
        elif node.type == "blockquote":
            found.append({"kind": "quote", "blocks": _blocks(node.children, language)})
        elif node.content:
            found.append({"kind": "paragraph", "runs": [run(node.content.rstrip("\n"))]})
    return found


def _inline(nodes, language, link="", **marks):
    for node in nodes:
        if node.type == "text" and not link:
            yield from of(node.content, language, **marks)
        elif node.type in INLINE:
            yield from _inline(node.children, language, link, **marks | {INLINE[node.type]: True})
        elif node.type == "link":
            yield from _inline(node.children, language, node.attrs["href"], **marks)
        else:
            words = {"softbreak": " ", "hardbreak": "\n"}.get(node.type, node.content)
            yield run(words, link, ltr=words == link.removeprefix("mailto:"), **marks)


def _merged(runs):
    """Neighbours alike in all but their words become one."""
    merged = []
    for piece in runs:
        if merged and merged[-1] | {"text": ""} == piece | {"text": ""}:
            merged[-1]["text"] += piece["text"]
        elif piece["text"]:
            merged.append(piece)
    return merged
