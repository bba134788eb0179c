"""Requests a second for the demo's advisory page in each language, beside a bare view that returns the very same bytes
and headers."""

import base64
import json
import os
import re
import statistics
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from script.benchmarks import lists
from script.benchmarks.site import free_port

ROUNDS, ROUNDS_OF_OTHERS = 15, 5
OTHERS = ["ar", "zh", "fr", "ru", "es"]
SECONDS = 1
CLIENTS = 8
# What the server in front of the application writes itself
SERVERS_OWN = {"server", "date", "connection", "transfer-encoding"}


def measure(site):
    """English in full, the other languages in fewer rounds, then English again among 5,000 meetings."""
    compare(site, "page", site.page, rounds=ROUNDS, is_full=True)
    for language in OTHERS:
        compare(site, f"page {language}", in_language(site, language), rounds=ROUNDS_OF_OTHERS)
    queries = count_queries(site)
    compare(site, "page among 5,000", site.page, rounds=ROUNDS_OF_OTHERS)
    print(f"page  queries  {queries:8}")


def compare(site, name, address, *, rounds, is_full=False):
    answer = ask(address)
    with bare_twin(site, address, answer) as bare:
        if (twin := ask(bare)) != answer:
            sys.exit(f"The bare view's answer differs: {twin['headers']} instead of {answer['headers']}")
        sides = {"rostrum": address, "bare": bare}
        for each in sides.values():
            load(each, seconds=1)
        told = [{side: load(each, seconds=SECONDS) for side, each in sides.items()} for _ in range(rounds)]
    for side in sides if is_full else ():
        rate, p50, p99 = (statistics.median(r[side][i] for r in told) for i in range(3))
        print(f"{name}  {side:8} {rate:8.0f} requests/s   p50 {p50:.1f} ms   p99 {p99:.1f} ms")
    ratios = [r["rostrum"][0] / r["bare"][0] for r in told]
    size = len(base64.b64decode(answer["body"]))
    listed = " ".join(f"{ratio:.2f}" for ratio in ratios)
    print(f"{name}  ratio {statistics.median(ratios):.2f}   (rounds: {listed}; {size} bytes of body)", flush=True)


def in_language(site, language):
    return site.url + f"/{language}" + urlsplit(site.page).path


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


@contextmanager
def bare_twin(site, page, answer):
    """The address of a bare view with this answer, while the block lasts."""
    file = site.folder / "bare.json"
    file.write_text(json.dumps(answer))
    with ExitStack() as stack:
        address = site.serve("script.benchmarks.bare:application", free_port(), {"BARE_ANSWER": str(file)}, stack)
        yield address + urlsplit(page).path


def load(address, *, seconds, cookie=""):
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
        *(["-H", f"Cookie: {cookie}"] if cookie else []),
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
    """Statements for the page once it has been asked before, in this process, on the site's database with 5,000 more
    meetings in it."""
    os.environ |= site.environment | {"LOG_LEVEL": "ERROR"}
    import django  # settings are read from the environment above

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    lists.fill(5_000)
    try:
        client = Client(headers={"host": urlsplit(site.url).netloc, "accept-encoding": "gzip"})
        client.get(urlsplit(site.page).path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(urlsplit(site.page).path).status_code == 200
    finally:
        connection.close()
    return len(queries)
