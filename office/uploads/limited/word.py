"""Reads a Word file (.docx, .docm, .dotx) as plain text, in document order. Runs in the limited process.

A paragraph is a line, as when pasted from Word; a table row is a line with " | " between cells. Tracked deletions,
hidden text, headers, footers and comments are left out; a link's address follows its words in brackets.
"""

import encodings.cp437  # noqa: F401  the encoding of old zip names; could not be imported behind the fence
import io
import re
import zipfile

from docx.opc.constants import CONTENT_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.part import PartFactory
from docx.oxml.ns import qn
from docx.package import Package
from docx.parts.document import DocumentPart
from lxml import etree
from protocol import Refusal

MAX_MEMBERS = 2000
PLAIN_BYTES = 4 * 1024 * 1024  # below this no ratio is suspicious: office XML packs 20:1, lists of one word 100:1
MAIN_TYPES = {
    CONTENT_TYPE.WML_DOCUMENT_MAIN,
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
}
LEFT_OUT = {
    qn(name) for name in ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:tblPr", "w:trPr")
}
LEFT_OUT |= {qn(name) for name in ("w:tcPr", "w:tblGrid", "w:delText", "w:sectPr")}
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same box a second time
BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "\u2011"}
OFF = {"0", "false", "off"}
LINK_SCHEMES = ("https://", "http://", "mailto:", "tel:")
FIELD_LINK = re.compile(r'\bHYPERLINK\s+"([^"]+)"')


def work(options, data):
    """``options``: max_expanded_bytes and max_ratio. Returns ({}, text as UTF-8)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive, len(data), **options)
    except zipfile.BadZipFile:
        raise Refusal("broken") from None
    PartFactory.part_type_for.update(dict.fromkeys(MAIN_TYPES, DocumentPart))
    try:
        part = Package.open(io.BytesIO(data)).part_related_by(RELATION.OFFICE_DOCUMENT)
    except etree.XMLSyntaxError as error:  # also how the XML library says that memory is out
        raise Refusal("too_heavy" if error.code == etree.ErrorTypes.ERR_NO_MEMORY else "broken") from None
    if part.content_type not in MAIN_TYPES:
        raise Refusal("not_advisory")
    body = part.element.find(qn("w:body"))
    lines = _Reader(part.rels).blocks(body)
    return {}, "\n".join(_without_repeated_blanks(lines)).strip("\n").encode()


def _check_directory(archive, size, *, max_expanded_bytes, max_ratio):
    """What the zip's own directory admits to. A member that unpacks to more is cut there and fails its checksum."""
    members = archive.infolist()
    expanded = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or expanded > max_expanded_bytes or expanded > max(PLAIN_BYTES, size * max_ratio):
        raise Refusal("too_expanded")
    if any(member.flag_bits & 1 for member in members):
        raise Refusal("locked_word")
    if "[Content_Types].xml" not in archive.namelist():
        raise Refusal("not_advisory")


def _without_repeated_blanks(lines):
    previous = ""
    for line in lines:
        line = line.rstrip()
        if line or previous:
            yield line
        previous = line


class _Reader:
    """Holds what reading a paragraph needs to know: where the links go, and the paragraphs of text boxes in it."""

    def __init__(self, relations):
        self.relations = relations
        self.boxes = []

    def blocks(self, holder):
        """Return the lines of a body, a cell, a text box or a content control."""
        lines = []
        for child in holder:
            if child.tag == qn("w:p"):
                lines += self.paragraph(child)
            elif child.tag == qn("w:tbl"):
                lines += ["", *self.table(child), ""]
            elif child.tag not in LEFT_OUT and isinstance(child.tag, str):
                lines += self.blocks(child)
        return lines

    def paragraph(self, element):
        lines = _with_field_links(self.inline(element)).split("\n")
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            lines += self.blocks(box)
        return lines

    def table(self, element):
        rows = (row for row in element.iter(qn("w:tr")) if _owner(row, qn("w:tbl")) is element)
        return [line for row in rows if not _is_deleted(row) for line in self.row(row)]

    def row(self, element):
        """One line for all cells; when only the last cell has several, they go on below."""
        cells = [cell for cell in element.iter(qn("w:tc")) if _owner(cell, qn("w:tr")) is element]
        texts = [[line.strip() for line in self.blocks(cell) if line.strip()] for cell in cells]
        if not any(texts):
            return []
        *others, last = texts
        head = [" ".join(lines) for lines in others]
        return [" | ".join([*head, last[0]]), *last[1:]] if last else [" | ".join([*head, ""])]

    def inline(self, element):
        """Return the text of a paragraph or a part of one. Field codes are kept between \\x13, \\x14 and \\x15."""
        parts = []
        for child in element:
            if child.tag in LEFT_OUT or child.tag == FALLBACK or not isinstance(child.tag, str):
                continue
            if child.tag == qn("w:txbxContent"):
                self.boxes.append(child)
            elif child.tag == qn("w:hyperlink"):
                parts.append(self.link(child))
            elif child.tag in (qn("w:t"), qn("w:instrText")):
                parts.append(_plain(child.text))
            elif child.tag == qn("w:fldChar"):
                parts.append(
                    {"begin": "\x13", "separate": "\x14", "end": "\x15"}.get(child.get(qn("w:fldCharType")), "")
                )
            elif child.tag in BREAKS:
                parts.append(BREAKS[child.tag])
            elif not (child.tag == qn("w:r") and _is_hidden(child)):
                parts.append(self.inline(child))
        return "".join(parts)

    def link(self, element):
        relation = self.relations.get(element.get(qn("r:id")))
        return _with_address(self.inline(element), relation.target_ref if relation and relation.is_external else "")


def _plain(text):
    return re.sub("[\x00-\x1f]", " ", text or "")


def _owner(element, tag):
    return next(element.iterancestors(tag), None)


def _is_deleted(row):
    return row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None


def _is_hidden(run):
    mark = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return mark is not None and mark.get(qn("w:val")) not in OFF


def _with_field_links(text):
    """Resolve field codes, innermost first: "\\x13 code \\x14 shown \\x15" is what it shows, and a link its address."""
    innermost = re.compile("\x13([^\x13\x14\x15]*)(?:\x14([^\x13\x14\x15]*))?\x15")

    def shown(match):
        code, words = match.group(1), match.group(2) or ""
        link = FIELD_LINK.search(code)
        return _with_address(words, link.group(1)) if link else words

    while innermost.search(text):
        text = innermost.sub(shown, text)
    text = re.sub("\x13[^\x14]*(\x14|$)", "", text)  # a field that goes on in the next paragraph
    return re.sub("[\x14\x15]", "", text)


def _with_address(words, address):
    """ "Programme (https://example.int/p)"; the words alone when they are the address."""
    if not address.lower().startswith(LINK_SCHEMES):
        return words
    address = address.removeprefix("mailto:").removeprefix("tel:")
    same = _bare(address) == _bare(words)
    return words if same or not words.strip() else f"{words.rstrip()} ({address}){words[len(words.rstrip()) :]}"


def _bare(address):
    return re.sub(r"^(https?://)?(www\.)?", "", address.strip().lower()).rstrip("/")
