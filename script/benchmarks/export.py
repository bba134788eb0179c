"""How many people a second leave in a list, as CSV and as XLSX, and how much memory that takes at most."""

import tempfile
from pathlib import Path

from script.benchmarks.mail import run
from tests.postgres import Server

PEOPLE = 20_000
MEGABYTE = 1024  # of the kilobytes in which Linux tells the peak

MAKE = f"""
import resource, time
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone
from accreditation.desk import exports, spreadsheets
from accreditation.desk.exports import Chosen
from accreditation.models import DeskPolicy, Export, Registration
from office.permissions import Role
from tests.builders import make_category, make_officer, make_organization

category, organization = make_category(), make_organization("Example Times", country="KEN")
DeskPolicy.objects.create(meeting=category.meeting, export_alone_at_most=10**6)
officer = make_officer(roles=[Role.LIAISON_OFFICER])
for start in range(0, {PEOPLE}, 1000):
    Registration.objects.bulk_create(
        Registration(
            reference=f"DEW-{{number:06}}", meeting=category.meeting, category=category, organization=organization,
            status="submitted", given_names="Ada", family_name=f"Example {{number}}", medium="print",
            email=f"ada{{number}}@example.org", email_key=str(number), phone="+12125550142",
            declared_at=timezone.now(), answers={{"country": "KEN"}},
        )
        for number in range(start, start + 1000)
    )
with connection.cursor() as cursor:  # as the database does by itself in time; the rows of the lists stay new to it
    cursor.execute("ANALYZE")

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / {MEGABYTE}

def told(kind, work, least):
    export = exports.ask(
        category.meeting, kind=kind, purpose="Measured", recipient="Nobody", by=officer, chosen=Chosen()
    )
    began = time.perf_counter()
    work(export)
    rate = {PEOPLE} / (time.perf_counter() - began)
    print(f"export  {{connection.vendor:10}} {{kind:4}} {{rate:.0f}} rows a second (at least {{least}})"
          f", peak {{peak():.0f}} MB", flush=True)

def as_csv(export):
    exports.release(export, at=timezone.now())
    for part in spreadsheets.csv_lines(export):
        pass

print(f"export  {{connection.vendor:10}} before the lists the process took {{peak():.0f}} MB", flush=True)
told("csv", as_csv, "8,000; under 100 MB more")
told("xlsx", spreadsheets.make, "2,500")
"""


def measure():
    with tempfile.TemporaryDirectory(prefix="rostrum-bench-") as folder:
        run(folder, f"sqlite:///{Path(folder, 'rostrum.sqlite3')}", MAKE)
    with tempfile.TemporaryDirectory(prefix="rostrum-bench-") as folder, Server(durable=True) as database:
        run(folder, database.url, MAKE)
