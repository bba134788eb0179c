"""Files sealed in segments: read anywhere, written by nobody else, and not one of their segments changes its place."""

import io
import os
import random
import tracemalloc

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from config.field_keys import Ring
from office.encryption import CannotOpen, files, read_sealed, remove_sealed, sealing, store_sealed, streams

PLACE = "office.guest.letter:9c7c1f5e-7f0e-4b57-8a8f-0d3a4c9c2b11"
SMALL = 16  # bytes of a segment, where its size does not matter
SEALED = SMALL + streams.AROUND_BYTES
CHANGED = "holds bytes that were changed, or sealed for another place."
NOT_SEGMENTS = f"{PLACE} holds bytes that were not sealed in segments, or only a part of them."


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    private = settings.STORAGES["private"] | {}
    private["OPTIONS"] = private["OPTIONS"] | {"location": str(tmp_path / "files")}
    settings.STORAGES = settings.STORAGES | {"private": private}
    return tmp_path / "files"


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(streams, "SEGMENT_BYTES", SMALL)


def store(data, *, bound_to=PLACE, piece=None):
    with streams.storing(bound_to=bound_to) as file:
        for start in range(0, len(data), piece or len(data) or 1):
            file.write(data[start : start + (piece or len(data))])
    return file.name


def read(name, *, bound_to=PLACE):
    with streams.opened(name, bound_to=bound_to) as file:
        return file.read()


