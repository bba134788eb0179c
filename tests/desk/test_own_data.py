"""What applicants get of what the desk did with their application: what they may see, and no officer's name."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation import workflow
from accreditation.desk import notice, pools, second, speaking
from accreditation.models import Pool, PoolSeats, Registration
from accreditation.own_data import own_data
from accreditation.states import Actor, Status
from office.permissions import Role
from tests.builders import make_category, make_desk_policy, make_officer, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker():
    return make_officer("Qwyzzle-maker", roles=[Role.LIAISON_OFFICER, Role.SUPERVISOR])


@pytest.fixture
def other():
    return make_officer("Qwyzzle-other", roles=[Role.LIAISON_OFFICER, Role.SUPERVISOR])


@pytest.fixture
def category():
    category = make_category(offers_speaking=True)
    make_desk_policy(category.meeting, seconded=["decline"], notice_hours=24)
    return category


def data(registration):
    text = own_data(Registration.objects.get(pk=registration.pk))
    assert "Qwyzzle" not in text
    return json.loads(text)


def test_pool_and_speaking_outcome_are_in_it(category, maker):
    ada = make_registration(Status.APPROVED, category=category, speaking={"wishes": "yes", "topic": "Seas"})
    starts = timezone.now().replace(microsecond=0)
    pool = Pool.objects.create(meeting=category.meeting, name="Arrivals", place="North door", starts_at=starts)
    PoolSeats.objects.create(pool=pool, seats=2)
    pools.put_in(ada, pool, by=maker)
    speaking.set_outcome(ada, "reserve", by=maker)

    told = data(ada)

    assert [(row["name"], row["place"], row["kind"]) for row in told["pools"]] == [("Arrivals", "North door", "pool")]
    assert told["pools"][0]["starts_at"].startswith(starts.strftime("%Y-%m-%dT%H:%M:%S"))
    assert told["speaking_outcome"]["outcome"] == "reserve"


def test_what_was_granted_is_in_it_once_it_is_told(category, maker):
    category.hold_seconds = 30
    category.save()
    ada = make_registration(Status.SUBMITTED, category=category)
    workflow.apply(ada, "approve", actor=Actor.DESK, by=maker, granted={"days": ["2026-03-02"], "escort": True})

    assert data(ada)["granted"] == {}
    Registration.objects.update(held_until=timezone.now() - timedelta(seconds=1))
    assert data(ada)["granted"] == {"days": ["2026-03-02"], "escort": True}


def test_notices_are_in_it_with_their_words(category, maker):
    ada = make_registration(Status.APPROVED, category=category)
    notice.give(ada, by=maker, ground="conduct", words="A camera in the closed part.")
    notice.end(ada, by=maker)

    assert [(row["action"], row["ground"], row["words"]) for row in data(ada)["notices"]] == [
        ("give_notice", "conduct", "A camera in the closed part."), ("end_notice", "", ""),
    ]  # fmt: skip


def test_proposal_is_in_it_once_it_is_settled_without_its_words(category, maker, other):
    ada = make_registration(Status.SUBMITTED, category=category)
    decline = {"actor": Actor.DESK, "by": maker, "ground": "incomplete"}
    proposed = second.propose(ada, "decline", reason="Qwyzzle lent it", **decline)
    assert data(ada)["proposed"] == []

    second.refuse(proposed, by=other, reason="Qwyzzle is known to us")
    second.approve(second.propose(ada, "decline", **decline), by=other)

    told = data(ada)
    assert [(row["action"], row["outcome"]) for row in told["proposed"]] == [
        ("decline", "refused"), ("decline", "approved"),
    ]  # fmt: skip
    assert [(row["action"], row["by_two_officers"]) for row in told["decisions"]] == [("decline", True)]


def test_approved_proposal_waits_until_its_decision_is_told(category, maker, other):
    category.hold_seconds = 30
    category.save()
    ada = make_registration(Status.SUBMITTED, category=category)
    proposed = second.propose(ada, "decline", actor=Actor.DESK, by=maker, ground="incomplete")
    second.approve(proposed, by=other)

    told = data(ada)
    assert (told["status"], told["proposed"], told["decisions"]) == ("submitted", [], [])
