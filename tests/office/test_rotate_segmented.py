"""Files sealed in segments while keys change: all segments of a file or none, and no file that nobody names."""

import os
from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from config.field_keys import Ring
from office.encryption import files, rotation, streams
from office.jobs import remove_orphans
from tests.office.sealed_models import Guest, guest_table  # noqa: F401

OLD, NEW, LOOKUP = b"o" * 32, b"n" * 32, b"l" * 32
LETTER = Guest._meta.get_field("letter")
DATA = os.urandom(100)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("guest_table")]


@pytest.fixture(autouse=True)
def folder(monkeypatch, settings, tmp_path):
    """As in test_rotate_keys: the tests' model among the installed ones, one key, files of the test's own; and small
    segments."""
    monkeypatch.setitem(apps.all_models["office"], "guest", Guest)
    apps.clear_cache()
    settings.FIELD_KEYS = Ring({1: OLD}, LOOKUP)
    private = settings.STORAGES["private"] | {}
    private["OPTIONS"] = private["OPTIONS"] | {"location": str(tmp_path / "files")}
    settings.STORAGES = settings.STORAGES | {"private": private}
    monkeypatch.setattr(streams, "SEGMENT_BYTES", 16)
    yield tmp_path / "files"
    monkeypatch.undo()
    apps.clear_cache()


@pytest.fixture
def guest(folder):
    guest = Guest(name="guest")
    with streams.storing(bound_to=LETTER.place(guest)) as file:
        file.write(DATA)
    guest.letter = file.name
    guest.save()
    return guest


@pytest.fixture
def path(folder, guest):
    return folder / "sealed" / guest.letter[:2] / guest.letter


def rotate():
    out = StringIO()
    call_command("rotate_keys", stdout=out)
    return [line for line in out.getvalue().splitlines() if line.startswith(("office.Guest.letter", "Key"))]


def letter_of(guest):
    with streams.opened(guest.letter, bound_to=LETTER.place(guest)) as file:
        return file.read()


def listed(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_all_segments_are_sealed_anew_once(settings, guest, folder, path):
    assert rotation.tally() == {1: 1}
    settings.FIELD_KEYS = Ring({2: NEW, 1: OLD}, LOOKUP)

    first, anew = rotate(), path.read_bytes()
    second = rotate()

    settings.FIELD_KEYS = Ring({2: NEW}, LOOKUP)
    gone = "Key 1 seals nothing any more; backups made before may need it."
    assert (first, second) == (
        ["office.Guest.letter: 1 sealed anew.", gone],
        ["office.Guest.letter: 0 sealed anew.", gone],
    )
    assert (rotation.tally(), letter_of(guest)) == ({2: 1}, DATA)
    assert (listed(folder), path.read_bytes()) == ([path], anew)


def test_rotation_that_was_broken_off_in_a_file_leaves_it_as_it_was_and_is_taken_up(
    settings, guest, folder, path, monkeypatch
):
    before = path.read_bytes()
    settings.FIELD_KEYS = Ring({2: NEW, 1: OLD}, LOOKUP)
    real, sealed = streams.seal, []

    def breaks_off(data, *, bound_to):
        sealed.append(bound_to)
        if len(sealed) == 3:
            raise KeyboardInterrupt
        return real(data, bound_to=bound_to)

    with monkeypatch.context() as at_first, pytest.raises(KeyboardInterrupt):
        at_first.setattr(streams, "seal", breaks_off)
        rotate()
    half = (listed(folder), path.read_bytes(), letter_of(guest))

    assert half == ([path], before, DATA)
    assert rotate()[0] == "office.Guest.letter: 1 sealed anew."
    assert (rotation.tally(), letter_of(guest)) == ({2: 1}, DATA)


@pytest.mark.parametrize("head", ["old", "new"])
def test_file_half_of_which_was_put_back_from_before_the_rotation_does_not_open(settings, guest, path, head):
    """A storage less careful than ours, or a hand, mixes both: no key is let go that a part still needs."""
    old = path.read_bytes()
    settings.FIELD_KEYS = Ring({2: NEW, 1: OLD}, LOOKUP)
    rotate()
    new = path.read_bytes()
    middle = streams.HEAD_BYTES + 3 * (16 + streams.AROUND_BYTES)
    path.write_bytes(old[:middle] + new[middle:] if head == "old" else new[:middle] + old[middle:])
    place, mark = LETTER.place(guest), path.read_bytes()[: streams.HEAD_BYTES].hex()
    said = f"{place}, last segment 6 of {mark}, holds bytes that were changed, or sealed for another place."

    with pytest.raises(streams.CannotOpen) as fault:
        letter_of(guest)
    assert str(fault.value) == said
    if head == "old":
        with pytest.raises(CommandError) as refusal:
            rotate()
        assert str(refusal.value).splitlines() == ["These cannot be opened and stay as they are:", said]


def test_file_of_a_row_deleted_meanwhile_does_not_come_back(settings, guest, folder, monkeypatch):
    settings.FIELD_KEYS = Ring({2: NEW, 1: OLD}, LOOKUP)
    real = streams.seal

    def deleted_meanwhile(data, *, bound_to):
        Guest.objects.all().delete()
        files.remove_sealed(guest.letter)
        return real(data, bound_to=bound_to)

    monkeypatch.setattr(streams, "seal", deleted_meanwhile)

    assert rotate()[0] == "office.Guest.letter: 0 sealed anew."
    assert listed(folder) == []


def test_nothing_is_changed_when_the_key_of_a_file_is_missing(settings, path):
    before = path.read_bytes()
    settings.FIELD_KEYS = Ring({2: NEW}, LOOKUP)

    with pytest.raises(CommandError) as refusal:
        rotate()

    assert str(refusal.value) == "Nothing was changed.\nKey 1 seals 1 and is not in FIELD_KEYS: put it back."
    assert path.read_bytes() == before


def test_file_that_no_row_names_goes_after_a_day_and_a_named_one_stays(guest, folder, path):
    with streams.storing(bound_to="nowhere") as file:
        file.write(DATA)
    now, day, minute = timezone.now(), timedelta(days=1), timedelta(minutes=1)

    early = remove_orphans(at=now + day - minute)
    late = remove_orphans(at=now + day + minute)

    assert (early, late, listed(folder)) == (0, 1, [path])
    assert letter_of(guest) == DATA
