"""Seats and places: taken by one guarded statement, given back once, and counted the same on either side."""

import pytest
from django.db import IntegrityError, transaction

from accreditation import places
from accreditation.models import Category, OrganizationPlaces, Registration
from accreditation.states import Status
from tests.builders import make_category, make_organization, make_registration

pytestmark = pytest.mark.django_db

BY_DECISION = {Status.OFFERED, Status.APPROVED}
ON_THE_WAY = {Status.AWAITING_ENDORSEMENT, Status.SUBMITTED, Status.INFO_REQUESTED}


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize(
    ("allocation", "with_seat"), [("by_decision", BY_DECISION), ("first_come", BY_DECISION | ON_THE_WAY)]
)
def test_places_follow_the_status(status, allocation, with_seat):
    category = make_category(allocation=allocation, capacity=5, cap_per_organization=5)
    registration = make_registration(status, category=category, organization=make_organization())

    with_place = BY_DECISION | ON_THE_WAY | {Status.WAITLISTED}
    assert (registration.holds_seat, registration.holds_place) == (status in with_seat, status in with_place)
    assert Category.objects.get().taken == (status in with_seat)
    assert sum(OrganizationPlaces.objects.values_list("taken", flat=True)) == (status in with_place)


@pytest.mark.parametrize("part", ["assistant", "interpreter", "chaperone"])
def test_parts_outside_the_cap_hold_no_place(part):
    category = make_category(cap_per_organization=1, outside_cap=[part])
    organization = make_organization()
    make_registration(Status.SUBMITTED, category=category, organization=organization)

    assert not make_registration(Status.SUBMITTED, category=category, organization=organization, part=part).holds_place
    with pytest.raises(places.OrganizationFull):
        make_registration(Status.SUBMITTED, category=category, organization=organization)


@pytest.mark.parametrize(("general", "own", "most"), [(2, None, 2), (2, 3, 3), (2, 1, 1), (None, 1, 1), (2, 0, 0)])
def test_organizations_own_cap_comes_before_the_categorys(general, own, most):
    category, organization = make_category(cap_per_organization=general), make_organization()
    OrganizationPlaces.objects.create(category=category, organization=organization, cap=own)

    assert places.left(category, organization) == most
    for left in range(most, 0, -1):
        make_registration(Status.SUBMITTED, category=category, organization=organization)
        assert places.left(category, organization) == left - 1
    with pytest.raises(places.OrganizationFull):
        make_registration(Status.SUBMITTED, category=category, organization=organization)


def test_without_caps_there_is_no_limit():
    category, organization = make_category(), make_organization()
    for _ in range(3):
        make_registration(Status.APPROVED, category=category, organization=organization)

    assert places.left(category, organization) is None
    assert Category.objects.get().taken == OrganizationPlaces.objects.get().taken == 3


def test_cap_lowered_a_moment_ago_counts():
    category, organization = make_category(cap_per_organization=2), make_organization()
    make_registration(Status.SUBMITTED, category=category, organization=organization)
    read_before = make_registration(category=category, organization=organization)
    Category.objects.update(cap_per_organization=1)

    with pytest.raises(places.OrganizationFull):
        places.settle(read_before, to=Status.SUBMITTED)


def test_giving_back_twice_gives_back_once():
    category = make_category(capacity=1)
    registration = make_registration(Status.APPROVED, category=category, organization=make_organization())

    for _ in range(2):
        places.settle(registration, to=Status.WITHDRAWN)

    assert (Category.objects.get().taken, OrganizationPlaces.objects.get().taken) == (0, 0)


@pytest.mark.parametrize("forged", [{"taken": 2}, {"capacity": 0}])
def test_database_refuses_more_seats_than_there_are(forged):
    make_registration(Status.APPROVED, category=make_category(capacity=1))

    with pytest.raises(IntegrityError, match="category_never_oversold"), transaction.atomic():
        Category.objects.update(**forged)


def test_database_refuses_more_places_than_an_organizations_own_cap():
    row = OrganizationPlaces.objects.create(category=make_category(), organization=make_organization(), cap=1)

    with pytest.raises(IntegrityError, match="organization_never_over_its_cap"), transaction.atomic():
        OrganizationPlaces.objects.filter(pk=row.pk).update(taken=2)


def test_difference_between_counter_and_rows_is_told():
    category = make_category()
    make_registration(Status.APPROVED, category=category, organization=make_organization())
    assert places.differences(category.meeting) == []

    Category.objects.update(taken=5)
    OrganizationPlaces.objects.update(taken=0)

    seats, organization = places.differences(category.meeting)
    assert seats == "Press: 5 seats counted, 1 held"
    assert organization.endswith(": 0 counted, 1 held")


def test_place_moves_with_part_and_organization():
    category = make_category(outside_cap=["assistant"])
    old, new = make_organization("Old"), make_organization("New")
    registration = make_registration(Status.SUBMITTED, category=category, organization=old)

    def moved(organization, part):
        places.move(registration, organization=organization, part=part)
        registration.save()
        taken = dict(OrganizationPlaces.objects.values_list("organization__name", "taken"))
        assert places.differences(category.meeting) == []
        return taken.get("Old", 0), taken.get("New", 0)

    steps = [
        (old, "representative"),
        (old, "assistant"),
        (new, "assistant"),
        (new, "representative"),
        (None, "assistant"),
    ]
    assert [moved(*step) for step in steps] == [(1, 0), (0, 0), (0, 0), (0, 1), (0, 0)]
    assert Registration.objects.get().organization is None
