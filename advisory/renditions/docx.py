"""The advisory as a Word file: the same order as on paper, in real styles, the same bytes for the same edition."""

import io
import zipfile
from datetime import UTC

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from advisory.renditions import paper, runs, wording

LATIN, ARABIC, HAN = "Calibri", "Arial", "Microsoft YaHei"
LANGUAGES = {"ar": "ar-SA", "zh": "zh-CN", "en": "en-GB", "fr": "fr-FR", "ru": "ru-RU", "es": "es-ES"}
HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
OLDEST = (1980, 1, 1, 0, 0, 0)  # of a zip's clock


def render(telling):
    content = paper.content(telling)
    writer = Writer(content)
    writer.write()
    writer.describe(telling)
    buffer = io.BytesIO()
    writer.document.save(buffer)
    return undated(buffer.getvalue())


def undated(data):
    """The same archive with every entry's clock at its oldest."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, OLDEST), source.read(name), zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


class Writer:
    """Puts paper's content into a document, part by part."""

    def __init__(self, content):
        self.content = content
        self.document = docx.Document()
        self.styles = self.document.styles
        self._set_up()

    def write(self):
        told = self.content
        self.paragraph([_words(told["house"])], "Header")
        self.paragraph(
            [_words(told["form"] + (" · " if told["body"]["runs"] else "")), *told["body"]["runs"]], "Normal"
        )
        self.paragraph(told["title"]["runs"], "Title")
        self.lines([told["theme"]], "Subtitle")
        for row in told["particulars"]:
            self.paragraph([_words(row["label"] + wording.colon(), strong=True), *row["line"]["runs"]])
        for notice in told["notices"]:
            self.lines(notice, "Intense Quote")
        self.facts(told["facts"])
        self.lines([told["full_text"]])
        for column in told["columns"]:
            self.heading(column["heading"])
            for group in column["groups"]:
                self.heading(group["name"]["runs"], 2)
                self.lines(group["lines"])
        for section in told["sections"]:
            self.heading(section["heading"])
            self.blocks(section["blocks"], spoken=section["spoken"])
        self.lines([told["boilerplate"]])
        self.paragraph([_words(told["colophon"]["address"], link=told["colophon"]["address"], ltr=True)])
        self.lines(told["colophon"]["lines"])
        self._fill(self.document.sections[0].footer.paragraphs[0], told["colophon"]["issued"]["runs"])

    def describe(self, telling):
        """Core properties; the clock of the file is that of the publication."""
        core = self.document.core_properties
        at = telling.published_at.astimezone(UTC).replace(microsecond=0, tzinfo=None)
        core.title, core.author = _property(self.content["name"]), _property(self.content["house"])
        core.language = telling.language
        core.created = core.modified = at
        core.last_modified_by, core.comments, core.revision = "", "", telling.number
        core.identifier = telling.address

    def facts(self, facts):
        for fact in facts:
            self.heading(fact["label"])
            self.lines(fact["lines"], "List Bullet" if fact["is_list"] else "Normal")

    def heading(self, words, level=1):
        self.paragraph([_words(words)] if isinstance(words, str) else words, f"Heading {level}")

    def lines(self, lines, style="Normal"):
        for line in lines:
            if line["runs"]:
                self.paragraph(line["runs"], style)

    def blocks(self, blocks, *, style="Normal", spoken=""):
        for block in blocks:
            if block["kind"] in {"paragraph", "heading"}:
                is_heading = block["kind"] == "heading"
                self.paragraph(block["runs"], "Heading 3" if is_heading else style, spoken=spoken)
            elif block["kind"] == "list":
                for item in block["items"]:
                    self.blocks(item, style="List Bullet" if block["start"] is None else "List Number", spoken=spoken)
            elif block["kind"] == "quote":
                self.blocks(block["blocks"], style="Quote", spoken=spoken)
            elif block["kind"] == "table":
                self.table(block)
            elif block["kind"] == "entries":
                for entry in block["rows"]:
                    self.lines(entry[:1], "List Bullet")
                    self.lines(entry[1:], "List Continue")

    def table(self, block):
        table = self.document.add_table(rows=0, cols=2, style="Table Grid")
        if self.content["direction"] == "rtl":
            table._tbl.tblPr.find(qn("w:tblStyle")).addnext(OxmlElement("w:bidiVisual"))
        rows = [block["header"], *[[self._moment(row), row["line"]] for row in block["rows"]]]
        for number, cells in enumerate(rows):
            row = table.add_row()
            for cell, line in zip(row.cells, cells, strict=True):
                self._fill(cell.paragraphs[0], line["runs"])
            if number == 0:
                row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    def _moment(self, row):
        between = [_words(", ")] if row["day"]["runs"] else []
        return {"runs": [*row["day"]["runs"], *between, *row["hours"]["runs"]]}

    def paragraph(self, pieces, style="Normal", *, spoken=""):
        self._fill(self.document.add_paragraph(style=style), pieces, spoken)

    def _fill(self, paragraph, pieces, spoken=""):
        spoken = spoken or self.content["language"]
        direction = paper.direction(spoken)
        if direction == "rtl":
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        self._add(paragraph, paragraph._p, pieces, spoken, direction)

    def _add(self, paragraph, into, pieces, spoken, direction):
        for piece in pieces:
            if "runs" in piece:
                self._add(paragraph, into, piece["runs"], piece["spoken"] or spoken, piece["direction"])
                continue
            parent = self._hyperlink(paragraph, into, piece["link"]) if piece["link"] else into
            self._run(paragraph, parent, piece, spoken, direction)

    def _hyperlink(self, paragraph, into, address):
        element = OxmlElement("w:hyperlink")
        element.set(qn("r:id"), paragraph.part.relate_to(address, HYPERLINK, is_external=True))
        into.append(element)
        return element

    def _run(self, paragraph, parent, piece, spoken, direction):
        run = paragraph.add_run(printable(piece["text"]), style="Hyperlink" if piece["link"] else None)
        run.bold, run.italic = piece["strong"] or None, piece["em"] or None
        run.font.strike = piece["strike"] or None
        properties = run._r.get_or_add_rPr()
        if direction == "rtl" and not piece["ltr"]:
            run.font.rtl = True
            run.font.cs_bold = run.bold
        language = OxmlElement("w:lang")
        for name in ("w:val", "w:eastAsia", "w:bidi"):
            language.set(qn(name), LANGUAGES.get(spoken, spoken))
        properties.append(language)
        parent.append(run._r)

    def _set_up(self):
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(20)
        section.top_margin = section.bottom_margin = Mm(18)
        for style in self.styles:
            if style.type in {WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER} and style.element.rPr is not None:
                _faces(style.element.rPr)
        normal = self.styles["Normal"]
        normal.font.name, normal.font.size = LATIN, Pt(10.5)
        normal.paragraph_format.space_after = Pt(4)
        _faces(normal.element.get_or_add_rPr())
        if "Hyperlink" not in [style.name for style in self.styles]:
            link = self.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
            link.font.underline = True


def printable(text):
    """The text without what XML 1.0 cannot hold: controls, lone surrogates and the two non-characters."""
    return "".join(char if char in "\t\n" or _is_xml(ord(char)) else "\N{REPLACEMENT CHARACTER}" for char in text)


def _is_xml(point):
    return 0x20 <= point < 0xD800 or 0xE000 <= point < 0xFFFE or point > 0xFFFF


def _property(text):
    return printable(text)[:255]  # as many as python-docx lets a core property hold


def _words(text, link="", *, ltr=False, strong=False):
    return runs.run(text, link, ltr=ltr, strong=strong)


def _faces(properties):
    """The same face in headings and text, with one for Arabic and one for Han, which every office has."""
    faces = properties.find(qn("w:rFonts"))
    if faces is None:
        faces = OxmlElement("w:rFonts")
        properties.insert(0, faces)
    faces.attrib.clear()
    for name, face in [("w:ascii", LATIN), ("w:hAnsi", LATIN), ("w:cs", ARABIC), ("w:eastAsia", HAN)]:
        faces.set(qn(name), face)
