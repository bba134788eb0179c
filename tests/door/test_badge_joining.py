"""Joined PDFs: as pikepdf reads them whole and sound, with the pages of each part and nothing else of it."""

import io

import pikepdf
import pytest

from accreditation.badge_joining import Joined
from tests.door.badge_pages import pages, words


def part(number, *, count=2, inherits=False):
    """Bytes of a PDF with pages that say "part 1 page 0", share a font, and have all kinds of things in them."""
    with pikepdf.new() as document:
        font = document.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        for page in range(count):
            document.add_blank_page(page_size=(200, 100))
            one = document.pages[-1].obj
            words = f"BT /F1 12 Tf 10 {50 + number} Td (part {number} page {page}) Tj ET"
            one.Contents = document.make_stream(words.encode())
            one.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            one.PieceInfo = pikepdf.Dictionary({
                "/A#b c": pikepdf.String("9 0 R (not) a \\ reference é"), "/Is": True, "/None": pikepdf.Array([None]),
                "/Deep": pikepdf.Array([1, -2.5, pikepdf.Array([font, pikepdf.Name("/N me")]), b"\x00\xff".hex()]),
                "/Number": document.make_indirect(pikepdf.Integer(7)),
            })  # fmt: skip
            if inherits:
                one.Rotate = 90
        if inherits:
            document.Root.Pages.Rotate = 90
            for page in document.pages:
                del page.obj.Rotate
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def joined(*documents, title="Badges"):
    out = io.BytesIO()
    whole = Joined(out)
    for document in documents:
        whole.add(document)
    whole.finish(title=title)
    return out.getvalue()


def test_pages_stand_in_the_order_of_their_parts():
    whole = joined(part(1), part(2, count=1), part(3))

    said = [words(page) for page in pages(whole)]
    assert said == [[f"part {number} page {page}"] for number, page in [(1, 0), (1, 1), (2, 0), (3, 0), (3, 1)]]


def test_readers_find_no_fault_in_it():
    with pikepdf.open(io.BytesIO(joined(part(1), part(2))), attempt_recovery=False) as found:
        assert (found.check_pdf_syntax(), found.get_warnings()) == ([], [])
        assert (len(found.pages), found.trailer.Size) == (4, len(found.objects) + 1)


@pytest.mark.parametrize("title", ["Badges", "Значки", "胸卡", "a (b) \\ c"])
def test_title_is_told_in_any_script(title):
    with pikepdf.open(io.BytesIO(joined(part(1), title=title))) as found:
        assert str(found.docinfo.Title) == title


def test_what_a_page_needs_comes_along_unchanged_and_is_written_once_a_part():
    with pikepdf.open(io.BytesIO(joined(part(1), part(2)))) as found, pikepdf.open(io.BytesIO(part(1))) as alone:
        first, second, third, _fourth = [page.obj for page in found.pages]
        fonts = [one for one in found.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
        assert first.PieceInfo == alone.pages[0].obj.PieceInfo
        assert first.Contents.read_bytes() == alone.pages[0].obj.Contents.read_bytes()
        assert first.Resources.Font.F1.objgen == second.Resources.Font.F1.objgen
        assert first.Resources.Font.F1.objgen != third.Resources.Font.F1.objgen
        assert len(fonts) == 2


def test_nothing_of_a_part_but_its_pages_comes_along():
    with pikepdf.open(io.BytesIO(part(1))) as document:
        document.Root.OpenAction = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="canary"))
        document.docinfo["/Author"] = "canary"
        changed = io.BytesIO()
        document.save(changed)

    assert b"canary" not in joined(changed.getvalue())
    with pikepdf.open(io.BytesIO(joined(changed.getvalue()))) as found:
        assert (sorted(found.Root.keys()), sorted(found.docinfo.keys())) == (["/Pages", "/Type"], ["/Title"])


def test_what_pages_inherit_stays_theirs_alone():
    with pikepdf.open(io.BytesIO(joined(part(1, inherits=True), part(2)))) as found:
        assert [int(page.obj.get("/Rotate", 0)) for page in found.pages] == [90, 90, 0, 0]
        assert {page.obj.Parent.objgen for page in found.pages} == {found.Root.Pages.objgen}


def test_file_that_is_no_document_is_refused():
    with pytest.raises(pikepdf.PdfError):
        joined(b"Traceback (most recent call last)")
