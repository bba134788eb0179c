"""The door's page on a device whose disk is full, refused, emptied or tampered with, and in two windows at once."""

import pytest

from accreditation.models import Scan
from tests.gates import address_of, code_of, cut_off, go_on, make_door, make_pass, opened, scan, sent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FULL = """() => {
  window.put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = () => { throw new DOMException("The disk is full.", "QuotaExceededError"); };
}"""
FREE = "() => { IDBObjectStore.prototype.put = window.put; }"
NOT_KEPT = "This device cannot store its scans. Leave this page open and connect it."


@pytest.fixture
def gate():
    return make_door(counts_exits=True)


def rows():
    return list(Scan.objects.order_by("at").values_list("verdict", "told"))


def test_full_disk_makes_no_green_and_loses_no_scan(browser_context, live_server, gate):
    codes = [code_of(make_pass(gate)) for _ in range(3)]
    page = opened(browser_context, gate, live_server)
    page.wait_for_selector("#door[data-kept]")
    cut_off(page)
    page.evaluate(FULL)

    assert scan(page, codes[0]) == ["check", "not_kept"]
    assert page.locator(".verdict-reason").inner_text() == NOT_KEPT
    page.get_by_role("button", name="Let in").click()
    page.wait_for_selector("[data-verdict=admit]")
    go_on(page)
    assert page.locator(".notice").inner_text() == NOT_KEPT
    assert scan(page, codes[0]) == ["already_in", "inside"]
    go_on(page)
    assert scan(page, codes[1][:-5] + "AAAAA") == ["stop", "not_genuine"]
    go_on(page)
    assert page.locator("#door").get_attribute("data-waiting") == "4"
    page.evaluate(FREE)
    assert scan(page, codes[2]) == ["admit", ""]
    go_on(page)
    page.wait_for_selector(".notice", state="hidden")
    page.reload()  # what was held is on the disk by now
    page.wait_for_selector("#door[data-ready][data-waiting='5']")

    sent(page)
    assert sorted(rows()) == [
        ("admit", ""), ("admit", "admit"), ("already_in", "already_in"), ("check", "check"), ("stop", "stop"),
    ]  # fmt: skip


@pytest.mark.full
def test_disk_that_is_refused_from_the_start_leaves_the_server_to_judge(browser_context, live_server, gate):
    browser_context.add_init_script("indexedDB.open = () => { throw new DOMException('No.', 'SecurityError'); };")
    codes = [code_of(make_pass(gate)) for _ in range(2)]
    page = opened(browser_context, gate, live_server)

    assert scan(page, codes[0]) == ["admit", ""]
    go_on(page)
    cut_off(page)
    assert scan(page, codes[1]) == ["check", "not_kept"]
    go_on(page)
    sent(page)
    assert rows() == [("admit", ""), ("check", "check")]


@pytest.mark.full
def test_disk_that_is_emptied_in_the_middle_of_the_day_loses_no_scan(browser_context, live_server, gate):
    codes = [code_of(make_pass(gate)) for _ in range(2)]
    page = opened(browser_context, gate, live_server)
    page.wait_for_selector("#door[data-kept]")
    cut_off(page)
    assert scan(page, codes[0]) == ["admit", ""]
    go_on(page)
    page.evaluate(
        """() => new Promise((done, fail) => {
          const deleting = indexedDB.deleteDatabase("rostrum-door");
          deleting.onsuccess = done;
          deleting.onerror = fail;
        })"""
    )
    page.wait_for_timeout(500)
    page.reload()
    page.wait_for_selector("#door[data-ready]")

    assert page.locator("#door").get_attribute("data-waiting") == "1"
    assert scan(page, codes[1]) == ["admit", ""]
    go_on(page)
    sent(page)
    assert rows() == [("admit", "admit"), ("admit", "admit")]


def test_badge_let_in_by_one_window_is_inside_for_the_other(browser_context, live_server, gate):
    codes = [code_of(make_pass(gate)) for _ in range(2)]
    page = opened(browser_context, gate, live_server)
    other = browser_context.new_page()
    other.goto(address_of(gate))
    other.wait_for_selector("#door[data-ready][data-list]")
    cut_off(page)
    other.wait_for_selector(".net.is-offline")

    assert scan(page, codes[0]) == ["admit", ""]
    assert scan(other, codes[0]) == ["already_in", "inside"]
    go_on(other)
    assert scan(other, codes[1]) == ["admit", ""]
    go_on(page)
    assert scan(page, codes[1]) == ["already_in", "inside"]
    sent(page)
    other.wait_for_selector("#door[data-waiting='0']")
    assert sorted(Scan.objects.values_list("told", flat=True)) == ["admit", "admit", "already_in", "already_in"]
    assert Scan.objects.filter(verdict="admit").count() == 2


TAMPER = """change => new Promise((done) => {
  indexedDB.open("rostrum-door").onsuccess = ({ target: { result: database } }) => {
    const packs = database.transaction("packs", "readwrite").objectStore("packs");
    packs.openCursor().onsuccess = ({ target: { result: cursor } }) => {
      const kept = cursor.value;
      if (change === "list") kept.pack.list = kept.pack.list.slice(0, -8) + "AAAAAAA=";
      if (change === "older") kept.number += 1;
      if (change === "nonsense") kept.pack = { list: 7 };
      cursor.update(kept).onsuccess = () => { database.close(); done(); };
    };
  };
})"""


@pytest.mark.parametrize(
    "change", ["list", *(pytest.param(each, marks=pytest.mark.full) for each in ["older", "nonsense"])]
)
def test_pack_that_was_tampered_with_on_the_device_admits_nobody(browser_context, live_server, gate, change):
    page = opened(browser_context, gate, live_server)
    page.wait_for_selector("#door[data-kept]")
    browser_context.set_offline(True)
    page.evaluate(TAMPER, change)
    page.reload()
    page.wait_for_selector("#door[data-ready]")

    assert scan(page, code_of(make_pass(gate))) == ["check", "stale"]
    go_on(page)
    sent(page)
    page.wait_for_selector("#door[data-list]")
