"""Hash chains: each row's digest covers its content and the digest before it, so that no past row changes unseen."""

import hashlib
import json

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
