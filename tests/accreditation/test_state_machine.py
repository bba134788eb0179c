"""Whatever happens in whatever order: counters are the rows that hold them, nothing is oversold, the chain fits, and
who is approved has a badge that nobody else has."""

import contextlib
import random
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from accreditation import places, verification, workflow
from accreditation.models import Badge, Category, Decision, MeetingBook, OrganizationPlaces, Registration
from accreditation.states import HOLDS_SEAT, LIVE, Actor, Attending, BadgeState, Status
from advisory.models import Meeting
from office import chain
from tests.builders import (
    make_category,
    make_desk_policy,
    make_meeting,
    make_officer,
    make_organization,
    make_registration,
)

pytestmark = [pytest.mark.property, pytest.mark.django_db]

MOST = 6
WORDS = {"reason": "Because of the letter.", "ground": "conduct"}
ACTORS = [Actor.APPLICANT, Actor.DESK, Actor.SUPERVISOR, Actor.WORKER]
NUMBERS = st.integers(min_value=0, max_value=MOST - 1)


class Office(RuleBasedStateMachine):
    """One meeting with a category of each kind, two organizations, six people, three officers and a clock."""

    done = set()  # actions that were carried out, over all sequences

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        meeting = make_meeting()
        make_desk_policy(meeting)
        self.meeting, self.now = meeting, datetime(2016, 9, 6, tzinfo=UTC)
        self.categories = [
            make_category(meeting, allocation="first_come", capacity=2, cap_per_organization=2, hold_seconds=30),
            make_category(meeting, allocation="by_decision", capacity=1, cap_per_organization=3, hold_seconds=30),
        ]
        self.organizations = [make_organization(f"Example Alliance {number}") for number in range(2)]
        self.officers = [make_officer(f"officer{number}") for number in range(3)]
        self.overstepped, self.did = set(), set()
        self.rows = [None] * MOST
        for number in range(MOST):
            self.somebody_comes(number)

    def somebody_comes(self, number):
        """Number 5 attends remotely; 2 and 5 have one address between them, and so one application at a time."""
        email = {"email": "ada@example.org"} if number in {2, 5} else {}
        self.rows[number] = make_registration(
            category=self.categories[number % 2],
            organization=self.organizations[number // 2 % 2],
            attending=Attending.REMOTE if number == 5 else Attending.IN_PERSON,
            **email,
        ).pk
        self.act(number, "submit", Actor.APPLICANT)

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def act(self, number, action, actor, by=None):
        officer = self.officers[by] if by is not None else None
        with contextlib.suppress(workflow.TransitionRefused):
            workflow.apply(Registration(pk=self.rows[number]), action, actor=actor, by=officer, at=self.now, **WORDS)
            self.did.add(action)
            Office.done.add(action)

    @rule(seed=st.integers(0, 2**32 - 1))
    def some_act(self, seed):
        """What the table gives somebody to do, six times, what nobody did yet every second time; officers think
        better of every third decision."""
        chance = random.Random(seed)
        for _ in range(6):
            self.now += timedelta(seconds=chance.choice([0, 10, 40, 40]))
            number, officer = chance.randrange(MOST), chance.randrange(3)
            status = Registration.objects.values_list("status", flat=True).get(pk=self.rows[number])
            if status in {Status.WITHDRAWN, Status.LAPSED}:
                self.somebody_comes(number)
                continue
            choices = [(actor, name) for actor in ACTORS for name in workflow.actions_open_to(actor, status)]
            new = [(actor, name) for actor, name in choices if name not in self.did]
            actor, action = chance.choice(new if new and chance.randrange(2) else choices)
            by = officer if actor in workflow.OFFICERS else None
            self.act(number, action, actor, by)
            if by is not None and not chance.randrange(3):
                self.act(number, "undo", actor, by)

    @rule(seconds=st.sampled_from([1, 30, 3600, 3 * 86400]))
    def time_passes(self, seconds):
        self.now += timedelta(seconds=seconds)

    @rule()
    def worker(self):
        workflow.release_held(at=self.now)
        for category in self.categories:
            workflow.offer_next(category, at=self.now)

    @rule(which=st.integers(0, 1), capacity=st.one_of(st.none(), st.integers(0, 5)))
    def capacity_is_changed(self, which, capacity):
        """An officer who sees an old count; the database refuses what is less than what is taken."""
        category = self.categories[which]
        category.capacity = capacity
        try:
            with transaction.atomic():
                category.save()
        except IntegrityError:
            category.capacity = Category.objects.get(pk=category.pk).capacity

    @rule(which=st.integers(0, 1), cap=st.one_of(st.none(), st.integers(1, 4)))
    def cap_is_changed(self, which, cap):
        self.categories[which].cap_per_organization = cap
        self.categories[which].save()
        if cap is not None:  # lowering it sends nobody away
            above = OrganizationPlaces.objects.filter(category=self.categories[which], taken__gt=cap)
            self.overstepped |= set(above.values_list("pk", flat=True))

    @rule(number=NUMBERS, organization=st.integers(0, 1), part=st.sampled_from(["representative", "assistant"]))
    def organization_is_corrected(self, number, organization, part):
        registration = workflow.lock(self.rows[number])
        try:
            places.move(registration, organization=self.organizations[organization], part=part)
        except places.OrganizationFull:
            return
        registration.save(update_fields=["organization", "part", "holds_place"])

    # What is always so

    @invariant()
    def counters_are_the_rows_that_hold_them(self):
        assert places.differences(self.meeting) == []

    @invariant()
    def nothing_is_oversold(self):
        for taken, capacity in Category.objects.exclude(capacity=None).values_list("taken", "capacity"):
            assert taken <= capacity
        for row in OrganizationPlaces.objects.select_related("category").exclude(pk__in=self.overstepped):
            assert row.category.cap_per_organization is None or row.taken <= row.category.cap_per_organization

    @invariant()
    def the_chain_is_intact(self):
        if MeetingBook.objects.exists():
            rows = list(verification.rows(Meeting.objects.get()))
            assert chain.verdict(rows) == ("intact", f"{len(rows)} rows")

    @invariant()
    def status_is_what_was_decided_last(self):
        last = {decision.registration_id: decision.after for decision in Decision.objects.order_by("sequence")}
        for pk, status in Registration.objects.values_list("pk", "status"):
            assert status == last.get(pk, Status.DRAFT)

    @invariant()
    def who_is_approved_in_person_has_one_badge_and_nobody_else(self):
        valid = Badge.objects.exclude(state=BadgeState.VOID)
        in_person = Registration.objects.filter(status=Status.APPROVED, attending=Attending.IN_PERSON)
        assert sorted(valid.values_list("registration", flat=True)) == sorted(in_person.values_list("pk", flat=True))
        numbers = list(Badge.objects.values_list("number", flat=True))
        assert sorted(numbers) == list(range(1, len(numbers) + 1))

    @invariant()
    def places_follow_the_status_unless_held(self):
        for row in Registration.objects.select_related("category").filter(held_until=None):
            assert row.holds_seat == row.category.holds_seat(row.status)
            assert row.holds_place == (row.status in LIVE and row.counts_in_cap)
        assert not Registration.objects.filter(status__in=HOLDS_SEAT, holds_seat=False).exists()

    @invariant()
    def nobody_has_two_live_applications(self):
        keys = list(Registration.objects.live().values_list("email_key", flat=True))
        assert len(keys) == len(set(keys))


# A thousand in --full, in twentieths: none runs into the time that one test may take
TWENTIETHS = [pytest.param(50, 50, marks=pytest.mark.full, id=f"{number} of 20") for number in range(1, 21)]


@pytest.mark.parametrize(("sequences", "steps"), [(30, 25), *TWENTIETHS])
def test_ledger_is_true_after_any_sequence(sequences, steps):
    asked = settings(max_examples=sequences, stateful_step_count=steps, suppress_health_check=list(HealthCheck))

    run_state_machine_as_test(Office, settings=asked)

    assert Office.done == set(workflow.ACTIONS) - {"confirm", "endorse", "object"}
