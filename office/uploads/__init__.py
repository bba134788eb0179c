"""What people upload: typed by content, rebuilt in a limited process, kept out of the web root.

Every function raises ``Refused``, whose sentence tells the person what to do.
"""

from .checks import MAX_EDGE, PDF, Photo, StoredDocument, advisory_text, document, page_image, page_texts, photo
from .files import Stored, has_room, open_stored, safe_filename, serving_headers, store
from .process import LimitedProcessFailed, Limits
from .receiving import InMemory
from .refusals import MEGABYTE, Refused, too_big

__all__ = [
    "MAX_EDGE",
    "MEGABYTE",
    "PDF",
    "InMemory",
    "LimitedProcessFailed",
    "Limits",
    "Photo",
    "Refused",
    "Stored",
    "StoredDocument",
    "advisory_text",
    "document",
    "has_room",
    "open_stored",
    "page_image",
    "page_texts",
    "photo",
    "safe_filename",
    "serving_headers",
    "store",
    "too_big",
]
