"""Pasted text to plain lines: markup, trackers, damage and decoration removed, nothing invented."""

import html
import re
from dataclasses import dataclass

from .draft import Warning, gettext_noop

_TAG = re.compile(
    r"<(?:!--|!doctype|/?(?:html|head|body|div|p|br|hr|table|tr|td|th|tbody|span|a|script|style|img|ul"
    r"|ol|li|h[1-6]|b|i|u|em"
    r"|strong|font|section|article|header|footer|iframe|o:p|center|noscript|template|meta|link|svg|form"
    r"|button|input)\b[^<>]*>)",
    re.I,
)
_ANY_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)([^<>]*)>")
_BLOCKS = frozenset(
    "p div br hr table tr ul ol li h1 h2 h3 h4 h5 h6 section article header footer blockquote tbody the"
    "ad dl dt dd center title".split()
)
_DROPPED = frozenset(
    "script style head noscript template svg iframe object form button select textarea audio video canvas".split()
)
_VOID = frozenset("br hr img input meta link wbr area base col source track param".split())
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?!\.?\d)|opacity\s*:\s*0(?!\.?\d)|mso-hide\s*:\s*all"
    r"|max-height\s*:\s*0(?!\.?\d)",
    re.I,
)
_HIDDEN_ATTRIBUTE = re.compile(r"""(?:^|\s)hidden(?:\s|=|/|$)|aria-hidden\s*=\s*["']?true""", re.I)
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
_RUN = re.compile(
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201a\u201c-\u201e"
    "\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]{2,}"
)
_DIRECTION = dict.fromkeys(
    [
        0x200B,
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2065),
        0x2066,
        0x2067,
        0x2068,
        0x2069,
        0xFEFF,
        0xAD,
    ]
)
_SPACES = dict.fromkeys((160, 5760, *range(8192, 8203), 8239, 8287, 12288), " ")
_TRANSLATION = {
    **{code: None for code in range(32) if code not in (9, 10, 13)},
    **dict.fromkeys(range(127, 160)),
    **_DIRECTION,
    **_SPACES,
    11: "\n",
    12: "\n",
    13: "\n",
    0x85: "\n",
    0x2028: "\n",
    0x2029: "\n",
}
_DIGITS = {start + digit: str(digit) for start in (0x660, 0x6F0, 0x966, 0xFF10) for digit in range(10)}
_BULLET = re.compile(
    r"^(?:[•●▪◦‣·∙○■□►▶➢➤→✓✔⁃*+\u2022\uf0b7\uf0a7](?:\s+|(?=[^\s*#+\d]))|[-–—]\s+|\(?[a-h]\)\s+"
    r"|\(?\d{1,2}\)\s+|\d{1,2}\.\s+(?=[^\W\d_])|o\s(?=[A-Z]))"
)
_EMPHASIS = re.compile(r"\*\*|__|(?<![\w*])[*_](?=[^\s*_][^*_\n]{0,200}[*_](?!\w))|(?<=[^\s*_])[*_](?![\w*])")
_MD_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\(\s*<?((?:https?:|mailto:|www\.)[^\s()<>]{1,500})>?[^()\n]{0,80}\)")
_COLUMN_GAP = re.compile(r"^([^\s:.]{2,16}(?: [^\s:.]{1,16}){0,2}) {3,}(\S.*)$")
_CLOCK_FIRST = re.compile(
    r"^(?:[上下]午|晚上|中午)?[\d一二三四五六七八九十]{1,2}[:.hH时時点點][\d\s半分整–—-]*\S{0,5}$"
)
_QUOTE = re.compile(r"^(?:>\s?)+")
_RULE = re.compile(r"^[\W_]*$|^[-\s#*.]*(?:30|ends?|fin|ende)[-\s#*.]*$", re.I)
_EMAIL_HEAD = re.compile(
    r"^(from|de|von|от|from|发件人|من|sent|date|envoyé|gesendet|datum|enviado(?: el)?|fecha|отправлено"
    r"|дата|to|à|a|an|para|кому|收件人|"
    r"cc|bcc|subject|objet|betreff|asunto|тема|主题|reply-to|importance)\s?:\s*(.*)$",
    re.I,
)
_SENDER = frozenset(("from", "de", "von", "от", "发件人", "من"))
_SUBJECT = frozenset(("subject", "objet", "betreff", "asunto", "тема", "主题"))
_SENT = frozenset(
    ("sent", "date", "envoyé", "gesendet", "datum", "enviado", "enviado el", "fecha", "отправлено", "дата")
)


# No advisory is longer; what stands between is not read, so a pasted log file costs no more than an advisory.
HEAD, TAIL = 80_000, 8_000
LONGEST_LINE = 4_000


@dataclass(slots=True)
class Line:
    """One line without markup; ``cells`` when it was a table row, ``gap`` when a blank line stands before it."""

    text: str
    bullet: bool = False
    gap: bool = False
    cells: tuple = ()
    rule: bool = False
    heading: bool = False


