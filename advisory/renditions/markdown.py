"""Markdown as officers type it: safe HTML in numbered blocks for the page, plain paragraphs for the other forms.

Raw HTML stays text, pictures are links at most, headings are the page's third rank, and only web and mail addresses
become links.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import nh3
from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from advisory import symbols
from advisory.renditions import marks, wording

SCHEMES = {"http", "https", "mailto"}
# A full web address without the stop that ends its sentence, or an e-mail address
ADDRESS = re.compile(
    r"""(?P<web>https?://[^\s<>"“”]+[^\s<>"“”.,;:!?)\]’'])|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+""", re.ASCII
)
ALLOWED = nh3.Cleaner(
    tags={"p", "h3", "ul", "ol", "li", "blockquote", "strong", "em", "code", "pre", "br", "hr", "a", "bdi"},
    attributes={"a": {"href"}, "bdi": {"class", "dir"}, "ol": {"start"}},
    url_schemes=SCHEMES,
    link_rel="noopener",
)


def is_address(url):
    """Whether a link may lead there: a full http, https or mailto address and nothing else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in SCHEMES and bool(parts.netloc or (parts.scheme == "mailto" and parts.path))


_reader = MarkdownIt("commonmark", {"html": False}).disable("image")
_reader.validateLink = is_address


def parse(markdown):
    """The text's tokens, without raw HTML, pictures or unsafe links."""
    return _reader.parse(markdown)


@dataclass(frozen=True)
class Block:
    """One paragraph, list, heading or quotation. Paragraphs alone are numbered, so that they can be cited."""

    html: SafeString
    number: int | None = None


def blocks(markdown, language="en"):
    """The text's top-level blocks, in order, as sanitised HTML with linked document symbols."""
    found, number = [], 0
    for tokens in _top_level(markdown):
        html = ALLOWED.clean(_reader.renderer.render(_prepared(tokens, language), _reader.options, {})).strip()
        is_paragraph = tokens[0].type == "paragraph_open"
        number += is_paragraph
        found.append(Block(mark_safe(html), number if is_paragraph else None))  # noqa: S308 (sanitised above)
    return found


def plain(markdown):
    """The text's paragraphs and list items without marks; a link reads “words (address)”."""
    lines, markers = [], []
    for token in parse(markdown):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            markers.append(_markers(token))
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            markers.pop()
        elif token.type == "list_item_open":
            marker = next(markers[-1])
        elif token.type in {"fence", "code_block"}:
            lines.append(token.content.rstrip())
        elif token.type == "inline":
            lines.append((marker if markers else "") + _words(token.children))
            marker = "  "
    return lines


def linked(text, language="en"):
    """Plain text, escaped; document symbols, web and e-mail addresses in it are links."""
    parts, reached = [], 0
    for start, end, html in sorted(_links_in(text, language)):
        if start >= reached:
            parts += [escape(text[reached:start]), html]
            reached = end
    html = mark_safe("".join([*parts, escape(text[reached:])]))  # noqa: S308 (every part is escaped)
    return marks.marked(text, html)


def _links_in(text, language):
    for found in symbols.find(text, settings.DOCUMENT_PATTERNS):
        yield found.start, found.end, symbol(found.symbol, language)
    for found in ADDRESS.finditer(text):
        address = found[0] if found["web"] else f"mailto:{quote(found[0], safe='@+')}"
        if is_address(address):
            yield (
                *found.span(),
                format_html('<a href="{}" rel="noopener"><bdi dir="ltr">{}</bdi></a>', address, found[0]),
            )


def symbol(text, language="en"):
    """One document symbol that never breaks over two lines; a link where its house's library is known."""
    address = wording.symbol_address(text, language)
    shown = format_html('<a href="{}" rel="noopener">{}</a>', address, text) if address else text
    return format_html('<bdi class="sym" dir="ltr">{}</bdi>', shown)


def _top_level(markdown):
    block = []
    for token in parse(markdown):
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def _prepared(tokens, language):
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "h3"
        elif token.type == "inline":
            token.children = list(_with_symbols(token.children, language))
    return tokens


def _with_symbols(children, language):
    """Link symbols in running text, but not inside a link that says where it leads."""
    depth = 0
    for child in children:
        depth += child.nesting if child.type.startswith("link_") else 0
        if child.type == "text" and depth == 0:
            yield Token("html_inline", "", 0, content=linked(child.content, language))
        else:
            yield child


def _markers(opening):
    if opening.type == "bullet_list_open":
        while True:
            yield "- "
    number = int(opening.attrs.get("start", 1))
    while True:
        yield f"{number}. "
        number += 1


def _words(children):
    words, address = [], ""
    for child in children:
        if child.type == "link_open":
            address, opened = child.attrs["href"], len(words)
        elif child.type == "link_close" and "".join(words[opened:]) != address.removeprefix("mailto:"):
            words.append(f" ({address.removeprefix('mailto:')})")
        else:
            words.append(" " if child.type == "softbreak" else "\n" if child.type == "hardbreak" else child.content)
    return "".join(words)
