"""A reader with a real browser: asks, proves by the mail, is told of a correction, and ends it all by one POST."""

import re
from datetime import time

import pytest

from advisory import dispatch, publishing
from advisory.models import Body, Subscription, Topic
from advisory.words import EditionKind
from office.models.message import Message
from tests.builders import make_full_meeting

pytestmark = [pytest.mark.browser, pytest.mark.ux, pytest.mark.django_db(transaction=True)]

SITE = "http://localhost:8000"


@pytest.fixture
def meeting():
    Body.objects.create(name="Security Council", slug="security-council")
    for name in ("Disarmament", "Human rights"):
        Topic.objects.create(name=name, slug=name.lower().replace(" ", "-"))
    meeting = make_full_meeting()
    publishing.publish(meeting, by=None)
    return meeting


def path_in(mail, ending):
    return re.search(rf"{SITE}(/subscribe/[\w-]{{48}}/{ending})$", mail.text, re.MULTILINE)[1]


def test_reader_subscribes_is_told_and_leaves(page, axe, meeting):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"/subscribe/?follow={meeting.code}")
    assert axe(page) == []
    page.get_by_label("E-mail address").fill("reader@")
    page.get_by_role("button", name="Send me the link").click()

    assert page.title().startswith("Error: ")
    summary = page.get_by_role("alert")
    page.locator("[role=alert]:focus").wait_for()  # the browser sets autofocus as it draws
    assert axe(page) == []
    summary.get_by_role("link").click()
    assert page.evaluate("document.activeElement.id") == "id_email"
    assert page.get_by_label("Only changes to the meetings I follow").is_checked()
    page.get_by_label("E-mail address").fill("reader@example.org")
    page.get_by_role("button", name="Send me the link").click()

    assert page.get_by_role("heading", level=1).inner_text() == "Look into your mailbox"
    assert axe(page) == []
    page.goto(path_in(Message.objects.get(), ""))
    assert axe(page) == []
    page.get_by_role("button", name="Continue").click()

    assert page.url.endswith("/subscribe/manage/")
    assert page.get_by_role("heading", level=1).inner_text() == "Your e-mail alerts"
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.get_by_label("At once", exact=True).check()
    page.get_by_role("button", name="Save").click()
    assert page.get_by_role("status").inner_text() == "Your choices are saved."

    meeting.sittings.update(start_time=time(9))
    publishing.publish(meeting, by=None, kind=EditionKind.CORRECTION)
    dispatch.tell_of_editions()
    mail = Message.objects.latest("queued_at")
    assert mail.subject == "Correction: Informal interactive dialogue on early warning"

    page.goto(path_in(mail, "unsubscribe/"))
    assert axe(page) == []
    assert Subscription.objects.active().count() == 1
    page.get_by_role("button", name="Stop all e-mails").click()
    assert page.get_by_role("heading", level=1).inner_text() == "You will get no more e-mails"
    assert axe(page) == []
    assert Subscription.objects.active().count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_html_of_an_email_breaks_no_rule_and_keeps_to_its_width(page, axe, meeting, theme, width):
    Subscription.objects.create(email="reader@example.org", state="active", confirmed_at="2016-01-01T00:00Z")
    meeting.sittings.update(start_time=time(9))
    publishing.publish(meeting, by=None, kind=EditionKind.CORRECTION)
    dispatch.tell_of_editions()
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})

    page.set_content(Message.objects.order_by("subject").first().html)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
