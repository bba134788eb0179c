"""What is said aloud comes back as it is kept, and a slip of one character is noticed."""

import re

from hypothesis import given
from hypothesis import strategies as st

from accreditation import references
from accreditation.references import ALPHABET

CODES = st.from_regex(r"\A[A-Z][A-Z0-9]{2,7}\Z")
BODIES = st.text(alphabet=ALPHABET, min_size=5, max_size=5)
WHOLE = st.tuples(CODES, BODIES)


def kept(code, body):
    return f"{code}-{body}{references.check_character(code, body)}"


def test_new_reference_reads_as_itself():
    reference = references.new("R2P16")

    assert re.fullmatch(rf"R2P16-[{ALPHABET}]{{6}}", reference)
    assert references.read(reference, ["R2P16"]) == reference
    assert len({references.new("R2P16") for _ in range(200)}) > 190


@given(WHOLE)
def test_every_reference_reads_as_itself(whole):
    assert references.read(kept(*whole), ["OTHER", whole[0]]) == kept(*whole)


@given(WHOLE, st.integers(0, 5), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(whole, place, other):
    code, said = whole[0], kept(*whole)
    place += len(code) + 1
    wrong = said[:place] + other + said[place + 1 :]

    assert references.read(wrong, [code]) == (said if wrong == said else None)


@given(WHOLE, st.integers(0, 4))
def test_two_neighbours_that_changed_places_are_noticed(whole, place):
    code, said = whole[0], kept(*whole)
    place += len(code) + 1
    wrong = said[:place] + said[place + 1] + said[place] + said[place + 2 :]

    assert references.read(wrong, [code]) == (said if wrong == said else None)


HEARD = st.sampled_from(["", " ", "-", " - ", ".", "_", "\u2011", "\u2013", "\u00a0", "\n"])


@given(WHOLE, st.data())
def test_what_is_heard_is_read_as_it_was_meant(whole, data):
    alike = {"0": "0Oo", "1": "1IiLl", "V": "VvUu"}
    said = "".join(
        data.draw(st.sampled_from(alike.get(c, c + c.lower()))) + data.draw(HEARD) for c in kept(*whole) if c != "-"
    )

    assert references.read(said, [whole[0]]) == kept(*whole)


def test_full_width_letters_and_other_digits_are_read():
    said = kept("R2P16", "4F7K2")
    wide = said.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789ABCDEFGHJKMNPQRSTVWXYZ"})
    arabic = said.translate({ord("0") + digit: 0x0660 + digit for digit in range(10)})

    assert [references.read(text, ["R2P16"]) for text in (wide, arabic)] == [said, said]


@given(st.text())
def test_anything_else_is_no_reference(text):
    assert references.read(text, ["R2P16", "DEW16"]) in {None, text}
