"""The ring of keys: what is wrong with it is said in sentences, without a key in them; a file of it is never lost."""

import base64

import pytest

from config import field_keys
from config.environment import Environment
from tests.test_settings import LONG, start

FIRST, SECOND = (base64.b64encode(byte * 32).decode() for byte in (b"a", b"b"))


def problems(text):
    env = Environment({"FIELD_KEYS": text})
    env.field_keys(None)
    return env.problems


def test_ring_is_read_newest_first():
    ring, sentences = field_keys.read(f"12:{SECOND},1:{FIRST}\n lookup:{FIRST}\n")

    assert sentences == []
    assert list(ring.keys.items()) == [(12, b"b" * 32), (1, b"a" * 32)]
    assert [ring.newest, ring.lookup] == [12, b"a" * 32]


NO_NUMBERS = [f"{name}:{FIRST}" for name in ["0", "256", "-1", "one", "²"]]
NO_KEYS = [FIRST, "1:", f"1:{FIRST[:-4]}", f"1:{FIRST[:-1]}é"]


@pytest.mark.parametrize("entry", NO_NUMBERS + NO_KEYS)
def test_entry_that_is_no_key_is_named_by_its_place_alone(entry):
    what = "a number from 1 to 255 (or the word lookup), a colon and 32 bytes in base64"

    assert problems(f"2:{SECOND} {entry} lookup:{FIRST}") == [
        f"FIELD_KEYS must have in each entry {what}; not so entry 2."
    ]


def test_key_named_twice_is_told():
    assert problems(f"2:{SECOND} 1:{FIRST} 2:{FIRST} lookup:{FIRST} lookup:{SECOND}") == [
        "FIELD_KEYS must name each key once; it names twice: 2, lookup."
    ]


def test_ring_needs_a_key_and_one_for_look_ups():
    assert problems(f"lookup:{FIRST}") == ["FIELD_KEYS must have an entry such as 1:…."]
    assert problems(f"1:{FIRST}") == ["FIELD_KEYS must have an entry lookup:…."]


def test_file_is_read_when_the_variable_is_empty(tmp_path):
    text = field_keys.fresh()
    (tmp_path / "ring").write_text(text)

    for env in (Environment({"FIELD_KEYS_FILE": str(tmp_path / "ring")}), Environment({})):
        if not env.values:
            (tmp_path / "ring").rename(tmp_path / "field_keys")
        assert env.field_keys(tmp_path) == field_keys.read(text)[0]
        assert env.problems == []


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: path.mkdir(), "{path} cannot be read: Is a directory."),
        (lambda path: path.write_bytes(b"\xff\xfe"), "{path} cannot be read: it is no text."),
        (lambda path: path.write_text(""), "{path} must have an entry lookup:…."),
    ],
)
def test_file_that_is_no_ring_is_told_and_left_as_it_is(tmp_path, make, sentence):
    path = tmp_path / "field_keys"
    make(path)

    run = start("check", VAR_DIR=str(tmp_path), SECRET_KEY=LONG)

    assert run.returncode == 1
    assert run.stderr.splitlines()[:2] == ["Rostrum cannot start:", "- " + sentence.format(path=path)]


def test_fresh_rings_differ_and_can_be_read():
    texts = {field_keys.fresh() for _ in range(3)}

    assert len(texts) == 3
    assert [field_keys.read(text)[1] for text in texts] == [[], [], []]


def test_longer_ring_has_a_new_key_in_front_and_keeps_the_others():
    text = f"255:{SECOND}\n1:{FIRST}\nlookup:{FIRST}\n"

    ring, sentences = field_keys.read(field_keys.lengthened(text))

    assert sentences == []
    assert list(ring.keys) == [2, 255, 1]
    assert [ring.keys[255], ring.keys[1], ring.lookup] == [b"b" * 32, b"a" * 32, b"a" * 32]
    assert list(field_keys.read(field_keys.lengthened(f"1:{FIRST}"))[0].keys) == [2, 1]


def test_ring_without_a_free_number_is_not_made_longer():
    text = " ".join(f"{number}:{FIRST}" for number in field_keys.NUMBERS)

    with pytest.raises(ValueError, match=r"^All 255 numbers of keys are taken"):
        field_keys.lengthened(text)


def test_file_is_written_once_for_us_alone(tmp_path):
    path = tmp_path / "field_keys"

    field_keys.write(path, "first")
    with pytest.raises(FileExistsError):
        field_keys.write(path, "second")

    assert [path.read_text(), oct(path.stat().st_mode & 0o777)] == ["first", "0o600"]
    field_keys.write(path, "third", replace=True)
    assert [path.read_text(), [file.name for file in tmp_path.iterdir()]] == ["third", ["field_keys"]]
