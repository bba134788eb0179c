"""Codes that come by scanners of every kind, and one that comes again and again."""

import pytest
from django.conf import settings

from accreditation.models import Scan
from office.permissions import Role
from tests.builders import make_officer
from tests.gates import code_of, cut_off, go_on, make_door, make_pass, opened, scan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RUSSIAN = dict(zip("QWERTYUIOPASDFGHJKLZXCVBNM.", "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬю", strict=True))
FRENCH = dict(zip("QAWZM.1234567", "AQZW?:&é\"'(-è", strict=True))
TYPED = """([keys, ending]) => {
  const codeOf = (sign) => sign === "." ? "Period" : /[0-9]/.test(sign) ? `Digit${sign}` : `Key${sign.toUpperCase()}`;
  const press = (key, code) => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", {key, code, bubbles: true, cancelable: true}));
  for (const [sign, key] of keys) { press("Shift", "ShiftLeft"); press(key, codeOf(sign)); }
  if (ending) press(ending, ending);
}"""


@pytest.fixture
def gate():
    return make_door(counts_exits=True)


def typed(page, code, *, layout=None, lower=False, ending="Enter"):
    keys = [[sign, (layout or {}).get(sign, sign.lower() if lower else sign)] for sign in code]
    page.evaluate(TYPED, [keys, ending])
    page.wait_for_selector("#door[data-verdict]")
    said = page.locator("#door").get_attribute("data-verdict")
    go_on(page)
    return said


def test_scanner_types_on_any_layout_and_with_any_ending(browser_context, live_server, gate):
    ways = [
        {"lower": True}, {"ending": "Tab"}, {"ending": ""}, {"layout": RUSSIAN}, {"layout": FRENCH, "ending": "Tab"},
        {"lower": True, "ending": ""},
    ]  # fmt: skip
    codes = [code_of(make_pass(gate)) for _ in ways * 2]
    page = opened(browser_context, gate, live_server)
    cut_off(page)

    assert [typed(page, code, **way) for code, way in zip(codes, ways, strict=False)] == ["admit"] * len(ways)
    page.get_by_label("Or type the code").focus()
    codes = codes[len(ways) :]
    assert [typed(page, code, **way) for code, way in zip(codes, ways, strict=True)] == ["admit"] * len(ways)
    assert page.get_by_label("Or type the code").input_value() == ""


@pytest.mark.full
def test_first_key_counts_though_the_page_was_busy_when_it_came(browser_context, live_server, gate):
    page = opened(browser_context, gate, live_server)
    code = code_of(make_pass(gate))
    page.evaluate(
        """code => {
          const pressed = (key) => new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true});
          const keys = [...code, "Enter"].map(pressed);
          const wait = (ms) => { const end = performance.now() + ms; while (performance.now() < end); };
          keys.forEach((key, place) => { if (place === 1) wait(200); document.body.dispatchEvent(key); });
        }""",
        code,
    )
    page.wait_for_selector("#door[data-verdict=admit]")


@pytest.mark.full
def test_pasted_code_with_line_breaks_is_read(browser_context, live_server, gate):
    page = opened(browser_context, gate, live_server)
    code = code_of(make_pass(gate))
    field = page.get_by_label("Or type the code")
    field.focus()
    page.keyboard.insert_text(f" {code[:80]}\r\n{code[80:]} \n")
    page.keyboard.press("Enter")
    page.wait_for_selector("#door[data-verdict=admit]")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "door-code"


@pytest.mark.full
def test_badge_held_up_while_a_reason_is_asked_for_is_no_reason(browser_context, live_server, gate, client):
    client.force_login(make_officer("sylvia", roles=[Role.SUPERVISOR, Role.DOOR]))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    browser_context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = opened(browser_context, gate, live_server)
    first, second = (code_of(make_pass(gate)) for _ in range(2))
    scan(page, first)
    go_on(page)
    scan(page, first)
    page.get_by_role("button", name="Supervisor").click()

    page.evaluate(TYPED, [[[sign, sign] for sign in second], "Enter"])
    page.wait_for_selector("#door[data-verdict=admit]")
    assert sorted(Scan.objects.values_list("verdict", "note")) == [("admit", ""), ("admit", ""), ("already_in", "")]


def test_carton_before_the_scanner_is_one_scan(browser_context, live_server, gate):
    page = opened(browser_context, gate, live_server)
    cut_off(page)
    for _ in range(5):
        assert scan(page, "4006381333931") == ["stop", "no_code"]
    go_on(page)
    assert page.locator("#door").get_attribute("data-waiting") == "1"
    scan(page, "4006381333932")
    go_on(page)
    assert page.locator("#door").get_attribute("data-waiting") == "2"
