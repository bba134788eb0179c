"""Requests a second for the demo's advisory page, beside a bare view that returns the very same bytes and headers."""

import base64
import json
import os
import re
import statistics
import subprocess
import sys
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from script.benchmarks.site import free_port

ROUNDS = 15
SECONDS = 1
CLIENTS = 8
# What the server in front of the application writes itself
SERVERS_OWN = {"server", "date", "connection", "transfer-encoding"}


def measure(site):
    answer = ask(site.page)
    bare = bare_twin(site, answer)
    if (twin := ask(bare)) != answer:
        sys.exit(f"The bare view's answer differs: {twin['headers']} instead of {answer['headers']}")
    sides = {"rostrum": site.page, "bare": bare}
    for address in sides.values():
        load(address, seconds=1)
    rounds = [{side: load(address, seconds=SECONDS) for side, address in sides.items()} for _ in range(ROUNDS)]
    for side in sides:
        rate, p50, p99 = (statistics.median(r[side][i] for r in rounds) for i in range(3))
        print(f"page  {side:8} {rate:8.0f} requests/s   p50 {p50:.1f} ms   p99 {p99:.1f} ms")
    ratios = [r["rostrum"][0] / r["bare"][0] for r in rounds]
    print(f"page  ratio    {statistics.median(ratios):8.2f}   (rounds: {' '.join(f'{ratio:.2f}' for ratio in ratios)})")
    print(f"page  queries  {count_queries(site):8}   for {len(base64.b64decode(answer['body']))} bytes of body")


def ask(address):
    """The answer to one compressed GET: its body in base64 and the headers that the application sets.

    The request's own name is left out, since it changes with each request.
    """
    with urlopen(Request(address, headers={"Accept-Encoding": "gzip"}), timeout=30) as response:
        headers = {name: value for name, value in response.headers.items() if name.lower() not in SERVERS_OWN}
        body = base64.b64encode(response.read()).decode()
    if "X-Request-ID" in headers:
        headers["X-Request-ID"] = "0" * len(headers["X-Request-ID"])
    return {"headers": headers, "body": body}


def bare_twin(site, answer):
    file = site.folder / "bare.json"
    file.write_text(json.dumps(answer))
    address = site.serve("script.benchmarks.bare:application", free_port(), {"BARE_ANSWER": str(file)})
    return address + urlsplit(site.page).path


def load(address, *, seconds):
    """Requests a second, median and 99th percentile in milliseconds, as wrk measures them.

    Each request opens its connection, as each reader does; kept ones fall on the two workers by chance, now four and
    four, now all eight on one.
    """
    words = [
        "wrk",
        "-t1",
        f"-c{CLIENTS}",
        f"-d{seconds}s",
        "--latency",
        "-H",
        "Accept-Encoding: gzip",
        "-H",
        "Connection: close",
        address,
    ]
    report = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in report or "Socket errors" in report:
        sys.exit(f"{address} failed under load:\n{report}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", report)[1])
    return rate, percentile(report, 50), percentile(report, 99)


def percentile(report, share):
    number, unit = re.search(rf"^\s+{share}%\s+([\d.]+)(us|ms|s)$", report, re.M).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def count_queries(site):
    """Statements for the page once it has been asked before, counted in this process on the same database."""
    os.environ |= site.environment | {"LOG_LEVEL": "ERROR"}
    import django  # settings are read from the environment above

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    try:
        client = Client(headers={"host": urlsplit(site.url).netloc, "accept-encoding": "gzip"})
        client.get(urlsplit(site.page).path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(urlsplit(site.page).path).status_code == 200
    finally:
        connection.close()
    return len(queries)
