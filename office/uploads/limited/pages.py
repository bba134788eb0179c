"""Draws one page of a PDF as PNG, for officers and applicants to look at. Runs in the limited process.

Typefaces that the file does not bring along are the library's own: no other file can be opened here.
"""

import io

import pypdfium2
from PIL import Image
from protocol import Refusal

Image.preinit()


def work(options, data):
    """``options``: page (from 1) and max_edge. Returns ({width, height}, bytes)."""
    document = pypdfium2.PdfDocument(data)
    if not 1 <= options["page"] <= len(document):
        raise Refusal("broken")
    page = document[options["page"] - 1]
    longest = max(page.get_size())
    if not longest > 0:  # neither is what is no number
        raise Refusal("broken")
    bitmap = page.render(scale=options["max_edge"] / longest, draw_annots=False)
    image = bitmap.to_pil().convert("RGB")
    image.thumbnail((options["max_edge"], options["max_edge"]))  # rounding may give a pixel more
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=6)
    return {"width": image.width, "height": image.height}, out.getvalue()
