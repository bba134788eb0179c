"""Pages drawn as pictures in the limited process."""

import io

import pikepdf
import pytest
from PIL import Image

from office import uploads
from office.uploads import MEGABYTE
from office.uploads.process import Limits
from tests.office.test_uploads_pdf import made


def refusal_of(call, *args, **kwargs):
    with pytest.raises(uploads.Refused) as refused:
        call(*args, **kwargs)
    return refused.value.reason


def opened(data):
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def test_page_shows_its_words_in_the_size_asked_for():
    letter = uploads.document(made(pages=2)).data

    page = opened(uploads.page_image(letter, 2, max_edge=792))

    assert (page.format, page.size, page.mode) == ("PNG", (612, 792), "RGB")
    words = page.convert("L").crop((60, 60, 560, 110)).point(lambda value: value < 128 and 255)
    assert words.getbbox() is not None
    assert page.convert("L").crop((60, 200, 560, 780)).getextrema() == (255, 255)


@pytest.mark.parametrize("size", [(14_400, 14_400), (14_400, 1), (1, 14_400)])
def test_page_of_any_size_is_bounded(size):
    def resized(pdf):
        pdf.pages[0].MediaBox = pikepdf.Array([0, 0, *size])

    page = opened(uploads.page_image(uploads.document(made(resized)).data, 1, max_edge=280))

    assert max(page.size) <= 280


@pytest.mark.parametrize("box", [[0, 0, 0, 0], [0, 0, -5, 10], [0, 0, 1e30, 1e30]])
def test_page_without_a_size_is_drawn_or_refused_in_words(box):
    def resized(pdf):
        pdf.pages[0].MediaBox = pikepdf.Array([pikepdf.Object.parse(str(f"{side:f}").encode()) for side in box])

    try:
        data = uploads.document(made(resized)).data
        assert max(opened(uploads.page_image(data, 1, max_edge=280)).size) <= 280
    except uploads.Refused as refused:
        assert refused.reason in {"broken", "too_heavy"}  # noqa: PT017 either answer is one


@pytest.mark.parametrize("page", [0, 2, -1])
def test_page_that_is_not_there_is_refused(page):
    assert refusal_of(uploads.page_image, uploads.document(made()).data, page) == "broken"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\njunk", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_pdf_is_refused(data):
    assert refusal_of(uploads.page_image, data, 1) == "broken"


@pytest.mark.parametrize(
    "limits",
    [Limits(seconds=0.5), Limits(memory_bytes=150 * MEGABYTE)],  # needs 512 MB after a second
    ids=["too long", "too much memory"],
)
def test_page_that_takes_too_much_is_ended(limits):
    def heavy(pdf):
        form = pdf.make_stream(b"0 0 612 792 re f " * 2_000)
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox = pikepdf.Array([0, 0, 612, 792])
        form.Group = pikepdf.Dictionary(S=pikepdf.Name.Transparency)
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(F=form)
        pdf.pages[0].Contents = pikepdf.Stream(pdf, b"/F Do " * 20_000)

    data = uploads.document(made(heavy)).data

    assert refusal_of(uploads.page_image, data, 1, max_edge=1600, limits=limits) == "too_heavy"
