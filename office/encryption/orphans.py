"""Sealed files that no row names: left when a program ended between a file and its row, or a row went with another."""

from django.core.files.storage import storages

from office.encryption import files
from office.encryption.rotation import Files, holders

FOLDER = "sealed"


def remove_unnamed(*, before):
    """Remove sealed files last written before an instant that no row names; return how many.

    A file is written before its row: ``before`` lies well back, a day or so.
    """
    named = {name for holder in holders() if isinstance(holder, Files) for name in holder.names()}
    gone = [name for name in _stored() if name not in named and _written_at(name) < before]
    for name in gone:
        files.remove_sealed(name)
    return len(gone)


def _stored():
    storage = storages["private"]
    if not storage.exists(FOLDER):
        return
    for folder in storage.listdir(FOLDER)[0]:
        yield from (name for name in storage.listdir(f"{FOLDER}/{folder}")[1] if files.NAME.fullmatch(name))


def _written_at(name):
    return storages["private"].get_modified_time(files.path_of(name))
