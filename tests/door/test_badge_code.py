"""A badge's code: another house's verifier reads it, and nothing but the very code."""

import random
import string

import pytest

from accreditation import badge_code, door
from advisory.models import Meeting
from office import keys
from tests.builders import make_badge, make_category, make_meeting, make_registration
from tests.door.verifier import DIGITS, verified

pytestmark = pytest.mark.django_db
CHARACTERS = string.printable + "ıſßÀ٠０Ａ\0\u00a0\u200b\ufeff"


def published(meeting):
    rows = keys.published(keys.BADGE, meeting)
    return {"keys": [{"kid": key.number, "meeting": key.meeting_id, "hex": key.public} for key in rows]}


def code(badge):
    return badge_code.code_of(badge, key=keys.current(keys.BADGE, badge.meeting))


def test_code_has_160_characters_and_says_what_its_row_says():
    badge = make_badge(zones=0b1000_0000_0000_0101)

    told = verified(code(badge), published(badge.meeting))

    assert len(code(badge)) == 160
    assert told == {
        "serial": badge.serial, "zones": 0b1000_0000_0000_0101,
        "valid_from": int(badge.valid_from.timestamp()), "valid_to": int(badge.valid_to.timestamp()),
    }  # fmt: skip


def test_every_genuine_code_is_accepted():
    meeting = make_meeting()
    category = make_category(meeting)
    badges = [make_badge(make_registration(category=category)) for _ in range(20)]
    key = keys.current(keys.BADGE, meeting)
    sign = keys.signer(key)

    told = [verified(badge_code.code_of(badge, key=key, sign=sign), published(meeting)) for badge in badges]

    assert [one["serial"] for one in told] == [badge.serial for badge in badges]


def test_no_change_of_a_single_character_is_accepted():
    badge = make_badge()
    genuine, trusted = code(badge), published(badge.meeting)
    accepted = []
    for changed in changes(genuine):
        if verified(changed, trusted) is not None:
            accepted.append(changed)

    assert verified(genuine, trusted) is not None
    assert accepted == []


def changes(genuine):
    """Every text that has another character in one place, or one more or one less."""
    for place in range(len(genuine) + 1):
        before, after = genuine[:place], genuine[place:]
        yield from (before + character + after[1:] for character in CHARACTERS if after and character != after[0])
        yield from (before + character + after for character in DIGITS)
        if after:
            yield before + after[1:]


def test_gate_takes_no_change_of_a_character_but_for_small_letters_and_white_space():
    badge = make_badge()
    genuine, key = code(badge), keys.current(keys.BADGE, badge.meeting)
    accepted = []
    for changed in changes(genuine):
        try:
            content, signed, signature = badge_code.read(door.cleaned(changed))
        except badge_code.NotACode:
            continue
        if content.key == key.number and keys.is_signed(signed, signature, by=key):
            accepted.append(changed)

    small = {genuine[:place] + letter.lower() + genuine[place + 1 :] for place, letter in enumerate(genuine)}
    assert set(accepted) == small - {genuine}


@pytest.mark.parametrize("number", [1_000, pytest.param(100_000, marks=pytest.mark.full)])
def test_no_random_code_is_accepted(number):
    badge, draw = make_badge(), random.Random(1)
    trusted, body = published(badge.meeting), code(badge)[:60]

    made = ("".join(draw.choices(DIGITS, k=156)) + draw.choice(DIGITS[::2]) for _ in range(number // 2))
    tailed = (body + "".join(draw.choices(DIGITS, k=99)) + draw.choice(DIGITS[::2]) for _ in range(number // 2))

    assert [one for one in made if verified("B1." + one, trusted)] == []
    assert [one for one in tailed if verified(one, trusted)] == []


@pytest.mark.parametrize(
    "changed",
    [str.lower, lambda code: code + " ", lambda code: code[:-1], lambda code: code + "A", lambda code: "B2" + code[2:]],
)
def test_only_the_canonical_writing_is_read(changed):
    genuine = code(make_badge())
    with pytest.raises(badge_code.NotACode):
        badge_code.read(changed(genuine))


def test_last_character_has_one_writing():
    """Its lowest bit is spare: with it set the same bytes would be written in two ways."""
    genuine = code(make_badge())
    twin = genuine[:-1] + DIGITS[DIGITS.index(genuine[-1]) + 1]
    with pytest.raises(badge_code.NotACode):
        badge_code.read(twin)


def test_code_is_read_back():
    badge = make_badge()
    content, signed, signature = badge_code.read(code(badge))

    key = keys.current(keys.BADGE, badge.meeting)
    assert (content.type, content.key, content.meeting, content.serial) == (
        3,
        key.number,
        badge.meeting_id,
        badge.serial,
    )
    assert keys.is_signed(signed, signature, by=key)


def test_what_an_earlier_key_signed_holds_until_that_key_is_withdrawn():
    badge = make_badge()
    first = keys.current(keys.BADGE, badge.meeting)
    printed = code(badge)
    second = keys.make(keys.BADGE, badge.meeting)

    assert keys.current(keys.BADGE, badge.meeting) == second
    assert code(badge) != printed
    assert {verified(one, published(badge.meeting))["serial"] for one in (printed, code(badge))} == {badge.serial}

    keys.withdraw(first)
    assert verified(printed, published(badge.meeting)) is None
    assert verified(code(badge), published(badge.meeting))["serial"] == badge.serial


def test_key_of_another_meeting_is_refused():
    badge, other = make_badge(), make_badge()
    genuine = code(badge)
    assert Meeting.objects.count() == 2
    assert verified(genuine, published(other.meeting)) is None


def test_private_half_is_not_to_be_found_in_the_row():
    key = keys.current(keys.BADGE, make_meeting())
    stored = type(key).objects.filter(pk=key.pk).values_list("number", "public", "seed").get()
    assert key.seed not in repr(stored)
    assert bytes.fromhex(key.seed) not in bytes(stored[2].packed if hasattr(stored[2], "packed") else stored[2])
