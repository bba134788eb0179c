"""How long 200 badges take to be printed, with photographs, codes and four scripts, and the memory of 200 and 2,000."""

import tempfile
from pathlib import Path

from script.benchmarks.mail import run

MAKE = """
import io, random, statistics, threading, time
import psutil
from datetime import timedelta
from django.utils import timezone
from PIL import Image
from accreditation import badge_samples, badge_sheets
from accreditation.evidence.keeping import place
from accreditation.models import Badge, BadgeLayout, Evidence, Registration, Zone
from office.encryption import store_sealed
from tests.builders import make_category, make_full_meeting, make_organization

SCRIPTS = [0, 1, 2, 3]  # of badge_samples.PEOPLE: Latin, Arabic, Chinese, Cyrillic

meeting = make_full_meeting()
category = make_category(meeting, translations={"fr": {"name": "Presse"}, "ru": {"name": "Пресса"}})
organization = make_organization("Example Times", country="KEN")
for number in range(3):
    Zone.objects.create(meeting=meeting, number=number, name=f"Hall {number}")

def portrait(number):
    draw = random.Random(number)
    noise = Image.frombytes("RGB", (75, 100), draw.randbytes(22500)).resize((900, 1200), Image.Resampling.BICUBIC)
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=90)
    return out.getvalue()

def make(number, photo):
    names = [name for name, _bold in badge_samples.PEOPLE[SCRIPTS[number % 4]][0]]
    registration = Registration.objects.create(
        reference=f"DEW-{number:06}", meeting=meeting, category=category, organization=organization,
        given_names=names[0] if len(names) > 1 else "", family_name=names[-1], status="approved",
        email=f"ada{number}@example.org", email_key=str(number), answers={"country": "KEN"},
    )
    row = Evidence(registration=registration, kind="portrait", name="me.jpg", media_type="image/jpeg",
                   size=len(photo), digest=str(number))
    row.stored_as = store_sealed(photo, bound_to=place(row))
    row.save(force_insert=True)
    return Badge.objects.create(
        meeting=meeting, registration=registration, number=number + 1, letter="P", zones=7, issued_at=timezone.now(),
        valid_from=timezone.now(), valid_to=timezone.now() + timedelta(days=3),
    )

photos = [portrait(number) for number in range(20)]
badges = [make(number, photos[number % 20]) for number in range(2000)]
ourselves, peak, ended = psutil.Process(), [0], threading.Event()

def watch():
    while not ended.wait(0.02):
        total = 0
        for process in [ourselves, *ourselves.children(recursive=True)]:
            try:
                total += process.memory_info().rss
            except psutil.Error:
                pass
        peak[0] = max(peak[0], total)

threading.Thread(target=watch, daemon=True).start()

def measure(number, layout):
    began = time.perf_counter()
    document, warnings = badge_sheets.sheets(iter(badges[:number]), layout, language="en")
    return time.perf_counter() - began, len(document) / 1e6, len(warnings)

before = ourselves.memory_info().rss / 1e6
for preset, paper in [("a6", "alone"), ("cr80", "a4")]:
    layout = BadgeLayout(preset=preset, paper=paper)
    told = [measure(200, layout) for _ in range(3)]
    seconds = statistics.median(row[0] for row in told)
    print(f"badges  200 on {preset}, {paper}: {seconds:.1f} s (at most 10 s), {told[0][1]:.1f} MB of PDF,"
          f" peak {peak[0] / 1e6:.0f} MB with children (at most 450; {before:.0f} before), {told[0][2]} warnings",
          flush=True)
peak[0] = 0
seconds, size, _warnings = measure(2000, BadgeLayout(preset="a6"))
ended.set()
print(f"badges  2,000 on a6 in one job: {seconds:.0f} s, {size:.0f} MB of PDF, peak {peak[0] / 1e6:.0f} MB", flush=True)
"""


def measure():
    with tempfile.TemporaryDirectory(prefix="rostrum-bench-") as folder:
        run(folder, f"sqlite:///{Path(folder, 'rostrum.sqlite3')}", MAKE)
