"""Everybody at once: 32 clients on PostgreSQL and 8 on SQLite, each with a connection of its own, never oversell, lose
nothing and meet no error; with the guard taken out the same rush oversells."""

import itertools
import queue
import random
import threading
from collections import Counter

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone

from accreditation import identifying, intake, places, verification, workflow
from accreditation.models import Badge, Category, Decision, Organization, OrganizationPlaces, Registration
from accreditation.states import Actor, Status
from advisory.models import Meeting
from office import chain
from office.models import Message
from tests.builders import make_category, make_meeting, make_officer

pytestmark = pytest.mark.django_db(transaction=True)

SIZES = [1_000, pytest.param(10_000, marks=pytest.mark.full)]
CAP, PER_ORGANIZATION = 5, 50


def fill(category, count, status):
    """``count`` applications of as many people, fifty of each organization."""
    rows = [Organization(name=f"Example Alliance {number}") for number in range(count // PER_ORGANIZATION)]
    organizations = Organization.objects.bulk_create(rows)
    now = timezone.now()
    applications = [
        Registration(
            reference=f"RUSH-{number:06d}",
            meeting=category.meeting,
            category=category,
            organization=organization,
            status=status,
            email=f"applicant{number}@example.org",
            email_key=f"{number:064d}",
            name_key=f"applicant {number}",
            email_proved_at=now,
        )
        for number, organization in zip(range(count), itertools.cycle(organizations))
    ]
    Registration.objects.bulk_create(applications, batch_size=500)


def rush(act, shuffle=7):
    """Counter of what ``act`` answered for each registration; an exception counts by its words."""
    pks = list(Registration.objects.values_list("pk", flat=True))
    random.Random(shuffle).shuffle(pks)
    waiting, outcomes = queue.SimpleQueue(), queue.SimpleQueue()
    for pk in pks:
        waiting.put(pk)
    clients = 32 if connection.vendor == "postgresql" else 8
    together = threading.Barrier(clients)

    def client():
        together.wait()
        try:
            while True:
                outcomes.put(act(Registration(pk=waiting.get_nowait())))
        except queue.Empty:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(outcomes.get() for _ in range(outcomes.qsize()))


def applying(action, actor, **words):
    def act(registration):
        try:
            return workflow.apply(registration, action, actor=actor, **words).status
        except workflow.NoPlace:
            return "refused"
        except Exception as error:  # noqa: BLE001 an error of any kind is what must not be
            return repr(error)

    return act


def is_sound():
    meeting = Meeting.objects.get()
    return places.differences(meeting) == [] and chain.verdict(list(verification.rows(meeting)))[0] == "intact"


def statuses():
    return Counter(Registration.objects.values_list("status", flat=True))


@pytest.mark.parametrize("size", SIZES)
def test_rush_of_applicants_fills_every_seat_and_not_one_more(size):
    seats = size // 20
    category = make_category(allocation="first_come", capacity=seats, cap_per_organization=CAP)
    fill(category, size, Status.DRAFT)
    under_caps = size // PER_ORGANIZATION * CAP

    outcomes = rush(applying("submit", Actor.APPLICANT))

    told = {Status.SUBMITTED: seats, Status.WAITLISTED: under_caps - seats}
    assert outcomes == told | {"refused": size - under_caps}
    assert statuses() == told | {Status.DRAFT: size - under_caps}
    assert Category.objects.get().taken == seats
    assert set(OrganizationPlaces.objects.values_list("taken", flat=True)) == {CAP}
    assert Decision.objects.count() == Message.objects.count() == under_caps
    assert is_sound()


@pytest.mark.parametrize("size", SIZES)
def test_rush_of_approvals_fills_every_seat_and_not_one_more(size):
    seats = size // 20
    fill(make_category(capacity=seats), size, Status.SUBMITTED)

    outcomes = rush(applying("approve", Actor.DESK, by=make_officer()))

    assert outcomes == {Status.APPROVED: seats, "refused": size - seats}
    assert statuses() == {Status.APPROVED: seats, Status.SUBMITTED: size - seats}
    assert sorted(Badge.objects.values_list("number", flat=True)) == list(range(1, seats + 1))
    assert Decision.objects.count() == Message.objects.count() == seats
    assert is_sound()


@pytest.mark.parametrize("size", [200, pytest.param(2_000, marks=pytest.mark.full)])
def test_rush_of_comers_and_goers_waits_for_nobody_in_a_ring(size):
    """Submitting takes a seat and a place, withdrawing gives both back: two orders of locking would be a deadlock."""
    category = make_category(allocation="first_come", capacity=size, cap_per_organization=size)
    fill(category, size, Status.DRAFT)

    def come_and_go(registration):
        come, go = applying("submit", Actor.APPLICANT), applying("withdraw", Actor.APPLICANT)
        return come(registration), go(registration)

    assert rush(come_and_go) == {(Status.SUBMITTED, Status.WITHDRAWN): size}
    assert Category.objects.get().taken == 0
    assert is_sound()


# The same rush without the guards: what was counted before is no longer true when the seat is taken. The count comes
# before the transaction, because an immediate transaction of SQLite is itself a guard.


@pytest.fixture
def _no_constraints():
    """Lets the database take a count above its limit while a test runs."""
    kept = {model: list(model._meta.constraints) for model in (Category, OrganizationPlaces)}
    names = {"category_never_oversold", "organization_never_over_its_cap"}
    checks = [(model, check) for model, all_of_it in kept.items() for check in all_of_it if check.name in names]
    for model, check in checks:
        model._meta.constraints = [other for other in kept[model] if other != check]  # SQLite makes the table anew
        with connection.schema_editor() as editor:
            editor.remove_constraint(model, check)
    yield
    for model, check in checks:
        model.objects.update(taken=0)
        model._meta.constraints = kept[model]
        with connection.schema_editor() as editor:
            editor.add_constraint(model, check)


def unguarded(monkeypatch, act):
    """``act`` with both takings as count-then-update."""
    looked = threading.local()

    def look_and_act(registration):
        row = Registration.objects.select_related("category").get(pk=registration.pk)
        looked.seats = row.category.capacity - row.category.taken
        looked.places = places.left(row.category, row.organization)
        return act(registration)

    def take_seat(category_id):
        if looked.seats <= 0:
            raise places.CategoryFull("full")
        Category.objects.filter(pk=category_id).update(taken=F("taken") + 1)

    def take_place(registration):
        if looked.places is not None and looked.places <= 0:
            raise places.OrganizationFull("full")
        row = {"category_id": registration.category_id, "organization_id": registration.organization_id}
        OrganizationPlaces.objects.bulk_create([OrganizationPlaces(**row)], ignore_conflicts=True)
        OrganizationPlaces.objects.filter(**row).update(taken=F("taken") + 1)

    monkeypatch.setattr(places, "take_seat", take_seat)
    monkeypatch.setattr(places, "take_place", take_place)
    return look_and_act


@pytest.mark.usefixtures("_no_constraints")
def test_without_the_guard_the_rush_of_applicants_oversells(monkeypatch):
    size = 1_000
    category = make_category(allocation="first_come", capacity=size // 20, cap_per_organization=CAP)
    fill(category, size, Status.DRAFT)

    outcomes = rush(unguarded(monkeypatch, applying("submit", Actor.APPLICANT)))

    assert set(outcomes) <= {Status.SUBMITTED, Status.WAITLISTED, "refused"}
    assert Category.objects.get().taken > size // 20
    assert OrganizationPlaces.objects.filter(taken__gt=CAP).exists()


@pytest.mark.usefixtures("_no_constraints")
def test_without_the_guard_the_rush_of_approvals_oversells(monkeypatch):
    size = 1_000
    fill(make_category(capacity=size // 20), size, Status.SUBMITTED)

    outcomes = rush(unguarded(monkeypatch, applying("approve", Actor.DESK, by=make_officer())))

    assert set(outcomes) <= {Status.APPROVED, "refused"}
    assert Badge.objects.count() > size // 20


# Two at once


def both_at_once(*acts):
    together, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        together.wait()
        try:
            outcomes[number] = act()
        except workflow.TransitionRefused as refused:
            outcomes[number] = str(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number, act]) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_of_two_officers_at_once_one_decides_and_one_reads_who_did():
    fill(make_category(), 50, Status.SUBMITTED)
    registration = Registration.objects.first()
    officers = [make_officer(name, name=f"{name.title()} Officer") for name in ("amina", "boris")]

    def decide(action, officer):
        return lambda: workflow.apply(registration, action, actor=Actor.DESK, by=officer, ground="incomplete").status

    outcomes = both_at_once(decide("approve", officers[0]), decide("decline", officers[1]))

    decision = Decision.objects.get()
    word, first = ("Approved", "Amina Officer") if decision.after == Status.APPROVED else ("Declined", "Boris Officer")
    assert decision.after in outcomes
    [refused] = [outcome for outcome in outcomes if outcome != decision.after]
    assert refused == f"{word}: {first}, {workflow.conditions.told(registration, decision.at)}."
    assert Message.objects.count() == 1


def test_application_sent_twice_at_once_is_sent_once():
    fill(make_category(), 50, Status.DRAFT)
    registration = Registration.objects.first()

    outcomes = both_at_once(*[lambda: intake.submit(Registration.objects.get(pk=registration.pk)).status] * 4)

    assert outcomes == [Status.SUBMITTED] * 4
    assert Decision.objects.count() == Message.objects.count() == 1


def test_two_applications_of_one_address_at_once_are_one():
    meeting = make_meeting()
    for number in range(4):
        fill_one(make_category(meeting), number)
    rows = list(Registration.objects.all())

    def send(row):
        return lambda: workflow.apply(row, "submit", actor=Actor.APPLICANT).status

    outcomes = both_at_once(*[send(row) for row in rows])

    refusal = "There is another application of the same person to this meeting."
    assert Counter(outcomes) == {Status.SUBMITTED: 1, refusal: 3}


def fill_one(category, number):
    email = "ada@example.org"
    Registration.objects.create(
        reference=f"ONE-{number}", meeting=category.meeting, category=category, email=email,
        email_key=identifying.email_key(category.meeting_id, email), email_proved_at=timezone.now(),
    )  # fmt: skip


def test_address_that_begins_twice_at_once_has_one_draft_and_two_mails():
    category = make_category()

    def begin():
        return intake.begin(category, email="ada@example.org", language="en")

    both_at_once(*[begin] * 4)

    assert (Registration.objects.count(), Message.objects.filter(kind="registration_prove").count()) == (1, 4)


def test_steps_saved_in_two_tabs_at_once_are_both_kept():
    category = make_category()
    fill_one(category, 1)
    row = Registration.objects.get().pk

    def save(step, answers):
        tab = Registration.objects.get(pk=row)
        return lambda: intake.save_answers(tab, step, answers).done

    tabs = {f"step{number}": {f"answer{number}": number} for number in range(6)}
    both_at_once(*[save(step, answers) for step, answers in tabs.items()])

    kept = Registration.objects.get()
    assert kept.answers == {f"answer{number}": number for number in range(6)}
    assert sorted(kept.done) == sorted(tabs)
