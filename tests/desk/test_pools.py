"""Pools: seats by medium that are never oversold, groups that exclude each other, places that are given back."""

import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accreditation import after_sending, erasing, workflow
from accreditation.desk import conflicts, pools
from accreditation.models import Pool, PoolPlace, PoolSeats, Registration
from accreditation.states import Actor, Status
from office.models import Message
from office.permissions import Role
from tests.accreditation.applicants import open_link, see
from tests.builders import make_category, make_desk_policy, make_meeting, make_officer, make_registration

FORM_UP = datetime(2016, 9, 6, 12, 45, tzinfo=UTC)  # 08:45 in New York


def make_pool(meeting, name="Arrivals", *, seats=None, **fields):
    pool = Pool.objects.create(meeting=meeting, name=name, **{"form_up_at": FORM_UP, "place": "North gate"} | fields)
    for medium, number in ({"photo": 1, "": 2} if seats is None else seats).items():
        PoolSeats.objects.create(pool=pool, medium=medium, seats=number)
    return pool


def approved(category, medium="photo", **fields):
    return make_registration(Status.APPROVED, category=category, medium=medium, **fields)


def taken(pool):
    return dict(PoolSeats.objects.filter(pool=pool).values_list("medium", "taken"))


@pytest.fixture
def officer():
    return make_officer(roles=[Role.MEDIA_REVIEWER])


@pytest.fixture
def category():
    return make_category(hold_seconds=0)


@pytest.mark.django_db
def test_place_takes_a_seat_of_the_medium_and_the_person_is_told(category, officer):
    pool = make_pool(category.meeting)
    person = approved(category, language="fr")

    place = pools.put_in(person, pool, by=officer)

    assert (place.seats.medium, taken(pool)) == ("photo", {"photo": 1, "": 0})
    letter = Message.objects.get()
    assert (letter.kind, letter.to, letter.language) == ("registration_pool_in", person.email, "fr")
    assert "Arrivals, 6 septembre 2016, 08:45, North gate" in letter.text


@pytest.mark.django_db
def test_medium_without_seats_of_its_own_takes_those_for_all_others(category, officer):
    pool = make_pool(category.meeting)
    pools.put_in(approved(category, "radio"), pool, by=officer)
    assert taken(pool) == {"photo": 0, "": 1}

    alone = make_pool(category.meeting, seats={"photo": 1})
    with pytest.raises(pools.PoolRefused, match="^There are no seats here for Radio.$"):
        pools.put_in(approved(category, "radio"), alone, by=officer)
    with pytest.raises(pools.PoolRefused, match="^There are seats here for the press alone.$"):
        pools.put_in(approved(category, ""), alone, by=officer)


@pytest.mark.django_db
def test_full_medium_refuses_and_leaves_the_others_seats(category, officer):
    pool = make_pool(category.meeting)
    pools.put_in(approved(category), pool, by=officer)
    late = approved(category)

    with pytest.raises(pools.PoolRefused, match="^All seats of this kind are taken: Photography: 1 of 1 seat.$"):
        pools.put_in(late, pool, by=officer)

    assert (taken(pool), late.pool_places.count(), Message.objects.count()) == ({"photo": 1, "": 0}, 0, 1)


@pytest.mark.django_db
def test_only_who_is_approved_for_this_meeting_and_for_good_has_a_place(category, officer):
    pool = make_pool(category.meeting)
    others = [make_registration(status, category=category) for status in set(Status) - {Status.APPROVED}]
    for person in [*others, approved(make_category(make_meeting()))]:
        with pytest.raises(pools.PoolRefused, match="^Only who is approved for this meeting can have a place.$"):
            pools.put_in(person, pool, by=officer)
    held = approved(category, held_until=timezone.now() + timedelta(seconds=20))
    with pytest.raises(pools.PoolRefused, match="^The approval can still be undone."):
        pools.put_in(held, pool, by=officer)
    known = approved(category)
    conflicts.declare(officer, by=officer, registration=known)
    with pytest.raises(pools.PoolRefused, match="^You have a conflict of interest here"):
        pools.put_in(known, pool, by=officer)
    assert taken(pool) == {"photo": 0, "": 0}


@pytest.mark.django_db
def test_place_in_one_pool_of_a_group_excludes_the_others(category, officer):
    arrivals = make_pool(category.meeting, exclusive_group="first morning")
    opening = make_pool(category.meeting, "Opening", exclusive_group="first morning")
    apart = make_pool(category.meeting, "Dinner")
    person = approved(category)
    place = pools.put_in(person, arrivals, by=officer)
    pools.put_in(person, apart, by=officer)

    with pytest.raises(pools.PoolRefused, match="^This person has a place in “Arrivals”, and whoever is there cannot"):
        pools.put_in(person, opening, by=officer)
    with pytest.raises(pools.PoolRefused, match="^This person has a place here already.$"):
        pools.put_in(person, apart, by=officer)
    assert taken(opening) == {"photo": 0, "": 0}
    assert taken(apart) == {"photo": 1, "": 0}
    assert list(pools.candidates(opening)) == []

    pools.take_out(place)
    assert list(pools.candidates(opening)) == [person]
    pools.put_in(person, opening, by=officer)


