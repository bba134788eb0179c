"""Prints cards: its own process, which is given words and photographs, no database and no keys, and ends with the job.

``badge_sheets`` starts it in a temporary folder of its own. It reads a line of JSON and the photographs' bytes, and
answers with a line of JSON and the document's.
"""

import io
import json
import sys
from pathlib import Path

import typst
from PIL import Image, ImageOps

TEMPLATE = Path(__file__).parent / "badges.typ"
DOTS = 300 / 25.4  # a millimetre of a photograph
QUALITY = 82
HEAD = (0.5, 0.2)  # of what is too much of an upright picture most is cut off below: heads are above
Image.MAX_IMAGE_PIXELS = 20_000_000  # Pillow refuses twice as many: a heap of them would take the machine's memory


def main():
    question = json.loads(sys.stdin.buffer.readline())
    bad = []
    for picture in question["photos"]:
        data = sys.stdin.buffer.read(picture["bytes"])
        try:
            Path(picture["name"]).write_bytes(cropped(data, question["photo_mm"]))
        except Exception:  # decoders raise what they like; one photo never keeps a job from being printed
            bad.append(picture["name"])
    for card in question["content"]["cards"]:
        if card["photo"] in bad:
            card["photo"] = ""
    Path("content.json").write_text(json.dumps(question["content"]))
    document, cut = typeset(question)
    sys.stdout.buffer.write(json.dumps({"bad": bad, "cut": cut}).encode() + b"\n" + document)


def cropped(data, millimetres):
    """The picture cut to the shape of its place with the head in it, at 300 dots an inch."""
    edges = tuple(max(1, round(edge * DOTS)) for edge in millimetres)
    with Image.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as picture:
        picture.draft("RGB", edges)  # no smaller than this; the decoder leaves out what is finer
        shown = ImageOps.fit(picture.convert("RGB"), edges, Image.Resampling.BILINEAR, centering=HEAD)
    shown.info.clear()  # what a camera or a hand wrote beside the picture
    out = io.BytesIO()
    shown.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def typeset(question):
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[question["fonts"]])
    main = Path(TEMPLATE.name)
    main.write_bytes(TEMPLATE.read_bytes())  # it reads nothing but what lies beside it
    compiler = typst.Compiler(str(main), root=".", font_paths=fonts, ignore_system_fonts=True)
    how = {"format": "png", "ppi": question["ppi"]} if question["ppi"] else {"format": "pdf", "pdf_tags": False}
    document = compiler.compile(**how, timestamp=question["at"])
    cut = json.loads(compiler.query("<cut>", field="value"))
    return document, cut


if __name__ == "__main__":
    main()
