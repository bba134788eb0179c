"""Verdicts a second: a device scans badges at a gate, beside a bare view that returns a constant 30 kB."""

import json
import re
import statistics
import subprocess
import sys
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from script.benchmarks.apply import BARE, inside
from script.benchmarks.page import CLIENTS, bare_twin, load, percentile
from script.benchmarks.site import Site

ROUNDS, SECONDS = 7, 1
BADGES = 4_000
GOAL = 0.12

PREPARE = f"""
import json
from datetime import timedelta
from django.utils import timezone
from accreditation import badge_code, devices
from accreditation.models import Badge, Category, Gate, Organization, Registration, Zone
from advisory.models import Meeting
from office import keys
from office.models import User

now = timezone.now()
meeting = Meeting.objects.create(title="Bench", slug="bench", code="BENCH1", time_zone="Europe/Vienna")
Zone.objects.create(meeting=meeting, number=1, name="Gallery")
category = Category.objects.create(meeting=meeting, slug="press", name="Press")
house = Organization.objects.create(name="Example House")
people = Registration.objects.bulk_create([
    Registration(
        reference=f"BENCH1-{{n}}", meeting=meeting, category=category, organization=house, medium="print",
        given_names="Example", family_name=f"Person {{n}}", email=f"person{{n}}@example.org", email_key=str(n),
        status="approved",
    )
    for n in range({BADGES})
], batch_size=500)
badges = Badge.objects.bulk_create([
    Badge(
        meeting=meeting, registration=person, number=n, letter="P", zones=2, valid_from=now - timedelta(days=1),
        valid_to=now + timedelta(days=1), issued_at=now,
    )
    for n, person in enumerate(people, 1)
], batch_size=500)
key = keys.current(keys.BADGE, meeting)
sign = keys.signer(key)
gate = Gate.objects.create(meeting=meeting, slug="main", name="Main", counts_exits=True)
device, code = devices.invite(gate, name="Bench", by=User.objects.first() or User.objects.create_user("bench"))
device, token = devices.enrol(code)
codes = [badge_code.code_of(badge, key=key, sign=sign) for badge in badges]
print(json.dumps({{"path": "/door/bench1-main/scan/", "token": token, "codes": codes}}))
"""
KEPT = """
from accreditation.models import Scan
print(Scan.objects.filter(gate__slug="main", meeting__code="BENCH1").count())
"""
# Each request scans the next badge of the file, in and out by turns once all are in
POSTS = """
local codes, n = {}, %(first)d
for line in io.lines("%(file)s") do codes[#codes + 1] = line end
request = function()
    n = n + 1
    local way = math.floor((n - 1) / #codes) %% 2 == 0 and "in" or "out"
    return wrk.format("POST", nil, {
        ["Authorization"] = "Device %(token)s", ["Content-Type"] = "application/x-www-form-urlencoded",
        ["Accept"] = "application/json", ["Connection"] = "close"
    }, "direction=" .. way .. "&code=" .. codes[(n - 1) %% #codes + 1])
end
"""


def measure(site):
    """PostgreSQL is judged, SQLite printed."""
    on_one_database(site, "PostgreSQL")
    with Site(embedded=True) as other:
        on_one_database(other, "SQLite")


def on_one_database(site, name):
    prepared = json.loads(inside(site, PREPARE))
    address = site.url + prepared["path"]
    (site.folder / "codes").write_text("\n".join(prepared["codes"]))
    must_be_admitted(address, prepared)
    scans = Scans(site, address, prepared["token"])
    with bare_twin(site, address, BARE) as bare:
        load(bare, seconds=SECONDS)
        scans()
        told = [(load(bare, seconds=SECONDS), scans()) for _ in range(ROUNDS)]
    kept = int(inside(site, KEPT))
    if not scans.answered <= kept <= scans.posted:
        sys.exit(f"Of {scans.answered} verdicts told {kept} were kept.")
    ratio = statistics.median(ours[0] / floor[0] for floor, ours in told)
    rate, p50, p99 = (statistics.median(ours[i] for _floor, ours in told) for i in range(3))
    print(
        f"door   {name:10} verdict ratio {ratio:.3f} (at least {GOAL:.2f})   {rate:6.0f} scans/s   "
        f"p50 {p50:.1f} ms   p99 {p99:.1f} ms{'' if ratio >= GOAL or name == 'SQLite' else '   MISSED'}",
        flush=True,
    )


def must_be_admitted(address, prepared):
    """Anything else would be measured as a verdict."""
    headers = {"Authorization": f"Device {prepared['token']}", "Accept": "application/json"}
    request = Request(address, data=urlencode({"code": prepared["codes"][0]}).encode(), headers=headers)
    with urlopen(request, timeout=30) as response:
        body = response.read()
    if json.loads(body)["verdict"] != "admit":
        sys.exit(f"{address} answered to a valid badge:\n{body.decode()}")


class Scans:
    """One round a call. ``posted`` counts the requests that were begun, ``answered`` those of which wrk saw the end."""

    def __init__(self, site, address, token):
        self.site, self.address, self.token = site, address, token
        self.posted = self.answered = 1

    def __call__(self):
        file = self.site.folder / "door.lua"
        file.write_text(POSTS % {"first": self.posted, "file": self.site.folder / "codes", "token": self.token})
        words = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{SECONDS}s", "--latency", "-s", str(file), self.address]
        report = subprocess.run(words, capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in report or "Socket errors" in report:
            sys.exit(f"{self.address} failed under load:\n{report}")
        answered = int(re.search(r"(\d+) requests in", report)[1])
        self.answered += answered
        self.posted += answered + CLIENTS  # those that were under way
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", report)[1])
        return rate, percentile(report, 50), percentile(report, 99)
