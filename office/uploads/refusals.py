"""Why a file is refused, in the words the person who chose it reads."""

from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_noop

MEGABYTE = 1000 * 1000  # as phones show it and limits are set; 1,048,576 bytes are a mebibyte (IEC 80000-13)

SENTENCES = {
    "empty": gettext_noop("This file is empty. Choose another copy of it."),
    "too_big": gettext_noop("The file must be no larger than {limit} MB; yours is {size} MB. Save a smaller copy."),
    "not_photo": gettext_noop("The photo must be a JPEG or PNG file. Save it as JPEG and choose that copy."),
    "not_document": gettext_noop("The document must be a PDF, JPEG or PNG file. Save it as PDF and choose that copy."),
    "not_advisory": gettext_noop(
        "The advisory must be a Word file (.docx) or plain text. Save it as .docx and choose that, or paste the text."
    ),
    "heic": gettext_noop(
        "This photo is in the HEIC format; send it as JPEG. On an iPhone choose Settings, Camera, Formats, Most "
        "Compatible and take it again; elsewhere open the photo and save a copy as JPEG."
    ),
    "old_word": gettext_noop(
        "This is a file of an older Word (.doc). Open it, save it as .docx and choose that copy, or paste the text."
    ),
    "locked": gettext_noop(
        "This PDF is locked or protected by a password. Print it to a new PDF without protection and choose that."
    ),
    "locked_word": gettext_noop(
        "This Word file is protected by a password. Remove the password in Word and choose the file again, or paste "
        "the text."
    ),
    "form_only": gettext_noop(
        "This PDF is a form that only some programs can show. Print it to a new PDF and choose that."
    ),
    "broken": gettext_noop(
        "This file is damaged or incomplete. Open it on your computer, save a new copy and choose that."
    ),
    "too_many_pages": gettext_noop(
        "The document must have no more than {limit} pages; yours has {pages}. Keep only the pages we ask for."
    ),
    "too_many_pixels": gettext_noop(
        "The photo must have no more than {limit} megapixels; yours has {megapixels} ({width} × {height}). "
        "Save a smaller copy."
    ),
    "too_expanded": gettext_noop(
        "This Word file holds far more than an advisory. Remove its pictures and choose it again, or paste the text."
    ),
    "too_heavy": gettext_noop(
        "This file takes too long to open. Save a simpler copy (print a document to a new PDF) and choose that."
    ),
}


class Refused(Exception):
    """``sentence`` is for the person, in their language; ``reason`` is its key in ``sentences``, for code and logs.

    Who has refusals of their own makes a subclass with sentences of its own.
    """

    sentences = SENTENCES

    def __init__(self, reason, **values):
        self.reason = reason
        shown = {name: number_format(value) for name, value in values.items()}
        self.sentence = gettext(self.sentences[reason]).format(**shown)
        super().__init__(self.sentence)


def too_big(size, *, limit):
    """Both in bytes. The size is rounded up, so that "no larger than 10 MB; yours is 10 MB" cannot be read."""
    tenths = -(-size * 10 // MEGABYTE)
    return Refused("too_big", limit=_short(limit / MEGABYTE), size=_short(tenths / 10))


def _short(number):
    return int(number) if number == int(number) else round(number, 1)
