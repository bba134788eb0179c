"""The door's page on networks that are worse than none: signed in to first, slow, or with a server that fails."""

import pytest

from accreditation.models import Scan
from tests.gates import answering, code_of, delaying, go_on, make_door, make_pass, opened, scan, sent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PORTAL = "<!doctype html><title>Wi-Fi</title><p>Accept the conditions"


@pytest.fixture
def gate():
    return make_door(counts_exits=True)


@pytest.mark.parametrize("by", ["page", pytest.param("redirect", marks=pytest.mark.full)])
def test_network_that_wants_to_be_signed_in_to_shows_nothing_in_place_of_the_gate(
    browser_context, live_server, gate, by
):
    codes = [code_of(make_pass(gate)) for _ in range(2)]
    page = opened(browser_context, gate, live_server)
    page.wait_for_selector("#door[data-kept]")
    elsewhere = live_server.url.replace("localhost", "127.0.0.1") + "/sign-in"
    portal = {
        "page": ("200 OK", PORTAL, {"Content_Type": "text/html"}),
        "redirect": ("302 Found", "", {"Location": elsewhere}),
    }
    status, body, headers = portal[by]
    with answering(live_server, status, body, **headers):
        for address, code in zip([page.url, f"{live_server.url}/door/"], codes, strict=True):
            page.goto(address)
            page.wait_for_selector("#door[data-ready] .net.is-offline")
            assert scan(page, code) == ["admit", ""]
            go_on(page)
        browser_context.set_offline(True)
        page.reload()
        page.wait_for_selector("#door[data-ready]")
        browser_context.set_offline(False)
    sent(page)


@pytest.mark.full
def test_network_that_takes_seconds_holds_up_one_verdict_at_most(browser_context, live_server, gate):
    codes = [code_of(make_pass(gate)) for _ in range(4)]
    page = opened(browser_context, gate, live_server)
    with delaying(live_server, seconds=2.5):
        for number, code in enumerate(codes):
            assert scan(page, code) == ["admit", ""]
            go_on(page)
            if number == 1:
                page.evaluate("dispatchEvent(new Event('online'))")
                page.wait_for_timeout(3500)  # it has spoken with the server meanwhile
                assert page.locator(".net").inner_text() == "Offline"
    waited = page.evaluate("performance.getEntriesByName('door-verdict').map(({duration}) => Math.round(duration))")
    assert [ms > 1000 for ms in waited] == [True, False, False, False]


@pytest.mark.parametrize(
    "status", ["500 Internal Server Error", pytest.param("429 Too Many Requests", marks=pytest.mark.full)]
)
def test_server_that_fails_is_a_gate_without_network(browser_context, live_server, gate, status):
    codes = [code_of(make_pass(gate)) for _ in range(2)]
    page = opened(browser_context, gate, live_server)
    with answering(live_server, status, "<h1>Sorry</h1>"):
        for code in codes:
            assert scan(page, code) == ["admit", ""]
            go_on(page)
            assert page.locator(".net").inner_text() == "Offline"
            assert page.locator(".notice").is_hidden()
    sent(page)
    assert sorted(Scan.objects.values_list("verdict", "told")) == [("admit", "admit")] * 2
