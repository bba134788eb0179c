"""An upload checked against what is asked and kept sealed; what is taken back, replaced and forgotten."""

import hashlib
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from accreditation.evidence.asking import PERSONAL, PHOTO_KINDS, asked, kept, sample_links
from accreditation.models import Evidence, EvidenceRule, Registration
from accreditation.states import EvidenceKind, Status
from office import uploads
from office.encryption import blind, remove_sealed, store_sealed

PORTRAIT_EDGE = 1200  # pixels; a card of 54 mm at 300 dots an inch takes 640
TAKES_PAPERS = frozenset({Status.DRAFT, Status.INFO_REQUESTED})


class NotTaken(uploads.Refused):
    """The file may be sound; the application takes no more of it."""

    sentences = {
        "not_asked": gettext_noop("This paper is not asked for any more, and it was not kept. Go on without it."),
        "sent": gettext_noop(
            "The application has been sent, and its papers stay as they are. The accreditation desk can ask for others."
        ),
        "gone": gettext_noop("This application is no longer kept. Begin a new one and choose the file there."),
        "too_many": gettext_noop(
            "Files of this kind that are kept: {limit} at most. Remove one of them, then choose this one again."
        ),
        "too_much": gettext_noop(
            "All files of an application together may have {limit} MB; {left} MB are left and this one has {size} MB. "
            "Save a smaller copy, or remove another file first."
        ),
        "together": gettext_noop(
            "These files are too many to be sent at once. Choose this one again and send it alone."
        ),
        "no_room": gettext_noop(
            "We cannot keep files at this moment. Your answers are safe: choose the file again later."
        ),
        "too_often": gettext_noop(
            "Too many files came from your network in a short time. Your answers are safe: choose the file again in an "
            "hour."
        ),
    }


@dataclass
class Arrived:
    """A file that was sent: its row and rule once both are known, and what became of it: an Evidence or an error."""

    row: Evidence | None = None
    rule: EvidenceRule | None = None
    outcome: Evidence | Exception | None = None


def add(owner, kind, upload, *, at=None):
    """Check an uploaded file, keep it sealed and return its Evidence; the same file sent again is the same row.

    Raises as ``add_all`` returns.
    """
    [outcome] = add_all(owner, [(kind, upload)], at=at)
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def add_all(owner, files, *, at=None):
    """What each (kind, uploaded file) became, in order: its Evidence, or the uploads.Refused, LimitedProcessFailed or
    OSError that kept it out and no other.

    Each is checked alone and all are entered at once: three take the statements of one. Opens its own transaction and
    cannot stand in another: a file is not rolled back.
    """
    arrived = [_arrived(owner, kind, upload, at or timezone.now()) for kind, upload in files]
    fresh = [one for one in arrived if one.outcome is None]
    try:
        if fresh:
            _enter(owner, fresh)
    except BaseException as fault:
        for one in fresh:
            one.outcome = fault
        if not isinstance(fault, uploads.Refused):
            raise
    finally:
        for one in fresh:
            if one.outcome is not one.row:
                remove_sealed(one.row.stored_as)
    return [one.outcome for one in arrived]


def _arrived(owner, kind, upload, at):
    """Checked, rebuilt and sealed; no row is there yet."""
    one = Arrived()
    try:
        one.rule, data = _rule(owner, kind), _content(upload)
        row = Evidence(**_of(owner), kind=kind, name=uploads.safe_filename(upload.name or ""), added_at=at)
        row.digest = blind(hashlib.sha256(data).hexdigest(), scope=f"meeting:{owner.meeting.pk}")
        one.outcome = _same_or_refuse(owner, one.rule, row, kept(owner))  # before the work of decoding it
        if one.outcome is None:
            clean, row.media_type, row.pages = _checked(data, one.rule)
            row.size = len(clean)
            row.stored_as = store_sealed(clean, bound_to=place(row))
            one.row = row
    except (uploads.Refused, uploads.LimitedProcessFailed, OSError) as fault:
        one.outcome = fault
    return one


def _content(upload):
    """The bytes, where they arrived whole. Raises uploads.Refused."""
    if upload.size > settings.MAX_UPLOAD_BYTES:
        raise uploads.too_big(upload.size, limit=settings.MAX_UPLOAD_BYTES)
    if not getattr(upload, "is_whole", True):
        raise NotTaken("together")
    if not uploads.has_room(upload.size):
        raise NotTaken("no_room")
    return upload.read()


def _enter(owner, fresh):
    """Insert the rows, and say of each what it became. Raises NotTaken."""
    _forget_read(owner)
    with transaction.atomic(durable=True):
        locked = _lock(owner)
        rows, replaced = list(_rows(owner)), []
        for one in fresh:
            one.outcome = _outcome(locked, one, rows)
            if one.outcome is one.row and one.rule.most == 1:
                replaced += [other for other in rows if other.kind == one.row.kind]
                rows = [other for other in rows if other not in replaced]
            if one.outcome is one.row:
                rows.append(one.row)
        new = [row for row in rows if row._state.adding]
        if new:
            at = max(row.added_at for row in new)
            _replace([row for row in replaced if not row._state.adding], locked, at=at)
            Evidence.objects.bulk_create(new)
            _touch(owner, at=at)
    for one in fresh:
        if one.outcome is one.row and one.row in replaced:  # two for one place, in the same post
            one.outcome = next(row for row in rows if row.kind == one.row.kind)
    _know(owner, rows)


