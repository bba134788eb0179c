"""Moments to which only some of the approved may come: who has a place, and who gives it up. The only place where the
seats of a pool are counted.

As in ``places``, each taking is one guarded UPDATE, which the database's own constraint checks again.
"""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation import conditions, emails, words, workflow
from accreditation.models import Pool, PoolPlace, PoolSeats, Registration
from accreditation.states import ENDED, Medium, Status
from advisory.renditions import wording

TOLD = ["name", "place", "form_up_at", "starts_at", "ends_at"]  # of whose change people are told


class PoolRefused(Exception):
    """Nothing changed. The message is a sentence for the officer."""


def put_in(registration, pool, *, by, at=None):
    """Give somebody approved a place and tell them; return the PoolPlace. Raises PoolRefused."""
    at = at or timezone.now()
    with transaction.atomic():
        locked = workflow.lock(registration.pk)
        if locked.meeting_id != pool.meeting_id or locked.status != Status.APPROVED:
            raise PoolRefused(_("Only who is approved for this meeting can have a place."))
        if workflow.is_held(locked, at):
            raise PoolRefused(_("The approval can still be undone. Try again when that time is over."))
        if sentence := conditions.conflict(locked, by):
            raise PoolRefused(sentence)
        place = _placed(locked, pool, _seats_for(pool, locked.medium), by=by, at=at)
        emails.queue("pool_in", locked, key=f"pool_place:{place.pk}", more={"moment": moment_of(pool)})
    return place


def _placed(registration, pool, seats, *, by, at):
    if not _take(seats) and not (free_ended(pool=pool, at=at) and _take(seats)):
        full = _("All seats of this kind are taken: %(seats)s.") % {"seats": told(PoolSeats.objects.get(pk=seats.pk))}
        raise PoolRefused(_already(registration, pool) or full)
    try:
        with transaction.atomic():
            return PoolPlace.objects.create(
                pool=pool, seats=seats, registration=registration, exclusive_group=pool.exclusive_group, by=by, at=at
            )
    except IntegrityError as error:
        raise PoolRefused(_why_not(registration, pool)) from error  # the seat goes back with the transaction


def _take(seats):
    return PoolSeats.objects.filter(pk=seats.pk, taken__lt=F("seats")).update(taken=F("taken") + 1)


def _seats_for(pool, medium):
    """The row of the medium, else the one for all others."""
    rows = {row.medium: row for row in pool.seats.all()}
    found = rows.get(medium) or rows.get("")
    if found is None:
        raise PoolRefused(
            _("There are no seats here for %(medium)s.") % {"medium": words.MEDIUM[Medium(medium)]}
            if medium
            else _("There are seats here for the press alone.")
        )
    return found


def _why_not(registration, pool):
    if sentence := _already(registration, pool):
        return sentence
    other = PoolPlace.objects.filter(registration=registration, exclusive_group=pool.exclusive_group).first()
    if other is None:  # given up in this very moment
        return _("This person's places have just changed. Try again.")
    return _("This person has a place in “%(pool)s”, and whoever is there cannot be here.") % {"pool": other.pool.name}


def _already(registration, pool):
    is_in = PoolPlace.objects.filter(pool=pool, registration=registration).exists()
    return _("This person has a place here already.") if is_in else ""


@transaction.atomic
def take_out(place):
    """Take a place away and tell who had it."""
    if _remove([place]) and place.registration.status == Status.APPROVED:
        emails.queue("pool_out", place.registration, more={"moment": moment_of(place.pool)})


def _remove(places):
    """Delete the rows that are still there and give their seats back; return how many."""
    removed = 0
    for place in places:
        if PoolPlace.objects.filter(pk=place.pk).delete()[0]:
            PoolSeats.objects.filter(pk=place.seats_id, taken__gt=0).update(taken=F("taken") - 1)
            removed += 1
    return removed


@transaction.atomic
def leave(registration):
    """Every place that somebody has goes back; nobody is told."""
    return _remove(registration.pool_places.all())


@transaction.atomic
def free_ended(*, pool=None, at=None):
    """Give back the places of those whose application has ended, once that cannot be undone; return how many."""
    ended = PoolPlace.objects.filter(registration__status__in=ENDED)
    ended = ended.exclude(registration__held_until__gt=at or timezone.now())
    return _remove(ended if pool is None else ended.filter(pool=pool))


def tell_changed(pool):
    """Tell everybody who has a place what it now is; return how many."""
    places = list(listed(pool))
    for place in places:
        emails.queue("pool_changed", place.registration, more={"moment": moment_of(pool)})
    return len(places)


def pools_of(meeting):
    """With their seats, in the order of their time."""
    return Pool.objects.filter(meeting=meeting).prefetch_related("seats")


def listed(pool):
    """Who comes, for the list that is read out: places of those approved, by the name on every list."""
    places = PoolPlace.objects.filter(pool=pool, registration__status=Status.APPROVED)
    rows = places.select_related(
        "seats", "registration__organization", "registration__category", "registration__meeting"
    )
    return sorted(rows, key=lambda row: (row.registration.listed_as.casefold(), row.registration.reference))


def candidates(pool):
    """Approved people who could have a place: not in it, nor in one that excludes it."""
    taken = PoolPlace.objects.filter(pool=pool)
    if pool.exclusive_group:
        taken |= PoolPlace.objects.filter(exclusive_group=pool.exclusive_group, pool__meeting=pool.meeting_id)
    approved = Registration.objects.filter(meeting=pool.meeting_id, status=Status.APPROVED)
    return approved.exclude(pk__in=taken.values("registration")).select_related("organization", "category", "meeting")


def moments(registration):
    """The pools in which somebody has a place, for their own page."""
    pools = Pool.objects.filter(places__registration=registration).select_related("meeting")
    return list(pools.order_by("form_up_at", "starts_at", "pk"))


def moment_of(pool):
    """A callable that says in one line what, when and where, in the language that is active then."""
    instant = pool.form_up_at or pool.starts_at

    def say():
        when = wording.moment(instant.astimezone(wording.zone(pool.meeting.time_zone))) if instant else ""
        return wording.comma().join(filter(None, [pool.name, when, pool.place]))

    return say


def told(seats):
    """Photography: 3 of 4 seats, as the row was read."""
    medium = words.MEDIUM[Medium(seats.medium)] if seats.medium else _("All others")
    counted = ngettext(
        "%(taken)s of %(seats)s seat", "%(taken)s of %(seats)s seats", seats.seats
    ) % {"taken": seats.taken, "seats": seats.seats}  # fmt: skip
    return f"{medium}{wording.colon()}{counted}"