@dataclass
class Clean:
    lines: list
    warnings: list
    subject: str | None = None
    sent: str | None = None


def fold_digits(text):
    """The same text, same length, with Arabic-Indic and full-width digits as ASCII."""
    return text if text.isascii() else text.translate(_DIGITS)


def clean(text):
    """Lines of the advisory, e-mail envelope apart, and what was removed or mended as Warnings."""
    warnings = []
    text = text.encode("utf-8", "replace").decode("utf-8") if _has_surrogates(text) else text
    text = text.replace("\r\n", "\n")
    if _TAG.search(text):
        text = strip_html(text)
        warnings.append(
            Warning("html_removed", "background", gettext_noop("HTML was removed; compare the text with the original."))
        )
    elif "&" in text:
        text = html.unescape(text)
    mended = _RUN.sub(_mend, text) if not text.isascii() else text
    if mended != text:
        warnings.append(
            Warning(
                "encoding_mended",
                "title",
                gettext_noop("Mis-encoded characters were mended; check accents and quotation marks."),
            )
        )
    text = mended.translate(_TRANSLATION)
    if len(text) > HEAD + TAIL:
        text = f"{text[:HEAD]}\n\n{text[-TAIL:]}"
        warnings.append(
            Warning(
                "text_shortened",
                "background",
                gettext_noop(
                    "Only the first %(first)s and the last %(last)s characters were read. Paste only the advisory."
                ),
                {"first": f"{HEAD:,}", "last": f"{TAIL:,}"},
            )
        )
    if "](" in text:
        text = _MD_LINK.sub(lambda m: f"{m[1]} {m[2].removeprefix('mailto:')}" if m[1] not in m[2] else m[2], text)
    result = Clean(_lines(text), warnings)
    _take_envelope(result)
    return result


def _has_surrogates(text):
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _mend(match):
    """A run that reads as UTF-8 once written back in Windows-1252 was mis-decoded: 'â€™' is an apostrophe."""
    data = bytearray()
    for char in match[0]:
        try:
            data += char.encode("cp1252")
        except UnicodeEncodeError:
            if char > "\xff":
                return match[0]
            data.append(ord(char))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def strip_html(text):
    """Visible text of markup: one line per block, cells apart by tabs, addresses of links after their words."""
    text = _without_comments(text)
    pieces, position, skip_tag, depth, href, inside = [], 0, None, 0, [], 0
    for tag in _ANY_TAG.finditer(text):
        closing, name, attributes = tag[1], tag[2].lower(), tag[3]
        if skip_tag:
            if name == skip_tag and not attributes.endswith("/"):
                depth += -1 if closing else 1
                if not depth:
                    skip_tag = None
                    position = tag.end()
            continue
        pieces.append(_words(text[position : tag.start()], inside))
        position = tag.end()
        if (
            not closing
            and name not in _VOID
            and (name in _DROPPED or _is_hidden(attributes))
            and not attributes.endswith("/")
        ):
            skip_tag, depth = name, 1
            continue
        if name in _BLOCKS and name not in _VOID or name in ("td", "th"):
            inside = max(0, inside + (-1 if closing else 1))
        pieces.append(_mark(name, closing, attributes, href))
    if not skip_tag:
        pieces.append(_words(text[position:], inside))
    return html.unescape("".join(pieces))


def _without_comments(text):
    """Comments cut by plain search: one left open hides nothing."""
    kept, position = [], 0
    while (start := text.find("<!--", position)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        kept.append(text[position:start])
        position = end + 3
    return "".join(kept) + text[position:]


def _words(text, inside):
    """Line ends inside a block of markup are spaces; between stray tags in plain text they are line ends."""
    return re.sub(r"[ \t]*\n\s*", " ", text) if inside and "\n" in text else text


def _is_hidden(attributes):
    return bool(attributes) and bool(_HIDDEN.search(attributes) or _HIDDEN_ATTRIBUTE.search(attributes))


def _mark(name, closing, attributes, hrefs):
    """What a tag leaves in the text."""
    if name == "a":
        if not closing:
            found = _HREF.search(attributes)
            hrefs.append((found[1] or found[2] or found[3] or "") if found else "")
            return ""
        target = hrefs.pop() if hrefs else ""
        if target.lower().startswith("mailto:"):
            return f" {target[7:].split('?')[0]} "
        return f" {target} " if target.lower().startswith(("http://", "https://", "www.")) else ""
    if name == "li":
        return "" if closing else "\n• "
    if name in ("td", "th"):
        return "\t" if closing else ""
    if name in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "table", "ul", "ol", "title"):
        return "\n\n"
    return "\n" if name in _BLOCKS else ""


def _lines(text):
    """Split, undo quoting and emphasis, mark bullets, rows, rules and gaps."""
    lines, gap = [], False
    quoted = sum(1 for row in text.split("\n") if row.startswith(">")) > 3
    for row in _rows(text):
        if quoted:
            row = _QUOTE.sub("", row)
        row = row.strip(" ")
        if not row.strip() or row.strip() == "|":
            gap = gap or not row.strip()
            continue
        line = _line(row)
        if line is None:
            gap = True
            continue
        line.gap = gap
        lines.append(line)
        gap = False
    return _unwrap(lines)


