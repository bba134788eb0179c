"""PDF documents: what a reader sees stays, what acts or tells goes."""

import io
import random
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

from office import uploads
from office.uploads.refusals import Refused

CANARY = "CANARY-7f3a"
FORBIDDEN_KEYS = {"/AA", "/OpenAction", "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AF", "/XFA", "/AcroForm"}
FORBIDDEN_KEYS |= {"/Metadata", "/Info", "/PieceInfo", "/LastModified", "/Thumb", "/Next", "/Collection", "/RichMedia"}
TEXT = b"BT /F1 18 Tf 72 700 Td (We confirm the assignment of our correspondent) Tj ET"


def made(change=None, *, pages=1, **save):
    """A letter of ``pages`` pages, changed by a function of the open PDF."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for _ in range(pages):
        page = pdf.add_blank_page().obj
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        page.Contents = Stream(pdf, TEXT)
    if change:
        change(pdf)
    out = io.BytesIO()
    pdf.save(out, **save)
    return out.getvalue()


def reopened(document):
    return pikepdf.open(io.BytesIO(document.data))


def unpacked(data):
    """The file with every stream unpacked, for looking at bytes."""
    out = io.BytesIO()
    pikepdf.open(io.BytesIO(data)).save(
        out, qdf=True, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.specialized, static_id=True
    )
    return out.getvalue()


def keys_and_actions(pdf):
    """Every dictionary key, and every /S that is an action's, in the whole tree under the trailer."""
    keys, actions, seen, waiting = set(), [], set(), [pdf.trailer]
    while waiting:
        item = waiting.pop()
        if item.is_indirect:
            if item.objgen in seen:
                continue
            seen.add(item.objgen)
        if isinstance(item, Array):
            waiting += [value for value in item if isinstance(value, (Array, Dictionary, Stream))]
        else:
            keys |= set(item.keys())
            if "/S" in item and item.get("/Type") in (None, Name.Action):
                actions.append(str(item.S))
            waiting += [item[key] for key in item if isinstance(item[key], (Array, Dictionary, Stream))]
    return keys, sorted(actions)


def refusal_of(call, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return refused.value.reason


def answer_of(call, *args):
    try:
        call(*args)
    except Refused as refused:
        return refused.reason
    return "taken"


def script(words=CANARY):
    return Dictionary(Type=Name.Action, S=Name.JavaScript, JS=String(f"app.alert('{words}')"))


def link(page, action):
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 50, 50], A=action)
    page.Annots = Array([*page.get("/Annots", []), note])


def open_action(pdf):
    pdf.Root.OpenAction = script()


def name_tree_of_scripts(pdf):
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=[String("a"), pdf.make_indirect(script())]))


def page_and_document_events(pdf):
    pdf.Root.AA = Dictionary(WC=script())
    pdf.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.Launch, F=String(CANARY + ".exe")))


def launching_link(pdf):
    link(pdf.pages[0].obj, Dictionary(S=Name.Launch, Win=Dictionary(F=String(CANARY))))


def remote_link(pdf):
    link(pdf.pages[0].obj, Dictionary(S=Name.GoToR, F=String(r"\\198.51.100.7\share" + CANARY), D=[0, Name.Fit]))


def script_link(pdf):
    link(pdf.pages[0].obj, Dictionary(S=Name.URI, URI=String("javascript:alert('" + CANARY + "')")))


def script_after_link(pdf):
    link(pdf.pages[0].obj, Dictionary(S=Name.URI, URI=String("https://example.int/"), Next=script()))
    link(pdf.pages[0].obj, Dictionary(S=Name.URI, URI=String("https://example.int/"), Next=[script(), script()]))


def script_in_outline(pdf):
    item = pdf.make_indirect(Dictionary(Title=String("Chapter"), A=script()))
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines, First=item, Last=item, Count=1))
    item.Parent = pdf.Root.Outlines


def submitting_form(pdf):
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Btn, T=String("send"), Rect=[0, 0, 50, 50])
    field.A = Dictionary(S=Name.SubmitForm, F=Dictionary(FS=Name.URL, F=String("https://example.com/" + CANARY)))
    field.AA = Dictionary(K=script())
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(field)])
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.pages[0].obj.Annots[0]]), CO=[])


def xfa_form(pdf):
    xfa = Stream(pdf, f"<xdp:xdp><script>{CANARY}</script></xdp:xdp>".encode())
    pdf.Root.AcroForm = Dictionary(Fields=[], XFA=[String("template"), pdf.make_indirect(xfa)])


def attachment(pdf):
    pdf.attachments["letter.exe"] = pikepdf.AttachedFileSpec(pdf, CANARY.encode(), filename=CANARY)


def attachment_on_page(pdf):
    spec = pikepdf.AttachedFileSpec(pdf, CANARY.encode(), filename="a.txt").obj
    note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], FS=spec)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])
    pdf.Root.AF = Array([spec])


def sticky_note(pdf):
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=String(CANARY))
    pdf.pages[0].obj.Annots = Array([note])