def _outcome(owner, one, rows):
    try:
        return _same_or_refuse(owner, one.rule, one.row, rows) or one.row
    except uploads.Refused as refused:
        return refused


def _same_or_refuse(owner, rule, row, rows):
    """The one of ``rows`` that this file is already, or None. Raises NotTaken."""
    if isinstance(owner, Registration) and owner.status not in TAKES_PAPERS:
        raise NotTaken("sent")
    alike = [other for other in rows if other.kind == row.kind]
    same = next((other for other in alike if other.digest == row.digest), None)
    if same:
        return same
    takes_its_place = rule.most == 1
    links = len(sample_links(owner)) if rule.kind == EvidenceKind.WORK_SAMPLE else 0
    if links + (0 if takes_its_place else len(alike)) >= rule.most:
        raise NotTaken("too_many", limit=rule.most)
    used = sum(other.size for other in rows if not (takes_its_place and other in alike))
    most = rule.category.most_bytes
    if row.size and used + row.size > most:
        left = _tenths(max(most - used, 0))
        raise NotTaken("too_much", limit=_tenths(most), left=left, size=_tenths(row.size, up=True))
    return None


def _lock(owner):
    locked = type(owner).objects.select_for_update().filter(pk=owner.pk).first()
    if locked is None:
        raise NotTaken("gone")
    return locked


def _rule(owner, kind):
    """The rule by which ``kind`` is asked of the owner. Raises NotTaken."""
    if isinstance(owner, Registration):
        rules = asked(owner)
    else:
        rules = [rule for rule in owner.category.evidence_rules.all() if rule.kind not in PERSONAL]
    found = next((rule for rule in rules if rule.kind == kind), None)
    if found is None:
        raise NotTaken("not_asked")
    return found


def _checked(data, rule):
    """(rebuilt bytes, media type, pages), all made in the limited process. Raises uploads.Refused."""
    most = settings.MAX_UPLOAD_BYTES
    if rule.kind in PHOTO_KINDS:
        photo = uploads.photo(data, max_bytes=most, max_edge=PORTRAIT_EDGE)
        return photo.data, photo.media_type, 1
    document = uploads.document(data, max_bytes=most, max_pages=rule.most_pages)
    return document.data, document.media_type, document.pages


def remove(evidence, *, at=None):
    """Take a paper back. Of a draft nothing stays; of what was sent the row and its file stay as history.

    Raises NotTaken when the application takes no papers any more.
    """
    at, owner = at or timezone.now(), evidence.owner
    with transaction.atomic():
        locked = _lock(owner)
        if isinstance(locked, Registration) and locked.status not in TAKES_PAPERS:
            raise NotTaken("sent")
        _replace(_rows(owner).filter(pk=evidence.pk), locked, at=at)
        _touch(owner, at=at)
    _forget_read(owner)


def forget(owner):
    """Every paper of the owner goes, with its history; return how many. The files follow once that is committed."""
    with transaction.atomic():
        _lock(owner)
        rows = list(Evidence.objects.filter(**_of(owner)))
        _drop(rows)
    _forget_read(owner)
    return len(rows)


def _replace(rows, owner, *, at):
    """What was sent is kept as replaced; a delegation's letter too, since its members may have been sent with it."""
    if getattr(owner, "status", None) == Status.DRAFT:
        _drop(rows)
    elif rows:
        Evidence.objects.filter(pk__in=[row.pk for row in rows]).update(replaced_at=at)


def _drop(rows):
    if rows:
        Evidence.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for row in rows:
        transaction.on_commit(partial(remove_sealed, row.stored_as), robust=True)


def _of(owner):
    return {"registration": owner} if isinstance(owner, Registration) else {"delegation": owner}


def _rows(owner):
    return Evidence.objects.filter(**_of(owner), replaced_at=None)


def place(row):
    return Evidence._meta.get_field("stored_as").place(row)


def _touch(owner, *, at):
    """A draft lives so many days after its last save."""
    if isinstance(owner, Registration):
        Registration.objects.filter(pk=owner.pk).update(saved_at=at)
        owner.saved_at = at


def _forget_read(owner):
    getattr(owner, "_prefetched_objects_cache", {}).pop("evidence", None)


def _know(owner, rows):
    """What was just written need not be read again."""
    known = owner.evidence.all()
    known._result_cache, known._prefetch_done = rows, True
    vars(owner).setdefault("_prefetched_objects_cache", {})["evidence"] = known


def _tenths(size, *, up=False):
    """Bytes as megabytes with one decimal, rounded so that a refusal never reads as if it had fitted."""
    tenths = -(-size * 10 // uploads.MEGABYTE) if up else size * 10 // uploads.MEGABYTE
    return tenths // 10 if tenths % 10 == 0 else tenths / 10
