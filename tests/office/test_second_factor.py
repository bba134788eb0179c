"""The second factor: nobody passes without one, what it keeps is sealed, and no code is taken twice."""

import json
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from config import second_factor as guard
from office.encryption import CannotOpen, rotation
from office.models import Message, User
from office.permissions import Role
from office.second_factor import codes
from tests.builders import PASSWORD, make_officer
from tests.signing_in import record, sign_in_by_password_alone

pytestmark = pytest.mark.django_db

STAFF_PAGES = ["/admin/", "/admin/office/user/", "/desk/", "/accounts/password/change/"]


@pytest.fixture
def officer():
    return make_officer(roles=[Role.LIAISON_OFFICER, Role.ADMINISTRATOR])


def sign_in(client, password=PASSWORD):
    return client.post("/accounts/login/", {"login": "officer", "password": password}, follow=True)


def enrol_app(client):
    """As an officer does it: read the secret, write the code; return the Authenticator."""
    page = client.get(reverse("mfa_activate_totp"))
    secret = re.search(r'class="secret"[^>]*>(\w+)<', page.content.decode())[1]
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    return Authenticator.objects.get(type=Authenticator.Type.TOTP)


def code_of(secret):
    return codes.auth.format_hotp_value(codes.auth.hotp_value(secret, int(time.time()) // 30))


# The guard


@pytest.mark.parametrize("page", STAFF_PAGES)
def test_password_alone_leads_to_enrolment_and_nowhere_else(client, officer, page):
    sign_in_by_password_alone(client, officer)

    assert [client.get(page).url, client.post(page).url] == ["/accounts/2fa/"] * 2


def test_without_the_guard_a_password_would_open_the_panel(client, officer, monkeypatch):
    monkeypatch.setattr(guard.SecondFactor, "process_view", lambda *_: None)
    sign_in_by_password_alone(client, officer)

    assert client.get("/admin/").status_code == 200


def test_officer_with_a_factor_is_asked_for_it_in_a_session_that_has_not_seen_it(client, officer):
    codes.give(officer)
    sign_in_by_password_alone(client, officer)

    assert client.get("/desk/").url == "/accounts/2fa/reauthenticate/?next=/desk/"
    for name in ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"]:
        assert client.get(reverse(name)).url.startswith("/accounts/2fa/reauthenticate/")


def test_password_is_no_second_factor(client, officer):
    codes.give(officer)
    sign_in_by_password_alone(client, officer)

    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert client.get("/admin/").status_code == 302


def test_guard_asks_no_question_of_the_database(client, officer, django_assert_num_queries):
    client.force_login(officer)

    with django_assert_num_queries(2):  # the session, and the officer with what they have
        client.get("/accounts/password/change/")


def test_officer_without_a_factor_can_sign_out_and_choose_a_language(client, officer):
    sign_in_by_password_alone(client, officer)

    client.post(reverse("admin:language"), {"language": "fr"})
    client.post(reverse("account_logout"))

    officer.refresh_from_db()
    assert officer.language == "fr"
    assert client.get("/admin/").url == "/accounts/login/?next=/admin/"


# An app


def test_officer_enrols_an_app_and_is_in(client, officer, django_capture_on_commit_callbacks):
    sign_in(client)

    with django_capture_on_commit_callbacks(execute=True):
        enrol_app(client)

    assert client.get("/admin/").status_code == 200
    assert Message.objects.get().subject == "Rostrum: An authenticator app was added to your account"


def test_officer_signs_in_with_the_code_of_the_app(client, officer):
    app = codes.give(officer)

    page = sign_in(client)
    assert page.request["PATH_INFO"] == reverse("mfa_authenticate")
    assert client.get("/admin/").status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": codes.current(app)})

    assert client.get("/admin/").status_code == 200


def test_no_code_is_taken_twice_though_another_process_took_it_first(client, officer):
    app = codes.give(officer)
    code = codes.current(app)
    assert codes.spend(app, code)
    sign_in(client)

    page = client.post(reverse("mfa_authenticate"), {"code": code})

    assert page.status_code == 200
    assert client.get("/admin/").status_code == 302


def test_sixth_wrong_code_is_refused_unread(client, officer):
    app = codes.give(officer)
    sign_in(client)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "not one"})

    client.post(reverse("mfa_authenticate"), {"code": codes.current(app)})

    assert client.get("/admin/").status_code == 302


