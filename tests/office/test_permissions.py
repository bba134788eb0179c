"""Rights come from grants in force today, for a meeting or for all, and from nothing else."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from office import permissions
from office.models import Grant
from office.permissions import Role
from tests.builders import make_meeting, make_officer

pytestmark = pytest.mark.django_db

CHANGE = "advisory.change_meeting"


def again(officer):
    """The officer as the next request reads them."""
    return get_user_model().objects.get(pk=officer.pk)


def test_grant_for_one_meeting_says_nothing_of_another():
    mine, other = make_meeting(), make_meeting()

    officer = make_officer(meeting=mine)

    assert [officer.has_perm(CHANGE, meeting) for meeting in (mine, other)] == [True, False]
    assert permissions.meetings_with(officer, CHANGE) == {mine.pk}


def test_grant_for_all_meetings_covers_each():
    officer = make_officer()

    assert officer.has_perm(CHANGE, make_meeting())
    assert permissions.meetings_with(officer, CHANGE) is None


def test_parts_are_asked_of_their_meeting():
    mine, other = make_meeting(), make_meeting()

    officer = make_officer(meeting=mine)

    answers = [officer.has_perm("advisory.change_sitting", meeting.sittings.get()) for meeting in (mine, other)]
    assert answers == [True, False]


@pytest.mark.parametrize(("days_left", "holds"), [(1, True), (0, True), (-1, False)])
def test_grant_holds_until_the_end_of_its_last_day(days_left, holds):
    meeting = make_meeting()

    officer = make_officer(ends_on=timezone.localdate() + timedelta(days=days_left))

    assert officer.has_perm(CHANGE, meeting) is holds


def test_officer_who_may_not_sign_in_holds_nothing():
    officer = make_officer()
    officer.is_active = False
    officer.save()

    assert not again(officer).has_perm(CHANGE, make_meeting())


def test_being_staff_is_no_right():
    assert not make_officer(roles=[], is_staff=True).has_perm(CHANGE, make_meeting())


def test_nobody_is_superuser():
    officer = make_officer()
    officer.is_superuser = True

    assert not again(officer).is_superuser


@pytest.mark.parametrize("role", Role)
def test_only_press_officers_publish(role):
    officer = make_officer(roles=[role])

    assert officer.has_perm("advisory.publish_meeting", make_meeting()) is (role == Role.PRESS_OFFICER)


@pytest.mark.parametrize("role", Role)
def test_only_administrators_give_rights(role):
    officer = make_officer(roles=[role])

    assert officer.has_perm("office.add_grant") is (role == Role.ADMINISTRATOR)


def test_end_of_a_grant_is_seen_by_the_next_request():
    officer, meeting = make_officer(), make_meeting()
    Grant.objects.update(ends_on=timezone.localdate() - timedelta(days=1))

    assert not again(officer).has_perm(CHANGE, meeting)


@pytest.mark.parametrize(
    ("may", "roles"),
    [
        (permissions.may_read_identity, {Role.SECURITY_LIAISON}),
        (permissions.may_read_needs, {Role.ACCESS_FOCAL_POINT}),
        (permissions.may_read_papers, {Role.LIAISON_OFFICER, Role.MEDIA_REVIEWER, Role.SUPERVISOR}),
        (permissions.may_read_portrait, {Role.LIAISON_OFFICER, Role.MEDIA_REVIEWER, Role.BADGE_DESK}),
        (permissions.may_protect, {Role.LIAISON_OFFICER, Role.MEDIA_REVIEWER, Role.SUPERVISOR}),
    ],
)
def test_what_people_sent_is_for_those_who_need_it_alone(may, roles):
    meeting, other = make_meeting(), make_meeting()
    officers = {role: make_officer(role, roles=[role], meeting=meeting) for role in Role}

    assert {role for role, officer in officers.items() if may(officer, meeting)} == roles
    assert [role for role, officer in officers.items() if may(officer, other)] == []
