"""The door's page in a real browser: what it says with and without network, by camera, scanner and hand."""

import gzip
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from accreditation import badges, devices, doubles, revocation
from accreditation import door as doors
from accreditation.models import Device, Scan
from office import keys
from office.permissions import Role
from tests.builders import make_officer
from tests.gates import CANARY, address_of, code_of, cut_off, filmed, go_on, kept_by, make_door, make_pass, opened, scan

pytestmark = [pytest.mark.browser, pytest.mark.ux, pytest.mark.django_db(transaction=True)]

WORDS = {"admit": "ADMIT", "stop": "STOP", "check": "CHECK", "already_in": "ALREADY IN", "out": "GOES OUT"}


@pytest.fixture
def gate():
    return make_door(counts_exits=True, capacity=50)


def forged(code):
    return code[:-5] + ("AAAAA" if code[-5:] != "AAAAA" else "BAAAA")


def connect(page):
    page.context.set_offline(False)
    page.wait_for_selector(".net:not(.is-offline)")


def all_sent(page):
    page.wait_for_selector("#door[data-waiting='0']")


def test_badge_is_admitted_with_network_and_named(browser_context, live_server, gate):
    page = opened(browser_context, gate, live_server)

    assert scan(page, code_of(make_pass(gate))) == ["admit", ""]
    assert page.locator(".verdict-word").inner_text() == "ADMIT"
    assert page.locator(".verdict-who b").inner_text() == CANARY
    assert page.get_by_role("status").inner_text() == f"Admit. Hall. {CANARY}"
    row = Scan.objects.get()
    assert (row.verdict, row.told, row.device) == ("admit", "", page.device)


def test_without_network_the_page_judges_by_itself_and_sends_later(browser_context, live_server, gate):
    good, escort, void = make_pass(gate), make_pass(gate, escort=True), make_pass(gate)
    badges.void(void.registration, at=timezone.now(), reason="revoked")
    page = opened(browser_context, gate, live_server)
    cut_off(page)

    told = {}
    for name, code in {
        "good": code_of(good), "again": code_of(good), "forged": forged(code_of(good)), "void": code_of(void),
        "escort": code_of(escort), "milk carton": "4006381333931",
    }.items():  # fmt: skip
        told[name] = scan(page, code)
        assert page.locator(".verdict-word").inner_text() == WORDS[told[name][0]]
        go_on(page)

    assert told == {
        "good": ["admit", ""], "again": ["already_in", "inside"], "forged": ["stop", "not_genuine"],
        "void": ["stop", "void"], "escort": ["check", "escort"], "milk carton": ["stop", "no_code"],
    }  # fmt: skip
    assert page.locator(".counts").inner_text().split("\n") == ["Inside", "1", "Places left", "49", "To send", "6"]
    assert Scan.objects.count() == 0

    connect(page)
    all_sent(page)
    rows = Scan.objects.order_by("at").values_list("verdict", "reason", "told")
    assert [list(row) for row in rows] == [[verdict, reason, verdict] for verdict, reason in told.values()]


def test_badge_signed_by_a_key_made_since_wants_a_look_until_connected(browser_context, live_server, gate):
    badge = make_pass(gate)
    page = opened(browser_context, gate, live_server)
    cut_off(page)
    code = code_of(badge, key=keys.make(keys.BADGE, gate.meeting))

    assert scan(page, code) == ["check", "new_key"]
    assert page.locator(".verdict-reason").inner_text() == (
        "The badge may be newer than what this device holds. Connect it and scan again, or ask the supervisor."
    )
    assert page.locator(".verdict button").all_inner_texts() == ["Scan next"]
    go_on(page)
    connect(page)
    all_sent(page)
    assert scan(page, code) == ["admit", ""]
    rows = Scan.objects.order_by("at").values_list("verdict", "reason", "told")
    assert list(rows) == [("check", "stale", "check"), ("admit", "", "")]
    assert doubles.of(gate.meeting) == []


