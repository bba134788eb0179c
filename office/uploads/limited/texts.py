"""Reads the words of a PDF's first pages, where it has any: a scan has none. Runs in the limited process."""

import pypdfium2

"".encode("utf-16-le")  # the library's own; its codec is a file, which is opened here, before the fence


def work(options, data):
    """``options``: max_pages and max_characters of all pages together. Returns ({pages}, words parted by \\f)."""
    document, left, found = pypdfium2.PdfDocument(data), options["max_characters"], []
    for number in range(min(len(document), options["max_pages"])):
        words = document[number].get_textpage().get_text_bounded()[:left].replace("\f", " ")
        found.append(words)
        left -= len(words)
    return {"pages": len(found)}, "\f".join(found).encode(errors="replace")
