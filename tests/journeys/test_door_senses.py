"""What the door's page sees by, and how it is heard and felt: cameras that fail, sound, trembling, announcements."""

import pytest

from tests.gates import CANARY, code_of, cut_off, filmed, go_on, make_door, make_pass, opened, scan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def in_full(value):
    return pytest.param(value, marks=pytest.mark.full)


@pytest.fixture
def gate():
    return make_door(counts_exits=True)


# The standard's BarcodeDetector, which this browser has not: it finds what it is told to, or fails as some do.
DETECTOR = """
  window.asked = 0;
  window.BarcodeDetector = class {
    static async getSupportedFormats() { if ("%(how)s" === "no formats") throw new Error("none"); return ["qr_code"]; }
    constructor() { if ("%(how)s" === "not made") throw new Error("not made"); }
    async detect() {
      window.asked += 1;
      if ("%(how)s" === "failing") throw new Error("failing");
      return "%(how)s" === "working" ? [{rawValue: "%(code)s", format: "qr_code"}] : [];
    }
  };
"""


@pytest.mark.parametrize("how", ["working", "failing", in_full("not made"), in_full("no formats")])
def test_camera_reads_by_the_browsers_detector_or_without_it(chromium, live_server, gate, tmp_path, how):
    filmed_code, native = code_of(make_pass(gate)), code_of(make_pass(gate, escort=True))
    with filmed(chromium, live_server, filmed_code, tmp_path) as context:
        context.add_init_script(DETECTOR % {"how": how, "code": native})
        page = opened(context, gate, live_server)
        page.wait_for_selector("#door[data-verdict]")

        assert page.locator("#door").get_attribute("data-verdict") == ("check" if how == "working" else "admit")
        if how == "failing":
            assert page.evaluate("asked") == 3


@pytest.mark.full
def test_camera_that_is_taken_away_is_said_to_be_gone_and_may_come_back(chromium, live_server, gate, tmp_path):
    with filmed(chromium, live_server, "4006381333931", tmp_path) as context:
        page = opened(context, gate, live_server)
        page.wait_for_selector("[data-verdict=stop]")
        page.evaluate("document.querySelector('video').srcObject.getTracks()[0].dispatchEvent(new Event('ended'))")
        go_on(page)
        assert page.locator(".view p").inner_text() == "There is no camera here. Type the code, or use a scanner."
        page.evaluate("for (const _ of [1, 2]) document.querySelector('.door-foot .acts .btn').click()")
        page.wait_for_selector("[data-verdict=stop]")
        assert page.get_by_role("button", name="Light").count() == 0


@pytest.mark.parametrize("what", ["refused", in_full("none")])
def test_without_a_camera_the_page_says_so_and_takes_codes(browser_context, live_server, gate, what):
    how = "() => Promise.reject(new DOMException('No.', 'NotAllowedError'))" if what == "refused" else "undefined"
    browser_context.add_init_script(f"MediaDevices.prototype.getUserMedia = {how};")
    page = opened(browser_context, gate, live_server)
    page.get_by_role("button", name="Start the camera").click()
    assert page.locator(".view p").inner_text() == "There is no camera here. Type the code, or use a scanner."
    assert scan(page, code_of(make_pass(gate))) == ["admit", ""]


def test_every_verdict_trembles_in_its_own_way_though_no_sound_can_be_had(browser_context, live_server, gate):
    browser_context.add_init_script(
        """window.trembled = [];
        Navigator.prototype.vibrate = function (pattern) { trembled.push(pattern); return true; };
        window.AudioContext = class { constructor() { throw new DOMException("No device.", "NotSupportedError"); } };"""
    )
    page = opened(browser_context, gate, live_server)
    page.locator(".view").click()
    good, escort = code_of(make_pass(gate)), code_of(make_pass(gate, escort=True))
    for code in [good, good, escort, "4006381333931"]:
        scan(page, code)
        go_on(page)

    assert page.evaluate("trembled") == [[60], [180, 80, 90], [90, 60, 90, 60, 90], [250, 80, 250]]


@pytest.mark.full
def test_every_verdict_sounds_in_its_own_way_once_the_page_was_touched(browser_context, live_server, gate):
    browser_context.add_init_script(
        """window.tones = [];
        const start = OscillatorNode.prototype.start;
        OscillatorNode.prototype.start = function (at) {
          tones.push(this.frequency.value);
          return start.call(this, at);
        };"""
    )
    page = opened(browser_context, gate, live_server)
    scan(page, "4006381333931")
    go_on(page)
    assert page.evaluate("tones") == []
    page.locator(".view").click()
    page.wait_for_timeout(300)
    scan(page, code_of(make_pass(gate)))
    assert page.evaluate("tones") == [660, 990]


def test_verdict_is_announced_once_and_each_time(browser_context, live_server, gate):
    page = opened(browser_context, gate, live_server)
    page.evaluate(
        """() => {
          window.announced = [];
          new MutationObserver((changes) => {
            for (const {addedNodes} of changes) for (const node of addedNodes) announced.push(node.textContent);
          }).observe(document.querySelector("[aria-live=assertive]"), {childList: true, subtree: true});
        }"""
    )
    code = code_of(make_pass(gate))
    scan(page, code)
    page.wait_for_selector("#door:not([data-verdict])", timeout=4000)
    cut_off(page)
    for _ in range(2):
        scan(page, "4006381333931")
        page.wait_for_timeout(200)

    no_badge = "Stop. This is no badge of ours."
    assert page.evaluate("announced") == [f"Admit. Hall. {CANARY}", no_badge, no_badge]
    assert page.evaluate("document.activeElement.className") == "verdict verdict-stop"
    assert page.evaluate("document.querySelectorAll('.verdict [role], .verdict [aria-live]').length") == 0
