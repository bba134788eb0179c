"""Keys change while rows and files stay readable: begun, broken off, taken up, refused when a key is missing."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from config import field_keys
from config.field_keys import Ring
from office.encryption import files, read_sealed, rotation, store_sealed
from office.encryption.sealing import open_sealed
from tests.office.sealed_models import Guest, guest_table  # noqa: F401

OLD, NEW, LOOKUP = b"o" * 32, b"n" * 32, b"l" * 32
LETTER = Guest._meta.get_field("letter")
COLUMNS = ["notes", "address", "needs"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("guest_table")]


@pytest.fixture(autouse=True)
def _installed(monkeypatch, settings, tmp_path):
    """The tests' model is among the installed ones; one key; a folder of files of the test's own."""
    monkeypatch.setitem(apps.all_models["office"], "guest", Guest)
    apps.clear_cache()
    settings.FIELD_KEYS = Ring({1: OLD}, LOOKUP)
    private = settings.STORAGES["private"] | {}
    private["OPTIONS"] = private["OPTIONS"] | {"location": str(tmp_path / "files")}
    settings.STORAGES = settings.STORAGES | {"private": private}
    yield
    monkeypatch.undo()
    apps.clear_cache()


@pytest.fixture
def guests():
    return [make_guest(number) for number in range(3)]


def make_guest(number):
    guest = Guest(name=f"guest {number}", notes=f"notes {number}", needs={"number": number})
    guest.letter = store_sealed(b"letter %d" % number, bound_to=LETTER.place(guest))
    guest.save()
    return guest


def rotate(*words):
    out = StringIO()
    call_command("rotate_keys", *words, stdout=out)
    return [line for line in out.getvalue().splitlines() if line.startswith(("office.Guest", "Key"))]


def everything():
    """What is readable of all guests, and the numbers of the keys that seal it."""
    rows = Guest.objects.order_by("name")
    readable = [(g.notes, g.address, g.needs, read_sealed(g.letter, bound_to=LETTER.place(g))) for g in rows]
    return readable, dict(rotation.tally())


READABLE = [(f"notes {n}", "", {"number": n}, b"letter %d" % n) for n in range(3)]


@pytest.mark.usefixtures("guests")
def test_everything_is_sealed_anew_once_and_stays_readable(settings):
    assert everything() == (READABLE, {1: 9})
    settings.FIELD_KEYS = Ring({2: NEW, 1: OLD}, LOOKUP)

    assert rotate() == [
        "office.Guest.notes: 3 sealed anew.",
        "office.Guest.address: 0 sealed anew.",
        "office.Guest.needs: 3 sealed anew.",
        "office.Guest.letter: 3 sealed anew.",
        "Key 1 seals nothing any more; backups made before may need it.",
    ]
    assert everything() == (READABLE, {2: 9})
    assert [line.split(": ")[1] for line in rotate()[:4]] == ["0 sealed anew."] * 4
    settings.FIELD_KEYS = Ring({2: NEW}, LOOKUP)
    assert everything() == (READABLE, {2: 9})


def test_run_that_was_broken_off_is_taken_up(settings, guests, monkeypatch):
    settings.FIELD_KEYS = Ring({2: NEW, 1: OLD}, LOOKUP)
    monkeypatch.setattr(rotation, "BATCH", 1)
    real, calls = rotation.open_sealed, []

    def breaks_off(sealed, *, bound_to):
        calls.append(bound_to)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(sealed, bound_to=bound_to)

    monkeypatch.setattr(rotation, "open_sealed", breaks_off)
    with pytest.raises(KeyboardInterrupt):
        rotate()
    assert everything() == (READABLE, {1: 7, 2: 2})

    assert rotate()[0] == "office.Guest.notes: 1 sealed anew."
    assert everything() == (READABLE, {2: 9})


def test_batches_reach_every_row(settings, monkeypatch):
    for number in range(5):
        make_guest(number)
    settings.FIELD_KEYS = Ring({2: NEW, 1: OLD}, LOOKUP)
    monkeypatch.setattr(rotation, "BATCH", 2)

    rotate()

    assert rotation.tally() == {2: 15}


def test_row_saved_meanwhile_keeps_what_was_saved(settings, guests, monkeypatch):
    """The officer saves between our reading and our writing: the words saved last stay."""
    settings.FIELD_KEYS = Ring({2: NEW, 1: OLD}, LOOKUP)
    [guest, *_] = guests
    real = rotation.open_sealed

    def saved_meanwhile(sealed, *, bound_to):
        if bound_to.endswith(f"notes:{guest.pk}"):
            guest.notes = "changed by an officer"
            guest.save(update_fields=["notes"])
        return real(sealed, bound_to=bound_to)

    monkeypatch.setattr(rotation, "open_sealed", saved_meanwhile)

    assert rotate()[0] == "office.Guest.notes: 2 sealed anew."
    assert Guest.objects.get(pk=guest.pk).notes == "changed by an officer"


def test_file_of_a_row_deleted_meanwhile_does_not_come_back(settings, guests, monkeypatch):
    settings.FIELD_KEYS = Ring({2: NEW, 1: OLD}, LOOKUP)
    [guest, *_] = guests
    real = files.write

    def deleted_meanwhile(name, sealed):
        if name == guest.letter:
            Guest.objects.filter(pk=guest.pk).delete()
            files.remove_sealed(name)
        real(name, sealed)

    monkeypatch.setattr(files, "write", deleted_meanwhile)

    assert rotate()[3] == "office.Guest.letter: 2 sealed anew."
    assert not files.exists(guest.letter)


@pytest.mark.usefixtures("guests")
def test_nothing_is_changed_when_a_key_is_missing(settings):
    settings.FIELD_KEYS = Ring({2: NEW, 1: OLD}, LOOKUP)
    make_guest(4)
    settings.FIELD_KEYS = Ring({3: NEW, 2: NEW}, LOOKUP)

    with pytest.raises(CommandError) as refusal:
        rotate()

    assert str(refusal.value) == "Nothing was changed.\nKey 1 seals 9 and is not in FIELD_KEYS: put it back."
    assert rotation.tally() == {1: 9, 2: 3}


def test_what_cannot_be_opened_stays_and_is_named_without_its_text(settings, guests):
    first, second, third = guests
    with connection.cursor() as cursor:
        key = Guest._meta.pk.get_db_prep_value(first.pk, connection)
        swapped = connection.Database.Binary(bytes(Guest.objects.values_list("notes", flat=True).get(pk=second.pk)))
        cursor.execute("UPDATE office_guest SET notes = %s WHERE id = %s", [swapped, key])
    files.remove_sealed(third.letter)
    settings.FIELD_KEYS = Ring({2: NEW, 1: OLD}, LOOKUP)

    with pytest.raises(CommandError) as refusal:
        rotate()

    assert str(refusal.value).splitlines() == [
        "These cannot be opened and stay as they are:",
        f"office.guest.notes:{first.pk} holds bytes that were changed, or sealed for another place.",
        f"office.guest.letter:{third.pk} names a file that is missing.",
    ]
    assert rotation.tally() == {1: 1, 2: 7}


def test_bytes_that_nobody_sealed_are_told(guests):
    with connection.cursor() as cursor:
        plain = connection.Database.Binary(b"plain text, put there by hand")
        cursor.execute("UPDATE office_guest SET address = %s", [plain])

    with pytest.raises(CommandError, match=r"^Nothing was changed.\n3 hold bytes that were not sealed here.$"):
        rotate()


def test_new_key_is_put_in_front_of_the_file(settings, tmp_path):
    settings.FIELD_KEYS_FILE = tmp_path / "field_keys"
    text = "1:b29vb29vb29vb29vb29vb29vb29vb29vb29vb29vb28= lookup:b29vb29vb29vb29vb29vb29vb29vb29vb29vb29vb28=\n"
    settings.FIELD_KEYS_FILE.write_text(text)

    lines = rotate("--new")

    ring, sentences = field_keys.read(settings.FIELD_KEYS_FILE.read_text())
    assert lines == [f"Key 2 is in {tmp_path}/field_keys. Keep a copy, restart every process, then run rotate_keys."]
    assert [sentences, list(ring.keys), ring.keys[1]] == [[], [2, 1], OLD]


def test_new_key_is_refused_where_the_keys_are_in_the_environment(settings):
    settings.FIELD_KEYS_FILE = None

    with pytest.raises(CommandError, match="^FIELD_KEYS holds the keys: put a new one in front of it yourself.$"):
        rotate("--new")


def test_new_key_that_cannot_be_written_is_told(settings, tmp_path):
    settings.FIELD_KEYS_FILE = tmp_path / "gone" / "field_keys"

    with pytest.raises(CommandError, match="^.*/gone/field_keys cannot be written: No such file or directory.$"):
        rotate("--new")


def test_first_keys_are_written_once_and_never_over_sealed_data(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    monkeypatch.setenv("FIELD_KEYS", field_keys.fresh())

    call_command("first_field_keys")
    written = (tmp_path / "field_keys").read_text()
    with pytest.raises(FileExistsError):
        call_command("first_field_keys")

    (tmp_path / "field_keys").unlink()
    Guest.objects.create(name="without anything sealed")
    assert not rotation.anything_sealed()
    Guest.objects.create(notes="sealed")
    with pytest.raises(CommandError, match=f"^The database holds sealed data, but {tmp_path}/field_keys is gone"):
        call_command("first_field_keys")
    assert field_keys.read(written)[1] == []
    assert not (tmp_path / "field_keys").exists()


def test_database_without_the_tables_holds_nothing_sealed(monkeypatch):
    monkeypatch.setattr(Guest._meta, "db_table", "not_made_yet")

    assert not rotation.anything_sealed()


@pytest.mark.usefixtures("guests")
def test_files_are_opened_where_they_were_stored_alone(tmp_path):
    guest = Guest.objects.first()
    held = files.read(guest.letter)

    assert open_sealed(held, bound_to=LETTER.place(guest)).startswith(b"letter")
    assert len(held) == 2 + 12 + 8 + 16
