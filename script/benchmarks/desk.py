"""Milliseconds in which the desk's queue answers with 100 applications and with all there may be, on both databases."""

import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

from script.benchmarks.lists import measure_on
from tests.postgres import Server

FEW = 100
SIZES = {"postgresql": (100_000, 4.0), "sqlite": (20_000, 5.0)}  # and what the ratio may be
ROUNDS = 30
MOST_QUERIES = 20
# A third waits, a third is approved; of those that wait one in ten has answered, is flagged, is sent by a delegation
STATUSES = ["submitted", "approved", "submitted", "approved", "declined", "waitlisted", "submitted", "approved",
            "info_requested", "withdrawn"]  # fmt: skip
ADDRESSES = {
    "queue": "/desk/",
    "last page": "/desk/?page=20",
    "mine": "/desk/?view=mine",
    "answered": "/desk/?view=answered",
    "near": "/desk/?view=due",
    "flagged": "/desk/?view=flagged",
    "delegations": "/desk/?view=delegations",
    "waiting list": "/desk/?view=waitlist",
    "decided": "/desk/?view=decided",
    "rare category": "/desk/?category=rare",
    "rare, oldest": "/desk/?category=rare&order=oldest",
    "organization": "/desk/?group=organization",
    "person": "/desk/?group=person",
    "rare word": "/desk/?q=Person17+Bench",
    "common word": "/desk/?q=Example",
    "two words": "/desk/?q=example+person5",
    "reference": "/desk/?q=BENCH-{reference}",
}


def measure():
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rostrum-desk-")))
        server = stack.enter_context(Server(durable=True))
        for name, (many, goal) in SIZES.items():
            few, all_of_them = (
                measure_on(name, server, folder / f"{name}-{size}", size, module="desk") for size in (FEW, many)
            )
            for what in ADDRESSES:
                ratio = all_of_them[what] / few[what]
                told = f"{few[what]:6.1f} ms  {all_of_them[what]:6.1f} ms   ratio {ratio:.2f}"
                print(f"desk   {name:10}  {what:13} {told}   goal {goal:.0f}{'' if ratio <= goal else '  MISSED'}")
            queries = all_of_them["queries"]
            print(f"desk   {name:10}  most queries  {queries:.0f}   goal {MOST_QUERIES}")


def fill(size):
    """One meeting, one officer who holds a few claims, and ``size`` applications sent over the days before."""
    from django.utils import timezone

    from accreditation import finding, identifying, references
    from accreditation.models import Category, Delegation, FindingText, Organization, Registration
    from advisory.models import Meeting
    from office.models import Grant, User

    now = timezone.now()
    meeting = Meeting.objects.create(title="Bench", slug="bench", code="BENCH", time_zone="Europe/Vienna")
    press, rare = (
        Category.objects.create(meeting=meeting, slug=slug, name=slug.title(), position=n)
        for n, slug in enumerate(["press", "rare"])
    )
    houses = Organization.objects.bulk_create(
        Organization(name=f"Example House {n}") for n in range(max(size // 20, 1))
    )
    sender = Delegation.objects.create(
        category=press, organization=houses[0], lead_name="x", lead_email="x@example.org"
    )
    officer = User.objects.create_user("bench", "bench@example.int")
    Grant.objects.create(user=officer, role="media_reviewer")

    def reference(n):
        """Drawn ones would meet among so many."""
        body = "".join(references.ALPHABET[n >> 5 * place & 31] for place in range(references.RANDOM_CHARACTERS))
        return f"BENCH-{body}{references.check_character('BENCH', body)}"

    def row(n):
        status = STATUSES[n % 10]
        waits = status == "submitted"
        due = now + timedelta(days=3) - timedelta(minutes=n * 12 * 24 * 60 / size)
        known = n % 3
        registration = Registration(
            reference=reference(n), meeting=meeting, category=rare if n % 1000 == 6 else press,
            status=status, medium="print", given_names="Example", family_name=f"Person{n} Bench",
            organization=houses[n % len(houses)] if known else None,
            organization_name="" if known else f"Example Post {n // 20}",
            email=f"person{n}@example.org", email_key=str(n), due_at=due, declared_at=due - timedelta(days=3),
            created_at=due - timedelta(days=4), answers={"country": "FRA"},
            returned_at=now if waits and n % 100 == 12 else None, hints=["double"] if waits and n % 100 == 22 else [],
            delegation=sender if waits and n % 100 == 32 else None,
            claimed_by=officer if waits and n % 1000 in (0, 2) else None,
        )  # fmt: skip
        registration.name_key = identifying.name_key(registration)
        return registration

    for start in range(0, size, 2_000):
        rows = Registration.objects.bulk_create([row(n) for n in range(start, min(start + 2_000, size))])
        FindingText.objects.bulk_create(FindingText(registration=each, words=finding.words_of(each)) for each in rows)
    return officer, rows[0].reference.partition("-")[2]


def answer_all(officer, reference):
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tests.signing_in import show_second_factor

    client = Client(headers={"host": settings.SITE_HOST})
    client.force_login(officer)
    show_second_factor(client, officer)
    client.get("/desk/?meeting=BENCH")
    most = 0
    for what, address in ADDRESSES.items():
        address, taken = address.format(reference=reference), []
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        most = max(most, len(queries))
        if response.status_code != 200:
            sys.exit(f"{address} answered {response.status_code}")
        for _ in range(ROUNDS):
            started = time.perf_counter()
            client.get(address)
            taken.append(time.perf_counter() - started)
        print(f"{what}\t{statistics.median(taken) * 1000:.2f}")
    print(f"queries\t{most}")


def main(size):
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        filled = fill(size)
    with connection.cursor() as cursor:  # as the database does by itself in time
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    answer_all(*filled)


if __name__ == "__main__":
    main(int(sys.argv[1]))
