"""The public keys that other houses verify badges by, and the command that makes a new one."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from office import keys
from tests.builders import make_badge, make_meeting
from tests.door.verifier import verified
from tests.door.world import code_of

pytestmark = pytest.mark.django_db
ADDRESS = "/.well-known/badge-keys.json"


def rotate(*words):
    out = StringIO()
    call_command("rotate_badge_keys", *words, stdout=out)
    return out.getvalue()


def test_published_keys_are_enough_to_verify_every_meeting_s_badges(client):
    printed = [make_badge() for _ in range(2)]
    codes = [code_of(badge) for badge in printed]

    answer = client.get(ADDRESS)

    assert [verified(code, answer.json())["serial"] for code in codes] == [badge.serial for badge in printed]
    assert (answer["Cache-Control"], answer.cookies.output()) == ("public, no-cache", "")
    assert set(answer.json()["keys"][0]) == {"kid", "meeting", "hex"}


def test_no_keys_are_an_empty_list(client):
    assert client.get(ADDRESS).json() == {"keys": []}


def test_published_keys_take_one_statement(client, django_assert_num_queries):
    for _ in range(3):
        keys.make(keys.BADGE, make_meeting())
    with django_assert_num_queries(1):
        assert len(client.get(ADDRESS).json()["keys"]) == 3


def test_rotation_keeps_what_is_printed_valid(client):
    badge = make_badge()
    printed = code_of(badge)

    said = rotate(badge.meeting.code.lower())

    assert "still trusted" in said
    trusted = client.get(ADDRESS).json()
    assert code_of(badge) != printed
    assert {verified(code, trusted)["serial"] for code in (printed, code_of(badge))} == {badge.serial}


def test_rotation_may_withdraw_what_came_before(client):
    badge, other = make_badge(), make_badge()
    printed, elsewhere = code_of(badge), code_of(other)

    assert "withdrawn" in rotate(badge.meeting.code, "--withdraw-earlier")

    trusted = client.get(ADDRESS).json()
    assert verified(printed, trusted) is None
    assert verified(code_of(badge), trusted)["serial"] == badge.serial
    assert verified(elsewhere, trusted)["serial"] == other.serial


def test_unknown_meeting_is_told_in_a_sentence():
    with pytest.raises(CommandError, match=r"^There is no meeting with the code NONE1\.$"):
        rotate("NONE1")