def film(pdf):
    spec = pikepdf.AttachedFileSpec(pdf, CANARY.encode(), filename="film.swf").obj
    assets = Dictionary(Names=[String("film.swf"), spec])
    media = Dictionary(Type=Name.RichMediaContent, Assets=assets)
    note = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=[0, 0, 9, 9], RichMediaContent=media)
    pdf.pages[0].obj.Annots = Array([note])


def author_and_program(pdf):
    pdf.docinfo["/Author"] = CANARY
    with pdf.open_metadata() as metadata:
        metadata["dc:creator"] = [CANARY]
    pdf.pages[0].obj.PieceInfo = Dictionary(Editor=Dictionary(Private=String(CANARY)))
    pdf.pages[0].obj.Thumb = Stream(pdf, CANARY.encode())
    pdf.pages[0].obj.Metadata = Stream(pdf, CANARY.encode(), Type=Name.Metadata, Subtype=Name.XML)


def telephone_scan(pdf):
    exif = Image.Exif()
    exif[0x010E] = CANARY
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", exif=exif, comment=CANARY.encode())
    scan = Stream(pdf, out.getvalue() + CANARY.encode(), Type=Name.XObject, Subtype=Name.Image, Width=40, Height=30)
    scan.ColorSpace, scan.BitsPerComponent = Name.DeviceRGB, 8
    scan.write(bytes(scan.read_raw_bytes()), filter=Name.DCTDecode)
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im0=scan)


def page_of_another_file(pdf):
    pdf.pages[0].obj.Contents["/F"] = String("https://example.com/" + CANARY)


def portfolio_and_signatures(pdf):
    pdf.Root.Collection = Dictionary(View=Name.D, Navigator=Dictionary(Note=String(CANARY)))
    pdf.Root.DSS = Dictionary(VRI=Dictionary(Note=String(CANARY)))
    pdf.Root.URI = Dictionary(Base=String("https://example.com/" + CANARY))


def older_object(pdf):
    pdf.pages[0].obj["/Unknown"] = pdf.make_indirect(Dictionary(Anything=script(), List=[1, script()]))


PLANTS = [
    open_action, name_tree_of_scripts, page_and_document_events, launching_link, remote_link, script_link,
    script_after_link, script_in_outline, submitting_form, xfa_form, attachment, attachment_on_page, sticky_note, film,
    author_and_program, telephone_scan, portfolio_and_signatures, older_object,
]  # fmt: skip


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
@pytest.mark.parametrize("objects", list(pikepdf.ObjectStreamMode.__members__.values()), ids=str)
def test_what_acts_travels_or_tells_is_gone(plant, objects):
    data = made(plant, object_stream_mode=objects)
    assert CANARY.encode() in unpacked(data)

    document = uploads.document(data)

    with reopened(document) as pdf:
        keys, actions = keys_and_actions(pdf)
        assert keys & FORBIDDEN_KEYS == set()
        assert set(actions) <= {"/URI"}
        assert pdf.pages[0].obj.Contents.read_bytes().strip() == TEXT
        assert pikepdf.open(io.BytesIO(document.data)).check_pdf_syntax() == []
    assert CANARY.encode() not in unpacked(document.data)
    assert (document.media_type, document.pages) == ("application/pdf", 1)


def test_page_kept_in_another_file_is_not_fetched():
    with reopened(uploads.document(made(page_of_another_file))) as pdf:
        assert "/F" not in pdf.pages[0].obj.Contents.stream_dict


def test_scan_keeps_its_pixels():
    with reopened(uploads.document(made(telephone_scan))) as pdf:
        image = pikepdf.PdfImage(pdf.pages[0].obj.Resources.XObject.Im0).as_pil_image()
        assert image.getpixel((5, 5)) == (254, 0, 0)


def test_plain_links_and_places_in_the_document_stay():
    def links(pdf):
        link(pdf.pages[0].obj, Dictionary(S=Name.URI, URI=String("https://example.int/programme")))
        link(pdf.pages[0].obj, Dictionary(S=Name.URI, URI=String("mailto:press@example.int")))
        link(pdf.pages[0].obj, Dictionary(S=Name.GoTo, D=[pdf.pages[1].obj, Name.Fit]))

    with reopened(uploads.document(made(links, pages=2))) as pdf:
        kept = pdf.pages[0].obj.Annots
        assert [str(note.A.S) for note in kept] == ["/URI", "/URI", "/GoTo"]
        assert (
            [str(note.A.URI) for note in kept][:2] if False else str(kept[0].A.URI) == "https://example.int/programme"
        )
        assert kept[2].A.D[0].objgen == pdf.pages[1].obj.objgen


def test_filled_form_is_drawn_on_its_page():
    def form(pdf):
        appearance = Stream(pdf, b"BT (Filled in) Tj ET", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 50, 20])
        field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String("Filled in"))
        field.Rect, field.AP, field.F = Array([0, 0, 50, 20]), Dictionary(N=pdf.make_indirect(appearance)), 4
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(field)])
        pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.pages[0].obj.Annots[0]]))

    document = uploads.document(made(form))

    assert b"(Filled in) Tj" in unpacked(document.data)
    with reopened(document) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert "/Annots" not in pdf.pages[0].obj


