"""How long officers stay signed in, and that those who leave are out at once."""

import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office import sessions
from office.models import Grant, User
from office.permissions import Role
from office.second_factor import codes
from tests.builders import PASSWORD, make_meeting, make_officer, make_sitting
from tests.filled_form import filled
from tests.signing_in import record

pytestmark = pytest.mark.django_db

SIGNED_OUT = "/accounts/login/?next=/admin/"


def sign_in(officer):
    """Through the pages, as an officer does."""
    client, app = Client(), codes.give(officer)
    client.post("/accounts/login/", {"login": officer.username, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": codes.current(app)})
    assert client.get("/admin/").status_code == 200
    return client


def test_session_ends_after_half_an_hour_without_a_request():
    client = sign_in(make_officer())
    left = Session.objects.get().expire_date - timezone.now()
    assert timedelta(minutes=29) < left <= timedelta(minutes=30)

    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert client.get("/admin/").url == SIGNED_OUT


def test_each_minute_with_a_request_moves_the_end():
    client = sign_in(make_officer())
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=5))
    client.get("/admin/")
    assert Session.objects.get().expire_date < timezone.now() + timedelta(minutes=6)
    session = client.session
    session["seen_at"] = time.time() - 61
    session.save()
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=5))

    client.get("/admin/")

    assert Session.objects.get().expire_date > timezone.now() + timedelta(minutes=29)


@pytest.mark.parametrize(("hours", "is_in"), [(11.9, True), (12.1, False)])
def test_session_ends_after_twelve_hours_whatever_happens(client, hours, is_in):
    officer = make_officer()
    client.force_login(officer)
    record(client, officer, "password", "mfa", at=time.time() - hours * 3600)

    assert (client.get("/admin/").status_code == 200) is is_in


def test_cookie_goes_with_the_browser_and_its_key_changes_at_sign_in(client):
    app = codes.give(make_officer())
    client.post("/accounts/login/", {"login": "officer", "password": PASSWORD})
    before = client.cookies["session"].value

    client.post(reverse("mfa_authenticate"), {"code": codes.current(app)})

    cookie = client.cookies["session"]
    assert cookie.value != before
    assert (cookie["max-age"], cookie["expires"], cookie["httponly"], cookie["samesite"]) == ("", "", True, "Lax")


def test_there_is_no_box_to_stay_signed_in(client):
    assert 'name="remember"' not in client.get("/accounts/login/").content.decode()


# Leavers


def test_sessions_of_an_officer_who_is_switched_off_are_deleted(client):
    leaver = make_officer("leaver")
    sign_in(leaver)
    sign_in(make_officer("stays"))
    client.force_login(make_officer("chief", roles=[Role.ADMINISTRATOR]))
    page = reverse("admin:office_user_change", args=[leaver.pk])

    client.post(page, filled(client.get(page), "user_form") | {"is_active": ""})

    whose = [session.get_decoded()["_auth_user_id"] for session in Session.objects.all()]
    assert sorted(whose) == sorted(str(user.pk) for user in User.objects.filter(is_active=True))


def test_old_session_of_an_officer_who_was_switched_off_otherwise_is_refused():
    client = sign_in(make_officer())

    User.objects.update(is_active=False)

    assert client.get("/admin/").url == SIGNED_OUT


def test_old_session_is_over_when_the_last_role_has_ended():
    client = sign_in(make_officer())
    Grant.objects.update(ends_on=timezone.localdate() - timedelta(days=1))

    assert client.get("/admin/").url == SIGNED_OUT
    Grant.objects.update(ends_on=None)
    assert client.get("/admin/").url == SIGNED_OUT


def test_new_password_ends_every_session():
    officer = make_officer()
    client = sign_in(officer)

    officer.set_password("another long pass phrase")
    officer.save()

    assert client.get("/admin/").url == SIGNED_OUT


def test_worker_forgets_sessions_that_ended_or_are_nobodys():
    kept, gone, over = make_officer("kept"), make_officer("gone"), make_officer("over")
    sign_in(over)
    Session.objects.update(expire_date=timezone.now() - timedelta(hours=12, seconds=1))
    sign_in(kept)
    sign_in(gone)
    User.objects.filter(pk=gone.pk).update(is_active=False)

    sessions.forget_ended()

    assert [session.get_decoded()["_auth_user_id"] for session in Session.objects.all()] == [str(kept.pk)]


# Roles for one meeting


@pytest.fixture
def meeting():
    meeting = make_meeting(sitting=False)
    make_sitting(meeting, date=timezone.localdate() + timedelta(days=10))
    make_sitting(meeting, date=timezone.localdate() + timedelta(days=12))
    return meeting


def give(client, **fields):
    client.force_login(make_officer("chief", roles=[Role.ADMINISTRATOR]))
    colleague = make_officer("colleague", roles=[])
    client.post(reverse("admin:office_grant_add"), {"user": colleague.pk, "role": Role.PRESS_OFFICER, **fields})
    return colleague.grants.get()


def test_role_for_a_meeting_ends_a_week_after_it(client, meeting):
    assert give(client, meeting=meeting.pk).ends_on == timezone.localdate() + timedelta(days=19)


def test_role_for_a_meeting_ends_when_the_administrator_says(client, meeting):
    day = timezone.localdate() + timedelta(days=99)

    assert give(client, meeting=meeting.pk, ends_on=day).ends_on == day


def test_role_for_a_meeting_that_is_over_ends_in_a_week(client):
    over = make_meeting()

    assert give(client, meeting=over.pk).ends_on == timezone.localdate() + timedelta(days=7)


def test_role_for_every_meeting_has_no_end(client):
    assert give(client).ends_on is None
