"""Rebuilds a PDF from what a reader sees: nothing that acts, travels along or tells on its author. Runs in the
limited process.

Catalogue, pages and annotations keep only named keys; a second walk over every object takes out the rest.
"""

import io

import pikepdf
from jpegs import without_metadata
from pikepdf import Array, Dictionary, Name, Stream
from protocol import Refusal

CATALOGUE_KEYS = {
    "/Type",
    "/Pages",
    "/PageLabels",
    "/PageLayout",
    "/Lang",
    "/MarkInfo",
    "/StructTreeRoot",
    "/Outlines",
    "/OCProperties",
    "/Dests",
    "/Names",
}
PAGE_KEYS = {
    "/Type",
    "/Parent",
    "/Resources",
    "/MediaBox",
    "/CropBox",
    "/BleedBox",
    "/TrimBox",
    "/ArtBox",
    "/Rotate",
    "/UserUnit",
    "/Contents",
    "/Group",
    "/Annots",
    "/StructParents",
    "/Tabs",
}
LINK_KEYS = {"/Type", "/Subtype", "/Rect", "/QuadPoints", "/Border", "/F", "/A", "/Dest", "/StructParent", "/Contents"}
DRAWN_ANNOTATIONS = {  # their appearance becomes part of the page, then they go
    "/Widget",
    "/FreeText",
    "/Stamp",
    "/Ink",
    "/Highlight",
    "/Underline",
    "/Squiggly",
    "/StrikeOut",
    "/Line",
    "/Square",
    "/Circle",
    "/Polygon",
    "/PolyLine",
    "/Caret",
}
TRAVELLING_KEYS = {"/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AA", "/JS", "/JavaScript", "/OpenAction"}
TRAVELLING_KEYS |= {"/EF", "/AF", "/EmbeddedFiles", "/XFA"}
TRAVELLING_TYPES = {"/EmbeddedFile", "/Metadata", "/Filespec"}
OUTSIDE_STREAM_KEYS = {"/F", "/FFilter", "/FDecodeParms", "/Ref", "/OPI"}  # a stream whose content is another file
RESOURCE_TYPES = {"/Font", "/XObject", "/ExtGState", "/Pattern"}  # a font may well be named /AF
ACTIONS = {
    "/GoTo",
    "/GoToR",
    "/GoToE",
    "/GoTo3DView",
    "/GoToDp",
    "/Launch",
    "/Thread",
    "/URI",
    "/Sound",
    "/Movie",
    "/Hide",
    "/Named",
    "/SubmitForm",
    "/ResetForm",
    "/ImportData",
    "/JavaScript",
    "/SetOCGState",
    "/Rendition",
    "/Trans",
    "/RichMediaExecute",
}
END_BYTES = 2048
LINK_SCHEMES = (b"https:", b"http:", b"mailto:", b"tel:")

# Opening an encrypted file takes random bytes; the library opens their device once, here, before the fence
pikepdf.new().save(io.BytesIO(), encryption=pikepdf.Encryption(owner="any", R=6))


def work(options, data):
    """``options``: max_pages. Returns ({pages}, bytes)."""
    try:
        pdf = pikepdf.open(io.BytesIO(data), attempt_recovery=_has_its_end(data))
    except pikepdf.PasswordError:
        raise Refusal("locked") from None
    with pdf:
        pages = _checked(pdf, max_pages=options["max_pages"])
        _draw_forms_and_stamps(pdf)
        _keep_only(pdf.Root, CATALOGUE_KEYS)
        if isinstance(pdf.Root.get("/Names"), Dictionary):
            _keep_only(pdf.Root.Names, {"/Dests"})
        for page in pdf.pages:
            _keep_only(page.obj, PAGE_KEYS)
            _keep_links(page.obj)
        for item in pdf.objects:
            _scrub(item)
        for key in ("/Info", "/ID"):
            if key in pdf.trailer:
                del pdf.trailer[key]
        out = io.BytesIO()
        pdf.save(out, fix_metadata_version=False, encryption=False, deterministic_id=True)
    return {"pages": pages}, out.getvalue()


