"""A device that may not stand at a gate any more keeps nothing of it, and loses no scan that it made."""

import pytest
from django.conf import settings

from accreditation import devices
from accreditation.models import Device, Scan
from accreditation.views.door import guards
from office import keys
from office.permissions import Role
from tests.builders import make_gate, make_officer
from tests.gates import (
    address_of,
    code_of,
    cut_off,
    enrolled,
    go_on,
    kept_by,
    make_door,
    make_pass,
    opened,
    scan,
    sent,
    until,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def gate():
    return make_door(counts_exits=True)


def standing(context, gate, live_server):
    """A page with its pack, that opens without network."""
    page = opened(context, gate, live_server)
    page.wait_for_selector("#door[data-kept]")
    return page


def traces(page, gate):
    """What the device keeps of a gate: a key, the pack's own fields, its page."""
    kept = kept_by(page)
    key = keys.current(keys.BADGE, gate.meeting).public
    return [trace for trace in (key, '"serials"', '"seen"', '"verdict":"admit"', address_of(gate)) if trace in kept]


def scanned_alone(page, codes):
    cut_off(page)
    for code in codes:
        assert scan(page, code) == ["admit", ""]
        go_on(page)


def test_revoked_device_sends_what_waits_and_keeps_nothing(browser_context, live_server, gate):
    codes = [code_of(make_pass(gate)) for _ in range(2)]
    page = standing(browser_context, gate, live_server)
    scanned_alone(page, codes)
    assert len(traces(page, gate)) == 5
    devices.revoke(page.device)
    sent(page)
    page.wait_for_selector("#door:not([data-list])")
    until(page, lambda: not traces(page, gate))

    assert page.locator(".notice").inner_text() == "This device may not scan any more."
    assert [code for code in codes if code in kept_by(page)] == []
    assert Scan.objects.count() == 2
    assert scan(page, "4006381333931") == ["stop", "no_code"]
    page.reload()
    assert page.locator("h1").inner_text() == "This device may not scan any more."


def test_device_that_is_not_known_any_more_keeps_only_what_was_not_sent(browser_context, live_server, gate):
    codes = [code_of(make_pass(gate)) for _ in range(2)]
    page = standing(browser_context, gate, live_server)
    scanned_alone(page, codes)
    browser_context.clear_cookies(name=guards.COOKIE)
    browser_context.set_offline(False)
    page.wait_for_selector(".notice:not([hidden])")
    page.wait_for_function("document.querySelector('.notice').textContent.includes('2')")

    told = page.locator(".notice").inner_text()
    assert told.replace("\u2068", "").replace("\u2069", "") == (
        "This device is not known any more. Enrol it again. Scans not sent yet: 2"
    )
    assert traces(page, gate) == ['"seen"', address_of(gate)]  # the clock and the page by which they are sent
    assert [code in kept_by(page) for code in codes] == [True, True]

    browser_context.set_offline(True)
    page.reload()
    page.wait_for_selector("#door[data-ready][data-waiting='2']")
    assert scan(page, code_of(make_pass(gate))) == ["check", "device"]
    assert page.locator(".verdict button").all_inner_texts() == ["Scan next"]
    go_on(page)

    browser_context.set_offline(False)
    page.goto("/door/")
    page.wait_for_selector("#not-sent:not([hidden])")
    assert page.locator("#not-sent").inner_text() == "Scans not sent yet: 3"
    _device, cookie = enrolled(gate, "Telephone 2")
    browser_context.add_cookies([cookie | {"url": f"{live_server.url}/door/"}])
    page.goto("/door/")
    page.wait_for_selector("#door[data-waiting='0'][data-list]")
    assert sorted(Scan.objects.values_list("device__name", flat=True)) == ["Telephone 2"] * 3
    assert page.locator(".notice").is_hidden()


def test_page_of_an_ended_device_sends_what_waits_where_no_worker_keeps_the_app(chromium, live_server, gate):
    context = chromium.new_context(base_url=live_server.url, service_workers="block")
    context.set_default_timeout(10_000)
    codes = [code_of(make_pass(gate)) for _ in range(2)]
    page = opened(context, gate, live_server)
    scanned_alone(page, codes)
    page.close()
    devices.revoke(Device.objects.get())
    context.set_offline(False)

    page = context.new_page()
    page.goto(address_of(gate))
    until(page, lambda: not traces(page, gate))

    assert page.locator("#not-sent").is_hidden()
    assert set(Scan.objects.values_list("reason", flat=True)) == {"device"}
    assert Scan.objects.count() == 2
    context.close()


def test_device_that_was_enrolled_at_another_gate_keeps_nothing_of_the_first(browser_context, live_server, gate):
    page = standing(browser_context, gate, live_server)
    first = '"slug":"main-entrance"'
    assert first in kept_by(page)
    other = make_gate(gate.meeting, "Garden gate")
    _device, cookie = enrolled(other, "Telephone 1 again")
    browser_context.add_cookies([cookie | {"url": f"{live_server.url}/door/"}])
    page.goto(address_of(other))
    page.wait_for_selector("#door[data-list]")

    until(page, lambda: first not in kept_by(page) and address_of(gate) not in kept_by(page))
    assert '"slug":"garden-gate"' in kept_by(page)


@pytest.mark.parametrize("is_device", [False, True])
def test_officer_who_signs_out_leaves_nothing_on_a_device_that_is_not_enrolled(
    browser_context, live_server, gate, client, is_device
):
    client.force_login(make_officer("olive", roles=[Role.DOOR]))
    cookies = [
        {
            "name": settings.SESSION_COOKIE_NAME,
            "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
            "url": live_server.url,
        }
    ]
    if is_device:
        cookies.append(enrolled(gate)[1] | {"url": f"{live_server.url}/door/"})
    browser_context.add_cookies(cookies)
    page = browser_context.new_page()
    page.goto(address_of(gate))
    page.wait_for_selector("#door[data-list][data-kept]")
    assert len(traces(page, gate)) == 4

    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{live_server.url}/")

    assert len(traces(page, gate)) == (4 if is_device else 0)
