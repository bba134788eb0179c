"""The file of an export, row after row: CSV streamed to its officer, XLSX made by the worker and sealed."""

import csv
import io
import logging
import tempfile
from datetime import timedelta
from pathlib import Path

from django.utils import timezone, translation

from accreditation.delegation_table import harmless
from accreditation.desk import columns, exports
from accreditation.models import Export
from office.encryption import store_sealed
from office.models.proposal import Outcome

log = logging.getLogger("rostrum.exports")
BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheets know UTF-8
AT_ONCE = 500  # rows written to the network together
LONGEST_CELL = 32_767  # characters, in XLSX
# What a person typed is text: never a formula, a link or a number
PLAIN = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip


def titles(export):
    return [str(column.title) for column in _columns(export)]


def cells(export):
    """Iterates over the texts of each row, in the language of the moment of the call."""
    tellers = columns.tellers(_columns(export), export.meeting)
    rows = columns.rows(exports.listed(export), _columns(export))
    return ([tell(value) for tell, value in zip(tellers, row, strict=True)] for row in rows)


def _columns(export):
    return [columns.BY_SLUG[slug] for slug in export.columns if slug in columns.BY_SLUG]


def csv_lines(export):
    """Iterates over UTF-8 bytes (RFC 4180); no cell is taken for a formula."""
    head, rows = titles(export), cells(export)
    return _written(head, rows)


def _written(head, rows):
    kept = io.StringIO()
    writer = csv.writer(kept)
    kept.write(BYTE_ORDER_MARK)
    writer.writerow(head)
    for number, row in enumerate(rows, 1):
        writer.writerow([harmless(cell) for cell in row])
        if number % AT_ONCE == 0:
            yield kept.getvalue().encode()
            kept.seek(0)
            kept.truncate()
    yield kept.getvalue().encode()


def make(export, *, at=None):
    """Make and seal the XLSX file of an export, in the language of its officer. Raises exports.ExportRefused."""
    exports.release(export, at=at or timezone.now())
    try:
        _make(export)
    except BaseException:  # nothing left the house: the next run tries again
        Export.objects.filter(pk=export.pk).update(made_at=None)
        raise


def _make(export):
    with translation.override(export.by.language), tempfile.TemporaryDirectory(prefix="rostrum-") as folder:
        path = Path(folder, "list.xlsx")
        _write(path, folder, export)
        export.file = store_sealed(path.read_bytes(), bound_to=exports.place(export))
    export.save(update_fields=["file"])


def _write(path, folder, export):
    import xlsxwriter  # only the worker needs it

    with xlsxwriter.Workbook(path, PLAIN | {"tmpdir": folder}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, titles(export), book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(cells(export), 1):
            for place, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, place, cell[:LONGEST_CELL])


def make_waiting(*, at=None, most=5):
    """XLSX files that were asked for and allowed; return how many were made."""
    at, made = at or timezone.now(), 0
    due = Export.objects.filter(kind=exports.XLSX, made_at=None, asked_at__gt=at - timedelta(days=30))
    due = due.exclude(proposal__isnull=False, proposal__outcome=Outcome.OPEN)
    for export in due.select_related("meeting", "by", "proposal").order_by("asked_at"):
        if made == most:
            break
        if exports.is_allowed(export) and not exports.is_over(export, at):
            try:
                make(export, at=at)
                made += 1
            except Exception:
                log.exception("A list could not be made.", extra={"fields": {"export": export.pk}})
    return made
