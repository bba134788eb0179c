"""An upload checked against what is asked and kept sealed; what is taken back, replaced and forgotten."""

import hashlib
from functools import partial

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from accreditation.evidence.asking import PERSONAL, PHOTO_KINDS, asked, kept, sample_links
from accreditation.models import Evidence, Registration
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


def add(owner, kind, upload, *, at=None):
    """Check an uploaded file, keep it sealed and return its Evidence; the same file sent again is the same row.

    Raises uploads.Refused. Opens its own transaction and cannot stand in another: a file is not rolled back.
    """
    at, rule = at or timezone.now(), _rule(owner, kind)
    data = _content(upload)
    row = Evidence(**_of(owner), kind=kind, name=uploads.safe_filename(upload.name or ""), added_at=at)
    row.digest = blind(hashlib.sha256(data).hexdigest(), scope=f"meeting:{owner.meeting.pk}")
    if same := _same_or_refuse(owner, rule, row, kept(owner)):  # before the work of decoding it
        return same
    clean, row.media_type, row.pages = _checked(data, rule)
    row.size = len(clean)
    row.stored_as = store_sealed(clean, bound_to=place(row))
    try:
        found = _enter(owner, rule, row, at=at)
    except BaseException:
        remove_sealed(row.stored_as)
        raise
    finally:
        _forget_read(owner)
    if found is not row:
        remove_sealed(row.stored_as)
    return found


def _content(upload):
    """The bytes, where they arrived whole. Raises uploads.Refused."""
    if upload.size > settings.MAX_UPLOAD_BYTES:
        raise uploads.too_big(upload.size, limit=settings.MAX_UPLOAD_BYTES)
    if not getattr(upload, "is_whole", True):
        raise NotTaken("together")
    if not uploads.has_room(upload.size):
        raise NotTaken("no_room")
    return upload.read()


def _enter(owner, rule, row, *, at):
    """Insert the row and return it, or the one that this file is already. Raises NotTaken."""
    try:
        with transaction.atomic(durable=True):
            locked = _lock(owner)
            rows = list(_rows(owner))
            if same := _same_or_refuse(locked, rule, row, rows):
                return same
            if rule.most == 1:
                _replace([other for other in rows if other.kind == row.kind], locked, at=at)
            row.save(force_insert=True)
            _touch(owner, at=at)
            return row
    except IntegrityError:
        same = _rows(owner).filter(kind=row.kind, digest=row.digest).first()
        if same is None:
            raise
        return same


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


def _forget_read(owner):
    getattr(owner, "_prefetched_objects_cache", {}).pop("evidence", None)


def _tenths(size, *, up=False):
    """Bytes as megabytes with one decimal, rounded so that a refusal never reads as if it had fitted."""
    tenths = -(-size * 10 // uploads.MEGABYTE) if up else size * 10 // uploads.MEGABYTE
    return tenths // 10 if tenths % 10 == 0 else tenths / 10
