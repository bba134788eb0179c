"""How long it takes to queue one advisory's e-mails to 10,000 subscribers, each with links of their own."""

import tempfile
from pathlib import Path

from script.benchmarks.mail import run
from tests.postgres import Server

SUBSCRIBERS = 10_000

TELL = f"""
import time
from django.db import connection
from advisory import dispatch, publishing
from advisory.models import Subscription
from office.models import Message
from tests.builders import make_full_meeting

Subscription.objects.bulk_create(
    Subscription(email=f"reader{{n}}@example.com", state="active", confirmed_at="2016-01-01T00:00:00Z")
    for n in range({SUBSCRIBERS})
)
publishing.publish(make_full_meeting(), by=None)
began = time.perf_counter()
dispatch.tell_of_editions()
seconds = time.perf_counter() - began
queued = Message.objects.count()
print(f"alerts  {{connection.vendor:10}} {{queued}} subscribers told in {{seconds:.1f}} s (at most 10 s)", flush=True)
"""


def measure():
    with tempfile.TemporaryDirectory(prefix="rostrum-bench-") as folder:
        run(folder, f"sqlite:///{Path(folder, 'rostrum.sqlite3')}", TELL)
    with tempfile.TemporaryDirectory(prefix="rostrum-bench-") as folder, Server(durable=True) as database:
        run(folder, database.url, TELL)
