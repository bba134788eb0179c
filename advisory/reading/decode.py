"""Bytes of an uploaded file to text, whatever encoding an office saved it in."""

import codecs
import re

from charset_normalizer import from_bytes

from .draft import Warning, gettext_noop

MAX_BYTES = 200 * 1024

_BOMS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
_BINARY_HEADS = [
    (b"%PDF", gettext_noop("The file is a PDF, not plain text. Save it as text, or paste the words.")),
    (b"\x89PNG", gettext_noop("The file is a PNG picture, not plain text. Save it as text, or paste the words.")),
    (b"\xff\xd8\xff", gettext_noop("The file is a JPEG picture, not plain text. Save it as text, or paste the words.")),
    (b"GIF8", gettext_noop("The file is a GIF picture, not plain text. Save it as text, or paste the words.")),
    (
        b"PK\x03\x04",
        gettext_noop("The file is a zip or Office file, not plain text. Save it as text, or paste the words."),
    ),
    (
        b"\xd0\xcf\x11\xe0",
        gettext_noop("The file is an old Office file, not plain text. Save it as text, or paste the words."),
    ),
    (b"\x1f\x8b", gettext_noop("The file is a compressed file, not plain text. Save it as text, or paste the words.")),
    (b"\x7fELF", gettext_noop("The file is a program, not plain text. Save it as text, or paste the words.")),
    (b"{\\rtf", gettext_noop("The file is an RTF file, not plain text. Save it as text, or paste the words.")),
]
_CANDIDATES = [
    "cp1252",
    "cp1251",
    "cp1256",
    "gb18030",
    "big5",
    "iso8859_5",
    "koi8_r",
    "iso8859_6",
    "cp1250",
    "iso8859_15",
]


class Refused(ValueError):
    """``sentence`` is marked for translation; ``values`` fill its %(name)s."""

    def __init__(self, sentence, **values):
        self.sentence, self.values = sentence, values
        super().__init__(sentence % values if values else sentence)


class TooLarge(Refused):
    """The file is over MAX_BYTES."""


class NotText(Refused):
    """The bytes are a picture, an archive or another binary file."""


def decode(data):
    """The text of a file and a list of Warnings. Raises TooLarge or NotText, each one clear sentence."""
    if len(data) > MAX_BYTES:
        raise TooLarge(gettext_noop("The file is over %(limit)s kB. Paste only the advisory."), limit=MAX_BYTES // 1024)
    for head, sentence in _BINARY_HEADS:
        if data.startswith(head):
            raise NotText(sentence)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace").lstrip("\ufeff"), []
    wide = _wide_without_bom(data)
    if wide:
        return data.decode(wide, errors="replace"), []
    controls = sum(data.count(bytes([code])) for code in (*range(1, 7), *range(14, 27), 28, 29, 30, 31))
    if b"\x00" in data or controls > max(8, len(data) // 50):
        raise NotText(gettext_noop("The file is not plain text. Save it as text, or paste the words."))
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        return _legacy(data)


def _wide_without_bom(data):
    """UTF-16 saved without its mark shows as every second byte zero in Western text."""
    sample = data[:2000]
    if len(sample) < 8 or len(data) % 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.7 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.7 and odd < half * 0.1 else None


def _legacy(data):
    """Text in a one- or two-byte encoding: our scoring proposes, charset-normalizer confirms ties."""
    broken = data.decode("utf-8", errors="replace")
    bad = broken.count("\ufffd")
    if bad * 20 < sum(1 for char in broken if char > "\x7f"):
        return broken, [
            Warning(
                "encoding_damaged",
                "title",
                gettext_noop("Some characters were damaged and could not be read: check the text."),
            )
        ]
    scores = {}
    for encoding in _CANDIDATES:
        try:
            scores[encoding] = _plausibility(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    if not scores:
        return data.decode("cp1252", errors="replace"), [_assumed("Windows-1252")]
    best = max(scores, key=scores.get)
    if scores[best] <= 0:
        guess = from_bytes(data[:20_000]).best()
        best = guess.encoding if guess else "cp1252"
    return data.decode(best, errors="replace"), [_assumed(best)]


_TYPOGRAPHY = set("–—‘’“”«»•…€°´·№ºª©®¿¡„‚")
_COMMON = {
    "latin": set("éèêàâçîïôûùëüöäßáíóúñãõœæøåÉÈÀÇÁÍÓÚÑÖÜÄ"),
    "cyrillic": set("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфё"),
    "arabic": set("البيتمنرودعسفكهقحجخصطةشىضظغءثذزأإؤئآ،؟"),
}


def _plausibility(text):
    """How much the non-ASCII characters look like one script as people write it; higher is better."""
    score, mixed = 0.0, 0
    words = re.findall(r"[^\W\d_]+", text[:20_000])
    for char in text[:20_000]:
        if char <= "\x7f":
            continue
        if char in _TYPOGRAPHY or any(char in letters for letters in _COMMON.values()) or "\u4e00" <= char <= "\u9fff":
            score += 1
        elif "А" <= char <= "Я":
            score += 0.3
        else:
            score -= 1
    for word in words:
        scripts = {_script(char) for char in word}
        mixed += len(scripts) > 1
        if len(word) > 1 and word[0].islower() and any(char.isupper() for char in word[1:]):
            mixed += 1
    return score - 3 * mixed + 0.25 * _common_hanzi(text)


def _script(char):
    return "c" if "Ѐ" <= char <= "ӿ" else "a" if "؀" <= char <= "ۿ" else "z" if char >= "\u2e80" else "l"


def _common_hanzi(text):
    return sum(text.count(char) for char in "的在年月日中国人会时间地点和将新闻")


def _assumed(encoding):
    return Warning(
        "encoding_assumed",
        "title",
        gettext_noop("The file was read as %(encoding)s; check accented letters and quotation marks."),
        {"encoding": encoding},
    )
