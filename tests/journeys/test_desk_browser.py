"""The desk's queue in a real browser: no accessibility fault, nothing that the policy stops, nothing too wide."""

import itertools
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from accreditation import finding
from accreditation.models import Registration
from accreditation.states import Status
from office.models import User
from office.permissions import Role
from tests.builders import make_category, make_meeting, make_officer, make_organization, make_registration

pytestmark = [pytest.mark.browser, pytest.mark.ux, pytest.mark.django_db(transaction=True)]

PAGES = {
    "queue": "/desk/",
    "decided": "/desk/?view=decided",
    "together": "/desk/?group=organization",
    "found": "/desk/?q=okafor",
    "nothing found": "/desk/?q=nobody",
}


@pytest.fixture
def officer(browser_context, client, live_server):
    """Signed in; lines of every kind stand in the queue."""
    officer = make_officer("marta", roles=[Role.LIAISON_OFFICER], name="Marta Example")
    client.force_login(officer)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    browser_context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    now, category = timezone.now(), make_category(make_meeting("Dialogue on early warning", code="DEW"), capacity=80)
    house = make_organization("The Daily Lantern", country="FRA")
    for fields in [
        {"given_names": "Ada", "family_name": "Okafor", "badge_name": "林静怡", "due_at": now - timedelta(hours=1)},
        {"due_at": now + timedelta(hours=2), "hints": ["double"], "claimed_by": officer},
        {"due_at": now + timedelta(days=4), "returned_at": now, "asks_protection": True},
        {"status": Status.APPROVED},
        {"status": Status.INFO_REQUESTED},
    ]:
        row = make_registration(fields.pop("status", Status.SUBMITTED), category=category, organization=house, **fields)
        finding.index(row)
    make_registration(Status.SUBMITTED, category=make_category(make_meeting(code="ELSE")))
    client.get("/desk/?meeting=DEW")
    return officer


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [
        ("en", 1280, "light"),
        *(  # in Arabic, dark and on a telephone every page of the desk is seen by test_every_desk_page
            pytest.param(*look, marks=pytest.mark.full)
            for look in itertools.product(["en", "ar"], [360, 1280], ["light", "dark"])
            if look != ("en", 1280, "light")
        ),
    ],
)
def test_page_is_accessible_fits_and_breaks_no_policy(page, officer, axe, name, language, width, scheme):
    User.objects.update(language=language)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)

    page.goto(PAGES[name])

    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert axe(page) == []


@pytest.mark.parametrize("browser_context", [{"java_script_enabled": False}], indirect=True)
def test_queue_is_searched_claimed_and_spoken_in_another_language_without_script(page, officer):
    page.goto("/desk/")
    page.get_by_role("searchbox").fill("okafor")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("checkbox", name="Ada Okafor").check()
    page.get_by_role("button", name="Claim").click()
    assert page.locator(".alert p").inner_text() == "1 application is with you."
    assert Registration.objects.get(family_name="Okafor").claimed_by == officer

    page.locator(".officer summary").click()
    page.get_by_role("button", name="Français").click()
    assert page.locator("html").get_attribute("lang") == "fr"


def test_focus_is_never_hidden_by_the_bar(page, officer):
    page.set_viewport_size({"width": 1280, "height": 420})
    page.goto("/desk/")
    last = page.locator(".queue .nm a").last
    last.focus()

    link, bar = last.bounding_box(), page.locator(".decide").bounding_box()
    assert link["y"] + link["height"] <= bar["y"]


def test_queue_is_printed_as_a_table(page, officer):
    page.goto("/desk/")
    page.emulate_media(media="print")

    shown = "e => getComputedStyle(e).display"
    assert page.locator(".queue thead").evaluate(shown) == "table-header-group"
    for gone in [".mast .find", ".officer", ".tools", ".decide", ".queue .tick >> nth=0"]:
        assert page.locator(gone).evaluate(shown) == "none"
