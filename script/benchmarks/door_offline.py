"""The door's page without network on a slow telephone: how long a verdict takes, and how long a cold start."""

import json
import statistics

from playwright.sync_api import sync_playwright

from script.benchmarks.apply import inside
from tests.browser import launch

BADGES, SCANS, STARTS = 10_000, 200, 5
SLOWER = 6
VERDICT_MS, START_MS = 150, 3000

PREPARE = f"""
import json
from datetime import timedelta
from django.conf import settings
from django.utils import timezone
from accreditation import badge_code, devices
from accreditation.models import Badge, Category, Gate, Organization, Registration
from accreditation.views.door import guards
from advisory.models import Meeting
from office import keys
from office.models import User

now = timezone.now()
meeting = Meeting.objects.create(title="Offline", slug="offline", code="OFFLINE", time_zone="Europe/Vienna")
category = Category.objects.create(meeting=meeting, slug="press", name="Press")
house = Organization.objects.create(name="Example House")
people = Registration.objects.bulk_create([
    Registration(
        reference=f"OFFLINE-{{n}}", meeting=meeting, category=category, organization=house, medium="print",
        given_names="Example", family_name=f"Person {{n}}", email=f"person{{n}}@example.org", email_key=f"o{{n}}",
        status="approved",
    )
    for n in range({BADGES})
], batch_size=500)
badges = Badge.objects.bulk_create([
    Badge(
        meeting=meeting, registration=person, number=n, letter="P", valid_from=now - timedelta(days=1),
        valid_to=now + timedelta(days=1), issued_at=now, state="void" if n % 20 == 0 else "issued",
        voided_at=now if n % 20 == 0 else None, void_reason="lost" if n % 20 == 0 else "",
    )
    for n, person in enumerate(people, 1)
], batch_size=500)
key = keys.current(keys.BADGE, meeting)
sign = keys.signer(key)
gate = Gate.objects.create(meeting=meeting, slug="main", name="Main", counts_exits=True, capacity=9000)
device, code = devices.invite(gate, name="Bench", by=User.objects.first() or User.objects.create_user("bench"))
device, token = devices.enrol(code)
codes = [badge_code.code_of(badge, key=key, sign=sign) for badge in badges[:{SCANS}]]
print(json.dumps({{"path": "/door/offline-main/", "cookie": guards.COOKIE, "token": token, "codes": codes}}))
"""
PAUSE_MS = 250
# From the scanner's last key to the frame in which the verdict is drawn
TIMED = """async (codes) => {
  const root = document.querySelector("#door"), told = [];
  const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  for (const code of codes) {
    const keys = [...code].map((key) => new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
    keys.forEach((key) => document.body.dispatchEvent(key));
    const began = performance.now();
    document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true, cancelable: true}));
    while (!root.dataset.verdict) await new Promise((done) => setTimeout(done));
    await drawn();
    told.push([performance.now() - began, root.dataset.verdict]);
    document.querySelector(".verdict").dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", bubbles: true}));
    await new Promise((done) => setTimeout(done, PAUSE)); // nobody holds up two badges in a quarter of a second
  }
  return told;
}""".replace("PAUSE", str(PAUSE_MS))


def measure(site):
    prepared = json.loads(inside(site, PREPARE))
    address = site.url + prepared["path"]
    with sync_playwright() as playwright:
        browser = launch(playwright)
        context = browser.new_context()
        cookie = {"name": prepared["cookie"], "value": prepared["token"], "url": f"{site.url}/door/"}
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("#door[data-list][data-kept]")
        context.set_offline(True)
        page.wait_for_selector(".net.is-offline")
        slow_down(page)
        told = page.evaluate(TIMED, forged_now_and_then(prepared["codes"]))
        page.close()
        starts = [start(context, address) for _ in range(STARTS)]
        browser.close()
    times = [each for each, _verdict in told]
    verdicts = {verdict for _each, verdict in told}
    p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    judge(
        "verdict",
        f"p50 {p50:.0f} ms  p95 {p95:.0f} ms",
        p95,
        VERDICT_MS,
        f"{BADGES} serials, {', '.join(sorted(verdicts))}",
    )
    slowest = max(starts)
    judge(
        "start",
        f"median {statistics.median(starts):.0f} ms  slowest {slowest:.0f} ms",
        slowest,
        START_MS,
        "all kept, no network",
    )


def judge(what, told, figure, most, how):
    missed = "" if figure <= most else "   MISSED"
    print(f"door-offline  {what:8} {told}   at most {most} ms{missed}   (CPU x{SLOWER}; {how})")


def slow_down(page):
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def forged_now_and_then(codes):
    return [code[:-5] + "AAAAA" if number % 10 == 0 else code for number, code in enumerate(codes)]


def start(context, address):
    """Milliseconds from the address to a page that takes scans."""
    page = context.new_page()
    slow_down(page)
    page.goto(address)
    page.wait_for_selector("#door[data-ready]")
    taken = page.evaluate("performance.getEntriesByName('door-ready')[0].startTime")
    page.close()
    return taken
