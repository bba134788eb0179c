"""A review that is asked, and the waiting list: what is decided there once, and in which order."""

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
from accreditation.states import Actor, Status
from office.models import Message
from tests.accreditation.test_workflow import in_status, is_sound, refuses
from tests.builders import (
    make_category,
    make_officer,
    make_registration,
)

pytestmark = pytest.mark.django_db

# A review


def test_review_is_asked_once_in_time_and_decided_by_another_officer():
    registration, first, second = in_status(Status.SUBMITTED), make_officer("first"), make_officer("second")
    declined = workflow.apply(registration, "decline", actor=Actor.DESK, by=first, ground="incomplete")
    last_moment = declined.decisions.get().at + timedelta(days=registration.category.appeal_days)
    too_late = "The days in which a review could be asked for have passed."
    refuses(too_late, registration, "appeal", Actor.APPLICANT, reason="Look again.", at=last_moment)

    workflow.apply(registration, "appeal", actor=Actor.APPLICANT, reason="Look again.")

    other = "You declined this application: its review is for another officer."
    refuses(other, registration, "approve", Actor.DESK, by=first)
    refuses(other, registration, "decline", Actor.DESK, by=first, ground="incomplete")
    workflow.apply(registration, "decline", actor=Actor.DESK, by=second, ground="incomplete")
    once = "You have asked for a review once. Its outcome is final."
    refuses(once, registration, "appeal", Actor.APPLICANT, reason="Look again.")


def test_refusal_that_was_undone_keeps_nobody_from_the_review():
    registration = in_status(Status.SUBMITTED, category=make_category(hold_seconds=30))
    first, second = make_officer("first"), make_officer("second")
    later = timezone.now() + timedelta(minutes=5)
    workflow.apply(registration, "decline", actor=Actor.DESK, by=first, ground="incomplete")
    workflow.apply(registration, "appeal", actor=Actor.APPLICANT, reason="Look again.", at=later)
    workflow.apply(registration, "decline", actor=Actor.DESK, by=second, ground="incomplete", at=later)
    workflow.apply(registration, "undo", actor=Actor.DESK, by=second, at=later)

    other = "You declined this application: its review is for another officer."
    refuses(other, registration, "approve", Actor.DESK, by=first, at=later)
    assert workflow.apply(registration, "approve", actor=Actor.DESK, by=second, at=later).status == Status.APPROVED


# The waiting list


def test_places_are_offered_as_ranked_and_then_as_sent():
    category = make_category(allocation="first_come", capacity=0)
    now = timezone.now()
    early, late, ranked = (
        make_registration(Status.WAITLISTED, category=category, declared_at=now + timedelta(minutes=minute), **rank)
        for minute, rank in [(1, {}), (2, {}), (3, {"waitlist_rank": 1})]
    )
    order = []
    for _ in range(3):
        Category.objects.update(capacity=Category.objects.get().taken + 1)
        assert workflow.offer_next(category) == 1
        order.append(Decision.objects.order_by("-sequence").first().registration)

    assert order == [ranked, early, late]
    assert set(Registration.objects.values_list("status", flat=True)) == {Status.OFFERED}
    assert is_sound(category.meeting)


@pytest.mark.parametrize("looked_at", [True, False])
def test_accepted_seat_is_an_accreditation_only_where_an_officer_has_seen_the_case(looked_at):
    category, officer = make_category(allocation="first_come", capacity=1), make_officer()
    seated, waiting = make_registration(category=category), make_registration(category=category)
    for row in (seated, waiting):
        workflow.apply(row, "submit", actor=Actor.APPLICANT)
    workflow.apply(seated, "withdraw", actor=Actor.APPLICANT)
    if looked_at:
        workflow.apply(waiting, "ask", actor=Actor.DESK, by=officer, reason="Which outlet?")
        workflow.apply(waiting, "reply", actor=Actor.APPLICANT)
        workflow.apply(waiting, "waitlist", actor=Actor.DESK, by=officer)
    assert workflow.offer_next(category) == 1

    accepted = workflow.apply(waiting, "accept", actor=Actor.APPLICANT)

    expected = (Status.APPROVED, 1, "registration_approved") if looked_at else (
        Status.SUBMITTED, 0, "registration_replied",
    )  # fmt: skip
    last_letter = Message.objects.filter(to=waiting.email).latest("queued_at").kind
    assert (accepted.status, Badge.objects.count(), last_letter) == expected
    assert (accepted.holds_seat, Category.objects.get().taken, is_sound(category.meeting)) == (True, 1, True)
    if not looked_at:
        assert workflow.apply(waiting, "approve", actor=Actor.DESK, by=officer).status == Status.APPROVED