def test_recovery_code_opens_once(client, officer):
    sign_in(client)
    enrol_app(client)
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    code, *others = re.findall(r"<code>(\d{8})</code>", page)
    assert len(others) == 9
    again = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert code not in again

    opened = []
    for _ in range(2):
        stranger = Client()
        sign_in(stranger)
        stranger.post(reverse("mfa_authenticate"), {"code": code})
        opened.append(stranger.get("/admin/").status_code)

    assert opened == [200, 302]


def test_picture_is_there_while_enrolling_alone_and_never_kept(client, officer):
    sign_in(client)
    address = reverse("mfa_totp_picture")
    assert client.get(address).status_code == 404
    assert f'src="{address}"' in client.get(reverse("mfa_activate_totp")).content.decode()

    picture = client.get(address)

    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
    assert "no-store" in picture["Cache-Control"]
    assert picture.content.startswith(b"\x89PNG")
    enrol_app(client)
    assert client.get(address).status_code == 404


def test_picture_holds_the_secret_that_the_page_shows(client, officer):
    import io

    import zxingcpp
    from PIL import Image

    sign_in(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'class="secret"[^>]*>(\w+)<', page)[1]

    read = zxingcpp.read_barcode(Image.open(io.BytesIO(client.get(reverse("mfa_totp_picture")).content)))

    assert read.text == f"otpauth://totp/officer?secret={secret}&issuer=Rostrum"


# What is kept


def stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        rows = [str(row[0]) for row in cursor.fetchall()]
    return rows + [session.session_data for session in Session.objects.all()]


def test_secrets_are_sealed_in_their_rows_and_in_the_session_that_enrols(client, officer):
    sign_in(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'class="secret"[^>]*>(\w+)<', page)[1]
    [session] = Session.objects.all()
    assert session.get_decoded()["mfa.totp.secret"] == secret
    assert b"mfa.totp" not in opened_by_secret_key_alone(session)

    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})

    app, recovery = Authenticator.objects.order_by("pk")
    assert secret not in json.dumps(app.data)
    assert codes.decrypt(app.data["secret"]) == secret
    assert len(codes.decrypt(recovery.data["seed"])) == 80


def opened_by_secret_key_alone(session):
    from django.core import signing

    class Raw:
        def loads(self, data):
            return data

    return signing.loads(session.session_data, salt="django.contrib.sessions.SessionStore", serializer=Raw)


def test_session_that_no_longer_opens_is_nobodys(client, officer, settings):
    client.force_login(officer)
    settings.FIELD_KEYS = type(settings.FIELD_KEYS)({2: b"z" * 32}, settings.FIELD_KEYS.lookup)

    assert client.get("/admin/").url == "/accounts/login/?next=/admin/"


def test_changed_secret_does_not_open(officer):
    app = codes.give(officer)
    sealed = app.data["secret"]

    with pytest.raises(CannotOpen):
        codes.decrypt(("B" if sealed[40] == "A" else "A").join([sealed[:40], sealed[41:]]))


def test_secrets_follow_a_new_key(client, officer, settings):
    sign_in(client)
    app = enrol_app(client)
    ring = settings.FIELD_KEYS
    settings.FIELD_KEYS = type(ring)({2: b"z" * 32, **ring.keys}, ring.lookup)
    assert rotation.tally()[1] >= 2

    call_command("rotate_keys")
    settings.FIELD_KEYS = type(ring)({2: b"z" * 32}, ring.lookup)

    assert rotation.tally() == {2: 2}
    app.refresh_from_db()
    assert len(codes.decrypt(app.data["secret"])) == 32


# What a device answers


