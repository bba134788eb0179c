"""Officers enrol and use a second factor in a real browser, whose authenticator Chromium plays; no policy is broken."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator

from office.permissions import Role
from office.second_factor import codes
from tests.builders import PASSWORD, make_officer

pytestmark = [pytest.mark.browser, pytest.mark.ux, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def complaints(page):
    """What the page's policy or its scripts complain of. A test that leaves some here fails."""
    heard = []
    page.on("console", lambda message: heard.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    yield heard
    assert heard == []


@pytest.fixture
def device(page):
    """A passkey in the telephone or computer itself, which knows its owner; gives the browser's own channel."""
    channel = page.context.new_cdp_session(page)
    channel.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    channel.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return channel


def sign_in(page, officer):
    page.goto("/accounts/login/?next=/admin/")
    page.get_by_label("User name or e-mail address").fill(officer.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page):
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()


def press_and_go(page, button, address):
    """For buttons behind which a script asks the device before the page changes."""
    page.get_by_role("button", name=button).click()
    page.wait_for_url(address)


def test_officer_adds_a_passkey_and_signs_in_with_it_alone(page, device, axe, complaints):
    sign_in(page, make_officer())
    assert page.url.endswith("/accounts/2fa/")
    assert axe(page) == []
    page.get_by_role("link", name="Add a passkey").click()
    assert axe(page) == []
    press_and_go(page, "Ask my device", "**/recovery-codes/")
    assert page.locator(".recovery-codes code").count() == 10
    assert axe(page) == []
    page.get_by_role("link", name="Go on to the staff panel").click()
    assert page.get_by_role("heading", name="What needs doing").is_visible()

    sign_out(page)
    page.goto("/accounts/login/")
    assert axe(page) == []
    press_and_go(page, "Sign in with a passkey", "**/admin/")

    assert page.get_by_role("heading", name="What needs doing").is_visible()


def test_passkey_confirms_after_the_password(page, device, axe, complaints):
    sign_in(page, make_officer())
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Sign in with it alone, without the password").uncheck()
    press_and_go(page, "Ask my device", "**/recovery-codes/")
    sign_out(page)

    sign_in(page, make_officer_again())
    assert page.url.endswith("/accounts/2fa/authenticate/")
    assert axe(page) == []
    press_and_go(page, "Use a passkey", "**/admin/")

    assert page.get_by_role("heading", name="What needs doing").is_visible()


def make_officer_again():
    return Authenticator.objects.first().user


def test_device_that_does_not_confirm_is_told_and_nothing_is_lost(page, device, complaints):
    sign_in(page, make_officer())
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Name of the passkey").fill("work telephone")
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new Error('no')) }")

    page.get_by_role("button", name="Ask my device").click()

    page.get_by_role("alert").get_by_text("The device did not confirm.").wait_for()
    assert page.get_by_label("Name of the passkey").input_value() == "work telephone"
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    "browser_context", [{}, {"java_script_enabled": False}], ids=["script", "no script"], indirect=True
)
def test_officer_sets_up_an_app_signs_in_with_it_and_with_a_recovery_code(page, complaints):
    sign_in(page, make_officer(roles=[Role.LIAISON_OFFICER]))
    with page.expect_response("**/totp/picture/") as picture:
        page.get_by_role("link", name="Set up an app").click()
    assert picture.value.status == 200
    secret = re.search(r'class="secret"[^>]*>(\w+)<', page.content())[1]
    page.get_by_label("Code that the app shows now").fill(code_of(secret))
    page.get_by_role("button", name="Confirm").click()
    recovery = page.locator(".recovery-codes code").first.inner_text()
    sign_out(page)

    for code in [codes.current(Authenticator.objects.get(type="totp")), recovery]:
        sign_in(page, make_officer_again())
        page.get_by_label("Code of your app, or a recovery code").fill(code)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.goto("/desk/")
        assert page.url.endswith("/desk/")
        sign_out(page)


def code_of(secret):
    return codes.auth.format_hotp_value(codes.auth.hotp_value(secret, int(time.time()) // 30))


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [
        ("en", 1280, "light"),
        ("ar", 360, "dark"),
        pytest.param("en", 360, "dark", marks=pytest.mark.full),
        pytest.param("ar", 1280, "light", marks=pytest.mark.full),
    ],
)
def test_pages_of_the_second_factor_fit_and_have_no_fault(page, axe, complaints, language, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    sign_in(page, make_officer(language=language))

    for name in ["", "totp/activate/", "webauthn/add/"]:
        page.goto(f"/accounts/2fa/{name}")
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
