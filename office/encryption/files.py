"""Files sealed whole, under random names, in the folder ``sealed`` of the private storage."""

import re
import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from office.encryption.sealing import open_sealed, seal

NAME = re.compile(r"[0-9a-f]{32}")


def store_sealed(data, *, bound_to):
    """Seal ``data`` (bytes, 10 MB or so: it is held whole) into a new file; return its name, 32 hexadecimal digits."""
    name = secrets.token_hex(16)
    write(name, seal(data, bound_to=bound_to))
    return name


def read_sealed(name, *, bound_to):
    """Return the bytes. Raises FileNotFoundError, or CannotOpen when it does not open for ``bound_to``."""
    return open_sealed(read(name), bound_to=bound_to)


def remove_sealed(name):
    """Remove the file; nothing happens when it is gone already."""
    storages["private"].delete(path_of(name))


def read(name, size=-1):
    with storages["private"].open(path_of(name), "rb") as file:
        return file.read(size)


def write(name, sealed):
    """Write sealed bytes, over those that are there."""
    storages["private"].save(path_of(name), ContentFile(sealed))


def exists(name):
    return storages["private"].exists(path_of(name))


def path_of(name):
    if not NAME.fullmatch(name):
        raise FileNotFoundError("A sealed file is named by 32 hexadecimal digits.")
    return f"sealed/{name[:2]}/{name}"
