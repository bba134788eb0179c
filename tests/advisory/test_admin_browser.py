"""The staff panel in a real browser: no accessibility fault, nothing that the content security policy stops."""

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from advisory import approval, languages, previewing
from advisory.models import Meeting, PreviewLink
from advisory.publishing import publish
from config.environment import OFFICIAL_LANGUAGES
from office.permissions import Role
from office.second_factor import codes
from tests.builders import PASSWORD, make_full_meeting, make_officer

pytestmark = [pytest.mark.browser, pytest.mark.ux, pytest.mark.django_db(transaction=True)]

ADVISORY = (Path(__file__).parent / "examples" / "01-ga-dialogue-nbsp.txt").read_text()


@pytest.fixture
def complaints(page):
    """What the browser's console says of errors, blocked styles and scripts among them."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@pytest.fixture
def officer(browser_context, client, live_server):
    officer = make_officer(roles=[Role.PRESS_OFFICER, Role.ADMINISTRATOR])
    client.force_login(officer)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    browser_context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    return officer


@pytest.fixture(autouse=True)
def _languages(settings):
    settings.LANGUAGES = list(OFFICIAL_LANGUAGES.items())


@pytest.fixture
def meeting():
    meeting = make_full_meeting()
    publish(meeting, by=None)
    Meeting.objects.update(room="Conference Room 4")
    languages.write(meeting, "ar", "room", "قاعة", source="Another room", by=None)
    writer = make_officer("writer")
    previewing.make(meeting, reader="Ada Example", expires_at=timezone.now() + timedelta(days=1), by=writer)
    approval.propose(meeting, by=writer, kind="correction", words="The room is another.")
    Meeting.objects.update(import_doubts=[{"field": "who", "code": "x", "message": "Add the name."}])
    return meeting


PAGES = {
    "first page": "/admin/",
    "list": reverse("admin:advisory_meeting_changelist"),
    "add": reverse("admin:advisory_meeting_add"),
    "change": "/admin/advisory/meeting/{}/change/",
    "import": reverse("admin:advisory_meeting_import"),
    "preview": "/admin/advisory/meeting/{}/preview/",
    "publish": "/admin/advisory/meeting/{}/publish/",
    "editions": "/admin/advisory/meeting/{}/editions/",
    "all languages": reverse("admin:advisory_meeting_all_languages"),
    "languages": "/admin/advisory/meeting/{}/languages/",
    "language": "/admin/advisory/meeting/{}/languages/ar/",
    "preview links": "/admin/advisory/meeting/{}/preview-links/",
    "proposal": "/admin/advisory/meeting/{}/proposal/",
    "new topic": reverse("admin:advisory_topic_add"),
    "history": "/admin/advisory/meeting/{}/history/",
    "officers": reverse("admin:office_user_changelist"),
    "grant": reverse("admin:office_grant_add"),
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [pytest.param(360, "dark", marks=pytest.mark.full), (1440, "light")])
def test_page_is_accessible_fits_and_breaks_no_policy(page, officer, meeting, complaints, axe, name, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)

    page.goto(PAGES[name].format(meeting.pk))
    page.wait_for_timeout(200)  # the search boxes are named just after the page has loaded

    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert axe(page) == []


def test_officer_goes_from_pasted_text_to_public_page(page, client, complaints):
    app = codes.give(make_officer())
    page.goto("/admin/")
    page.fill("[name=login]", "officer")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.fill("[name=code]", codes.current(app))
    page.locator("main .btn-primary").click()
    page.get_by_role("link", name="Import advisory").click()
    page.get_by_label("Paste the advisory").fill(ADVISORY)
    page.get_by_role("button", name="Make a draft").click()

    expect(page.get_by_role("heading", name=re.compile("things to check from the import"))).to_be_visible()
    page.get_by_label("Room").first.fill("Trusteeship Council Chamber")
    page.locator("#sittings-group").get_by_role("button", name="Add another Sitting").click()
    page.locator("#id_sittings-1-date").fill("2016-06-15")
    page.locator("#sittings-0 .field-date .date-icon").click()
    page.keyboard.press("Escape")
    for box in page.get_by_label("Looked at").all():
        box.check()
    page.get_by_role("button", name="Save and preview").click()
    expect(page.frame_locator("iframe").get_by_text("Trusteeship Council Chamber").first).to_be_visible()
    page.get_by_role("link", name="On to publishing").click()
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("link", name="view it on the site").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Oceans")
    meeting = Meeting.objects.get()
    assert (meeting.room, meeting.sittings.count(), meeting.import_doubts) == ("Trusteeship Council Chamber", 2, [])
    assert complaints == []


def test_body_is_found_and_added_without_leaving_the_page(page, officer, meeting, complaints):
    page.goto(PAGES["change"].format(meeting.pk))

    with page.expect_popup() as opened:
        page.click("#add_id_body")
    opened.value.get_by_label("Name").press_sequentially("Example Board")
    opened.value.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".field-body .select2-selection")).to_contain_text("Example Board")
    page.get_by_role("combobox", name=re.compile("Body")).click()
    page.keyboard.type("General")
    page.locator(".select2-results__option", has_text="General Assembly").click()
    page.get_by_role("button", name="Save", exact=True).click()

    meeting.refresh_from_db()
    assert meeting.body.name == "General Assembly"
    assert complaints == []


def test_cleared_reader_opens_a_link_until_it_expires(page, officer, open_page, axe):
    """As the two people do it: an officer makes the link, a reader without a session accepts and reads."""
    meeting = make_full_meeting(embargo_until=timezone.now() + timedelta(days=2), embargo_zone="UTC")
    publish(meeting, by=None)
    page.goto(f"/admin/advisory/meeting/{meeting.pk}/preview-links/")
    page.get_by_label("Reader").fill("Ada Example, Example News")
    page.get_by_role("button", name="Make the link").click()
    address = urlsplit(page.get_by_label("Copy it now").input_value()).path

    reader = open_page(address)
    expect(reader.get_by_text(meeting.title)).to_have_count(0)
    assert axe(reader) == []
    reader.get_by_role("checkbox").check()
    reader.locator("main").get_by_role("button").click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text(meeting.title)
    assert axe(reader) == []
    expect(reader).to_have_url(re.compile("/preview/[?]language=en$"))
    page.goto(page.url)
    expect(page.get_by_role("row", name="Ada Example")).to_contain_text("edition 1")

    PreviewLink.objects.update(expires_at=timezone.now())
    reader.reload()
    expect(reader.get_by_text("This link opens nothing")).to_be_visible()
    expect(reader.get_by_text(meeting.title)).to_have_count(0)
