"""Accreditation's pages of the staff panel in a real browser: no accessibility fault, nothing that the policy stops."""

import pytest
from django.conf import settings

from accreditation import presets
from accreditation.states import Status
from office.permissions import Role
from tests.builders import make_meeting, make_officer, make_organization, make_registration

pytestmark = [pytest.mark.browser, pytest.mark.ux, pytest.mark.django_db(transaction=True)]

PAGES = {
    "categories": "/admin/accreditation/category/",
    "new category": "/admin/accreditation/category/add/",
    "category": "/admin/accreditation/category/{category}/change/",
    "its languages": "/admin/accreditation/category/{category}/languages/",
    "its French": "/admin/accreditation/category/{category}/languages/fr/",
    "organization": "/admin/accreditation/organization/{organization}/change/",
    "applications": "/admin/accreditation/registration/",
    "application": "/admin/accreditation/registration/{registration}/change/",
}


@pytest.fixture
def rows(browser_context, client, live_server):
    """An officer is signed in; the keys of what the pages show."""
    client.force_login(make_officer(roles=[Role.LIAISON_OFFICER]))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    browser_context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    category = presets.press(make_meeting())
    category.questions.create(key="film", label="Do you film?")
    registration = make_registration(Status.SUBMITTED, category=category)
    return {"category": category.pk, "registration": registration.pk, "organization": make_organization().pk}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [pytest.param(360, "dark", marks=pytest.mark.full), (1440, "light")])
def test_page_is_accessible_fits_and_breaks_no_policy(page, rows, axe, name, width, scheme):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)

    page.goto(PAGES[name].format(**rows))
    page.wait_for_timeout(200)  # the search boxes are named just after the page has loaded

    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert axe(page) == []
