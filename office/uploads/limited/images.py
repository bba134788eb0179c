"""Decodes a photo and draws its pixels anew, so that nothing else of the file is left. Runs in the limited process."""

import io
import warnings

from PIL import Image, ImageCms, MpoImagePlugin, PngImagePlugin, TiffImagePlugin, UnidentifiedImageError
from protocol import Refusal

ORIENTATION_TAG = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
JPEG_QUALITY = 88
MAX_TEXT_BYTES = 1024 * 1024
LOADED_EARLY = (MpoImagePlugin, TiffImagePlugin)  # several phones' JPEG, and the reader of EXIF: no import later on
Image.preinit()


def work(options, data):
    """``options``: max_edge and max_pixels. Returns ({media_type, width, height}, bytes)."""
    image = _opened(data, max_pixels=options["max_pixels"])
    edges = (options["max_edge"], options["max_edge"])
    turn = _turn(image)
    profile = image.info.get("icc_profile")
    image.draft(None, edges)  # a large JPEG is decoded at a half, a quarter or an eighth
    image = _in_plain_mode(image)
    image.thumbnail(edges, Image.Resampling.LANCZOS)
    image = _in_srgb(image, profile)
    if turn is not None:  # FLIP_LEFT_RIGHT is 0
        image = image.transpose(turn)
    return _encoded(image)


def _opened(data, *, max_pixels):
    """Reads the header alone. The size is ours to check first, so that the refusal can name it."""
    PngImagePlugin.MAX_TEXT_MEMORY = MAX_TEXT_BYTES
    Image.MAX_IMAGE_PIXELS = None
    try:
        image = Image.open(io.BytesIO(data), formats=["JPEG", "PNG"])
    except UnidentifiedImageError:
        raise Refusal("not_photo") from None
    width, height = image.size
    if width * height > max_pixels:
        megapixels = {"limit": max_pixels // 10**6, "megapixels": -(-width * height // 10**6)}
        raise Refusal("too_many_pixels", width=width, height=height, **megapixels)
    Image.MAX_IMAGE_PIXELS = max_pixels  # for what a plugin opens inside the file
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    return image


def _turn(image):
    """How the camera was held; a damaged EXIF block loses the turn, not the photo."""
    try:
        return TURNS.get(image.getexif().get(ORIENTATION_TAG))
    except Exception:
        return None


def _in_plain_mode(image):
    """RGBA where anything is transparent, else L, RGB or CMYK, which can be scaled and have colour profiles."""
    image.load()
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.convert("I").point(lambda value: value / 256).convert("L")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _in_srgb(image, profile):
    """A profile that cannot be read or does not fit the pixels is dropped, as browsers do."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image.convert(mode)


def _encoded(image):
    if image.mode == "RGBA" and image.getchannel("A").getextrema()[0] == 255:
        image = image.convert("RGB")
    fresh = Image.new(image.mode, image.size)
    fresh.paste(image)  # pixels alone: savers copy comments and resolution out of ``info``
    out = io.BytesIO()
    if fresh.mode == "RGBA":
        fresh.save(out, "PNG", compress_level=3)
        media_type = "image/png"
    else:
        fresh.save(out, "JPEG", quality=JPEG_QUALITY)
        media_type = "image/jpeg"
    return {"media_type": media_type, "width": fresh.width, "height": fresh.height}, out.getvalue()
