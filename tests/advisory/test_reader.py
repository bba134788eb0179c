"""A reader's own device: what a page costs it, what our script adds, and that no stored script ever runs on it."""

import gzip

import pytest
from django.contrib.staticfiles import finders

from advisory import publishing
from advisory.models import Rendition
from tests.advisory.hostile import HOSTILE, make_hostile_meeting
from tests.builders import make_full_meeting

pytestmark = [pytest.mark.browser, pytest.mark.ux, pytest.mark.django_db(transaction=True)]

DIALOGUE = "/meetings/2016/r2p-dialogue/"
SHEETS = ["css/tokens.css", "css/base.css", "css/page.css"]


def compressed(name):
    with open(finders.find(name), "rb") as file:
        return len(gzip.compress(file.read(), 9))


def test_pages_stay_light(page, meetings, live_server):
    requested = []
    page.on("request", lambda request: requested.append(request.url.removeprefix(live_server.url)))
    page.goto(DIALOGUE, wait_until="networkidle")

    html_sizes = [len(row.compressed) for row in Rendition.objects.filter(format="page")]
    fonts = sum(len(page.request.get(url).body()) for url in requested if url.endswith(".woff2"))
    css, script = sum(map(compressed, SHEETS)), compressed("js/page.js")
    assert max(html_sizes) <= 14_000
    assert css + compressed("css/forms.css") <= 15_000
    assert script <= 6_000
    assert max(html_sizes) + css + script + fonts <= 100_000
    assert fonts > 40_000
    assert len(requested) <= 8


def test_pages_set_no_cookie_ask_nobody_else_and_keep_the_policy(page, addresses, foreign_requests):
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for address in addresses:
        if "accounts" not in address and address != "/nowhere/":
            page.goto(address)

    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert foreign_requests == []
    assert complaints == []


def marked(page, address):
    """Visit, press everything that can be pressed in the main part, and count what ran."""
    page.add_init_script("window.marks = 0; window.mark = () => { window.marks += 1 }")
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.querySelectorAll('main a').forEach(a => a.protocol === 'javascript:' && a.click())")
    page.wait_for_timeout(100)
    return page.evaluate("window.marks") + len(dialogs)


def test_stored_script_never_runs_even_without_a_policy(chromium, live_server):
    meeting = make_hostile_meeting()
    publishing.publish(meeting, by=None)
    meeting.refresh_from_db()
    asked = []
    context = chromium.new_context(base_url=live_server.url, bypass_csp=True)
    context.on("request", lambda request: asked.append(request.url.removeprefix(live_server.url)))
    try:
        for address in [meeting.get_absolute_url(), "/meetings/2016/"]:
            assert marked(context.new_page(), address) == 0
    finally:
        context.close()

    assert [url for url in asked if url.endswith("/x")] == []
    assert len(asked) > 8


def test_mark_would_betray_a_text_that_is_not_escaped(chromium, live_server):
    context = chromium.new_context(base_url=live_server.url, bypass_csp=True)
    context.route(
        "**/naive/",
        lambda route: route.fulfill(body=f'<main><p title="{HOSTILE}">x</p></main>', content_type="text/html"),
    )
    try:
        assert marked(context.new_page(), "/naive/") > 0
    finally:
        context.close()


def test_page_is_whole_without_script(open_page, meetings):
    page = open_page(meetings[1], java_script_enabled=False)

    slip = page.locator(".slip")
    assert slip.get_by_text("Closes ").count() == 2
    assert slip.locator(".tagline:visible").count() == 0
    assert page.get_by_text("Copy as plain text").is_visible() is False
    page.get_by_text("Other cities", exact=True).click()
    assert page.get_by_role("rowheader", name="Nairobi").is_visible()


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2016-07-31T09:00:00-04:00", "Opens later"),
        ("2016-08-29T17:00:00-04:00", "Open 3 days left"),
        ("2016-09-01T14:30:00-04:00", "Open 3 hours left"),
        ("2016-09-01T17:59:30-04:00", "Open 1 minute left"),
        ("2016-09-01T18:00:01-04:00", "Closed"),
    ],
)
def test_script_says_whether_applications_are_open(page, now, said):
    publishing.publish(make_full_meeting(slug="dialogue"), by=None)
    page.clock.set_fixed_time(now)
    page.goto("/meetings/2016/dialogue/")

    assert " ".join(page.locator(".tagline").first.inner_text().split()) == said


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("America/New_York", []),
        ("Europe/Zurich", ["16:00–19:00 your time", "21:00–00:00 your time"]),
        ("Asia/Tokyo", ["23:00–02:00 your time", "04:00–07:00 your time (+1 day)"]),
        ("Pacific/Honolulu", ["04:00–07:00 your time", "09:00–12:00 your time"]),
    ],
)
def test_script_tells_the_hours_on_the_readers_clock(open_page, meetings, zone, said):
    page = open_page(DIALOGUE, timezone_id=zone)

    assert page.locator(".own:visible").all_inner_texts() == said


def test_copy_takes_the_plain_text(open_page, meetings):
    page = open_page(meetings[0], permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy as plain text").click()
    page.get_by_text("Copied.").wait_for()

    text = page.request.get(meetings[0].rstrip("/") + ".txt").text()
    assert page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n") == text.replace("\r\n", "\n")