def test_tags_for_screen_readers_stay():
    def tagged(pdf):
        pdf.Root.Lang = String("fr")
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Dictionary(S=Name.P)))

    with reopened(uploads.document(made(tagged))) as pdf:
        assert (str(pdf.Root.Lang), pdf.Root.MarkInfo.Marked, str(pdf.Root.StructTreeRoot.K.S)) == ("fr", True, "/P")


def test_font_with_the_name_of_an_attachment_stays():
    def renamed(pdf):
        fonts = pdf.pages[0].obj.Resources.Font
        fonts["/AF"] = fonts.F1

    with reopened(uploads.document(made(renamed))) as pdf:
        assert sorted(pdf.pages[0].obj.Resources.Font.keys()) == ["/AF", "/F1"]


def test_same_document_twice_is_the_same_bytes():
    data = made(author_and_program)

    assert uploads.document(data).data == uploads.document(data).data


def test_bytes_before_and_after_the_pdf_are_gone():
    document = uploads.document(b"<html><script>1</script>\n" + made() + b"\nPK\x03\x04<script>2</script>")

    assert document.data.startswith(b"%PDF-")
    assert b"script" not in document.data


@pytest.mark.parametrize(("user", "owner"), [("secret", "owner"), ("", "owner")])
def test_locked_document_is_refused_in_words(user, owner):
    data = made(encryption=pikepdf.Encryption(user=user, owner=owner))

    with pytest.raises(Refused) as refused:
        uploads.document(data)

    assert refused.value.sentence == (
        "This PDF is locked or protected by a password. Print it to a new PDF without protection and choose that."
    )


def test_form_that_only_some_programs_show_is_refused():
    def dynamic(pdf):
        xfa_form(pdf)
        pdf.Root.NeedsRendering = True

    assert refusal_of(uploads.document, made(dynamic)) == "form_only"


def test_one_page_too_many_is_refused_with_both_numbers():
    assert uploads.document(made(pages=3), max_pages=3).pages == 3
    with pytest.raises(Refused) as refused:
        uploads.document(made(pages=4), max_pages=3)
    assert refused.value.sentence == (
        "The document must have no more than 3 pages; yours has 4. Keep only the pages we ask for."
    )


def test_document_without_pages_is_refused():
    pdf = pikepdf.new()
    out = io.BytesIO()
    pdf.save(out)

    assert refusal_of(uploads.document, out.getvalue()) == "broken"


def test_image_as_a_document_is_redrawn_as_a_photo_is():
    out = io.BytesIO()
    Image.new("RGB", (40, 30)).save(out, "PNG")

    document = uploads.document(out.getvalue() + CANARY.encode())

    assert (document.media_type, document.pages) == ("image/jpeg", 1)
    assert CANARY.encode() not in document.data


@pytest.mark.parametrize("linearize", [False, True])
def test_document_cut_off_at_any_of_50_places_is_refused(linearize):
    data = made(author_and_program, pages=3, linearize=linearize)

    reasons = {refusal_of(uploads.document, data[: len(data) * step // 51]) for step in range(1, 51)}

    assert reasons <= {"broken", "not_document"}


def test_document_whose_table_of_objects_is_wrong_is_repaired():
    data = made(pages=2).replace(b"%PDF-1.3\n", b"%PDF-1.3\n%a line put in later\n")

    with reopened(uploads.document(data)) as pdf:
        assert [page.obj.Contents.read_bytes().strip() for page in pdf.pages] == [TEXT] * 2


def test_random_bytes_behind_a_true_start_are_refused():
    chance = random.Random(22)

    for start in (b"%PDF-1.7\n", made()[:300]):
        for _ in range(5):
            assert refusal_of(uploads.document, start + chance.randbytes(3000)) == "broken"


def test_stream_that_unpacks_to_a_gigabyte_is_never_unpacked():
    def bomb(pdf):
        packed = zlib.compressobj(9)
        megabyte = bytes(1024 * 1024)
        parts = [packed.compress(megabyte) for _ in range(600)] + [packed.flush()]
        pdf.pages[0].obj.Contents.write(b"".join(parts), filter=Name.FlateDecode)

    assert uploads.document(made(bomb)).pages == 1


def test_deeply_nested_and_circular_documents_are_answered():
    nested = made().replace(b"/MediaBox", b"/Deep " + b"[" * 100_000 + b"]" * 100_000 + b" /MediaBox")

    def circular(pdf):
        first = pdf.make_indirect(Dictionary())
        first.Self = first
        first.List = Array([first, Array([first])])
        pdf.Root.Outlines = first

    def pages_in_a_ring(pdf):
        pdf.Root.Pages.Kids.append(pdf.Root.Pages)

    assert uploads.document(made(circular)).pages == 1
    for data in (nested, made(pages_in_a_ring)):
        assert answer_of(uploads.document, data) in {"taken", "broken", "too_heavy"}
