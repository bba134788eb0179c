"""Photos: every pixel kept, nothing else. Real bytes, real limited process."""

import io
import random
import re
import struct
import time
import zlib

import pytest
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

from office import uploads
from office.uploads.process import Limits
from office.uploads.refusals import SENTENCES, Refused, too_big

CANARY = b"CANARY-7f3a"
SECONDS = 123456789  # of latitude, a number no encoder writes by chance
MEGABYTE = 1000 * 1000


def picture(mode="RGB", size=(60, 40)):
    """Four corners of different colours, so that a turn shows."""
    image = Image.new("RGB", size, "white")
    for box, colour in (((0, 0, 30, 20), "red"), ((30, 0, 60, 20), "green"), ((0, 20, 30, 40), "blue")):
        image.paste(colour, box)
    return image.convert(mode)


def encoded(image, form="JPEG", **options):
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def opened(photo):
    image = Image.open(io.BytesIO(photo.data))
    image.load()
    return image


def planted_exif(orientation=1):
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = CANARY.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (46.0, 13.0, float(SECONDS)), 3: "E", 4: (6.0, 8.0, float(SECONDS))})
    return exif


def swapped_profile():
    """sRGB with red and green exchanged: a pixel sent as red is meant as green. Its name carries the canary."""
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return icc.replace(b"rXYZ", b"xxxx", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"xxxx", b"gXYZ", 1)


def jpeg_markers(data):
    """The markers up to the pixels."""
    markers, at = [], 2
    while markers[-1:] != [0xDA]:
        markers.append(data[at + 1])
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return markers


def png_chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_chunks(data):
    names, at = [], 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        names.append(data[at + 4 : at + 8])
        at += 12 + length
    return names


