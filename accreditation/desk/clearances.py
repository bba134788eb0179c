"""What security answers: read row by row, told row by row, and taken in by its signature or by two officers."""

import csv
import hashlib
import io
import json
import logging
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.desk.exports import SECURITY
from accreditation.models import Registration
from accreditation.states import Clearance
from office import proposals, signing
from office.encryption import CannotOpen, read_sealed, remove_sealed, store_sealed, unreadable

log = logging.getLogger("rostrum.security")
ACTION, SUBJECT = "clearance", "advisory.Meeting"
MOST_BYTES, MOST_ROWS = 2_000_000, 50_000
RESULTS = {"clear": Clearance.CLEAR, "not clear": Clearance.NOT_CLEAR, "not_clear": Clearance.NOT_CLEAR}
COLUMNS = ["reference", "result", "until"]


class ResultRefused(Exception):
    """The file cannot be used; nothing was changed, and the message says why."""


@dataclass(frozen=True)
class Line:
    """One row of a result: ``problem`` is empty where it can be taken in."""

    number: int
    reference: str
    result: str = ""
    until: date | None = None
    key: object = None
    problem: str = ""


def read(data):
    """[(reference, result, until)] as texts, of CSV or JSON in UTF-8. Whatever else stands in it is not kept."""
    if len(data) > MOST_BYTES:
        raise ResultRefused(_("The file is too big: 2 MB at most."))
    try:
        text = data.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        raise ResultRefused(_("The file is no text in UTF-8. Save it as CSV UTF-8 or as JSON.")) from None
    rows = _of_json(text) if text.lstrip().startswith(("{", "[")) else _of_csv(text)
    if not rows:
        raise ResultRefused(_("The file has no row. Its columns are: reference, result, until."))
    if len(rows) > MOST_ROWS:
        raise ResultRefused(_("The file has too many rows: 50,000 at most."))
    return [tuple(_text(row.get(name)) for name in COLUMNS) for row in rows]


def _text(cell):
    """JSON can escape half a character, which no page can show."""
    return str(cell or "").encode(errors="replace").decode().strip()[:100]


def _of_json(text):
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise ResultRefused(_("The file begins as JSON and cannot be read as such.")) from None
    rows = content.get("results") if isinstance(content, dict) else content
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ResultRefused(_("The file has no row. Its columns are: reference, result, until."))
    return rows


def _of_csv(text):
    first = text.partition("\n")[0]
    try:
        reader = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in first else ",")
        reader.fieldnames = [str(name).strip().lower() for name in reader.fieldnames or []]
        if missing := [name for name in COLUMNS if name not in reader.fieldnames]:
            raise ResultRefused(
                _("The first row has to name the columns. Missing: %(names)s.") % {"names": ", ".join(missing)}
            )
        return list(reader)
    except csv.Error:
        raise ResultRefused(_("The file cannot be read as CSV.")) from None


def lines(meeting, rows, *, on=None):
    """[Line] for each row, in its order; one statement. Who was never handed over is as unknown as who never was."""
    on = on or timezone.localdate()
    handed = Registration.objects.nameable().filter(
        meeting=meeting, disclosures__export__kind=SECURITY, disclosures__export__made_at__isnull=False
    )
    known = dict(handed.values_list("reference", "pk"))
    seen, told = set(), []
    for number, (reference, result, until) in enumerate(rows, 1):
        reference = reference.upper()
        line = _line(number, reference, result.lower(), until, known.get(reference), on)
        if not line.problem and reference in seen:
            line = Line(number, reference, problem=_("This reference stands in the file twice."))
        seen.add(reference)
        told.append(line)
    return told


def _line(number, reference, result, until, key, on):
    if key is None:
        return Line(number, reference, problem=_("Nobody with this reference was handed over for this meeting."))
    if result not in RESULTS:
        return Line(number, reference, problem=_("The result is neither “clear” nor “not clear”."))
    try:
        day = date.fromisoformat(until)
    except ValueError:
        return Line(number, reference, problem=_("“Until” is no day such as 2026-09-30."))
    if day < on:
        return Line(number, reference, problem=_("The day until which it holds is past."))
    return Line(number, reference, str(RESULTS[result]), day, key)


@transaction.atomic
def take_in(told):
    """Set the flags of the lines without a problem; return how many. No status moves."""
    groups = defaultdict(list)
    for line in told:
        if not line.problem:
            groups[line.result, line.until].append(line.key)
    done = 0
    for (result, until), keys in groups.items():
        for start in range(0, len(keys), 500):
            rows = Registration.objects.nameable().filter(pk__in=keys[start : start + 500])
            done += rows.update(clearance=result, clearance_until=until)
    return done


def is_from_security(data, signature):
    key = settings.SECURITY_PUBLIC_KEY
    return bool(key) and signing.is_signed(data, signature, by=key)


def receive(meeting, data, *, signature, by):
    """(what was taken in, Proposal): with security's own signature at once, [Line] and None; else [] and a proposal.

    Raises ResultRefused, and proposals.ProposalRefused while another result waits.
    """
    rows = read(data)
    if signature:
        if not is_from_security(data, signature):
            raise ResultRefused(
                _("The signature is not that of this file by the key of security. Nothing was changed.")
            )
        told = lines(meeting, rows)
        count = take_in(told)
        log.info("A signed result was taken in.", extra={"fields": {"meeting": meeting.pk, "rows": count, "by": by.pk}})
        return told, None
    digest = hashlib.sha256(data).hexdigest()
    name = store_sealed(data, bound_to=_place(meeting, digest))
    try:
        content = {"file": name, "digest": digest, "rows": len(rows)}
        proposal = proposals.propose(
            action=ACTION, subject_model=SUBJECT, subject_id=meeting.pk, content=content, by=by, meeting=meeting
        )
    except BaseException:
        remove_sealed(name)
        raise
    return [], proposal


def _place(meeting, digest):
    return f"clearance:{meeting.pk}:{digest}"


def proposed(proposal):
    """[Line] of a result that waits. Raises ResultRefused where its file is gone: it is kept for a day."""
    content = proposal.content
    try:
        data = read_sealed(content["file"], bound_to=_place(proposal.meeting, content["digest"]))
    except (FileNotFoundError, CannotOpen) as fault:
        if isinstance(fault, CannotOpen):
            unreadable.note(fault)
        raise ResultRefused(_("The file is gone: a result waits for a day. Bring it again.")) from None
    return lines(proposal.meeting, read(data))


def confirm(proposal, *, by):
    """Take in what waits, as the second officer; [Line]. Raises ResultRefused and proposals.ProposalRefused."""
    told = proposed(proposal)
    with transaction.atomic():
        proposals.approve(proposal, by=by)
        take_in(told)
    remove_sealed(proposal.content["file"])
    return told


def drop(proposal, *, by):
    """Take back one's own, or refuse a colleague's. Raises proposals.ProposalRefused."""
    if by.pk == proposal.made_by_id:
        proposals.withdraw(proposal, by=by)
    else:
        proposals.refuse(proposal, by=by, reason=_("Not confirmed"))
    remove_sealed(proposal.content["file"])
