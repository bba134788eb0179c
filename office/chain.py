"""Hash chains: each row's digest covers its content and the digest before it, so that no past row changes unseen."""

import hashlib
import json
from dataclasses import dataclass

BEGINNING = "0" * 64


def canonical(content):
    """One byte string for equal content: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def link(previous_hash, content):
    """Digest (64 hex digits) of ``content`` (what json can hold) standing after ``previous_hash``."""
    return hashlib.sha256(previous_hash.encode() + b"\n" + canonical(content)).hexdigest()


def first_broken(rows):
    """Index of the first row that does not fit, or None. ``rows``: (previous_hash, content, hash), oldest first."""
    before = BEGINNING
    for index, (previous_hash, content, digest) in enumerate(rows):
        if previous_hash != before or link(previous_hash, content) != digest:
            return index
        before = digest
    return None


@dataclass(frozen=True)
class Row:
    """One link of a chain as its app rebuilds it; ``problem`` is a fault that no hash shows, or nothing."""

    name: str
    previous_hash: str
    content: dict
    hash: str
    problem: str = ""
    is_redacted: bool = False


def verdict(rows):
    """(word, sentence) for a chain's Rows, oldest first: intact, redacted, or broken with the first bad row."""
    broken = first_broken([(row.previous_hash, row.content, row.hash) for row in rows])
    for index, row in enumerate(rows):
        if index == broken:
            return "broken", f"{row.name} is not what was written, or does not follow the row before it"
        if row.problem:
            return "broken", f"{row.name}: {row.problem}"
    redacted = [row.name for row in rows if row.is_redacted]
    if redacted:
        return "redacted", f"{len(rows)} rows, people blanked in {', '.join(redacted)}"
    return "intact", f"{len(rows)} rows"
