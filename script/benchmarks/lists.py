"""Milliseconds in which the lists answer with 50 meetings and with 5,000, on SQLite and on PostgreSQL."""

import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

from config import field_keys
from script.benchmarks.site import clean_environment
from tests.postgres import Server

SIZES = [50, 5_000]
ROUNDS = 30
ADDRESSES = {
    "home": "/",
    "list": "/meetings/",
    "second page": "/meetings/?page=2",
    "body": "/meetings/?body=body-7",
    "two filters": "/meetings/?body=body-3&open=press&from=2020-01-01",
    "rare word": "/meetings/?q=A/70/17",
    "common word": "/meetings/?q=dialogue",
    "year": f"/meetings/{date.today().year}/",
    "feed": "/feed/",
    "alert": "/alert/",
}


def measure():
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rostrum-lists-")))
        server = stack.enter_context(Server(durable=True))
        for name in ["sqlite", "postgresql"]:
            taken = {size: measure_on(name, server, folder / f"{name}-{size}", size) for size in SIZES}
            for what in ADDRESSES:
                few, many = (taken[size][what] for size in SIZES)
                print(f"lists  {name:10}  {what:12} {few:6.1f} ms  {many:6.1f} ms   ratio {many / few:.2f}")


def measure_on(name, server, folder, size, module="lists"):
    """{what: median milliseconds}, taken by ``main`` of a module in a process of its own, on a database of ``size``."""
    folder.mkdir()
    url = f"sqlite:///{folder}/rostrum.sqlite3" if name == "sqlite" else new_database(server, f"{module}{size}")
    environment = {"DATABASE_URL": url, "VAR_DIR": str(folder), "SECRET_KEY": "x" * 20 + str(folder) * 4}
    command = [sys.executable, "-m", f"script.benchmarks.{module}", str(size)]
    environment["FIELD_KEYS"] = field_keys.fresh()
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings", "LOG_LEVEL": "ERROR"}
    done = subprocess.run(command, env=clean_environment() | environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return {what: float(number) for what, number in (line.split("\t") for line in done.stdout.splitlines())}


def new_database(server, name):
    subprocess.run(
        ["psql", "-h", server.folder, "-U", "rostrum", "-qc", f"CREATE DATABASE {name}", "rostrum"], check=True
    )
    return f"postgres://rostrum@/{name}?host={server.folder}"


def fill(size):
    """One in ten is to come, 50 at least, so that each size fills a page; the others lie in the ten years before."""
    from django.utils import timezone

    from advisory import search
    from advisory.models import Edition, Facet, Meeting, SearchText

    now, today = timezone.now() - timedelta(days=1), date.today()
    coming = max(50, size // 10)
    for number in range(size):
        away = number * 365 // coming if number < coming else -(number - coming) * 3650 // size
        day = today + timedelta(days=away)
        facts = facts_of(number, day)
        meeting = Meeting.objects.create(
            title="x", slug=facts["slug"], code=facts["code"], url_year=day.year, status="confirmed"
        )
        edition = Edition.objects.create(
            meeting=meeting, sequence=1, number=1, kind="first", facts=facts, texts=texts_of(number), year=day.year,
            slug=facts["slug"], first_day=day, last_day=day, published_at=now, visible_from=now,
        )  # fmt: skip
        SearchText.objects.create(edition=edition, words=search.words_of(edition))
        Facet.objects.bulk_create(Facet(edition=edition, **row) for row in search.facets_of(edition))


def facts_of(number, day):
    empty = ["programme", "stakeouts", "access_notices", "speakers", "contacts", "links", "webcasts", "hashtags",
             "accounts", "interpretation"]  # fmt: skip
    starts = f"{day.isoformat()}T10:00:00+00:00"
    sitting = {"key": "sittings.1", "date": day.isoformat(), "start_time": "10:00", "end_time": None, "end_date": None,
               "precision": "exact", "time_zone": "UTC", "starts_at": starts, "ends_at": None,
               "press": "open"}  # fmt: skip
    document = {"key": "documents.1", "symbols": [f"A/70/{number}"], "role": "main", "languages": [],
                "is_advance": False, "url": "", "files": []}  # fmt: skip
    return {name: [] for name in empty} | {
        "code": f"M{number:05d}", "year": day.year, "slug": f"meeting-{number}", "body": f"body-{number % 40}",
        "form": "media_advisory", "kind": "dialogue", "status": "confirmed", "original_language": "en",
        "attendance": ["in_person", "hybrid", "online"][number % 3], "time_zone": "UTC", "map_url": "",
        "capacity": None, "is_demonstration": False, "first_day": day.isoformat(), "last_day": day.isoformat(),
        "starts_at": starts, "sittings": [sitting], "documents": [document],
    }  # fmt: skip


def texts_of(number):
    background = " ".join(f"word{(number * 37 + n) % 9000}" for n in range(600))
    return {
        "en": {
            "title": f"Dialogue {number} on early warning", "body": f"Body {number % 40}",
            "city": f"City {number % 25}", "summary": "The Assembly discusses the report.", "background": background,
        },
        "fr": {
            "title": f"Dialogue {number} sur l’alerte précoce", "city": f"Ville {number % 25}",
            "background": background,
        },
    }  # fmt: skip


def answer_all():
    from django.conf import settings
    from django.test import Client

    client = Client(headers={"host": settings.SITE_HOST})
    for what, address in ADDRESSES.items():
        taken = []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            response = client.get(address)
            taken.append(time.perf_counter() - started)
            if response.status_code != 200:
                sys.exit(f"{address} answered {response.status_code}")
        print(f"{what}\t{statistics.median(taken) * 1000:.2f}")


def main(size):
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        fill(size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    answer_all()


if __name__ == "__main__":
    main(int(sys.argv[1]))
