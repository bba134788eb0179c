"""What a category asks for on paper, an upload checked against it, kept sealed, read again by those who may.

An owner is a Registration, or the Delegation whose one letter is all its members'.
"""

from .asking import (
    PERSONAL,
    PHOTO_KINDS,
    Paper,
    asked,
    is_done,
    is_implied,
    kept,
    missing,
    papers,
    sample_links,
    used_bytes,
)
from .keeping import TAKES_PAPERS, NotTaken, add, add_all, forget, remove
from .reading import may_read, preview, read

__all__ = [
    "PERSONAL",
    "PHOTO_KINDS",
    "TAKES_PAPERS",
    "NotTaken",
    "Paper",
    "add",
    "add_all",
    "asked",
    "forget",
    "is_done",
    "is_implied",
    "kept",
    "may_read",
    "missing",
    "papers",
    "preview",
    "read",
    "remove",
    "sample_links",
    "used_bytes",
]
