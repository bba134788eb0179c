"""Requests a second for an application: a page of the form, a step that is saved, an application that is sent, each
beside a bare view that returns a constant 30 kB. Every sending has a draft of its own."""

import base64
import json
import re
import statistics
import subprocess
import sys
import urllib.error
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from script.benchmarks.page import CLIENTS, bare_twin, load, percentile
from script.benchmarks.site import Site, clean_environment

ROUNDS, SECONDS = 5, 1
DRAFTS = 2_500
BARE = {"headers": {"Content-Type": "text/html"}, "body": base64.b64encode(b"x" * 30_000).decode()}
GOALS = {"form page": 0.10, "step saved": 0.04, "application sent": 0.04}

PREPARE = f"""
import json
from django.core import signing
from django.utils import timezone
from accreditation import identifying, journey, visits
from accreditation.models import Category, Organization, Registration
from advisory.models import Edition

meeting = Edition.objects.visible().filter(meeting__sittings__date__gt=timezone.now()).order_by("pk").first().meeting
category = Category.objects.create(
    meeting=meeting, slug="bench", name="Press", allocation="first_come", capacity={DRAFTS}, cap_per_organization=50,
)
houses = Organization.objects.bulk_create(Organization(name=f"Example House {{n}}") for n in range({DRAFTS} // 50))
done = sorted({{step.slug for route in journey.STEPS.values() for step in route}})
drafts = Registration.objects.bulk_create(
    [
        Registration(
            reference=f"BENCH-{{n}}", meeting=meeting, category=category, organization=houses[n // 50], medium="print",
            given_names="Ada", family_name=f"Applicant {{n}}", email=f"applicant{{n}}@example.org",
            email_key=identifying.email_key(meeting.pk, f"applicant{{n}}@example.org"), email_proved_at=timezone.now(),
            done=done,
        )
        for n in range({DRAFTS})
    ],
    batch_size=500,
)
cookies = [
    visits.COOKIE + "=" + signing.dumps([[draft.pk.hex, "resume", 1]], salt=visits.SALT, compress=True)
    for draft in drafts
]
path = f"/meetings/{{meeting.url_year}}/{{meeting.slug}}/apply/bench/"
print(json.dumps({{"path": path, "cookies": cookies}}))
"""
SENT = """
from accreditation.models import Registration
print(Registration.objects.filter(category__slug="bench", status="submitted").count())
"""
# Each request takes the next cookie of the file, from where the last round stopped
POSTS = """
local cookies, body, n = {}, "%(body)s", %(first)d
for line in io.lines("%(file)s") do cookies[#cookies + 1] = line end
request = function()
    n = n + 1
    return wrk.format("POST", nil, {
        ["Cookie"] = cookies[(n - 1) %% #cookies + 1], ["Content-Type"] = "application/x-www-form-urlencoded",
        ["Accept-Encoding"] = "gzip", ["Connection"] = "close"
    }, body)
end
"""
FORMS = {"name": {"given_names": "Ada", "family_name": "Example"}, "check": {"declaration": "on"}}


def measure(site):
    """PostgreSQL is judged, SQLite printed."""
    on_one_database(site, "PostgreSQL")
    with Site(embedded=True) as other:
        on_one_database(other, "SQLite")


def on_one_database(site, name):
    prepared = json.loads(inside(site, PREPARE))
    cookies = site.folder / "cookies"
    cookies.write_text("\n".join(prepared["cookies"]))
    apply, first = site.url + prepared["path"], prepared["cookies"][0]
    for step in ("name", "check"):
        must_be_taken(f"{apply}{step}/", first, step)
    with bare_twin(site, apply, BARE) as bare:
        floor = lambda: load(bare, seconds=SECONDS)  # noqa: E731
        page = lambda: load(f"{apply}name/", seconds=SECONDS, cookie=prepared["cookies"][1])  # noqa: E731
        tell(name, "form page", floor, page)
        tell(name, "step saved", floor, Posts(site, f"{apply}name/", cookies, "name"))
        sending = Posts(site, f"{apply}check/", cookies, "check")
        tell(name, "application sent", floor, sending)
    sent = int(inside(site, SENT))
    if sending.posted >= DRAFTS or sent < sending.posted - ROUNDS * CLIENTS:
        sys.exit(f"Of {sending.posted} applications posted {sent} were sent, of {DRAFTS} drafts.")


def tell(database, what, floor, work):
    told = [(floor(), work()) for _ in range(ROUNDS)]
    ratio = statistics.median(ours[0] / bare[0] for bare, ours in told)
    rate, p50, p99 = (statistics.median(ours[i] for _bare, ours in told) for i in range(3))
    print(
        f"apply   {database:10} {what:16} ratio {ratio:.3f} (at least {GOALS[what]:.2f})   {rate:6.0f} requests/s   "
        f"p50 {p50:.1f} ms   p99 {p99:.1f} ms",
        flush=True,
    )


class Posts:
    """One round of posts a call, each with the next cookie; ``posted`` counts them from the second on."""

    def __init__(self, site, address, cookies, step):
        self.file, self.address, self.cookies = site.folder / f"{step}.lua", address, cookies
        self.body, self.posted = urlencode(FORMS[step]), 1

    def __call__(self):
        self.file.write_text(POSTS % {"body": self.body, "first": self.posted, "file": self.cookies})
        words = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{SECONDS}s", "--latency", "-s", str(self.file), self.address]
        report = subprocess.run(words, capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in report or "Socket errors" in report:
            sys.exit(f"{self.address} failed under load:\n{report}")
        self.posted += int(re.search(r"(\d+) requests in", report)[1]) + CLIENTS  # those that were under way
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", report)[1])
        return rate, percentile(report, 50), percentile(report, 99)


class Stay(HTTPRedirectHandler):
    def redirect_request(self, *_words):
        return None


def must_be_taken(address, cookie, step):
    """A post that only shows the form again would be measured as something else."""
    request = Request(address, data=urlencode(FORMS[step]).encode(), headers={"Cookie": cookie})
    try:
        answer = build_opener(Stay).open(request, timeout=30)
    except urllib.error.HTTPError as redirect:
        answer = redirect
    if answer.status != 302:
        sys.exit(f"{address} answered {answer.status} to a valid post:\n{answer.read().decode()}")


def inside(site, program):
    """What a program prints as its last line in the site's shell."""
    words = [sys.executable, "manage.py", "shell", "--no-imports", "-c", program]
    environment = clean_environment() | site.environment | {"PYTHONPATH": str(Path.cwd())}
    return subprocess.run(words, env=environment, capture_output=True, text=True, check=True).stdout.splitlines()[-1]
