"""How long 200 badges take to be printed, with photographs, codes and four scripts, and that a print job of 2,000 takes
no more memory than one of 200, to be made or to be fetched."""

import tempfile
from pathlib import Path

from script.benchmarks.mail import run

FEW, MANY = 200, 2000
MORE = 0.05  # of the peak, which 2,000 may take more than 200

MAKE = f"""
import io, random
from datetime import timedelta
from django.utils import timezone
from PIL import Image
from accreditation import badge_samples
from accreditation.evidence.keeping import place
from accreditation.models import Badge, Evidence, Registration, Zone
from office.encryption import store_sealed
from tests.builders import make_category, make_full_meeting, make_officer, make_organization

SCRIPTS = [0, 1, 2, 3]  # of badge_samples.PEOPLE: Latin, Arabic, Chinese, Cyrillic

meeting = make_full_meeting()
category = make_category(meeting, translations={{"fr": {{"name": "Presse"}}, "ru": {{"name": "Пресса"}}}})
organization = make_organization("Example Times", country="KEN")
for number in range(3):
    Zone.objects.create(meeting=meeting, number=number, name=f"Hall {{number}}")

def portrait(number):
    draw = random.Random(number)
    noise = Image.frombytes("RGB", (75, 100), draw.randbytes(22500)).resize((900, 1200), Image.Resampling.BICUBIC)
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=90)
    return out.getvalue()

def make(number, photo):
    names = [name for name, _bold in badge_samples.PEOPLE[SCRIPTS[number % 4]][0]]
    registration = Registration.objects.create(
        reference=f"DEW-{{number:06}}", meeting=meeting, category=category, organization=organization,
        given_names=names[0] if len(names) > 1 else "", family_name=names[-1], status="approved",
        email=f"ada{{number}}@example.org", email_key=str(number), answers={{"country": "KEN"}},
    )
    row = Evidence(registration=registration, kind="portrait", name="me.jpg", media_type="image/jpeg",
                   size=len(photo), digest=str(number))
    row.stored_as = store_sealed(photo, bound_to=place(row))
    row.save(force_insert=True)
    return Badge.objects.create(
        meeting=meeting, registration=registration, number=number + 1, letter="P", zones=7, issued_at=timezone.now(),
        valid_from=timezone.now(), valid_to=timezone.now() + timedelta(days=3),
    )

make_officer("badges")
photos = [portrait(number) for number in range(20)]
for number in range({FEW} + {MANY}):
    make(number, photos[number % 20])
"""

WATCH = """
import threading, time
import psutil

ourselves, peak, ended = psutil.Process(), [0], threading.Event()

def watch():
    while not ended.wait(0.01):
        total = 0
        for process in [ourselves, *ourselves.children(recursive=True)]:
            try:
                total += process.memory_info().rss
            except psutil.Error:
                pass
        peak[0] = max(peak[0], total)

threading.Thread(target=watch, daemon=True).start()
"""

SPEED = f"""{WATCH}
import io, statistics
from accreditation import badge_sheets
from accreditation.models import Badge, BadgeLayout

badges = list(Badge.objects.order_by("number")[:{FEW}])

def measure(layout):
    out, began = io.BytesIO(), time.perf_counter()
    warnings = badge_sheets.sheets(badges, layout, language="en", to=out)
    return time.perf_counter() - began, out.tell() / 1e6, len(warnings)

for preset, paper in [("a6", "alone"), ("cr80", "a4")]:
    told = [measure(BadgeLayout(preset=preset, paper=paper)) for _ in range(3)]
    seconds = statistics.median(row[0] for row in told)
    print(f"badges  {FEW} on {{preset}}, {{paper}}: {{seconds:.1f}} s (at most 10 s), {{told[0][1]:.1f}} MB of PDF,"
          f" peak {{peak[0] / 1e6:.0f}} MB with children (at most 450), {{told[0][2]}} warnings", flush=True)
ended.set()
"""

# The kernel's own peaks: a sample would often miss the moment in which a process that sets cards is largest
PEAK = """
import resource, time
from pathlib import Path
from django.conf import settings
from django.contrib.auth import get_user_model
from accreditation.desk import printing
from accreditation.models import Badge, PrintJob

officer, meeting = get_user_model().objects.get(), Badge.objects.first().meeting

def told(act):
    Path("/proc/self/clear_refs").write_text("5")  # proc(5): the peak counts from now on
    began = time.perf_counter()
    came, seconds = act(), time.perf_counter() - began
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return came, seconds, int(line.split()[1]) / 1000

def note(peak):
    with Path(settings.VAR_DIR, "peaks").open("a") as file:
        print(peak, file=file)
"""

JOB = f"""{PEAK}
chosen = Badge.objects.ready().filter(~printing.in_job()).order_by("number").values_list("pk", flat=True)[:NUMBER]
job = printing.ask(meeting, list(chosen), by=officer, language="en")
_nothing, seconds, made = told(lambda: printing.make(job))
made += resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000  # the largest of them; one runs at a time
print(f"badges  a print job of {{job.count}}: made in {{seconds:.1f}} s, peak {{made:.0f}} MB with its largest child",
      flush=True)
note(made)
"""

FETCH = f"""{PEAK}
job = PrintJob.objects.exclude(file="").get()
def fetched():
    with printing.fetch(job, by=officer) as file:
        return sum(len(piece) for piece in iter(lambda: file.read(1 << 16), b""))

size, seconds, sent = told(fetched)
print(f"badges  its {{size / 1e6:.1f}} MB fetched in {{seconds:.1f}} s, peak {{sent:.0f}} MB", flush=True)
note(sent)
"""


def measure():
    jobs = [program for number in (FEW, MANY) for program in (JOB.replace("NUMBER", str(number)), FETCH)]
    with tempfile.TemporaryDirectory(prefix="rostrum-bench-") as folder:
        run(folder, f"sqlite:///{Path(folder, 'rostrum.sqlite3')}", MAKE, SPEED, *jobs)
        peaks = [float(line) for line in Path(folder, "peaks").read_text().splitlines()]
    made, sent = [100 * (large / small - 1) for small, large in zip(peaks[:2], peaks[2:], strict=True)]
    most = f"at most {100 * MORE:.0f} %"
    print(f"badges  {MANY} take {made:+.1f} % of memory to be made ({most}), {sent:+.1f} % to be fetched ({most})")
