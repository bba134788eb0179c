"""Joins PDFs to one while they are made: what was added is written, and only where it stands is remembered.

pikepdf reads them. Its own joining holds every photograph and font until the whole is saved (pikepdf 10).
"""

import io
from array import array

import pikepdf

PAGES, CATALOG, ABOUT = 1, 2, 3  # numbers of the objects that ``finish`` writes


class Joined:
    """``to`` is any binary stream. ISO 32000-2, 7.5: a file is objects, and the table of where each begins."""

    def __init__(self, to):
        self._to, self._at = to, 0
        self._places = array("Q", [0] * (ABOUT + 1))  # the byte at which each object begins, by its number
        self._pages = []
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")  # bytes above 127: to be carried as binary

    def add(self, document):
        """Add the pages of a PDF, and what they need."""
        self._numbers, self._waiting = {}, []  # {object of the part: its number here}; those that are not written yet
        with pikepdf.open(io.BytesIO(document), conversion_mode="explicit") as part:
            for page in part.pages:
                self._numbers[page.obj.Parent.objgen] = PAGES
                self._pages.append(self._number(page.obj))
            while self._waiting:
                one = self._waiting.pop()
                self._object(self._numbers[one.objgen], self._body(one))

    def finish(self, *, title):
        kids = b" ".join(b"%d 0 R" % number for number in self._pages)
        self._object(PAGES, b"<</Type /Pages /Count %d /Kids [%s]>>" % (len(self._pages), kids))
        self._object(CATALOG, b"<</Type /Catalog /Pages %d 0 R>>" % PAGES)
        self._object(ABOUT, b"<</Title %s>>" % pikepdf.String(title).unparse())
        table, count = self._at, len(self._places)
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % count)
        for number in range(1, count):
            self._write(b"%010d 00000 n \n" % self._places[number])
        trailer = b"<</Size %d /Root %d 0 R /Info %d 0 R>>" % (count, CATALOG, ABOUT)
        self._write(b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (trailer, table))

    def _number(self, one):
        if one.objgen not in self._numbers:
            self._numbers[one.objgen] = len(self._places)
            self._places.append(0)
            self._waiting.append(one)
        return self._numbers[one.objgen]

    def _body(self, one):
        if not isinstance(one, pikepdf.Stream):
            return self._direct(one)
        data = one.read_raw_bytes()
        said = [self._entry(key, value) for key, value in one.items() if key != "/Length"]
        return b"<<%s /Length %d>>\nstream\n%s\nendstream" % (b" ".join(said), len(data), data)

    def _direct(self, value):
        if isinstance(value, pikepdf.Array):
            return b"[%s]" % b" ".join(self._told(item) for item in value)
        if isinstance(value, pikepdf.Dictionary):
            return b"<<%s>>" % b" ".join(self._entry(key, item) for key, item in value.items())
        return value.unparse(resolved=True)

    def _entry(self, key, value):
        return pikepdf.Name(key).unparse() + b" " + self._told(value)

    def _told(self, value):
        if value is None:  # pikepdf's null
            return b"null"
        return b"%d 0 R" % self._number(value) if value.is_indirect else self._direct(value)

    def _object(self, number, body):
        self._places[number] = self._at
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def _write(self, data):
        self._at += len(data)
        self._to.write(data)