@pytest.mark.django_db
def test_database_holds_seats_and_groups_without_the_guards(category, officer):
    pool = make_pool(category.meeting, exclusive_group="first morning", seats={"": 1})
    other = make_pool(category.meeting, exclusive_group="first morning")
    person = approved(category)
    pools.put_in(person, pool, by=officer)
    row = {"registration": person, "exclusive_group": "first morning", "by": officer, "at": timezone.now()}

    with pytest.raises(IntegrityError), transaction.atomic():
        PoolPlace.objects.create(pool=other, seats=other.seats.first(), **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        PoolSeats.objects.filter(pool=pool).update(taken=2)


@pytest.mark.django_db
def test_place_taken_away_gives_the_seat_back_once_and_is_told(category, officer):
    pool = make_pool(category.meeting)
    place = pools.put_in(approved(category), pool, by=officer)

    pools.take_out(place)
    place.pk = place.pk or 1
    pools.take_out(place)

    assert taken(pool) == {"photo": 0, "": 0}
    assert list(Message.objects.order_by("queued_at").values_list("kind", flat=True)) == [
        "registration_pool_in", "registration_pool_out",
    ]  # fmt: skip


@pytest.mark.django_db
def test_withdrawn_place_is_free_at_once_for_the_next(category, officer):
    pool = make_pool(category.meeting)
    first, second = approved(category), approved(category)
    pools.put_in(first, pool, by=officer)
    after_sending.withdraw(first)
    assert pools.listed(pool) == []

    pools.put_in(second, pool, by=officer)

    assert [place.registration for place in pools.listed(pool)] == [second]
    assert taken(pool) == {"photo": 1, "": 0}


@pytest.mark.django_db
def test_revoked_place_is_free_once_the_revocation_cannot_be_undone(officer):
    category = make_category(hold_seconds=30)
    make_desk_policy(category.meeting)
    pool = make_pool(category.meeting)
    person = approved(category)
    pools.put_in(person, pool, by=officer)
    held = workflow.apply(person, "revoke", actor=Actor.SUPERVISOR, by=officer, ground="conduct")

    assert (pools.free_ended(), taken(pool)["photo"]) == (0, 1)
    assert pools.free_ended(at=held.held_until + timedelta(seconds=1)) == 1
    assert (taken(pool)["photo"], PoolPlace.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_erased_person_leaves_no_seat_taken(category, officer):
    pool = make_pool(category.meeting)
    person = approved(category)
    pools.put_in(person, pool, by=officer)

    erasing.erase(after_sending.withdraw(person))

    assert (taken(pool), PoolPlace.objects.count()) == ({"photo": 0, "": 0}, 0)


@pytest.mark.django_db
def test_list_names_a_hidden_person_by_the_alias_in_a_fixed_number_of_statements(
    category, officer, django_assert_num_queries
):
    pool = make_pool(category.meeting, seats={"": 9})
    hidden = approved(category, asks_protection=True)
    for person in [hidden, approved(category, family_name="Aa"), approved(category, family_name="Bb")]:
        pools.put_in(person, pool, by=officer)
        with django_assert_num_queries(1):
            listed = [place.registration.listed_as for place in pools.listed(pool)]

    assert listed == ["Ada Aa", "Ada Bb", hidden.alias]


@pytest.mark.django_db
def test_people_are_told_when_their_moment_changes(category, officer):
    pool = make_pool(category.meeting)
    pools.put_in(approved(category), pool, by=officer)
    pool.place = "South gate"

    assert pools.tell_changed(pool) == 1
    assert "It is now: Arrivals, 6 September 2016, 08:45, South gate." in Message.objects.latest("queued_at").text


@pytest.mark.django_db
def test_person_reads_their_moments_on_their_page(client, category, officer):
    person = approved(category)
    open_link(client, person)
    pools.put_in(person, make_pool(category.meeting, starts_at=FORM_UP + timedelta(minutes=30)), by=officer)

    page = re.sub(r"</?time[^>]*>", "", see(client).content.decode())

    assert "Arrivals" in page
    assert "Forms up 6 September 2016, 08:45, North gate" in page
    assert "Starts 6 September 2016, 09:15" in page
    after_sending.withdraw(person)
    assert "Arrivals" not in see(client).content.decode()


# Two at once


def rush(people, pool, officer):
    together, outcomes = threading.Barrier(len(people)), []

    def client(person):
        together.wait()
        try:
            pools.put_in(person, pool, by=officer)
            outcomes.append("in")
        except pools.PoolRefused as refused:
            outcomes.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=client, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_want_the_last_seat_at_once_one_gets_it(officer):
    category = make_category(hold_seconds=0)
    pool = make_pool(category.meeting, seats={"photo": 1})
    people = [approved(category) for _ in range(8)]

    outcomes = rush(people, pool, officer)

    assert outcomes == ["All seats of this kind are taken: Photography: 1 of 1 seat."] * 7 + ["in"]
    assert (taken(pool), PoolPlace.objects.count(), Message.objects.count()) == ({"photo": 1}, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_one_person_put_into_two_excluding_pools_at_once_is_in_one(officer):
    category = make_category(hold_seconds=0)
    pair = [make_pool(category.meeting, name, exclusive_group="morning") for name in ("Arrivals", "Opening")]
    person = approved(category)
    together, outcomes = threading.Barrier(2), []

    def client(pool):
        together.wait()
        try:
            pools.put_in(Registration.objects.get(pk=person.pk), pool, by=officer)
            outcomes.append("in")
        except pools.PoolRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=client, args=[pool]) for pool in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["in", "refused"]
    assert PoolSeats.objects.filter(taken=1).count() == PoolPlace.objects.count() == 1