def test_page_starts_without_network(browser_context, live_server, gate):
    code = code_of(make_pass(gate))
    page = opened(browser_context, gate, live_server)
    page.wait_for_selector("#door[data-kept]")
    browser_context.set_offline(True)
    page.close()

    page = browser_context.new_page()
    page.goto(f"{live_server.url}/door/")  # the installed app's own address
    page.wait_for_selector("#door[data-ready]")

    assert page.url == live_server.url + address_of(gate)
    assert page.locator(".net").inner_text() == "Offline"
    assert scan(page, code) == ["admit", ""]
    go_on(page)
    page.reload()
    page.wait_for_selector("#door[data-ready]")
    assert scan(page, code) == ["already_in", "inside"]


def test_nothing_kept_on_the_device_is_a_name(browser_context, live_server, gate):
    codes = [code_of(make_pass(gate)) for _ in range(2)]
    page = opened(browser_context, gate, live_server)
    page.wait_for_selector("#door[data-kept]")
    scan(page, codes[0])
    assert CANARY in page.content()
    go_on(page)
    cut_off(page)
    scan(page, codes[1])
    go_on(page)
    page.reload()
    page.wait_for_selector("#door[data-ready]")

    kept = kept_by(page)

    assert codes[1] in kept  # so the search finds what is there
    assert codes[0] not in kept
    for name in CANARY.split():
        assert name.casefold() not in kept.casefold()


def test_green_goes_by_itself_unless_it_is_held(browser_context, live_server, gate):
    page = opened(browser_context, gate, live_server)
    scan(page, code_of(make_pass(gate)))
    page.wait_for_selector("#door:not([data-verdict])", timeout=4000)

    scan(page, code_of(make_pass(gate)))
    page.get_by_role("button", name="Hold").click()
    page.wait_for_timeout(2600)
    assert page.locator(".verdict-admit").is_visible()
    page.get_by_role("button", name="Scan next").click()
    assert not page.locator(".verdict-admit").is_visible()


def test_admission_is_taken_back_and_may_be_made_again(browser_context, live_server, gate):
    badge = make_pass(gate)
    page = opened(browser_context, gate, live_server)
    scan(page, code_of(badge))
    page.locator(".verdict").get_by_role("button", name="Take back").click()
    page.wait_for_selector("[data-verdict=undone]")
    go_on(page)
    all_sent(page)

    assert list(Scan.objects.order_by("at").values_list("verdict", flat=True)) == ["admit", "undone"]
    assert scan(page, code_of(badge)) == ["admit", ""]


def test_guard_lets_in_after_a_look_without_network(browser_context, live_server, gate):
    escort = make_pass(gate, escort=True)
    page = opened(browser_context, gate, live_server)
    cut_off(page)
    assert scan(page, code_of(escort)) == ["check", "escort"]
    page.get_by_role("button", name="Let in").click()
    page.wait_for_selector("[data-verdict=admit]")
    go_on(page)
    connect(page)
    all_sent(page)

    rows = Scan.objects.order_by("at").values_list("verdict", "reason", "told")
    assert list(rows) == [("check", "escort", "check"), ("admit", "overruled", "")]


def test_who_goes_out_may_come_in_again(browser_context, live_server, gate):
    code = code_of(make_pass(gate))
    page = opened(browser_context, gate, live_server)
    cut_off(page)
    said = [scan(page, code)]
    go_on(page)
    page.get_by_label("Out").check()
    said.append(scan(page, code))
    go_on(page)
    page.get_by_label("In", exact=True).check()
    said.append(scan(page, code))

    assert said == [["admit", ""], ["out", ""], ["admit", ""]]