def listed(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


# What was written


@pytest.mark.parametrize("piece", [None, 1, 7, SMALL, 3 * SMALL + 1])
@pytest.mark.parametrize("length", [0, 1, SMALL - 1, SMALL, SMALL + 1, 3 * SMALL, 5 * SMALL + 3])
@pytest.mark.usefixtures("small")
def test_file_comes_back_whatever_the_pieces_in_which_it_was_written(folder, length, piece):
    data = random.Random(length).randbytes(length)

    name = store(data, piece=piece)

    [path] = listed(folder)
    segments = max(1, -(-length // SMALL))
    assert read(name) == data
    assert path == folder / "sealed" / name[:2] / name
    assert path.stat().st_size == streams.HEAD_BYTES + length + segments * streams.AROUND_BYTES
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("small")
def test_reading_anywhere_gives_what_lies_there():
    data, draw = random.Random(1).randbytes(20 * SMALL + 5), random.Random(2)
    plain = io.BytesIO(data)

    with streams.opened(store(data), bound_to=PLACE) as file:
        for _time in range(500):
            whence = draw.choice([io.SEEK_SET, io.SEEK_CUR, io.SEEK_END])
            lowest = {io.SEEK_SET: 0, io.SEEK_CUR: -plain.tell(), io.SEEK_END: -len(data)}[whence]
            offset = draw.randint(lowest, lowest + len(data) + SMALL)
            assert file.seek(offset, whence) == plain.seek(offset, whence)
            size = draw.choice([0, 1, SMALL, draw.randint(2, 5 * SMALL), -1])
            assert file.read(size) == plain.read(size)
            assert file.tell() == plain.tell()
        with pytest.raises(ValueError, match="^Nothing lies before the beginning.$"):
            file.seek(-1)


def test_writer_says_how_much_was_written():
    with streams.storing(bound_to=PLACE) as file:
        assert [file.write(b"ab"), file.tell(), file.write(memoryview(b"c" * 300_000)), file.tell()] == [
            2, 2, 300_000, 300_002,
        ]  # fmt: skip


def test_closed_file_gives_nothing_more():
    file = streams.opened(store(b"letter"), bound_to=PLACE)
    file.close()

    with pytest.raises(ValueError, match="closed"):
        file.read(1)


def test_file_of_many_segments_is_written_and_read_in_the_memory_of_a_few():
    piece, pieces = os.urandom(100_000), 200
    tracemalloc.start()
    try:
        with streams.storing(bound_to=PLACE) as file:
            for _time in range(pieces):
                file.write(piece)
        with streams.opened(file.name, bound_to=PLACE) as reader:
            reader.check()
            total = sum(len(part) for part in iter(lambda: reader.read(1 << 16), b""))
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert total == pieces * len(piece)
    assert most < 6 * streams.SEGMENT_BYTES


# What was never finished


@pytest.mark.usefixtures("small")
def test_writer_that_is_abandoned_leaves_no_file(folder):
    with pytest.raises(ZeroDivisionError), streams.storing(bound_to=PLACE) as file:
        file.write(b"canary" * 10)
        assert listed(folder) == []
        raise ZeroDivisionError

    assert listed(folder) == []
    with pytest.raises(FileNotFoundError):
        streams.opened(file.name, bound_to=PLACE)


@pytest.mark.usefixtures("small")
def test_file_in_the_making_has_no_name_on_the_disk_and_holds_no_word(folder, monkeypatch):
    held = []
    real = streams.tempfile.TemporaryFile
    monkeypatch.setattr(streams.tempfile, "TemporaryFile", lambda **how: held.append(real(**how)) or held[0])

    with streams.storing(bound_to=PLACE) as file:
        file.write(b"canary" * 10)
        [made] = held
        made.flush()
        raw = os.pread(made.fileno(), 1000, 0)
        assert (os.fstat(made.fileno()).st_nlink, os.fstat(made.fileno()).st_dev) == (0, os.stat(folder).st_dev)

    assert len(raw) == streams.HEAD_BYTES + 3 * SEALED
    assert b"canary" not in raw


@pytest.mark.usefixtures("small")
def test_what_was_sealed_before_the_last_segment_does_not_open_as_a_file():
    made = io.BytesIO()
    streams.Writer(made, bound_to=PLACE).write(bytes(3 * SMALL))
    made.seek(0)

    with pytest.raises(CannotOpen):
        streams.Reader(made, bound_to=PLACE)


def test_nothing_is_added_to_a_finished_file():
    with streams.storing(bound_to=PLACE) as file:
        file.write(b"letter")

    with pytest.raises(ValueError, match="^Nothing can be added to a sealed file.$"):
        file.write(b"more")
    assert read(file.name) == b"letter"


def test_nothing_is_stored_under_a_name_that_we_never_gave(folder):
    with (
        pytest.raises(FileNotFoundError, match="^A sealed file is named by 32 hexadecimal digits.$"),
        streams.storing(bound_to=PLACE, name="../secret_key") as file,
    ):
        file.write(b"letter")

    assert listed(folder) == []


# What was tampered with


def parts_of(whole):
    """(head, [sealed segment])."""
    rest = whole[streams.HEAD_BYTES :]
    return whole[: streams.HEAD_BYTES], [rest[start : start + SEALED] for start in range(0, len(rest), SEALED)]


def joined(head, *segments):
    return head + b"".join(segments)


def flipped(data, at):
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


# how: (the bytes made of head, four segments and the other file's segments; at which segment it is noticed)
TAMPERED = {
    "one is dropped": (lambda h, s, o: joined(h, s[0], s[2], s[3]), "last segment 2"),
    "the first is dropped": (lambda h, s, o: joined(h, *s[1:]), "last segment 2"),
    "the last is dropped": (lambda h, s, o: joined(h, *s[:3]), "last segment 2"),
    "two are swapped": (lambda h, s, o: joined(h, s[0], s[2], s[1], s[3]), "segment 1"),
    "the last is swapped": (lambda h, s, o: joined(h, s[0], s[1], s[3], s[2]), "last segment 3"),
    "one is repeated": (lambda h, s, o: joined(h, s[0], s[0], s[1], s[2], s[3]), "last segment 4"),
    "one stands twice": (lambda h, s, o: joined(h, s[0], s[1], s[1], s[3]), "segment 2"),
    "the last is repeated": (lambda h, s, o: joined(h, *s, s[3]), "last segment 4"),
    "one of another file of the place": (lambda h, s, o: joined(h, s[0], o[1], s[2], s[3]), "segment 1"),
    "the last of another file": (lambda h, s, o: joined(h, *s[:3], o[3]), "last segment 3"),
    "a bit of the first": (lambda h, s, o: joined(h, flipped(s[0], 20), *s[1:]), "segment 0"),
    "a bit of the last": (lambda h, s, o: joined(h, *s[:3], flipped(s[3], -1 + SEALED)), "last segment 3"),
    "a bit of a nonce": (lambda h, s, o: joined(h, s[0], s[1], flipped(s[2], 5), s[3]), "segment 2"),
    "the file's mark": (lambda h, s, o: joined(flipped(h, 9), *s), "last segment 3"),
    "the file's key": (lambda h, s, o: joined(flipped(h, 1), *s), "last segment 3"),
    "a part of a segment": (lambda h, s, o: joined(h, *s[:3], s[3][:-1]), "last segment 3"),
    "bytes at the end": (lambda h, s, o: joined(h, *s, bytes(SEALED)), "last segment 4"),
}
NOT_SEALED = {"bytes at the end": "holds bytes that were not sealed, or only a part of them."}


@pytest.mark.parametrize("how", TAMPERED)
@pytest.mark.usefixtures("small")
def test_segments_that_were_tampered_with_do_not_open(folder, how):
    data = bytes(range(4 * SMALL))
    name, other = store(data), store(data)
    path = folder / "sealed" / name[:2] / name
    head, segments = parts_of(path.read_bytes())
    _head, others = parts_of((folder / "sealed" / other[:2] / other).read_bytes())
    change, where = TAMPERED[how]
    bad = change(head, segments, others)
    path.write_bytes(bad)

    with pytest.raises(CannotOpen) as fault, streams.opened(name, bound_to=PLACE) as file:
        file.check()

    said = f"{PLACE}, {where} of {bad[: streams.HEAD_BYTES].hex()}, {NOT_SEALED.get(how, CHANGED)}"
    assert (str(fault.value), fault.value.bound_to) == (said, PLACE)
    with pytest.raises(CannotOpen):
        read(name)
    assert read(other) == data


@pytest.mark.usefixtures("small")
def test_what_stands_before_a_tampered_segment_is_read_and_nothing_of_it_or_past_it(folder):
    name = store(b"a" * SMALL + b"b" * SMALL + b"c" * SMALL)
    path = folder / "sealed" / name[:2] / name
    path.write_bytes(flipped(path.read_bytes(), streams.HEAD_BYTES + SEALED + 20))

    with streams.opened(name, bound_to=PLACE) as file:
        assert file.read(SMALL) == b"a" * SMALL
        for _time in range(2):
            with pytest.raises(CannotOpen):
                file.read(1)
        file.seek(2 * SMALL)
        assert file.read() == b"c" * SMALL


@pytest.mark.parametrize("length", [0, 1, streams.HEAD_BYTES - 1, streams.HEAD_BYTES])
def test_file_without_any_segment_is_told(folder, length):
    name = store(b"letter")
    path = folder / "sealed" / name[:2] / name
    path.write_bytes(path.read_bytes()[:length])

    with pytest.raises(CannotOpen) as fault:
        streams.opened(name, bound_to=PLACE)

    assert str(fault.value) == NOT_SEGMENTS


def test_file_opens_for_its_own_row_alone():
    name, elsewhere = store(b"letter"), PLACE[:-1] + "2"
    with storages["private"].open(files.path_of(name)) as file:
        head = file.read(streams.HEAD_BYTES)

    with pytest.raises(CannotOpen) as fault:
        streams.opened(name, bound_to=elsewhere)

    assert str(fault.value) == f"{elsewhere}, last segment 0 of {head.hex()}, {CHANGED}"


def test_file_whose_key_is_gone_names_it(settings):
    settings.FIELD_KEYS = Ring({1: b"o" * 32}, b"l" * 32)
    name = store(b"letter")
    settings.FIELD_KEYS = Ring({2: b"n" * 32}, b"l" * 32)

    with pytest.raises(CannotOpen, match=r", which is not in FIELD_KEYS\.$") as fault:
        streams.opened(name, bound_to=PLACE)

    assert ", was sealed with key 1, which" in str(fault.value)


def test_whole_file_and_segmented_one_are_not_taken_for_each_other():
    whole, segmented = store_sealed(b"letter", bound_to=PLACE), store(b"letter")

    with pytest.raises(CannotOpen) as as_segments:
        streams.opened(whole, bound_to=PLACE)
    with pytest.raises(CannotOpen) as as_whole:
        read_sealed(segmented, bound_to=PLACE)

    assert str(as_segments.value) == NOT_SEGMENTS
    assert str(as_whole.value) == f"{PLACE} holds bytes that were not sealed, or only a part of them."


def test_segment_by_itself_is_no_whole_file_of_the_place(folder):
    name = store(b"letter")
    [path] = listed(folder)
    storages["private"].save(files.path_of(name), ContentFile(path.read_bytes()[streams.HEAD_BYTES :]))

    with pytest.raises(CannotOpen) as fault:
        read_sealed(name, bound_to=PLACE)

    assert str(fault.value) == f"{PLACE} {CHANGED}"


# What becomes of its name


def test_removed_file_is_read_to_its_end_by_who_opened_it_and_by_nobody_else(folder):
    data = os.urandom(600_000)
    name = store(data)

    with streams.opened(name, bound_to=PLACE) as file:
        remove_sealed(name)
        assert listed(folder) == []
        with pytest.raises(FileNotFoundError):
            streams.opened(name, bound_to=PLACE)
        assert file.read() == data


def test_file_is_sealed_anew_under_its_name_with_a_mark_of_its_own(settings, folder):
    settings.FIELD_KEYS = Ring({1: b"o" * 32}, b"l" * 32)
    data = os.urandom(600_000)
    name = store(data)
    [path] = listed(folder)
    before = path.read_bytes()[: streams.HEAD_BYTES]
    settings.FIELD_KEYS = Ring({2: b"n" * 32, 1: b"o" * 32}, b"l" * 32)

    streams.reseal(name, bound_to=PLACE)

    settings.FIELD_KEYS = Ring({2: b"n" * 32}, b"l" * 32)
    after = path.read_bytes()[: streams.HEAD_BYTES]
    assert (listed(folder), read(name)) == ([path], data)
    assert (before[: sealing.HEADER_BYTES], after[: sealing.HEADER_BYTES]) == (b"\x02\x01", b"\x02\x02")
    assert before[sealing.HEADER_BYTES :] != after[sealing.HEADER_BYTES :]
