"""What is dangerous for people, sealed in the database and on disk; keys are in ``FIELD_KEYS``, never beside the data.

``EncryptedTextField`` and ``EncryptedJSONField`` are columns; ``SealedFileName`` names a sealed file. ``streams``
seals what is too large to be held.
"""

from office.encryption.fields import EncryptedJSONField, EncryptedTextField, SealedFileName
from office.encryption.files import read_sealed, remove_sealed, store_sealed
from office.encryption.sealing import CannotOpen, blind, open_sealed, seal
from office.encryption.unreadable import or_words

__all__ = [
    "CannotOpen",
    "EncryptedJSONField",
    "EncryptedTextField",
    "SealedFileName",
    "blind",
    "open_sealed",
    "or_words",
    "read_sealed",
    "remove_sealed",
    "seal",
    "store_sealed",
]