def test_exit_that_was_taken_back_leaves_who_was_inside_inside(browser_context, live_server):
    gate = make_door(counts_exits=True, capacity=5)
    code = code_of(make_pass(gate))
    page = opened(browser_context, gate, live_server)
    cut_off(page)
    scan(page, code)
    go_on(page)
    page.get_by_label("Out").check()
    scan(page, code)
    page.locator(".verdict").get_by_role("button", name="Take back").click()
    page.wait_for_selector("[data-verdict=undone]")
    go_on(page)
    page.get_by_label("In", exact=True).check()

    assert scan(page, code) == ["already_in", "inside"]
    go_on(page)
    assert page.locator(".counts dd").first.inner_text() == "1"
    connect(page)
    all_sent(page)
    assert doors.inside(gate) == 1
    assert list(Scan.objects.order_by("at").values_list("verdict", flat=True)) == [
        "admit", "out", "undone", "already_in",
    ]  # fmt: skip


def test_code_is_typed_by_hand(browser_context, live_server, gate):
    page = opened(browser_context, gate, live_server)
    page.get_by_label("Or type the code").fill(code_of(make_pass(gate)).lower())
    page.get_by_role("button", name="Check").click()
    page.wait_for_selector("[data-verdict=admit]")


def test_supervisor_overrules_with_a_reason(browser_context, live_server, gate, client):
    supervisor = make_officer("sylvia", roles=[Role.SUPERVISOR, Role.DOOR])
    client.force_login(supervisor)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    browser_context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = opened(browser_context, gate, live_server)
    code = code_of(make_pass(gate, zones=1))
    scan(page, code)
    go_on(page)
    assert scan(page, code) == ["already_in", "inside"]

    page.get_by_role("button", name="Supervisor").click()
    page.get_by_label("Why?").fill("Went out by the kitchen")
    page.get_by_role("button", name="Let in").click()
    page.wait_for_selector("[data-verdict=admit]")

    last = Scan.objects.order_by("at").last()
    assert (last.verdict, last.note, last.by) == ("admit", "Went out by the kitchen", supervisor)


def test_guard_without_that_right_is_offered_no_overruling(browser_context, live_server, gate):
    page = opened(browser_context, gate, live_server)
    code = code_of(make_pass(gate))
    scan(page, code)
    go_on(page)
    scan(page, code)
    assert page.locator(".verdict button").all_inner_texts() == ["Scan next"]


def test_revoked_device_is_told_and_its_scans_are_still_taken(browser_context, live_server, gate):
    codes = [code_of(make_pass(gate)) for _ in range(2)]
    page = opened(browser_context, gate, live_server)
    cut_off(page)
    scan(page, codes[0])
    go_on(page)
    devices.revoke(page.device)
    page.context.set_offline(False)
    page.wait_for_selector(".notice:not([hidden])")

    assert page.locator(".notice").inner_text() == "This device may not scan any more."
    all_sent(page)
    assert scan(page, codes[1]) == ["check", "device"]
    assert {scan.badge is None for scan in Scan.objects.all()} == {False}


def test_clock_that_is_set_while_the_page_runs_is_seen(browser_context, live_server, gate):
    page = opened(browser_context, gate, live_server)
    cut_off(page)
    page.evaluate("() => { const real = Date.now; Date.now = () => real() - 24 * 3600e3; }")
    page.wait_for_selector(".notice:not([hidden])")

    assert scan(page, code_of(make_pass(gate)))[0] == "check"


@pytest.mark.parametrize("hours", [-24, 24])
def test_device_whose_clock_is_a_day_wrong_judges_by_the_servers(browser_context, live_server, gate, hours):
    browser_context.add_init_script(f"{{ const real = Date.now; Date.now = () => real() + {hours} * 3600e3; }}")
    codes = [code_of(make_pass(gate, valid_to=timezone.now() + timedelta(hours=to))) for to in (1, -1)]
    page = opened(browser_context, gate, live_server)
    cut_off(page)

    said = [scan(page, codes[0])]
    go_on(page)
    said.append(scan(page, codes[1]))
    go_on(page)
    assert said == [["admit", ""], ["stop", "over"]]

    connect(page)
    all_sent(page)
    late = [timezone.now() - at for at in Scan.objects.values_list("at", flat=True)]
    assert all(timedelta(0) <= each < timedelta(minutes=1) for each in late)
    assert round(Device.objects.get().ahead_seconds / 3600) == hours


