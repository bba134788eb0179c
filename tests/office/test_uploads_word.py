"""Word files: the advisory's text in document order, and nothing fetched, run or unpacked beyond measure."""

import io
import re
import zipfile

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from office import uploads
from office.uploads.refusals import Refused

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    }.items()
)


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word(*blocks, change=None):
    """A Word file whose body is the given XML blocks; "{link}" becomes the id of a link to example.int."""
    document = docx.Document()
    link = document.part.relate_to("https://example.int/programme", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    mail = document.part.relate_to("mailto:press@example.int", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    script = document.part.relate_to("javascript:alert(1)", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    body = document.element.body
    for block in blocks:
        text = block.replace("{link}", link).replace("{mail}", mail).replace("{script}", script)
        holder = parse_xml(f"<w:body {NAMESPACES}>{text}</w:body>")
        for element in list(holder):
            body.insert(len(body) - 1, element)
    if change:
        change(document)
    return saved(document)


def paragraph(*parts):
    runs = (part if part.startswith("<") else f'<w:r><w:t xml:space="preserve">{part}</w:t></w:r>' for part in parts)
    return f"<w:p>{''.join(runs)}</w:p>"


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(*paragraphs, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def table(*rows):
    return "<w:tbl><w:tblPr/><w:tblGrid/>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def rewritten(data, changes):
    """The zip with members replaced, added, or (None) left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = changes.pop(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in changes.items():
            new.writestr(name, content)
    return out.getvalue()


def refusal_of(call, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return refused.value.reason


def test_paragraphs_and_tables_come_in_document_order():
    document = docx.Document()
    document.add_heading("Media advisory", 1)
    document.add_paragraph("Who: the Secretary-General")
    grid = document.add_table(rows=2, cols=2)
    for at, text in enumerate(("When", "Tuesday, 6 September", "Where", "Room XX")):
        grid.cell(at // 2, at % 2).text = text
    document.add_paragraph("Contact: press@example.int")
    document.sections[0].header.paragraphs[0].text = "HEADER"
    document.sections[0].footer.paragraphs[0].text = "FOOTER"

    assert uploads.advisory_text(saved(document)) == (
        "Media advisory\nWho: the Secretary-General\n\n"
        "When | Tuesday, 6 September\nWhere | Room XX\n\n"
        "Contact: press@example.int"
    )


@pytest.mark.parametrize(
    ("block", "text"),
    [
        (paragraph("kept ", f"<w:ins>{run('new')}</w:ins>", f"<w:del>{run('old')}</w:del>"), "kept new"),
        (paragraph("a", f"<w:moveFrom>{run('x')}</w:moveFrom>", f"<w:moveTo>{run('b')}</w:moveTo>"), "ab"),
        (paragraph("a", "<w:r><w:delText>gone</w:delText></w:r>"), "a"),
        (paragraph("a", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"), "a"),
        (paragraph("a", '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown</w:t></w:r>'), "ashown"),
        (paragraph("a", "<!-- comment -->", "b"), "ab"),
        (paragraph("17", "<w:r><w:tab/><w:t>h</w:t><w:br/></w:r>", "next"),
         "17\th\nnext"),
        (paragraph("20", "<w:r><w:noBreakHyphen/></w:r>", "21 May"), "20\u201121 May"),
        (paragraph("one\ntwo"), "one two"),
        (paragraph(f"<w:smartTag>{run('New York')}</w:smartTag>"), "New York"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('In a form field')}</w:sdtContent></w:sdt>", "In a form field"),
        (paragraph(f"<w:sdt><w:sdtContent>{run('inline')}</w:sdtContent></w:sdt>"), "inline"),
        (paragraph("See ", f'<w:hyperlink r:id="{{link}}">{run("the programme")}</w:hyperlink>', "."),
         "See the programme (https://example.int/programme)."),
        (paragraph(f'<w:hyperlink r:id="{{link}}">{run("example.int/programme/ ")}</w:hyperlink>', "now"),
         "example.int/programme/ now"),
        (paragraph(f'<w:hyperlink r:id="{{mail}}">{run("press@example.int")}</w:hyperlink>'), "press@example.int"),
        (paragraph(f'<w:hyperlink r:id="{{mail}}">{run("Press office")}</w:hyperlink>'),
         "Press office (press@example.int)"),
        (paragraph(f'<w:hyperlink r:id="{{script}}">{run("here")}</w:hyperlink>'), "here"),
        (paragraph(f'<w:hyperlink w:anchor="top">{run("up")}</w:hyperlink>'), "up"),
        (paragraph(f'<w:hyperlink r:id="rId9999">{run("lost")}</w:hyperlink>'), "lost"),
        (paragraph('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> HYPERLINK "https://example.org/w" '
                   '</w:instrText><w:fldChar w:fldCharType="separate"/></w:r>', "webcast",
                   '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "!"), "webcast (https://example.org/w)!"),
        (paragraph('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> DATE </w:instrText></w:r>') + paragraph("b"),
         "b"),
        (paragraph("a", f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{paragraph('box')}"
                        f"</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:txbxContent>{paragraph('box')}"
                        "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"), "a\nbox"),
    ],
)  # fmt: skip
def test_paragraph_reads_as_on_the_page(block, text):
    assert uploads.advisory_text(word(block)) == text


@pytest.mark.parametrize(
    ("block", "text"),
    [
        (table([cell(paragraph("What")), cell(paragraph("one"), paragraph("two"))]), "What | one\ntwo"),
        (table([cell(paragraph("a"), paragraph("b")), cell(paragraph("c"))]), "a b | c"),
        (table([cell(paragraph("a")), cell(paragraph()), cell(paragraph())]), "a |  |"),
        (table([cell(paragraph()), cell(paragraph())], [cell(paragraph("x"))]), "x"),
        (table([cell(paragraph("wide"), properties='<w:gridSpan w:val="2"/>'), cell(paragraph("b"))]), "wide | b"),
        (table([cell(paragraph("a")), cell(table([cell(paragraph("in")), cell(paragraph("side"))]), paragraph())]),
         "a | in | side"),
        (table([cell(paragraph("kept"))]) + "<w:tbl><w:tr><w:trPr><w:del/></w:trPr>" + cell(paragraph("gone"))
         + "</w:tr></w:tbl>", "kept"),
    ],
)  # fmt: skip
def test_table_reads_as_rows(block, text):
    assert uploads.advisory_text(word(block)) == text


def test_languages_and_signs_arrive_unchanged():
    text = "تنبيه إعلامي — 媒体通告 « avis » 17 h 30 – naïve"

    assert uploads.advisory_text(word(paragraph(text))) == text


def test_picture_at_an_outside_address_is_not_fetched():
    def outside(document):
        document.part.relate_to("https://example.com/beacon.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
        template = RELATIONSHIP_TYPE.SETTINGS.replace("settings", "attachedTemplate")
        document.part.relate_to("file:///etc/passwd", template, is_external=True)

    picture = '<w:r><w:drawing><a:blip r:link="rId99"/></w:drawing></w:r>'

    assert uploads.advisory_text(word(paragraph("text", picture), change=outside)) == "text"


def test_file_with_macros_is_read_and_they_are_not():
    data = word(paragraph("Text of the advisory"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = archive.read("[Content_Types].xml").decode()
        relations = archive.read("word/_rels/document.xml.rels").decode()
    types = types.replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    ).replace("</Types>", '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>')
    relation = '<Relationship Id="rIdM" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
    relations = relations.replace("</Relationships>", relation + 'Target="vbaProject.bin"/></Relationships>')
    changes = {
        "[Content_Types].xml": types,
        "word/_rels/document.xml.rels": relations,
        "word/vbaProject.bin": b"\0MACRO",
    }

    assert uploads.advisory_text(rewritten(data, changes)) == "Text of the advisory"


def test_entities_are_neither_expanded_nor_read_from_files():
    data = word(paragraph("&amp;"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = re.sub(rb"<\?xml.*?\?>", b"", archive.read("word/document.xml"))
    bomb = b'<!DOCTYPE d [<!ENTITY a "AAAAAAAAAA"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    for entity in (b"&a;", b"&b;"):
        text = uploads.advisory_text(rewritten(data, {"word/document.xml": bomb + xml.replace(b"&amp;", entity)}))
        assert text == ""


def test_member_that_unpacks_to_a_thousandfold_is_refused_from_the_directory():
    bomb = rewritten(word(paragraph("text")), {"word/media/image1.png": bytes(30 * 1024 * 1024)})
    assert len(bomb) < 100_000

    assert refusal_of(uploads.advisory_text, bomb) == "too_expanded"


def test_file_that_unpacks_to_more_than_40_megabytes_is_refused(monkeypatch):
    monkeypatch.setattr("office.uploads.checks.MAX_RATIO", 10**6)
    bomb = rewritten(word(paragraph("text")), {"a": bytes(41 * 1024 * 1024)})

    assert refusal_of(uploads.advisory_text, bomb) == "too_expanded"


def test_zip_of_very_many_members_is_refused():
    assert refusal_of(uploads.advisory_text, rewritten(word(), {f"m{n}": b"" for n in range(2001)})) == "too_expanded"


def test_directory_that_lies_about_the_size_is_refused():
    data = bytearray(rewritten(word(paragraph("text")), {"word/document.xml": b"<w/>" + b" " * 3_000_000}))
    directory = data.index(b"PK\x01\x02")
    at = data.index(b"word/document.xml", directory) - 46 + 24
    assert int.from_bytes(data[at : at + 4], "little") == 3_000_004
    data[at : at + 4] = (50).to_bytes(4, "little")

    assert refusal_of(uploads.advisory_text, bytes(data)) == "broken"


def test_bomb_let_through_runs_into_the_memory_limit(monkeypatch):
    monkeypatch.setattr("office.uploads.checks.MAX_RATIO", 10**6)
    monkeypatch.setattr("office.uploads.checks.MAX_EXPANDED_BYTES", 10**10)
    body = word(paragraph("PLACE"))
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        xml = archive.read("word/document.xml").replace(b"PLACE", b"</w:t><w:t>" * 3_000_000)

    bomb = rewritten(body, {"word/document.xml": xml})

    assert refusal_of(uploads.advisory_text, bomb, limits=uploads.Limits(memory_bytes=128 * 1024 * 1024)) == "too_heavy"


def zip_of(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zip_of(mimetype="application/vnd.oasis.opendocument.text"), "not_advisory"),
        (zip_of(a="PK"), "not_advisory"),
        (b"PK\x03\x04" + bytes(100), "broken"),
        (OLD_WORD, "old_word"),
        (OLD_WORD + "EncryptedPackage".encode("utf-16-le"), "locked_word"),
        (b"%PDF-1.7\n", "not_advisory"),
        (b"{\\rtf1\\ansi Media advisory}", "not_advisory"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_advisory"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "not_advisory"),
    ],
)
def test_other_files_are_refused_by_what_they_are(data, reason):
    assert refusal_of(uploads.advisory_text, data) == reason


def test_spreadsheet_is_refused():
    data = word(paragraph("text"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = archive.read("[Content_Types].xml").decode()
    sheet = types.replace("wordprocessingml.document.main", "spreadsheetml.sheet.main")

    assert refusal_of(uploads.advisory_text, rewritten(data, {"[Content_Types].xml": sheet})) == "not_advisory"


@pytest.mark.parametrize(
    "data", [b"MEDIA ADVISORY\nWho: ...", "Avis aux médias".encode("latin-1"), "Avis".encode("utf-16"), b"a\tb\x0c\x1b"]
)
def test_plain_text_is_left_to_the_reader_of_text(data):
    assert uploads.advisory_text(data, "advisory.txt") is None


def test_text_called_docx_is_a_damaged_word_file():
    assert refusal_of(uploads.advisory_text, b"MEDIA ADVISORY", "Advisory.DOCX") == "broken"


def test_word_file_called_txt_is_read_all_the_same():
    assert uploads.advisory_text(word(paragraph("text")), "advisory.txt") == "text"


def test_word_file_cut_off_at_any_of_50_places_is_refused():
    data = word(paragraph("text"))

    reasons = {refusal_of(uploads.advisory_text, data[: len(data) * step // 51], "a.docx") for step in range(1, 51)}

    assert reasons == {"broken"}
