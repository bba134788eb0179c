"""Decisions that can still be undone: taken back whole, shown to nobody but officers, final in time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation import workflow
from accreditation.models import (
    Badge,
    Category,
    Decision,
    Registration,
)
from accreditation.states import Actor, BadgeState, Status
from office.models import Message
from office.models.message import MessageState
from tests.accreditation.test_workflow import (
    LONG_AGO,
    ROWS,
    WITH_WORDS,
    everything,
    in_status,
    is_sound,
    refuses,
    valid_badges,
)
from tests.builders import (
    make_category,
    make_officer,
)

pytestmark = pytest.mark.django_db


# Held decisions

HELD = [
    (action, status, actor)
    for action, (sources, _target, actors) in ROWS.items()
    for actor in ("desk", "supervisor")
    if actor in actors
    for status in sources
]
OTHER_COLUMNS = ["pk", "status", "holds_seat", "holds_place", "offer_until", "info_until", "info_items", "has_appealed"]


@pytest.mark.parametrize(("action", "status", "actor"), HELD)
def test_undoing_brings_back_what_was_before(action, status, actor):
    category = make_category(hold_seconds=30, allocation="first_come", capacity=5, cap_per_organization=5)
    asked = {"info_until": timezone.now() + LONG_AGO, "info_items": [{"step": "papers", "note": ""}]}
    times = asked if status == "info_requested" else {}
    registration = in_status(Status(status), category=category, **times)
    Badge.objects.update(state=BadgeState.COLLECTED)
    officer, stranger, actor = make_officer(), make_officer("stranger"), Actor(actor)
    row, badge = Registration.objects.values(*OTHER_COLUMNS).get(), list(Badge.objects.values())
    held = workflow.apply(registration, action, actor=actor, by=officer, **WITH_WORDS)
    assert workflow.shown_status(held) == status
    assert is_sound(category.meeting)

    refuses("Only the officer who decided can undo it.", registration, "undo", actor, by=stranger)
    for other in [Actor.APPLICANT, Actor.FOCAL_POINT, Actor.WORKER]:
        with pytest.raises(workflow.TransitionRefused, match="This is not for the"):
            workflow.apply(registration, "undo", actor=other, by=officer)
    over = "The time in which it could be undone has passed."
    refuses(over, registration, "undo", actor, by=officer, at=held.held_until)
    workflow.apply(registration, "undo", actor=actor, by=officer)

    assert Registration.objects.values(*OTHER_COLUMNS).get() == row
    assert [b for b in Badge.objects.values() if b["state"] != BadgeState.VOID] == badge
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.CANCELLED}
    assert is_sound(category.meeting)
    refuses(over, registration, "undo", actor, by=officer)


def test_held_decision_gives_nothing_back_until_it_is_final():
    category = make_category(hold_seconds=30, capacity=1)
    registration = in_status(Status.APPROVED, category=category)
    revoked = workflow.apply(registration, "revoke", actor=Actor.SUPERVISOR, by=make_officer(), ground="conduct")
    assert (revoked.holds_seat, revoked.holds_place, Category.objects.get().taken) == (True, True, 1)

    second = timedelta(seconds=1)
    assert [workflow.release_held(at=revoked.held_until - second), Category.objects.get().taken] == [0, 1]
    assert [workflow.release_held(at=revoked.held_until), Category.objects.get().taken] == [1, 0]

    assert workflow.release_held(at=revoked.held_until) == 0
    assert is_sound(category.meeting)


def test_decisions_on_top_of_a_held_one_are_shown_and_undone_one_by_one():
    category = make_category(hold_seconds=30, capacity=1)
    registration = in_status(Status.SUBMITTED, category=category)
    first, second = make_officer("first"), make_officer("second")
    workflow.apply(registration, "waitlist", actor=Actor.DESK, by=first)
    approved = workflow.apply(registration, "approve", actor=Actor.DESK, by=second)

    assert workflow.shown_status(approved) == Status.SUBMITTED
    back = workflow.apply(registration, "undo", actor=Actor.DESK, by=second)
    assert (back.status, workflow.shown_status(back)) == (Status.WAITLISTED, Status.SUBMITTED)
    back = workflow.apply(registration, "undo", actor=Actor.DESK, by=first)
    assert (back.status, back.held_until, valid_badges(back).count()) == (Status.SUBMITTED, None, 0)
    assert is_sound(category.meeting)


def test_act_of_the_applicant_undoes_what_is_held_first():
    category = make_category(hold_seconds=30, capacity=1)
    registration = in_status(Status.SUBMITTED, category=category)
    workflow.apply(registration, "waitlist", actor=Actor.DESK, by=make_officer("first"))
    workflow.apply(registration, "approve", actor=Actor.DESK, by=make_officer("second"))

    gone = workflow.apply(registration, "withdraw", actor=Actor.APPLICANT)

    told = list(Decision.objects.order_by("sequence").values_list("action", "after"))
    assert told[2:] == [("undo", "waitlisted"), ("undo", "submitted"), ("withdraw", "withdrawn")]
    assert (gone.held_until, valid_badges(gone).count(), Category.objects.get().taken) == (None, 0, 0)
    states = list(Message.objects.order_by("queued_at").values_list("kind", "state"))
    cancelled = [("registration_waitlisted", "cancelled"), ("registration_approved", "cancelled")]
    assert states == [*cancelled, ("registration_withdrawn", "queued")]
    assert is_sound(category.meeting)


def test_refused_act_of_the_applicant_leaves_the_held_decision_and_tells_nothing_of_it():
    registration = in_status(Status.SUBMITTED, category=make_category(hold_seconds=30))
    workflow.apply(registration, "decline", actor=Actor.DESK, by=make_officer(), ground="incomplete")
    before = everything()

    with pytest.raises(workflow.TransitionRefused, match="^Being reviewed"):
        workflow.apply(registration, "appeal", actor=Actor.APPLICANT, reason="Look again.")

    assert everything() == before


def test_worker_waits_until_a_decision_is_final():
    registration = in_status(Status.SUBMITTED, category=make_category(hold_seconds=30, capacity=1))
    held = workflow.apply(registration, "waitlist", actor=Actor.DESK, by=make_officer())

    assert workflow.offer_next(registration.category) == 0
    with pytest.raises(workflow.TransitionRefused):
        workflow.apply(registration, "offer", actor=Actor.WORKER)
    assert workflow.offer_next(registration.category, at=held.held_until) == 1