def test_list_of_void_badges_is_taken_when_it_is_newer_and_never_when_it_is_older(browser_context, live_server, gate):
    badge = make_pass(gate)
    page = opened(browser_context, gate, live_server)
    cut_off(page)
    assert scan(page, code_of(badge)) == ["admit", ""]
    go_on(page)
    badges.void(badge.registration, at=timezone.now(), reason="revoked")
    revocation.current(gate.meeting, at=timezone.now())
    connect(page)
    page.wait_for_selector("#door[data-list='2']")
    gate.meeting.revocation_lists.filter(number=2).delete()
    gate.meeting.revocation_lists.update(next_at=timezone.now() + timedelta(hours=23))
    badges.restore({"badge": badge.pk, "state": "issued"})
    cut_off(page)
    connect(page)
    page.wait_for_timeout(1500)
    cut_off(page)

    assert page.locator("#door").get_attribute("data-list") == "2"
    assert scan(page, code_of(badge)) == ["stop", "void"]


def test_camera_reads_the_badge(chromium, live_server, gate, tmp_path):
    with filmed(chromium, live_server, code_of(make_pass(gate)), tmp_path) as context:
        page = opened(context, gate, live_server)
        complaints = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.wait_for_selector("[data-verdict=admit]")
        page.wait_for_selector("#door:not([data-verdict])")
        page.wait_for_timeout(1000)

        assert Scan.objects.count() == 1  # the badge is still in sight, and not read again
        assert complaints == []
        page.get_by_role("button", name="Stop the camera").click()
        assert page.evaluate("document.querySelector('video').srcObject") is None


@pytest.mark.parametrize(
    ("language", "width", "scheme", "forced"),
    [("en", 1280, "light", "none"), ("ar", 360, "dark", "none"), ("ru", 360, "light", "active")],
)
def test_every_verdict_is_accessible_and_fits(browser_context, live_server, gate, axe, language, width, scheme, forced):
    browser_context.add_cookies([{"name": "door-language", "value": language, "url": f"{live_server.url}/door/"}])
    good, escort = code_of(make_pass(gate)), code_of(make_pass(gate, escort=True))
    page = opened(browser_context, gate, live_server)
    page.set_viewport_size({"width": width, "height": 740})
    page.emulate_media(color_scheme=scheme, forced_colors=forced)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)

    def is_sound():
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert page.evaluate("(document.querySelector('.over')?.scrollWidth ?? 0) <= window.innerWidth")
        assert axe(page) == []

    is_sound()
    for code, verdict in [(good, "admit"), (good, "already_in"), (escort, "check"), (forged(good), "stop")]:
        assert scan(page, code)[0] == verdict
        page.locator(".verdict").dispatch_event("pointerdown")
        is_sound()
        go_on(page)
    cut_off(page)
    is_sound()
    assert [text for text in complaints if "ERR_INTERNET_DISCONNECTED" not in text] == []


def test_app_weighs_less_than_two_hundred_kilobytes(page, live_server):
    root = settings.BASE_DIR / "static"
    loaded = [path for path in (root / "door").rglob("*") if path.suffix in {".js", ".css", ".png", ".svg"}]
    loaded += [root / "css" / f"{name}.css" for name in ["tokens", "base", "page", "forms"]]
    loaded += [
        root / "fonts" / f"{name}.woff2"
        for name in ["source-sans-3-latin-wght-normal", "source-serif-4-latin-600-normal"]
    ]

    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in loaded) < 200_000


def test_script_names_no_word_that_the_page_does_not_give(browser_context, live_server, gate):
    page = opened(browser_context, gate, live_server)
    given = page.evaluate("fetch(location).then(answer => answer.text())")
    scripts = "".join(path.read_text() for path in (settings.BASE_DIR / "static/door").glob("*.js"))
    keys = set(re.findall(r'(?:word|button|count)\("(\w+)"', scripts))

    assert len(keys) > 15
    assert {key for key in keys if f"&quot;{key}&quot;" not in given} == set()
