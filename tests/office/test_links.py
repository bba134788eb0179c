"""A link opens one row for one purpose until its version is raised, and nothing near it does."""

import base64
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office import links

ROW = uuid.UUID("00000000-0000-4000-8000-000000000001")
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@given(st.uuids(), st.text(max_size=20), st.integers(0, 2**15))
def test_link_names_its_row_and_fits_it_alone(row, purpose, version):
    text = links.token(row, purpose, version)

    assert (len(text), links.named(text)) == (links.LENGTH, row)
    assert links.fits(text, row, purpose, version)
    assert not links.fits(text, row, purpose + "x", version)
    assert not links.fits(text, row, purpose, version + 1)
    assert not links.fits(text, uuid.UUID(int=row.int ^ 1), purpose, version)


@given(st.integers(0, links.LENGTH - 1), st.sampled_from(ALPHABET))
def test_changed_link_opens_nothing(place, other):
    text = links.token(ROW, "status", 1)
    changed = text[:place] + other + text[place + 1 :]

    row = links.named(changed)

    assert links.fits(changed, row, "status", 1) == (changed == text)
    assert links.fits(changed, ROW, "status", 1) == (changed == text)


@pytest.mark.parametrize("length", range(links.LENGTH))
def test_link_cut_short_opens_nothing(length):
    text = links.token(ROW, "status", 1)[:length]

    assert (links.named(text), links.fits(text, ROW, "status", 1)) == (None, False)


@given(st.one_of(st.text(), st.text(alphabet=ALPHABET + "+/=\n ", min_size=40, max_size=56)))
def test_no_text_raises(text):
    links.fits(text, links.named(text) or ROW, "status", 1)


def test_link_is_written_in_one_way_alone():
    text = links.token(ROW, "status", 1)

    others = [
        text + "\n",
        " " + text,
        text + "====",
        text[:20] + "!" + text[20:],
        text.replace("_", "/"),
        f"{text}AAAA",
    ]
    for other in others:
        assert links.fits(other, ROW, "status", 1) == (other == text)


def test_link_holds_what_it_says_and_no_secret(settings):
    packed = base64.urlsafe_b64decode(links.token(ROW, "status", 1))

    assert (packed[:16], len(packed)) == (ROW.bytes, 36)
    assert settings.SECRET_KEY.encode() not in packed


def test_links_of_the_key_before_open_as_long_as_it_is_kept(settings):
    text = links.token(ROW, "status", 1)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another secret, as long as the first one and as well known"
    assert not links.fits(text, ROW, "status", 1)

    settings.SECRET_KEY_FALLBACKS = ["some third secret", old]

    assert links.fits(text, ROW, "status", 1)
    assert links.token(ROW, "status", 1) != text


def test_wrong_codes_are_compared_in_the_same_way_wherever_they_differ(monkeypatch):
    compared = []
    monkeypatch.setattr(links, "constant_time_compare", lambda one, other: compared.append(len(one)) or False)
    text = links.token(ROW, "status", 1)
    near, far = text[:-1] + ("A" if text[-1] != "A" else "B"), text[:22] + "A" * 26

    assert [links.fits(each, ROW, "status", 1) for each in (near, far)] == [False, False]
    assert compared == [links.MAC_BYTES, links.MAC_BYTES]
