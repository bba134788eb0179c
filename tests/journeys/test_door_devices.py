"""Devices at one gate whose network fails in every way: no scan is lost, and every badge let in twice is reported."""

import random
import time
from collections import Counter

import pytest

from accreditation import doubles
from accreditation.models import Scan
from tests.gates import code_of, go_on, make_door, make_pass, opened, scan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WITHIN = 60  # seconds after the network is back


class Faults:
    """What happens to each request of a device, by chance: all is well, no network, a lost answer, a failing server."""

    def __init__(self, context, chance):
        self.chance, self.is_over = chance, False
        self.met = Counter()
        context.route("**/door/*/sc*", self.meet)

    def meet(self, route):
        fault = "none" if self.is_over else self.chance.choice(["none"] * 4 + ["cut", "lost", "failing", "late"])
        self.met[fault] += 1
        if fault == "cut":
            route.abort("internetdisconnected")
        elif fault == "lost":
            route.fetch()  # the server has taken it, and nobody hears of that
            route.abort("connectionreset")
        elif fault == "failing":
            route.fulfill(status=503, body="")
        elif fault == "late":
            answer = route.fetch()
            time.sleep(0.05)
            route.fulfill(response=answer)
        else:
            route.continue_()


@pytest.mark.parametrize(
    ("scans", "devices"), [(50, 1), pytest.param(500, 3, marks=pytest.mark.full)], ids=["one device", "three devices"]
)
def test_no_scan_is_lost_and_every_double_is_reported(chromium, live_server, scans, devices):
    chance = random.Random(scans)
    gate = make_door(counts_exits=True)
    badges = [make_pass(gate) for _ in range(scans * 2 // 3)]
    codes = {code_of(badge): badge.serial for badge in badges}
    pages, faults, let_in = [], [], Counter()
    for number in range(devices):
        context = chromium.new_context(base_url=live_server.url, service_workers="block")
        pages.append(opened(context, gate, live_server, f"Telephone {number + 1}"))
        faults.append(Faults(context, random.Random(number)))

    for number in range(scans):
        page, code = chance.choice(pages), chance.choice(list(codes))
        if chance.random() < 0.1:
            page.context.set_offline(chance.random() < 0.5)
        elif chance.random() < 0.5:
            page.evaluate("dispatchEvent(new Event('online'))")
        if chance.random() < 0.02:
            page.context.set_offline(False)
            page.reload()
            page.wait_for_selector("#door[data-ready]")
        verdict, _reason = scan(page, code)
        let_in[codes[code]] += verdict == "admit"
        go_on(page)
        assert verdict in {"admit", "already_in"}, number

    for page, fault in zip(pages, faults, strict=True):
        fault.is_over = True
        page.context.set_offline(False)
    began = time.monotonic()
    for page in pages:
        page.wait_for_selector("#door[data-waiting='0']", timeout=WITHIN * 1000)
    reported = Counter(each.scan.serial for each in doubles.of(gate.meeting, most=scans))
    seconds = time.monotonic() - began

    assert Scan.objects.filter(of=None).count() == scans
    twice = {serial: times - 1 for serial, times in let_in.items() if times > 1}
    assert {serial: reported[serial] for serial in twice} == twice
    assert set(reported) - set(twice) == set()
    assert seconds < WITHIN
    assert set().union(*(fault.met for fault in faults)) == {"none", "cut", "lost", "failing", "late"}
    print(f"{scans} scans, {sum(twice.values())} doubles, all reported after {seconds:.1f} s")
    for page in pages:
        page.context.close()