def _has_its_end(data):
    """A file cut off in transit could be recovered too, to pages with nothing on them."""
    last = data.rfind(b"%%EOF")
    near = last >= max(0, len(data.rstrip(b"\0")) - END_BYTES)
    return near and b" obj" not in data[last:]  # made for the web, it has two


def _checked(pdf, *, max_pages):
    if pdf.is_encrypted:  # opens without a password, but forbids something
        raise Refusal("locked")
    if pdf.Root.get("/NeedsRendering", False):  # a dynamic XFA form: its pages only say "wait"
        raise Refusal("form_only")
    pages = len(pdf.pages)
    if pages == 0:
        raise Refusal("broken")
    if pages > max_pages:
        raise Refusal("too_many_pages", limit=max_pages, pages=pages)
    return pages


def _draw_forms_and_stamps(pdf):
    for page in pdf.pages:
        kept = [note for note in _annotations(page.obj) if _name(note, "/Subtype") in DRAWN_ANNOTATIONS | {"/Link"}]
        _set_annotations(page.obj, kept)
    pdf.generate_appearance_streams()
    pdf.flatten_annotations()


def _keep_links(page):
    links = [note for note in _annotations(page) if _name(note, "/Subtype") == "/Link"]
    for link in links:
        _keep_only(link, LINK_KEYS)
    _set_annotations(page, links)


def _annotations(page):
    notes = page.get("/Annots")
    return [note for note in notes if isinstance(note, Dictionary)] if isinstance(notes, Array) else []


def _set_annotations(page, notes):
    if notes:
        page.Annots = Array(notes)
    elif "/Annots" in page:
        del page["/Annots"]


def _keep_only(dictionary, keys):
    for key in list(dictionary.keys()):
        if key not in keys:
            del dictionary[key]


def _scrub(item):
    """Clean one indirect object and the direct ones inside it."""
    inside = [item]
    while inside:
        holder = inside.pop()
        if isinstance(holder, Array):
            inside += _scrubbed_items(holder)
        elif isinstance(holder, (Dictionary, Stream)):
            inside += _scrubbed_values(holder)


def _scrubbed_items(array):
    """Replaces what must go by null, and yields the direct containers that stay."""
    for index, value in enumerate(list(array)):
        if _must_go(value):
            array[index] = None
        elif isinstance(value, (Dictionary, Array)) and not value.is_indirect:
            yield value


def _scrubbed_values(holder):
    is_stream = isinstance(holder, Stream)
    for key in list(holder.keys()):
        value = holder.get(key)
        unwanted = key in TRAVELLING_KEYS and not _is_resource(value)
        if unwanted or _must_go(value) or (is_stream and key in OUTSIDE_STREAM_KEYS):
            del holder[key]
        elif isinstance(value, (Dictionary, Array)) and not value.is_indirect:
            yield value
    if _name(holder, "/S") in ACTIONS and "/Next" in holder:
        del holder["/Next"]
    if is_stream:
        _scrub_jpeg(holder)


def _must_go(value):
    if not isinstance(value, (Dictionary, Stream)):
        return False
    if _name(value, "/Type") in TRAVELLING_TYPES or "/EF" in value:
        return True
    return _name(value, "/S") in ACTIONS and not _is_plain_link(value)


def _is_plain_link(action):
    if _name(action, "/S") == "/GoTo":
        return True
    if _name(action, "/S") != "/URI" or not isinstance(action.get("/URI"), pikepdf.String):
        return False
    return bytes(action.URI).strip().lower().startswith(LINK_SCHEMES)


def _is_resource(value):
    return isinstance(value, (Dictionary, Stream)) and _name(value, "/Type") in RESOURCE_TYPES


def _name(holder, key):
    """As text; pikepdf's names equal text but hash otherwise. Anything but a name is ""."""
    value = holder.get(key)
    return str(value) if isinstance(value, Name) else ""


def _scrub_jpeg(stream):
    """A scan from a telephone is a JPEG inside the PDF, place and all."""
    if stream.get("/Filter") in (Name.DCTDecode, Array([Name.DCTDecode])):
        raw = stream.read_raw_bytes()
        clean = without_metadata(raw)
        if clean != raw:
            stream.write(clean, filter=Name.DCTDecode, decode_parms=stream.get("/DecodeParms"))
