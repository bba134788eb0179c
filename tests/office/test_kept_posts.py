"""A form that was open longer than its officer was signed in: what was typed is shown again and sent with one press."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from accreditation.models import Note
from accreditation.states import Status
from office import sessions
from office.models import User
from office.permissions import Role
from office.second_factor import codes
from tests.builders import PASSWORD, make_officer, make_registration
from tests.signing_in import record

pytestmark = pytest.mark.django_db
TYPED = "Her editor called twice.\r\nAsk for the letter «anew»."
ROLES = [Role.LIAISON_OFFICER, Role.ADMINISTRATOR]
OURS = {"Origin": "http://testserver"}


@pytest.fixture
def officer():
    return make_officer("officer", roles=ROLES)


@pytest.fixture
def registration():
    return make_registration(Status.SUBMITTED)


def note(registration):
    return f"/desk/registrations/{registration.reference}/note/"


def sign_in(client, officer, following=""):
    """Through the pages, as an officer does; returns where it leads."""
    app = Authenticator.objects.filter(user=officer).first() or codes.give(officer)
    client.post(f"/accounts/login/{following}", {"login": officer.username, "password": PASSWORD})
    return client.post(reverse("mfa_authenticate"), {"code": codes.current(app)})


def run_out(hours=0.001):
    Session.objects.update(expire_date=timezone.now() - timedelta(hours=hours))


def buttons(page):
    """[(address, fields)] as the page's buttons post them."""
    forms = html.fromstring(page.content.decode()).xpath("//main//form[@action and not(@class='langs')]")
    return [(form.get("action"), dict(form.fields)) for form in forms]


def press(client, page):
    [(address, fields)] = buttons(page)
    return client.post(address, fields)


def test_what_was_typed_comes_back_after_signing_in_and_is_sent_with_one_press(client, officer, registration):
    client.force_login(officer)
    run_out()

    refused = client.post(note(registration) + "?view=new", {"note": TYPED})
    assert refused["Location"] == "/accounts/login/?next=/accounts/kept/"
    assert Note.objects.count() == 0
    signed_in = sign_in(client, officer, "?next=/accounts/kept/")
    page = client.get(signed_in["Location"])

    assert (page.status_code, "Her editor called twice." in page.content.decode()) == (200, True)
    assert press(client, page)["Location"].startswith(f"/desk/registrations/{registration.reference}/?view=new")
    assert Note.objects.get().words == TYPED.replace("\r\n", "\n")
    assert client.get("/accounts/kept/").status_code == 404


def test_form_of_the_panel_comes_back_with_every_value(client, officer):
    client.force_login(officer)
    run_out()
    typed = {"name": "Oceans", "slug": "oceans", "many": ["a", "b"]}

    client.post("/admin/advisory/topic/add/", typed)
    sign_in(client, officer)

    [(address, fields)] = buttons(client.get("/accounts/kept/"))
    assert address == "/admin/advisory/topic/add/"
    kept = client.session["kept_posts"][0]["fields"]
    assert kept == [["name", "Oceans"], ["slug", "oceans"], ["many", "a"], ["many", "b"]]
    assert client.post(address, fields).status_code in {200, 302}


def test_day_that_is_over_keeps_what_was_typed_too(client, officer, registration):
    client.force_login(officer)
    record(client, officer, "password", "mfa", at=time.time() - 12.1 * 3600)

    client.post(note(registration), {"note": TYPED})
    sign_in(client, officer)

    assert len(buttons(client.get("/accounts/kept/"))) == 1


def test_another_tab_that_asked_first_costs_nothing(client, officer, registration):
    client.force_login(officer)
    run_out()

    client.get("/desk/")
    client.post(note(registration), {"note": TYPED})
    sign_in(client, officer)

    assert len(buttons(client.get("/accounts/kept/"))) == 1


def test_forms_of_several_tabs_are_kept(client, officer, registration):
    other = make_registration(Status.SUBMITTED)
    client.force_login(officer)
    run_out()

    for row in [registration, other, registration]:
        client.post(note(row), {"note": TYPED})
    sign_in(client, officer)

    page = client.get("/accounts/kept/")
    assert [address for address, _fields in buttons(page)] == [note(registration), note(other)]
    client.post(*buttons(page)[0])
    assert [address for address, _fields in buttons(client.get("/accounts/kept/"))] == [note(other)]