def _rows(text):
    """Lines of the text, those beyond any paragraph's length cut at a space."""
    for row in text.split("\n"):
        while len(row) > LONGEST_LINE:
            cut = row.rfind(" ", LONGEST_LINE // 2, LONGEST_LINE)
            cut = cut if cut > 0 else LONGEST_LINE
            yield row[:cut]
            row = row[cut:].lstrip()
        yield row


def _unwrap(lines):
    """Join hard-wrapped paragraphs: several full lines of one width that end in a finished sentence."""
    joined, block = [], []
    for line in [*lines, None]:
        if line is None or line.gap or line.rule or line.bullet or line.cells or line.heading:
            joined.extend(_joined(block))
            block = []
        if line is not None:
            block.append(line)
    return joined


def _joined(block):
    """One Line of a wrapped paragraph, or the block as it is."""
    if len(block) < 2 or any(line.rule or line.cells for line in block):
        return block
    widths = [len(line.text) for line in block[:-1]]
    if min(widths) < 50 or max(widths) > 110 or max(widths) - min(widths) > 22:
        return block
    ended = sum(line.text.rstrip()[-1] in ".:;!?" for line in block[:-1])
    if ended * 3 > len(widths) or block[-1].text.rstrip()[-1] not in ".!?:)”" or max(widths) - 12 > 90:
        return block
    first = block[0]
    return [Line(" ".join(line.text for line in block), bullet=first.bullet, gap=first.gap, heading=first.heading)]


def _line(row):
    """One row as a Line, or None when it only decorates."""
    if not any(char.isalnum() for char in row):
        return Line("", rule=True) if re.match(r"^\s*(?:[*_=#~-]\s*){3,}$", row) else None
    if _RULE.match(row):
        return Line("", rule=True)
    heading = row.startswith("#") and bool(re.match(r"^#{1,6}\s", row))
    if heading:
        row = row.lstrip("#").strip(" #")
    cells = ()
    if row.count("|") >= 2 or "\t" in row:
        parts = [part.strip(" *_\t") for part in re.split(r"\s*\|\s*|\s*\t\s*", row.strip(" |\t"))]
        parts = [part for part in parts if part] if "|" not in row else parts
        cells = tuple(" ".join(part.split()) for part in parts) if len(parts) >= 2 else ()
    if not cells and "  " in row:
        cells = _spaced_cells(row)
    spaced = _COLUMN_GAP.match(row) if "   " in row and not cells else None
    if spaced:
        cells = (spaced[1], " ".join(spaced[2].split()))
    if "*" in row or "_" in row:
        bold = row.strip().startswith(("**", "__"))
        row = _EMPHASIS.sub("", row)
        heading = heading or (bold and len(row) < 90)
    row = row.strip().strip("|").strip()
    bullet = _BULLET.match(row)
    if bullet:
        row = row[bullet.end() :]
        if cells:
            cells = (
                (cells[0][len(bullet[0].strip()) :].strip(), *cells[1:])
                if cells[0].startswith(bullet[0].strip())
                else cells
            )
    if cells and not cells[0] and len(cells) == 2:
        cells = ()
    text = " ".join(row.split()) if not cells else "\t".join(cells)
    return Line(text, bullet=bool(bullet), cells=cells, heading=heading) if text.strip() else None


def _spaced_cells(row):
    """Cells of a timetable set with runs of spaces: a clock first, or three short pieces, none of them a sentence."""
    parts = [part.strip() for part in re.split(r"\s{2,}", row.strip())]
    if any(len(part) > 70 or part.endswith((".", ":", "：", ",")) for part in parts):
        return ()
    clock = _CLOCK_FIRST.match(parts[0])
    return tuple(parts) if len(parts) >= 3 or (len(parts) == 2 and clock) else ()


def _take_envelope(result):
    """Lift 'From / Sent / To / Subject' out of a forwarded message; keep its subject and day of sending."""
    lines = result.lines
    index = 0
    while index < min(len(lines), 60):
        run = index
        names = []
        while run < len(lines) and (head := _EMAIL_HEAD.match(lines[run].text)):
            names.append((head[1].lower(), head[2]))
            run += 1
        if len(names) >= 2 and any(name in _SENDER for name, _ in names) and len({name for name, _ in names}) >= 2:
            for name, value in names:
                if name in _SUBJECT:
                    result.subject = re.sub(r"^(?:\s*(?:fwd?|re|tr|wg|rv|aw)\s*:)+\s*", "", value, flags=re.I)
                elif name in _SENT:
                    result.sent = value
            before = lines[:index]
            keep = [] if all(len(line.text) < 60 for line in before) and index < 6 else before
            lines[:run] = keep
            index = len(keep)
        else:
            index = run + 1 if run > index else index + 1
