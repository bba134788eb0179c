"""The door's page for whoever enlarges it, wants no motion or has colours of their own; and the camera's light."""

import pytest
from django.conf import settings
from PIL import Image

from office.permissions import Role
from tests.builders import make_officer
from tests.gates import address_of, code_of, cut_off, enrolled, film, go_on, make_door, make_pass, opened, scan, seeing

pytestmark = [pytest.mark.browser, pytest.mark.ux, pytest.mark.django_db(transaction=True)]

# 1280 × 720 enlarged to 200 % and to 400 %, a small telephone and one of the usual size
SCREENS = {"200 %": (640, 360), "400 %": (320, 180), "small": (320, 568), "usual": (360, 740)}
LANGUAGES = ["ar", "ru", *(pytest.param(each, marks=pytest.mark.full) for each in ["en", "es", "fr", "zh"])]


@pytest.fixture
def gate():
    return make_door(counts_exits=True, capacity=50)


def in_language(context, live_server, language):
    context.add_cookies([{"name": "door-language", "value": language, "url": f"{live_server.url}/door/"}])


def codes_of_all_verdicts(gate):
    """[(code, what the gate says of it)], in this order."""
    good, escort = code_of(make_pass(gate)), code_of(make_pass(gate, escort=True))
    return [(good, "admit"), (good, "already_in"), (escort, "check"), (good[:-5] + "AAAAA", "stop")]


# Elements that reach over an edge of the window, or whose own text does; of a picture the edges may be cut
OVERFLOWING = """() => [...document.querySelectorAll("#door *")].filter((element) => {
  const { left, right, width } = element.getBoundingClientRect();
  if (!width || element.closest(".visually-hidden, .view, .photo")) return false;
  const isBox = element.tagName !== "INPUT" && getComputedStyle(element).display !== "inline";
  const isCut = isBox && element.scrollWidth > element.clientWidth + 1;
  return left < -0.5 || right > document.documentElement.clientWidth + 0.5 || isCut;
}).map((element) => element.outerHTML.slice(0, 120))"""
REACHED = """button => {
  const { left, top, width, height } = button.getBoundingClientRect();
  return button.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}"""
# {px: height of its letters, lines: as many as there are, words: as many as there are}
WORD = """() => {
  const span = document.querySelector(".verdict-word span"), range = document.createRange();
  range.selectNodeContents(span);
  const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
  const words = span.textContent.split(/\\s+/).length;
  return { px: parseFloat(getComputedStyle(span).fontSize), lines: lines.size, words };
}"""


def sized(page, name):
    width, height = SCREENS[name]
    page.set_viewport_size({"width": width, "height": height})


@pytest.mark.parametrize("language", LANGUAGES)
def test_enlarged_page_overflows_nowhere_and_its_word_stays_whole_and_large(
    browser_context, live_server, gate, language
):
    in_language(browser_context, live_server, language)
    codes = codes_of_all_verdicts(gate)
    page = opened(browser_context, gate, live_server)
    for name in SCREENS:
        sized(page, name)
        assert page.evaluate(OVERFLOWING) == [], name

    for code, verdict in codes:
        assert scan(page, code)[0] == verdict
        page.locator(".verdict").dispatch_event("pointerdown")  # green stays
        for name in SCREENS:
            sized(page, name)
            word = page.evaluate(WORD)
            assert page.evaluate(OVERFLOWING) == [], (name, verdict)
            assert word["lines"] <= word["words"], (name, verdict)
            if name == "usual":
                assert word["px"] >= 48, verdict
        button = page.locator(".verdict .acts button").last
        sized(page, "400 %")
        button.scroll_into_view_if_needed()
        assert button.evaluate(REACHED)
        go_on(page)


def test_page_without_script_keeps_its_word_whole_and_fits(chromium, live_server, gate):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    in_language(context, live_server, "ru")
    context.add_cookies([enrolled(gate)[1] | {"url": f"{live_server.url}/door/"}])
    page = context.new_page()
    for code, verdict in codes_of_all_verdicts(gate):
        page.goto(address_of(gate))
        page.locator("#id_code").fill(code)
        page.locator(".door-code button").click()
        page.locator(f".verdict-{verdict.replace('_', '-')}").wait_for()
        for name in SCREENS:
            sized(page, name)
            word = page.evaluate(WORD)
            assert page.evaluate(OVERFLOWING) == [], (name, verdict)
            assert word["lines"] <= word["words"], (name, verdict)
    context.close()