def test_old_token_after_signing_in_in_another_tab_keeps_the_post(officer, registration):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)

    answer = client.post(note(registration), {"note": TYPED, "csrfmiddlewaretoken": "x" * 64}, headers=OURS)

    assert (answer.status_code, answer["Location"]) == (302, "/accounts/kept/")
    page = client.get("/accounts/kept/")
    assert press(client, page).status_code == 302
    assert Note.objects.count() == 1


@pytest.mark.parametrize("origin", [{}, {"Origin": "null"}, {"Origin": "https://example.org"}])
def test_post_of_a_strangers_page_is_never_kept(officer, registration, origin):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)

    assert client.post(note(registration), {"note": TYPED}, headers=origin).status_code == 403
    assert client.get("/accounts/kept/").status_code == 404


def test_another_officer_at_the_same_screen_is_not_shown_it(client, officer, registration):
    client.force_login(officer)
    run_out()
    client.post(note(registration), {"note": TYPED})
    sign_in(client, make_officer("other", roles=ROLES))

    page = client.get("/accounts/kept/")

    assert (page.status_code, "editor" in page.content.decode()) == (404, False)
    assert client.session["kept_posts"] == []


def test_it_is_gone_after_a_quarter_of_an_hour(client, officer, registration):
    client.force_login(officer)
    run_out()
    client.post(note(registration), {"note": TYPED})
    sign_in(client, officer)
    session = client.session
    session["kept_posts"] = [row | {"at": time.time() - 15 * 60} for row in session["kept_posts"]]
    session.save()

    assert client.get("/accounts/kept/").status_code == 404
    assert client.session["kept_posts"] == []


@pytest.mark.parametrize("who", ["stranger", "signed out", "left", "long ago"])
def test_post_of_nobody_is_not_kept(client, officer, registration, who):
    if who != "stranger":
        client.force_login(officer)
    if who == "signed out":
        client.post("/accounts/logout/")
    if who == "left":
        User.objects.update(is_active=False)
    if who in {"left", "long ago"}:
        run_out(hours=12.1 if who == "long ago" else 0.001)
    before = Session.objects.count()

    answer = client.post(note(registration), {"note": TYPED})

    assert answer["Location"] == f"/accounts/login/?next={note(registration)}"
    assert Session.objects.count() == before


def test_passwords_are_never_kept(client, officer):
    client.force_login(officer)
    run_out()

    client.post("/admin/office/user/add/", {"username": "new", "password1": TYPED})
    sign_in(client, officer)

    assert client.get("/accounts/kept/").status_code == 404


def test_what_is_kept_stands_sealed_in_the_database(client, officer, registration):
    client.force_login(officer)
    run_out()
    client.post(note(registration), {"note": "Plantagenet"})

    assert [row for row in Session.objects.all() if "Plantagenet" in row.session_data] == []
    assert settings.SESSION_SERIALIZER == "office.sessions.Sealed"


def test_what_the_officer_may_no_longer_do_is_refused_by_its_own_page(client, officer, registration):
    client.force_login(officer)
    run_out()
    client.post(note(registration), {"note": TYPED})
    officer.grants.filter(role=Role.LIAISON_OFFICER).delete()
    sign_in(client, officer)

    assert press(client, client.get("/accounts/kept/")).status_code == 404
    assert Note.objects.count() == 0


def test_ended_session_opens_nothing_and_is_forgotten_after_half_a_day(client, officer, registration):
    client.force_login(officer)
    run_out(hours=11.9)
    sessions.forget_ended()
    assert Session.objects.count() == 1
    assert client.get("/desk/").status_code == 302

    run_out(hours=12.1)
    sessions.forget_ended()
    assert Session.objects.count() == 0


def test_page_asks_strangers_to_sign_in(client):
    assert client.get("/accounts/kept/")["Location"] == "/accounts/login/?next=/accounts/kept/"
    assert client.post("/accounts/kept/").status_code == 405


def test_pages_of_who_is_signed_in_take_no_statement_more(client, officer, django_assert_num_queries):
    client.force_login(officer)
    with django_assert_num_queries(3):  # session, user, grants
        client.get("/desk/keys/")
