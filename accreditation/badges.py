"""A badge's life: issued with the approval, void when it ends. ``workflow`` calls both in its own transaction."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from accreditation.models import Badge
from accreditation.states import Attending, BadgeState

BEFORE, AFTER = timedelta(days=1), timedelta(days=1)
FIRST_DAY, LAST_DAY = date(1971, 1, 1), date(2105, 12, 31)  # a badge code has four bytes for an instant


def issue(registration, *, book, at):
    """Give the registration its badge and return it; None for somebody who attends remotely. ``book`` is not saved."""
    if registration.attending == Attending.REMOTE:
        return None
    book.badge_number += 1
    category = registration.category
    valid_from, valid_to = validity(registration.meeting, at=at, granted=registration.granted.get("days", ()))
    return Badge.objects.create(
        meeting_id=registration.meeting_id,
        registration=registration,
        number=book.badge_number,
        letter=category.badge_letter,
        zones=zone_bits(registration),
        valid_from=valid_from,
        valid_to=valid_to,
        issued_at=at,
    )


def void(registration, *, at, reason):
    """End whatever badge the registration has; return {"badge": its key, "state": what it was}, or None."""
    live = Badge.objects.filter(registration=registration).exclude(state=BadgeState.VOID)
    found = live.values_list("pk", "state").first()
    if found is None:
        return None
    live.update(state=BadgeState.VOID, voided_at=at, void_reason=reason)
    return dict(zip(["badge", "state"], found, strict=True))


def restore(voided):
    """Take back what ``void`` did: the very card that somebody may wear opens doors again."""
    Badge.objects.filter(pk=voided["badge"]).update(state=voided["state"], voided_at=None, void_reason="")


def zone_bits(registration):
    """Bit set of the meeting's zones: those granted with the approval, else those that the category names."""
    names = registration.granted.get("zones", registration.category.zones)
    if not names:
        return 0
    numbers = registration.meeting.zones.filter(name__in=names).values_list("number", flat=True)
    return sum(1 << number for number in numbers)


def validity(meeting, *, at, granted=()):
    """From the day before the first sitting to the end of the day after the last, on the meeting's own clock.

    Where only some of its days are ``granted`` ("2016-09-06"), it begins with the first and ends with the last of them.
    Of days between that were left out a badge's row says nothing: they stand with the approval.
    """
    zone = ZoneInfo(meeting.time_zone or settings.TIME_ZONE)
    days = [
        min(max(day, FIRST_DAY), LAST_DAY) for row in meeting.sittings.all() for day in (row.date, row.end_date) if day
    ]
    opened = [min(max(date.fromisoformat(day), FIRST_DAY), LAST_DAY) for day in granted]
    if not days + opened:
        return at, at + timedelta(days=366)
    begin, end = min(days + opened), max(days + opened)
    first = min(opened) if opened and min(opened) > begin else begin - BEFORE
    last = max(opened) if opened and max(opened) < end else end + AFTER
    return (
        datetime.combine(first, time(0), zone).astimezone(UTC),
        datetime.combine(last, time(23, 59, 59), zone).astimezone(UTC),
    )


def _believed(day):
    return min(max(day, FIRST_DAY), LAST_DAY)
