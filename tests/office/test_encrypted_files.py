"""Sealed files on the disk, and that neither disk nor database holds a word of what was sealed."""

import os
from pathlib import Path

import pytest
from django.db import connection

from office.encryption import CannotOpen, read_sealed, remove_sealed, store_sealed
from tests.office.sealed_models import Guest, guest_table  # noqa: F401

PLACE = "office.guest.letter:9c7c1f5e-7f0e-4b57-8a8f-0d3a4c9c2b11"
CANARY = "canary-4e1d-белый"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    private = settings.STORAGES["private"] | {}
    private["OPTIONS"] = private["OPTIONS"] | {"location": str(tmp_path / "files")}
    settings.STORAGES = settings.STORAGES | {"private": private}
    return tmp_path / "files"


def test_file_comes_back_until_it_is_removed():
    name = store_sealed(b"letter", bound_to=PLACE)

    assert read_sealed(name, bound_to=PLACE) == b"letter"
    remove_sealed(name)
    remove_sealed(name)
    with pytest.raises(FileNotFoundError):
        read_sealed(name, bound_to=PLACE)


def test_file_of_ten_megabytes_comes_back():
    data = os.urandom(1_000_000) * 10

    assert read_sealed(store_sealed(data, bound_to=PLACE), bound_to=PLACE) == data


def test_equal_files_have_random_names_and_are_ours_alone(folder):
    names = {store_sealed(b"letter", bound_to=PLACE) for _ in range(2)}

    paths = [folder / "sealed" / name[:2] / name for name in names]
    assert [path.stat().st_mode & 0o777 for path in paths] == [0o600, 0o600]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path for path in folder.rglob("*") if path.is_file() and path not in paths] == []


def test_file_opens_for_its_own_row_alone():
    name = store_sealed(b"letter", bound_to=PLACE)

    with pytest.raises(CannotOpen):
        read_sealed(name, bound_to=PLACE[:-1] + "2")


def test_file_that_was_cut_or_changed_does_not_open(folder):
    name = store_sealed(b"letter", bound_to=PLACE)
    path = folder / "sealed" / name[:2] / name
    whole = path.read_bytes()

    for bad in (b"", whole[:-1], whole + b"\x00", whole[:20] + b"\x00" + whole[21:]):
        path.write_bytes(bad)
        with pytest.raises(CannotOpen):
            read_sealed(name, bound_to=PLACE)


@pytest.mark.parametrize("name", ["", "../secret_key", "A" * 32, "a" * 31, "a" * 33, "a" * 32 + "\n", "ab/" + "c" * 29])
def test_name_that_we_never_gave_is_no_file(name):
    for act in (remove_sealed, lambda name: read_sealed(name, bound_to=PLACE)):
        with pytest.raises(FileNotFoundError, match="^A sealed file is named by 32 hexadecimal digits.$"):
            act(name)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("guest_table")
def test_nothing_sealed_is_readable_on_the_disk(folder):
    """``name`` is a plain column and must be found, or else the search itself is broken."""
    letter = Guest._meta.get_field("letter")
    guest = Guest(name="plain-" + CANARY, notes=CANARY, address=CANARY, needs={CANARY: CANARY})
    guest.letter = store_sealed(CANARY.encode() * 3, bound_to=letter.place(guest))
    guest.save()

    try:
        raw = database_bytes() + b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
        assert raw.count(b"plain-" + CANARY.encode()) >= 1
        assert raw.count(CANARY.encode()) == raw.count(b"plain-" + CANARY.encode())
    finally:
        guest.delete()


def database_bytes():
    """The file and its log in SQLite; in PostgreSQL the rows as they are on the pages, with bytea as bytes."""
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        return b"".join(path.read_bytes() for path in Path(name).parent.glob(f"{Path(name).name}*"))
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath('office_guest'))")
        return bytes(cursor.fetchone()[0])
