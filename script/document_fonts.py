"""Cuts the faces of the documents (PDF) from Debian's Noto packages; ``script/fonts`` calls it.

The scripts kept are Latin, Greek and Cyrillic; Arabic; Devanagari and Thai, for names on badges; and the Han of GB 2312
and Big5, one weight of it. Beside the faces stands ``coverage.txt``, the characters that any of them can draw.
"""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FROM = Path("/usr/share/fonts")
INTO = Path("advisory/renditions/fonts")
NOTO = FROM / "truetype/noto"
HAN = FROM / "opentype/noto/NotoSansCJK-Regular.ttc"
SIMPLIFIED = "Noto Sans CJK SC"  # of the languages in the collection

# Latin with its extensions, Greek, Cyrillic, marks, punctuation, currencies, letterlike, the replacement mark
LATIN = [
    *[range(0x20, 0x7F), range(0xA0, 0x250), range(0x2B0, 0x378), range(0x384, 0x530), range(0x1E00, 0x1F00)],
    *[range(0x2000, 0x2070), range(0x2070, 0x20D0), range(0x2100, 0x2150), range(0xFB00, 0xFB07), [0x25CC, 0xFFFD]],
]
ARABIC = [
    *[range(0x600, 0x700), range(0x750, 0x780), range(0x8A0, 0x900), range(0xFB50, 0xFE00), range(0xFE70, 0xFEFF)],
    *[[0x20, 0xA0], range(0x200C, 0x2010), [0x25CC]],
]
DEVANAGARI = [range(0x900, 0x980), range(0xA8E0, 0xA900), range(0x1CD0, 0x1D00), [0x20, 0x200C, 0x200D, 0x20B9, 0x25CC]]
THAI = [range(0xE00, 0xE80), [0x20, 0x200C, 0x200D, 0x25CC]]
SIGNS = [range(0x2150, 0x2300), range(0x25A0, 0x2700)]  # the minus sign among them
VERTICAL = {"vert", "vrt2", "vhal", "vpal", "vkrn"}
LANGUAGE_VARIANTS = {"locl", "jp78", "jp83", "jp90", "trad", "hojo", "nlck", "ruby", "hist", "aalt", "pwid", "liga"}

FACES = {
    "NotoSans-Regular.ttf": (NOTO / "NotoSans-Regular.ttf", LATIN),
    "NotoSans-Bold.ttf": (NOTO / "NotoSans-Bold.ttf", LATIN),
    "NotoSans-Italic.ttf": (NOTO / "NotoSans-Italic.ttf", LATIN),
    "NotoSerif-Bold.ttf": (NOTO / "NotoSerif-Bold.ttf", LATIN),
    "NotoSansMath-Regular.ttf": (NOTO / "NotoSansMath-Regular.ttf", SIGNS),
    "NotoSansArabic-Regular.ttf": (NOTO / "NotoSansArabic-Regular.ttf", ARABIC),
    "NotoSansArabic-Bold.ttf": (NOTO / "NotoSansArabic-Bold.ttf", ARABIC),
    "NotoSansDevanagari-Regular.ttf": (NOTO / "NotoSansDevanagari-Regular.ttf", DEVANAGARI),
    "NotoSansDevanagari-Bold.ttf": (NOTO / "NotoSansDevanagari-Bold.ttf", DEVANAGARI),
    "NotoSansThai-Regular.ttf": (NOTO / "NotoSansThai-Regular.ttf", THAI),
    "NotoSansThai-Bold.ttf": (NOTO / "NotoSansThai-Bold.ttf", THAI),
}


def main():
    INTO.mkdir(exist_ok=True)
    covered = set()
    for name, (source, ranges) in FACES.items():
        covered |= cut(TTFont(source), {point for points in ranges for point in points}, INTO / name)
    collection = subset.load_font(str(HAN), subset.Options(font_number=number_of(SIMPLIFIED)))
    covered |= cut(collection, set(han()), INTO / "NotoSansCJKsc-Regular.otf", without=VERTICAL | LANGUAGE_VARIANTS)
    (INTO / "coverage.txt").write_text("".join(f"{first:X}-{last:X}\n" for first, last in spans(covered)))
    for file in sorted(INTO.iterdir()):
        print(f"{file.stat().st_size / 1e6:6.2f} MB  {file.name}")


def cut(font, points, path, *, without=frozenset()):
    """Write the face with these code points alone, unhinted; return those it has."""
    options = subset.Options(
        hinting=False,
        layout_features=["*"],
        drop_tables=[*subset.Options().drop_tables, "VORG", "vhea", "vmtx", "MATH"],
    )
    cutter = subset.Subsetter(options)
    if without:
        tags = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
        tags |= {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
        options.layout_features = sorted(tags - without)
    cutter.populate(unicodes=points)
    cutter.subset(font)
    subset.save_font(font, str(path), options)
    return set(TTFont(path).getBestCmap())


def number_of(family):
    """Place of a language's face in the collection."""
    number = 0
    while True:
        font = TTFont(HAN, fontNumber=number, lazy=True)
        if font["name"].getDebugName(1) == family:
            return number
        number += 1


def han():
    """Every character of GB 2312 and of Big5; Latin, Greek and Cyrillic come from the other faces."""
    for point in [*range(0x2000, 0x10000), *range(0x20000, 0x30000)]:
        for encoding in ("gb2312", "big5"):
            try:
                chr(point).encode(encoding)
            except UnicodeEncodeError:
                continue
            yield point
    yield from range(0x3000, 0x3040)
    yield from range(0xFF01, 0xFF5F)


def spans(points):
    """Runs of neighbours as (first, last)."""
    first = last = None
    for point in sorted(points):
        if last is not None and point != last + 1:
            yield first, last
            first = point
        first, last = point if first is None else first, point
    yield first, last


if __name__ == "__main__":
    main()
