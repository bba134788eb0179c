"""Sealed bytes: what opens them, what does not, and the keyed hash beside them."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.field_keys import Ring
from office.encryption import CannotOpen, blind, open_sealed, seal

OLD, NEW, LOOKUP = b"o" * 32, b"n" * 32, b"l" * 32
PLACE = "office.guest.notes:9c7c1f5e-7f0e-4b57-8a8f-0d3a4c9c2b11"


@pytest.fixture(autouse=True)
def _ring(settings):
    settings.FIELD_KEYS = Ring({1: OLD}, LOOKUP)


@given(st.binary(max_size=300), st.text(max_size=40))
def test_whatever_is_sealed_opens_again(data, place):
    assert open_sealed(seal(data, bound_to=place), bound_to=place) == data


def test_sealed_bytes_are_a_layout_a_key_a_nonce_and_a_tag_around_the_text():
    first, second = seal(b"canary", bound_to=PLACE), seal(b"canary", bound_to=PLACE)

    assert [len(first), first[:2]] == [2 + 12 + 6 + 16, b"\x01\x01"]
    assert first[2:14] != second[2:14]
    assert b"canary" not in first + second


@pytest.mark.parametrize("position", range(2 + 12 + 6 + 16))
def test_no_byte_can_be_changed(position):
    sealed = bytearray(seal(b"canary", bound_to=PLACE))
    sealed[position] ^= 1

    with pytest.raises(CannotOpen):
        open_sealed(bytes(sealed), bound_to=PLACE)


def test_key_number_is_authenticated_even_when_both_numbers_have_the_same_key(settings):
    sealed = seal(b"canary", bound_to=PLACE)
    settings.FIELD_KEYS = Ring({1: OLD, 2: OLD}, LOOKUP)

    with pytest.raises(CannotOpen, match="holds bytes that were changed"):
        open_sealed(b"\x01\x02" + sealed[2:], bound_to=PLACE)


@pytest.mark.parametrize("length", [0, 1, 2, 14, 29])
def test_part_of_sealed_bytes_is_told_as_such(length):
    with pytest.raises(CannotOpen, match=f"^{PLACE} holds bytes that were not sealed, or only a part of them.$"):
        open_sealed(seal(b"", bound_to=PLACE)[:length], bound_to=PLACE)


def test_sealed_bytes_open_nowhere_else():
    with pytest.raises(CannotOpen, match="^office.guest.name:1 holds bytes that were changed, or sealed for another"):
        open_sealed(seal(b"canary", bound_to=PLACE), bound_to="office.guest.name:1")


def test_older_key_opens_and_the_newest_seals(settings):
    sealed = seal(b"canary", bound_to=PLACE)
    settings.FIELD_KEYS = Ring({2: NEW, 1: OLD}, LOOKUP)

    assert open_sealed(sealed, bound_to=PLACE) == b"canary"
    assert seal(b"canary", bound_to=PLACE)[:2] == b"\x01\x02"


def test_missing_key_is_named(settings):
    sealed = seal(b"canary", bound_to=PLACE)
    settings.FIELD_KEYS = Ring({2: NEW}, LOOKUP)

    with pytest.raises(CannotOpen, match=f"^{PLACE} was sealed with key 1, which is not in FIELD_KEYS.$"):
        open_sealed(sealed, bound_to=PLACE)


def test_other_key_of_the_same_number_does_not_open(settings):
    sealed = seal(b"canary", bound_to=PLACE)
    settings.FIELD_KEYS = Ring({1: NEW}, LOOKUP)

    with pytest.raises(CannotOpen):
        open_sealed(sealed, bound_to=PLACE)


def test_keyed_hash_finds_within_a_scope_and_survives_new_keys(settings):
    found = blind("L01X00T47", scope="meeting:1")
    settings.FIELD_KEYS = Ring({2: NEW}, LOOKUP)

    assert blind("L01X00T47", scope="meeting:1") == found
    assert len(found) == 64
    assert len({found, blind("L01X00T47", scope="meeting:2"), blind("L01X00T48", scope="meeting:1")}) == 3


def test_keyed_hash_needs_the_key(settings):
    found = blind("L01X00T47", scope="meeting:1")
    settings.FIELD_KEYS = Ring({1: OLD}, NEW)

    assert blind("L01X00T47", scope="meeting:1") != found


def test_keys_are_not_shown(settings):
    shown = repr(settings.FIELD_KEYS) + str(settings.FIELD_KEYS)

    assert [key for key in (OLD, LOOKUP) if key.decode() in shown or base64.b64encode(key).decode() in shown] == []
