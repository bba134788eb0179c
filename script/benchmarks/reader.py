"""Milliseconds in which ``advisory.reading`` reads a text: as long as an advisory is, and far longer."""

import itertools
import statistics
import time
from pathlib import Path

EXAMPLES = Path("tests/advisory/examples")
ADVISORY = 5_000
SIZES = [ADVISORY, 25_000, 50_000, 100_000, 200_000]


def measure():
    from advisory.reading import read  # here, so that the other parts run without it

    seconds = {size: median_seconds(read, text_of(size)) for size in SIZES}
    for size in SIZES:
        print(f"reader  {size // 1000:4} kB {seconds[size] * 1000:9.1f} ms")
    growth = [seconds[2 * size] / seconds[size] for size in SIZES if 2 * size in seconds]
    print(f"reader  growth per doubling: {' '.join(f'{factor:.2f}' for factor in growth)}")


def text_of(size):
    """The examples of the tests, one after another, cut at ``size`` characters."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    pieces = itertools.accumulate(itertools.cycle(texts), lambda so_far, text: f"{so_far}\n\n{text}")
    return next(piece for piece in pieces if len(piece) >= size)[:size]


def median_seconds(read, text, *, times=5):
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        read(text)
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)
