"""Fixtures that drive a real Chromium against pytest-django's ``live_server``."""

import os
import shutil
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Locator, sync_playwright

# Without these Chromium calls its makers at every start
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launch(playwright):
    program = shutil.which("chromium")
    if program is None:
        raise RuntimeError("Browser tests need chromium: script/test installs it.")
    return playwright.chromium.launch(executable_path=program, headless=True, args=FLAGS)


def arriving(act):
    """``act``, and then the wait for the page it led to: Playwright's own is over at that page's first byte."""

    def act_and_arrive(locator, *words, **options):
        act(locator, *words, **options)
        try:
            locator.page.wait_for_load_state()
        except Error:
            if not locator.page.is_closed():  # a window that adds a row closes itself
                raise

    return act_and_arrive


def pytest_collection_modifyitems(items):
    """Browser tests come last: what ``chromium`` has to allow, no other test is allowed."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def chromium():
    # Playwright's event loop lives in the tests' own thread, where Django would otherwise refuse every query
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        for name in ["click", "press"]:
            patch.setattr(Locator, name, arriving(getattr(Locator, name)))
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def foreign_requests():
    """Addresses elsewhere that a page asked for, none of which was reached. A test that leaves some here fails."""
    return []


@pytest.fixture
def browser_context(request, chromium, live_server, foreign_requests):
    """May be parametrized indirectly with further options of the context."""
    options = {"base_url": live_server.url, "locale": "en-GB", "timezone_id": "UTC"} | getattr(request, "param", {})
    context = chromium.new_context(**options)
    context.set_default_timeout(10_000)
    home = urlsplit(live_server.url).netloc

    def pass_on(route):
        address = urlsplit(route.request.url)
        if address.scheme in {"http", "https"} and address.netloc != home:
            foreign_requests.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    context.route("**/*", pass_on)
    yield context
    context.close()
    assert foreign_requests == []


@pytest.fixture
def page(browser_context):
    return browser_context.new_page()


@pytest.fixture
def axe():
    """``axe(page)`` gives the page's accessibility faults, a sentence for each rule broken."""

    def faults(page):
        violations = Axe().run(page).response["violations"]
        return [f"{v['id']}: {v['help']} ({', '.join(str(n['target']) for n in v['nodes'])})" for v in violations]

    return faults
