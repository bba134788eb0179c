"""What one officer alone may not do: the policy's second pair of eyes, notice before a badge is lost, conflicts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation import workflow
from accreditation.models import Badge, Conflict, Decision
from accreditation.states import Actor, BadgeState, Status
from tests.builders import make_category, make_desk_policy, make_officer, make_organization, make_registration

pytestmark = pytest.mark.django_db
REVOKE = {"actor": Actor.SUPERVISOR, "ground": "conduct"}


@pytest.fixture
def approved():
    registration = make_registration(
        Status.SUBMITTED, category=make_category(hold_seconds=0), organization=make_organization()
    )
    return workflow.apply(registration, "approve", actor=Actor.DESK, by=make_officer("first"))


def test_one_officer_alone_does_not_revoke(approved):
    officer = make_officer("supervisor")
    make_desk_policy(approved.meeting, seconded=["revoke"])

    for second in [None, officer]:
        with pytest.raises(workflow.TransitionRefused, match="^A second officer has to approve this: propose it.$"):
            workflow.apply(approved, "revoke", by=officer, seconded_by=second, **REVOKE)
    assert Badge.objects.get().state == BadgeState.ISSUED

    workflow.apply(approved, "revoke", by=officer, seconded_by=make_officer("second"), **REVOKE)
    assert (Badge.objects.get().state, Decision.objects.last().seconded_by.username) == (BadgeState.VOID, "second")


def test_without_rules_of_its_own_a_meeting_asks_for_two_and_for_notice(approved):
    two = {"by": make_officer("supervisor"), "seconded_by": make_officer("second")}
    at = timezone.now()

    with pytest.raises(workflow.TransitionRefused, match="they have 24 hours to answer"):
        workflow.apply(approved, "revoke", **REVOKE, **two)
    approved.notice_until = at + timedelta(hours=1)
    approved.save()
    with pytest.raises(workflow.TransitionRefused, match="^The person may answer until "):
        workflow.apply(approved, "revoke", at=at, **REVOKE, **two)

    later = approved.notice_until
    assert workflow.apply(approved, "revoke", at=later, **REVOKE, **two).status == Status.REVOKED


def test_danger_waits_for_nobody_to_answer(approved):
    two = {"by": make_officer("supervisor"), "seconded_by": make_officer("second")}

    assert workflow.apply(approved, "revoke", **REVOKE | {"ground": "danger"}, **two).status == Status.REVOKED


@pytest.mark.parametrize("about", ["registration", "organization"])
@pytest.mark.parametrize("who", ["by", "seconded_by"])
def test_officer_with_a_conflict_neither_decides_nor_approves(approved, about, who):
    two = {"by": make_officer("supervisor"), "seconded_by": make_officer("second")}
    make_desk_policy(approved.meeting, seconded=["revoke"])
    subject = approved if about == "registration" else approved.organization
    Conflict.objects.create(officer=two[who], declared_by=two[who], at=timezone.now(), **{about: subject})

    with pytest.raises(workflow.TransitionRefused, match="^You have a conflict of interest here"):
        workflow.apply(approved, "revoke", **REVOKE, **two)
    assert Badge.objects.get().state == BadgeState.ISSUED
