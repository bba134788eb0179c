"""Numbered, signed lists of the badges of a meeting that open nothing any more: serials, two instants, no word else."""

import struct
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from accreditation.models import Badge, RevocationList
from accreditation.states import BadgeState
from office import keys

VERSION, LIST = 1, 2
HEAD = struct.Struct(">BBHIIIII")  # version, type, key, meeting, number, issued, next update, how many serials
SERIAL_BYTES = 16
SKEW = timedelta(minutes=5)  # by which the clocks of our own servers may differ


def current(meeting, *, at):
    """The RevocationList in force.

    It is issued anew when a badge became void or valid again, when half its time is over, and when nobody may rely on
    the last one: its key was withdrawn, or the clock by which it was issued was wrong.
    """
    last = meeting.revocation_lists.first()
    life = timedelta(hours=settings.REVOCATION_HOURS)
    serials = _serials(meeting)
    if last is not None and life / 2 < last.next_at - at < life + SKEW and _is_of(last, meeting, serials):
        return last
    key = keys.current(keys.BADGE, meeting)
    number = last.number + 1 if last else 1
    content = _signed(meeting, key, serials, number=number, at=at, next_at=at + life)
    try:
        with transaction.atomic():
            return RevocationList.objects.create(
                meeting=meeting, number=number, issued_at=at, next_at=at + life, content=content
            )
    except IntegrityError:  # another process issued it in this very moment
        return current(meeting, at=at)


def read(content):
    """{key, meeting, number, issued_at, next_at, serials} of a list's bytes, whoever signed them. Raises ValueError."""
    try:
        version, kind, key, meeting, number, issued, following, count = HEAD.unpack_from(content)
    except struct.error as error:
        raise ValueError("It is shorter than a list is.") from error
    if (version, kind) != (VERSION, LIST) or len(content) != HEAD.size + count * SERIAL_BYTES + 64:
        raise ValueError("It is no revocation list of version 1.")
    body = content[HEAD.size : -64]
    return {
        "key": key, "meeting": meeting, "number": number,
        "issued_at": datetime.fromtimestamp(issued, UTC), "next_at": datetime.fromtimestamp(following, UTC),
        "serials": [body[place : place + SERIAL_BYTES].hex() for place in range(0, len(body), SERIAL_BYTES)],
    }  # fmt: skip


def _serials(meeting):
    void = Badge.objects.filter(meeting=meeting, state=BadgeState.VOID)
    return sorted(void.values_list("serial", flat=True))


def _is_of(last, meeting, serials):
    told = read(bytes(last.content))
    return told["serials"] == serials and keys.published(keys.BADGE, meeting).filter(number=told["key"]).exists()


def _signed(meeting, key, serials, *, number, at, next_at):
    packed = HEAD.pack(
        VERSION, LIST, key.number, meeting.pk, number, int(at.timestamp()), int(next_at.timestamp()), len(serials)
    ) + b"".join(map(bytes.fromhex, serials))
    return packed + keys.signer(key)(packed)
