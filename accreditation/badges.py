"""A badge's life: issued with the approval, printed, handed over, perhaps lost or replaced, void when it ends.

``workflow`` calls ``issue``, ``void`` and ``restore`` in its own transaction; officers of the print desk do the rest.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import ledger
from accreditation.models import Badge, BadgeEntry, Registration
from accreditation.states import Attending, BadgeAct, BadgeState, Status, WhyReplaced

BEFORE, AFTER = timedelta(days=1), timedelta(days=1)
FIRST_DAY, LAST_DAY = date(1971, 1, 1), date(2105, 12, 31)  # a badge code has four bytes for an instant


# In which states a card can be what; one that is void can be replaced where it was lost or stolen
MAY = {
    BadgeAct.PRINT: {BadgeState.ISSUED},
    BadgeAct.HAND_OVER: {BadgeState.PRINTED},
    BadgeAct.LOSE: {BadgeState.PRINTED, BadgeState.COLLECTED},
    BadgeAct.REPLACE: {BadgeState.PRINTED, BadgeState.COLLECTED},
}
AWAY = {WhyReplaced.LOST, WhyReplaced.STOLEN}


class BadgeRefused(Exception):
    """Nothing changed. The message is a sentence for the officer."""


def issue(registration, *, book, at, replaces=None):
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
        replaces=replaces,
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


@transaction.atomic
def mark_printed(badges, *, by, at=None):
    """Note that cards came out of the printer; return how many: whose badge ended meanwhile is passed over."""
    at = at or timezone.now()
    keys = list(
        Badge.objects.ready(at=at).select_for_update(of=("self",)).filter(pk__in=badges).values_list("pk", flat=True)
    )
    Badge.objects.filter(pk__in=keys).update(state=BadgeState.PRINTED, printed_at=at)
    BadgeEntry.objects.bulk_create([BadgeEntry(badge_id=key, act=BadgeAct.PRINT, by=by, at=at) for key in keys])
    return len(keys)


@transaction.atomic
def hand_over(badge, *, by, is_id_seen, collected_by="", at=None):
    """Somebody takes the card along: the person, or who is named in ``collected_by``. Raises BadgeRefused."""
    at = at or timezone.now()
    badge = _locked(badge, BadgeAct.HAND_OVER, at)
    if not is_id_seen:
        raise BadgeRefused(_("Look at an identity document first, and tick that you saw it."))
    _change(
        badge, BadgeAct.HAND_OVER, by=by, at=at, note=collected_by,
        state=BadgeState.COLLECTED, collected_at=at, collected_by=collected_by, is_id_seen=True, handed_by=by,
    )  # fmt: skip
    return badge


@transaction.atomic
def lose(badge, *, by, why=WhyReplaced.LOST, note="", at=None):
    """The card is gone: from now on it opens nothing. Raises BadgeRefused."""
    at = at or timezone.now()
    badge = _locked(badge, BadgeAct.LOSE, at)
    if why not in AWAY:
        raise BadgeRefused(_("A card is lost or stolen."))
    _change(
        badge, BadgeAct.LOSE, by=by, at=at, why=why, note=note,
        state=BadgeState.VOID, voided_at=at, void_reason=why,
    )  # fmt: skip
    return badge


@transaction.atomic
def replace(badge, *, by, why, note="", at=None):
    """End a card and issue the next one to the same person; return the new Badge. Raises BadgeRefused."""
    at = at or timezone.now()
    badge = _locked(badge, BadgeAct.REPLACE, at)
    if why not in set(WhyReplaced):
        raise BadgeRefused(_("Say why it is replaced."))
    book = ledger.book_of(badge.meeting_id)
    if badge.state == BadgeState.VOID:
        BadgeEntry.objects.create(badge=badge, act=BadgeAct.REPLACE, by=by, at=at, why=why, note=note)
    else:
        _change(
            badge, BadgeAct.REPLACE, by=by, at=at, why=why, note=note,
            state=BadgeState.VOID, voided_at=at, void_reason=why,
        )  # fmt: skip
    new = issue(badge.registration, book=book, at=at, replaces=badge)
    ledger.save(book)
    return new


def may(badge, *, at=None):
    """Acts that the row allows as it was read."""
    return [act for act in BadgeAct if not _refusal(badge, act, at or timezone.now())]


def _locked(badge, act, at):
    """The badge, after its registration as ``workflow`` locks them. Raises BadgeRefused."""
    Registration.objects.select_for_update(no_key=True).filter(pk=badge.registration_id).order_by().first()
    badge = Badge.objects.with_person().select_for_update(of=("self",)).get(pk=badge.pk)
    if refusal := _refusal(badge, act, at):
        raise BadgeRefused(refusal)
    return badge


def _refusal(badge, act, at):
    """Why an act is not allowed, in a sentence; "" where it is."""
    registration = badge.registration
    is_replaceable = act == BadgeAct.REPLACE and badge.void_reason in AWAY and not hasattr(badge, "replaced_by")
    if badge.state == BadgeState.VOID and not is_replaceable:
        return _("This badge is void.")
    if registration.status != Status.APPROVED:
        return _("This person is not accredited any more.")
    if registration.held_until and registration.held_until > at:
        return _("The approval can still be undone. Try again when that time is over.")
    if badge.state in MAY[act] or badge.state == BadgeState.VOID:
        return ""
    if badge.state == BadgeState.ISSUED:
        return _("This badge is not printed yet.")
    if act == BadgeAct.PRINT:
        return _("This badge is printed already. Replace it: then the first card opens nothing.")
    return _("This badge is collected already.")


def _change(badge, act, *, by, at, why="", note="", **values):
    """One guarded UPDATE and its entry; SQLite has no row locks."""
    if not Badge.objects.filter(pk=badge.pk, state=badge.state).update(**values):
        raise BadgeRefused(_("Somebody else has just changed this badge. Look at it again."))
    for name, value in values.items():
        setattr(badge, name, value)
    BadgeEntry.objects.create(badge=badge, act=act, by=by, at=at, why=why, note=note)


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


def spans(days, meeting):
    """[(first instant, the instant after its last)] of each of some days ("2016-09-06") of the meeting's own calendar.

    A day on which clocks change has 23 or 25 hours.
    """
    zone = ZoneInfo(meeting.time_zone or settings.TIME_ZONE)
    dates = [day for day in map(date.fromisoformat, days) if FIRST_DAY <= day <= LAST_DAY]
    midnights = [(day, day + timedelta(days=1)) for day in dates]
    return [tuple(datetime.combine(day, time(0), zone).astimezone(UTC) for day in pair) for pair in midnights]
