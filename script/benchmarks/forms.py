"""Milliseconds for each form of the demo's first advisory: when first asked, and kept, as a reader receives it."""

import statistics
import time
from urllib.request import urlopen

ENDINGS = ["pdf", "letter.pdf", "docx", "vcf", "txt"]
TIMES = 20


def measure(site):
    """The very first PDF pays for the faces; one worker may have read them already, so it is the worst of the run."""
    for ending in ENDINGS:
        address = f"{site.page.rstrip('/')}.{ending}"
        first, size = fetch(address)
        kept = statistics.median(fetch(address)[0] for _ in range(TIMES))
        print(f"forms  {ending:10} first {first * 1000:7.1f} ms   kept {kept * 1000:6.1f} ms   {size:7} bytes")


def fetch(address):
    """(seconds, bytes of the body)."""
    started = time.perf_counter()
    with urlopen(address, timeout=60) as answer:
        size = len(answer.read())
    return time.perf_counter() - started, size