MALFORMED = [
    "", "x", "[]", "[1]", "1", "{}", '{"id": 1}', '{"response": []}', '{"response": {"userHandle": 5}}', "null",
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {"clientDataJSON": "e30", "attestationObject": "a"}}',
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {"clientDataJSON": "e30", "authenticatorData": "a", '
    '"signature": "a", "userHandle": "MQ"}}',
]  # fmt: skip


@pytest.mark.parametrize("answer", MALFORMED)
@pytest.mark.parametrize("name", ["mfa_add_webauthn", "mfa_reauthenticate_webauthn", "mfa_login_webauthn"])
def test_answer_of_no_device_is_refused_without_a_fault(client, officer, name, answer):
    if name != "mfa_login_webauthn":
        client.force_login(officer)
        client.get(reverse(name))
    else:
        client.get(reverse(name), headers={"accept": "application/json"})

    response = client.post(reverse(name), {"credential": answer, "name": "key"})

    assert response.status_code in {200, 302}
    assert not Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).exists()


# Changing factors


def test_changing_a_factor_asks_for_it_again_after_five_minutes(client, officer):
    client.force_login(officer)
    record(client, officer, "password", "mfa", at=time.time() - 301)

    for name in ["mfa_deactivate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"]:
        assert client.get(reverse(name)).url.startswith(reverse("mfa_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 302


def test_removing_a_factor_ends_the_other_sessions_and_is_told_by_mail(client, officer):
    elsewhere = Client()
    elsewhere.force_login(officer)
    client.force_login(officer)

    client.post(reverse("mfa_deactivate_totp"))

    assert elsewhere.get("/admin/").url == "/accounts/login/?next=/admin/"
    assert client.get("/admin/").url == "/accounts/2fa/"
    assert Message.objects.get().subject == "Rostrum: The authenticator app of your account was removed"


def test_administrator_removes_the_factors_of_a_colleague_who_lost_them(client):
    colleague = make_officer("colleague")
    theirs = Client()
    theirs.force_login(colleague)
    client.force_login(make_officer("chief", roles=[Role.ADMINISTRATOR]))
    page = reverse("admin:office_user_changelist")

    client.post(page, {"action": "remove_second_factors", "_selected_action": [colleague.pk]})

    assert list(Authenticator.objects.values_list("user__username", flat=True)) == ["chief"]
    assert theirs.get("/admin/").url == "/accounts/login/?next=/admin/"
    assert Message.objects.get().subject == "Rostrum: Your second factor was removed"


def test_nobody_removes_their_own_factors_without_showing_them(client):
    chief = make_officer("chief", roles=[Role.ADMINISTRATOR])
    client.force_login(chief)

    client.post(
        reverse("admin:office_user_changelist"), {"action": "remove_second_factors", "_selected_action": [chief.pk]}
    )

    assert Authenticator.objects.get().user == chief


# The first officer


def test_first_officer_signs_in_with_the_code_that_the_command_prints(client, capsys):
    call_command("first_sign_in")
    password = capsys.readouterr().out.splitlines()[0].rsplit(" / ", 1)[1]
    sign_in(client, password)

    call_command("demo_code")
    client.post(reverse("mfa_authenticate"), {"code": capsys.readouterr().out.strip()})

    assert client.get("/admin/").status_code == 200


def test_missing_factor_of_the_first_officer_is_added_on_a_later_start(capsys):
    call_command("first_sign_in")
    Authenticator.objects.all().delete()
    capsys.readouterr()

    call_command("first_sign_in")
    call_command("first_sign_in")

    assert Authenticator.objects.get().user.username == "officer"
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_code_of_an_officers_own_app_is_printed_to_nobody(client, officer):
    sign_in(client)
    enrol_app(client)

    with pytest.raises(CommandError, match="nobody else's"):
        call_command("demo_code")


def test_demo_code_knows_no_officer_but_the_first():
    codes.give(make_officer("somebody"))

    with pytest.raises(CommandError, match="has no second factor"):
        call_command("demo_code")
    assert User.objects.count() == 1
