"""The ledger of places: seats of a category and places under an organization's cap. The only place a counter changes.

Each taking is one guarded UPDATE, checked again by the database's own constraint, so that the same SQL never oversells
on SQLite or on PostgreSQL (decision 4). Rows are touched in one order, so that no two transactions wait for each other:
the category, then the organization's row.
"""

from django.db.models import F, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accreditation.models import Category, Organization, OrganizationPlaces, Registration
from accreditation.states import HOLDS_SEAT_FIRST_COME, LIVE
from office.prepared import PreparedUpdate, Slot


class Full(Exception):
    """No place is left; nothing was taken. The message says of what."""


class CategoryFull(Full):
    pass


class OrganizationFull(Full):
    pass


def settle(registration, *, to, releases=True):
    """Take and release what the status ``to`` asks for, by the difference to what the row holds. At most 4 statements.

    Sets ``holds_seat`` and ``holds_place`` on the registration, which the caller saves. With ``releases`` False nothing
    is given back: a decision that can still be undone keeps its places. Raises Full and takes nothing.
    """
    wants_seat = _wants_seat(registration, to)
    wants_place = to in LIVE and registration.counts_in_cap
    takes_seat = wants_seat and not registration.holds_seat
    if takes_seat:
        take_seat(registration.category_id)
    if wants_place and not registration.holds_place:
        try:
            take_place(registration)
        except OrganizationFull:
            if takes_seat:
                release_seat(registration.category_id)
            raise
    if releases and registration.holds_seat and not wants_seat:
        release_seat(registration.category_id)
    if releases and registration.holds_place and not wants_place:
        release_place(registration)
    registration.holds_seat = wants_seat or (registration.holds_seat and not releases)
    registration.holds_place = wants_place or (registration.holds_place and not releases)


def move(registration, *, organization, part):
    """Set whom a registration comes for and as what, and move its place under the cap with it.

    The registration is locked, and saved by the caller. Raises OrganizationFull and changes nothing.
    """
    old = OrganizationPlaces(category_id=registration.category_id, organization_id=registration.organization_id)
    before = registration.organization, registration.part
    registration.organization, registration.part = organization, part
    wants_place = registration.status in LIVE and registration.counts_in_cap
    stays = registration.holds_place and wants_place and old.organization_id == registration.organization_id
    if stays or not (registration.holds_place or wants_place):
        return
    # Of two that change places with each other one waits here, before either holds a row of an organization
    list(Category.objects.select_for_update(no_key=True).filter(pk=registration.category_id).values_list("pk"))
    if wants_place:
        try:
            take_place(registration)
        except OrganizationFull:
            registration.organization, registration.part = before
            raise
    if registration.holds_place:
        release_place(old)
    registration.holds_place = wants_place


def _wants_seat(registration, to):
    """Who came into somebody's place keeps that seat on the way, whatever the category does with others."""
    is_handed_on = registration.replaces_id is not None and registration.holds_seat
    return registration.category.holds_seat(to) or (is_handed_on and to in HOLDS_SEAT_FIRST_COME)


def hand_on(registration, *, seat, place):
    """Give a draft what somebody of the same organization held until this transaction released it.

    The counters' rows have been locked by the release, so that nobody takes it between. Raises Full.
    """
    if seat:
        take_seat(registration.category_id)
    if place:
        take_place(registration)
    registration.holds_seat, registration.holds_place = seat, place


def take_seat(category_id):
    if not SEAT_TAKEN(category_id):
        raise CategoryFull(_("All seats of this category are taken."))


CATEGORY = Slot(0, Category._meta.pk)
SEAT_TAKEN = PreparedUpdate(
    lambda: Category.objects.filter(Q(capacity__isnull=True) | Q(taken__lt=F("capacity")), pk=CATEGORY).order_by(),
    taken=F("taken") + 1,
)


def release_seat(category_id):
    Category.objects.filter(pk=category_id, taken__gt=0).update(taken=F("taken") - 1)


def take_place(registration):
    row = {"category_id": registration.category_id, "organization_id": registration.organization_id}
    if PLACE_TAKEN(*row.values()):
        return
    OrganizationPlaces.objects.bulk_create([OrganizationPlaces(**row)], ignore_conflicts=True)
    if not PLACE_TAKEN(*row.values()):
        raise OrganizationFull(_("Your organization has used all its places for this meeting."))


def _with_place():
    """The row's own cap counts before the category's, as it stands now; where neither is set there is no limit."""
    general = Subquery(Category.objects.filter(pk=CATEGORY).order_by().values("cap_per_organization"))
    rows = OrganizationPlaces.objects.filter(category=CATEGORY, organization=Slot(1, Organization._meta.pk))
    return rows.alias(most=Coalesce(F("cap"), general)).filter(Q(most=None) | Q(taken__lt=F("most"))).order_by()


PLACE_TAKEN = PreparedUpdate(_with_place, taken=F("taken") + 1)


def release_place(registration):
    """``registration`` may be whatever has the two keys."""
    rows = OrganizationPlaces.objects.filter(
        category_id=registration.category_id, organization_id=registration.organization_id
    )
    rows.filter(taken__gt=0).update(taken=F("taken") - 1)


def left(category, organization):
    """How many more an organization may send; None means no limit."""
    taken, cap = used(category, organization)
    return None if cap is None else max(cap - taken, 0)


def used(category, organization):
    """(places taken, cap or None where there is no limit) of an organization."""
    row = OrganizationPlaces.objects.filter(category=category, organization=organization).first()
    cap = row.cap if row and row.cap is not None else category.cap_per_organization
    return (row.taken if row else 0), cap


def differences(meeting):
    """[sentence] for each counter that is not the number of rows that hold it: a fault, wherever one is found."""
    held = Registration.objects.filter(meeting=meeting)
    found = []
    for category in meeting.categories.all():
        rows = held.filter(category=category, holds_seat=True).count()
        if rows != category.taken:
            found.append(f"{category}: {category.taken} seats counted, {rows} held")
        for places in category.organization_places.all():
            rows = held.filter(category=category, organization=places.organization_id, holds_place=True).count()
            if rows != places.taken:
                found.append(f"{category}, organization {places.organization_id}: {places.taken} counted, {rows} held")
    return found
