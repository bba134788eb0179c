"""Every action in every status, and what a status change takes with it."""

import pytest

from accreditation import places, workflow
from accreditation.states import Actor, Status
from tests.builders import make_category, make_officer, make_registration

pytestmark = pytest.mark.django_db


def test_press_application_goes_from_draft_to_badge():
    category = make_category(capacity=1)
    registration = make_registration(category=category)
    officer = make_officer()

    sent = workflow.apply(registration, "submit", actor=Actor.APPLICANT)
    approved = workflow.apply(sent, "approve", actor=Actor.DESK, by=officer)

    assert (sent.status, approved.status) == (Status.SUBMITTED, Status.APPROVED)
    assert [decision.action for decision in approved.decisions.order_by("sequence")] == ["submit", "approve"]
    assert approved.badges.get().number == 1
    category.refresh_from_db()
    assert category.taken == 1
    assert places.differences(category.meeting) == []