def test_list_out_of_date_is_told_in_words_and_with_a_shape(browser_context, live_server, gate, settings):
    settings.REVOCATION_HOURS = 6 / 3600
    page = opened(browser_context, gate, live_server)
    cut_off(page)
    page.wait_for_selector(".list-age.is-stale svg")

    words = "The list of void badges is out of date. Look at the photo, or ask the desk."
    assert page.locator(".notice").inner_text() == words
    settings.REVOCATION_HOURS = 24
    page.context.set_offline(False)
    page.wait_for_selector(".notice", state="hidden")
    page.wait_for_selector(".list-age:not(.is-stale)")
    assert page.locator(".list-age svg").count() == 0


@pytest.mark.parametrize("name", SCREENS)
def test_supervisor_s_form_fits_the_enlarged_page(browser_context, live_server, gate, client, name):
    client.force_login(make_officer("sylvia", roles=[Role.SUPERVISOR, Role.DOOR]))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    browser_context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    in_language(browser_context, live_server, "ru")
    page = opened(browser_context, gate, live_server)
    sized(page, name)
    scan(page, code_of(make_pass(gate, zones=0))[:-5] + "AAAAA")
    go_on(page)
    code = code_of(make_pass(gate))
    scan(page, code)
    go_on(page)
    scan(page, code)
    page.locator(".verdict .acts button").last.click()

    assert page.evaluate("document.activeElement.id") == "door-why"
    assert page.evaluate(OVERFLOWING) == []


@pytest.mark.parametrize(("motion", "moves"), [("reduce", False), ("no-preference", True)])
def test_nothing_moves_for_whoever_wants_no_motion(browser_context, live_server, gate, motion, moves):
    page = opened(browser_context, gate, live_server)
    page.emulate_media(reduced_motion=motion)
    scan(page, code_of(make_pass(gate)))

    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((element) => {
          const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
          return transitionDuration !== "0s" || animationName !== "none" || scrollBehavior === "smooth";
        }).length > 0"""
    )
    assert (moving, page.evaluate("document.getAnimations().length")) == (moves, 0)


COLOURS = "element => { const {backgroundColor, color} = getComputedStyle(element); return [backgroundColor, color]; }"


def test_verdicts_keep_their_colours_where_colours_are_forced(browser_context, live_server, gate):
    page = opened(browser_context, gate, live_server)
    for code, verdict in codes_of_all_verdicts(gate):
        assert scan(page, code)[0] == verdict
        page.locator(".verdict").dispatch_event("pointerdown")
        plain = page.locator(".verdict").evaluate(COLOURS)
        page.emulate_media(forced_colors="active")
        assert page.locator(".verdict").evaluate(COLOURS) == plain
        page.emulate_media(forced_colors="none")
        go_on(page)


def test_what_is_chosen_and_what_is_wrong_is_seen_where_colours_are_forced(browser_context, live_server, gate):
    page = opened(browser_context, gate, live_server)
    page.emulate_media(forced_colors="active")
    chosen, other = page.locator(".directions span").all()
    assert chosen.evaluate(COLOURS) != other.evaluate(COLOURS)
    cut_off(page)
    assert page.locator(".net").evaluate("net => getComputedStyle(net).borderTopStyle") == "solid"


TORCH = """
  window.lights = [];
  MediaStreamTrack.prototype.getCapabilities = () => ({ torch: true });
  MediaStreamTrack.prototype.applyConstraints = async ({ advanced: [{ torch }] }) => {
    if (window.isBroken) throw new DOMException("No.", "OverconstrainedError");
    lights.push(torch);
  };
"""


def test_light_is_turned_on_and_off_and_is_off_when_the_camera_comes_back(chromium, live_server, gate, tmp_path):
    film(Image.new("L", (40, 40), 235), tmp_path / "nothing.y4m")
    with seeing(chromium, tmp_path / "nothing.y4m") as browser:
        context = browser.new_context(base_url=live_server.url, permissions=["camera"])
        context.add_init_script(TORCH)
        page = opened(context, gate, live_server)
        light = page.get_by_role("button", name="Light")

        def press():
            light.click()
            page.wait_for_timeout(100)
            return light.get_attribute("aria-pressed"), page.evaluate("lights")

        assert press() == ("true", [True])
        assert press() == ("false", [True, False])
        assert press() == ("true", [True, False, True])
        page.get_by_role("button", name="Stop the camera").click()
        assert light.is_hidden()
        page.get_by_role("button", name="Start the camera").click()
        light.wait_for()
        assert light.get_attribute("aria-pressed") == "false"
        page.evaluate("window.isBroken = true")
        assert press() == ("false", [True, False, True])