def png(width, height, *, chunks=b""):
    """One bit a pixel, all black."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    pixels = png_chunk(b"IDAT", zlib.compress(bytes((-(-width // 8) + 1) * height), 9))
    return b"\x89PNG\r\n\x1a\n" + header + chunks + pixels + png_chunk(b"IEND", b"")


def refusal_of(call, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return refused.value.reason


def test_jpeg_keeps_its_pixels_and_loses_everything_else():
    thumbnail = b"\xff\xed" + struct.pack(">H", 2 + 14 + len(CANARY)) + b"Photoshop 3.0\0" + CANARY
    data = encoded(
        picture(), exif=planted_exif(), comment=CANARY, xmp=b"<x:xmpmeta>" + CANARY, dpi=(301, 301), quality=95
    )
    data = data[:2] + thumbnail + data[2:] + b"<html>" + CANARY + b"</html>"
    assert data.count(CANARY) == 5
    assert struct.pack(">I", SECONDS) in data

    photo = uploads.photo(data)

    assert (photo.media_type, photo.width, photo.height) == ("image/jpeg", 60, 40)
    assert CANARY not in photo.data
    assert struct.pack(">I", SECONDS) not in photo.data
    assert struct.pack("<I", SECONDS) not in photo.data
    assert b"html" not in photo.data
    assert set(jpeg_markers(photo.data)) == {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}
    assert opened(photo).info["jfif_density"] == (1, 1)
    assert opened(photo).getpixel((10, 10)) == pytest.approx((254, 0, 0), abs=4)


def test_png_with_transparency_stays_png_of_three_chunks():
    image = picture("RGBA")
    image.putpixel((0, 0), (255, 0, 0, 0))
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", CANARY.decode())
    info.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    data = encoded(image, "PNG", pnginfo=info, exif=planted_exif(), icc_profile=swapped_profile())
    data += b"<script>" + CANARY + b"</script>"
    assert data.count(CANARY) == 4

    photo = uploads.photo(data)

    assert photo.media_type == "image/png"
    assert set(png_chunks(photo.data)) == {b"IHDR", b"IDAT", b"IEND"}
    assert png_chunks(photo.data)[-1] == b"IEND"
    assert CANARY not in photo.data
    assert opened(photo).getpixel((0, 0))[3] == 0


def test_png_without_transparency_becomes_jpeg_and_loses_its_html_tail():
    data = encoded(picture("RGBA"), "PNG") + b"<html><script>alert(1)</script></html>"

    photo = uploads.photo(data)

    assert photo.media_type == "image/jpeg"
    assert photo.data.endswith(b"\xff\xd9")
    assert b"script" not in photo.data


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_photo_stands_upright(orientation, form):
    data = encoded(picture(), form, exif=planted_exif(orientation))
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))

    photo = uploads.photo(data)

    assert (photo.width, photo.height) == upright.size
    corners = [(5, 5), (upright.width - 5, 5), (5, upright.height - 5), (upright.width - 5, upright.height - 5)]
    for corner in corners:
        assert opened(photo).getpixel(corner) == pytest.approx(upright.getpixel(corner), abs=6)


def test_photo_with_damaged_exif_is_taken_as_it_lies():
    data = encoded(picture(), exif=b"Exif\0\0MM\0*" + b"\xff" * 60)

    assert uploads.photo(data).width == 60


def test_colours_of_another_profile_are_converted_to_srgb():
    data = encoded(picture(), icc_profile=swapped_profile(), quality=95)

    photo = uploads.photo(data)

    red, green, _ = opened(photo).getpixel((10, 10))
    assert (red < 60, green > 200) == (True, True)
    assert "icc_profile" not in opened(photo).info


def test_profile_that_cannot_be_read_is_dropped():
    photo = uploads.photo(encoded(picture(), icc_profile=b"no profile at all" * 20))

    assert opened(photo).getpixel((10, 10)) == pytest.approx((254, 0, 0), abs=4)


@pytest.mark.parametrize(
    ("mode", "form"),
    [("1", "PNG"), ("L", "PNG"), ("P", "PNG"), ("RGB", "PNG"), ("I;16", "PNG"), ("L", "JPEG"), ("CMYK", "JPEG")],
)
def test_every_kind_of_pixel_is_drawn_as_rgb(mode, form):
    if mode == "I;16":
        image = Image.new(mode, (60, 40), 0x8000)
    else:
        image = Image.new("RGB", (60, 40), (128, 128, 128)).convert(
            mode, dither=Image.Dither.NONE, palette=Image.Palette.ADAPTIVE
        )

    photo = uploads.photo(encoded(image, form))

    assert (photo.media_type, opened(photo).mode) == ("image/jpeg", "RGB")
    grey = 255 if mode == "1" else 128
    assert opened(photo).getpixel((30, 20)) == pytest.approx((grey, grey, grey), abs=3)


@pytest.mark.parametrize("mode", ["LA", "P", "L", "RGB", "RGBA"])
def test_every_kind_of_transparency_is_kept(mode):
    options = {"transparency": {"P": 0, "L": 0, "RGB": (0, 0, 0)}[mode]} if mode in ("P", "L", "RGB") else {}
    image = Image.new(mode, (20, 20), 0 if mode in ("P", "L") else None)

    photo = uploads.photo(encoded(image, "PNG", **options))

    assert photo.media_type == "image/png"
    assert opened(photo).getpixel((5, 5)) == (0, 0, 0, 0)


def test_telephone_photo_of_two_frames_gives_its_first():
    data = encoded(picture(), "MPO", save_all=True, append_images=[Image.new("RGB", (60, 40), "black")])

    photo = uploads.photo(data)

    assert opened(photo).getpixel((10, 10)) == pytest.approx((254, 0, 0), abs=6)
    assert photo.data.count(b"\xff\xd8\xff") == 1


def test_large_photo_is_scaled_and_small_one_is_not():
    large = uploads.photo(encoded(picture(size=(900, 600))), max_edge=300)
    small = uploads.photo(encoded(picture()), max_edge=300)

    assert (large.width, large.height) == (300, 200)
    assert (small.width, small.height) == (60, 40)


@pytest.mark.parametrize(("size", "scaled"), [((4000, 1), (2400, 1)), ((1, 4000), (1, 2400))])
def test_line_of_a_photo_keeps_one_pixel(size, scaled):
    photo = uploads.photo(encoded(Image.new("RGB", size)))

    assert (photo.width, photo.height) == scaled


def test_largest_photo_allowed_fits_the_limits():
    data = encoded(Image.new("RGBA", (5000, 5000), (1, 2, 3, 100)), "PNG", compress_level=1)

    photo = uploads.photo(data)

    assert (photo.media_type, photo.width, photo.height) == ("image/png", 2400, 2400)


def test_400_megapixels_are_refused_from_the_header():
    started = time.monotonic()

    with pytest.raises(Refused) as refused:
        uploads.photo(png(20_000, 20_000), limits=Limits(memory_bytes=128 * MEGABYTE))

    assert time.monotonic() - started < 1
    assert refused.value.sentence == (
        "The photo must have no more than 25 megapixels; yours has 400 (20000 × 20000). Save a smaller copy."
    )


def test_400_megapixels_let_through_run_into_the_memory_limit():
    bomb = png(20_000, 20_000)

    assert refusal_of(uploads.photo, bomb, max_pixels=10**9, limits=Limits(memory_bytes=128 * MEGABYTE)) == "too_heavy"


def test_text_that_unpacks_to_more_than_the_picture_is_refused():
    bomb = png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(64 * MEGABYTE), 9))

    assert uploads.photo(png(10, 10, chunks=png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"hello")))).width == 10
    assert refusal_of(uploads.photo, png(10, 10, chunks=bomb)) == "broken"


NO_PHOTO = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "html": b"<!DOCTYPE html><script>alert(1)</script>",
    "gif": encoded(picture(), "GIF"),
    "tiff": encoded(picture(), "TIFF"),
    "bmp": encoded(picture(), "BMP"),
    "ppm": encoded(picture(), "PPM"),
    "webp": encoded(picture(), "WEBP"),
    "ico": encoded(picture(), "ICO"),
    "pdf": encoded(picture(), "PDF"),
    "jpeg2000": encoded(picture(), "JPEG2000"),
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "text": b"a photo, honestly",
    "one byte": b"\xff",
}


@pytest.mark.parametrize("kind", NO_PHOTO)
def test_other_types_are_refused_as_photos(kind):
    assert refusal_of(uploads.photo, NO_PHOTO[kind]) == "not_photo"


@pytest.mark.parametrize("kind", sorted(NO_PHOTO.keys() - {"pdf"}))
def test_other_types_are_refused_as_documents(kind):
    assert refusal_of(uploads.document, NO_PHOTO[kind]) == "not_document"


@pytest.mark.parametrize("check", [uploads.photo, uploads.document])
@pytest.mark.parametrize("brand", [b"heic", b"mif1"])
def test_heic_is_named_with_the_way_to_send_a_jpeg(brand, check):
    with pytest.raises(Refused) as refused:
        check(b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mif1heic" + bytes(300))

    assert refused.value.sentence == (
        "This photo is in the HEIC format; send it as JPEG. On an iPhone choose Settings, Camera, Formats, Most "
        "Compatible and take it again; elsewhere open the photo and save a copy as JPEG."
    )


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_photo_cut_off_at_any_of_50_places_is_refused(form):
    data = encoded(Image.effect_noise((80, 60), 90).convert("RGB"), form)
    cuts = [len(data) * step // 51 for step in range(1, 51)]

    reasons = {refusal_of(uploads.photo, data[:cut]) for cut in cuts}

    assert reasons <= {"broken", "not_photo"}


def test_random_bytes_behind_a_true_start_are_refused():
    chance = random.Random(21)

    for start in (b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", encoded(picture())[:200]):
        for _ in range(5):
            assert refusal_of(uploads.photo, start + chance.randbytes(2000)) in {
                "broken",
                "not_photo",
                "too_many_pixels",
            }


@pytest.mark.parametrize("check", [uploads.photo, uploads.document, uploads.advisory_text])
def test_empty_and_oversized_files_are_refused_unopened(check):
    assert refusal_of(check, b"") == "empty"
    with pytest.raises(Refused) as refused:
        check(bytes(14 * MEGABYTE))
    assert refused.value.sentence == "The file must be no larger than 10 MB; yours is 14 MB. Save a smaller copy."


def test_one_byte_too_many_reads_as_more_than_the_limit():
    assert str(too_big(10 * MEGABYTE + 1, limit=10 * MEGABYTE)).startswith(
        "The file must be no larger than 10 MB; yours is 10.1 MB."
    )


@pytest.mark.parametrize("reason", SENTENCES)
def test_sentence_says_what_to_do(reason):
    sentence = SENTENCES[reason]

    assert re.search(r"\b([Cc]hoose|[Ss]ave|[Kk]eep)\b", sentence)
    assert re.search(r"\b(invalid|required|please|oops|error|sorry)\b", sentence, re.IGNORECASE) is None
    assert sentence.endswith(".")
