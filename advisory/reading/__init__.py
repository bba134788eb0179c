"""A pasted advisory becomes a Draft: pure functions from text to fields, with a Warning for each doubt.

``read`` never raises on text of any kind; ``decode`` turns an uploaded file's bytes into text first.
"""

from .decode import MAX_BYTES, NotText, TooLarge, decode
from .draft import Contact, Draft, Session, Symbol, Warning
from .reader import read

__all__ = ["MAX_BYTES", "Contact", "Draft", "NotText", "Session", "Symbol", "TooLarge", "Warning", "decode", "read"]
