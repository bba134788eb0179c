"""What people upload: typed by content, rebuilt in a limited process, kept out of the web root.

Every function raises ``Refused``, whose sentence tells the person what to do.
"""

from .checks import Photo, StoredDocument, advisory_text, document, photo
from .files import Stored, open_stored, safe_filename, serving_headers, store
from .process import LimitedProcessFailed, Limits
from .refusals import Refused

__all__ = [
    "LimitedProcessFailed",
    "Limits",
    "Photo",
    "Refused",
    "Stored",
    "StoredDocument",
    "advisory_text",
    "document",
    "open_stored",
    "photo",
    "safe_filename",
    "serving_headers",
    "store",
]
