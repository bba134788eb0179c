"""The layout of badges in a real browser: arrow keys move a part by a millimetre, and the picture follows."""

import pytest
from django.conf import settings

from accreditation.models import BadgeLayout
from office.permissions import Role
from tests.builders import make_meeting, make_officer

pytestmark = [pytest.mark.browser, pytest.mark.ux, pytest.mark.django_db(transaction=True)]
PAGE = "/desk/badges/layout/?meeting=DEW"


@pytest.fixture
def desk(browser_context, client, live_server):
    make_meeting(code="DEW")
    client.force_login(make_officer(roles=[Role.BADGE_DESK]))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    browser_context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])


def test_arrow_keys_move_a_part_and_the_picture_follows(page, desk, axe):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(PAGE)
    faults = axe(page)
    page.get_by_role("button", name="Move “Name” with the arrow keys").first.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector(".layout-seen img[src*='front_name_x=6&'][src*='front_name_y=78&']")
    width = page.locator(".layout-seen img").evaluate("picture => picture.decode().then(() => picture.naturalWidth)")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The layout is saved.").wait_for()

    name = BadgeLayout.objects.get().design["front"]["name"]
    assert width == 944
    assert (name["x"], name["y"]) == (6, 78)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults == []


def test_fault_is_said_beside_the_picture_while_typing(page, desk):
    page.goto(PAGE)

    page.get_by_label("Front, Name: From the left").fill("99")

    page.get_by_text("Front, Name: it reaches beyond the card.").wait_for()
