"""How long 10,000 e-mails take: queued by a page or a job, then delivered to a server on this machine."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from config import field_keys
from script.benchmarks.site import clean_environment
from tests.postgres import Server

MESSAGES = 10_000
DELIVERED = 2_000

QUEUE_AND_DELIVER = f"""
import time
from django.conf import settings
from django.db import connection
from office import outbox
from office.delivery import deliver
from tests.office.smtp_server import SmtpServer

words = {{"subject": "Media advisory", "text": "What: a dialogue. " * 100, "kind": "alert"}}
several = (words | {{"to": f"reader{{n}}@example.com", "key": f"alert:1:{{n}}"}} for n in range({MESSAGES}))
began = time.perf_counter()
outbox.queue_many(several)
seconds = time.perf_counter() - began
print(f"mail    {{connection.vendor:10}} {MESSAGES} queued in {{seconds:.1f}} s (at most 10 s)", flush=True)
with SmtpServer() as server:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    began = time.perf_counter()
    sent = deliver(limit={DELIVERED}).sent
    seconds = time.perf_counter() - began
    print(f"mail    {{connection.vendor:10}} {{sent / seconds:.0f}} delivered a second, outcome by outcome", flush=True)
"""


def measure():
    with tempfile.TemporaryDirectory(prefix="rostrum-bench-") as folder:
        run(folder, f"sqlite:///{Path(folder, 'rostrum.sqlite3')}", QUEUE_AND_DELIVER)
    with tempfile.TemporaryDirectory(prefix="rostrum-bench-") as folder, Server(durable=True) as database:
        run(folder, database.url, QUEUE_AND_DELIVER)


def run(folder, database, *programs):
    """Each program in a process of its own, on one database and with the same keys."""
    environment = clean_environment() | {
        "DATABASE_URL": database,
        "VAR_DIR": folder,
        "SECRET_KEY": "of a database that is thrown away after the measurement",
        "FIELD_KEYS": field_keys.fresh(),
        "EMAIL_URL": "smtp://127.0.0.1:25",
        "PYTHONPATH": os.getcwd(),
    }
    shells = [["shell", "--no-imports", "-c", program] for program in programs]
    for words in [["migrate", "--verbosity", "0"], *shells]:
        subprocess.run([sys.executable, "manage.py", *words], env=environment, check=True)
