"""Lists of void badges: numbered, signed, nothing but serials, and never issued without need."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils import timezone

from accreditation import badges, revocation
from accreditation.models import RevocationList
from accreditation.states import Status
from office import keys
from tests.builders import make_badge, make_category, make_meeting, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return make_meeting()


def void_badge(meeting):
    category = meeting.categories.first() or make_category(meeting)
    badge = make_badge(make_registration(Status.APPROVED, category=category))
    badges.void(badge.registration, at=timezone.now(), reason="lost")
    return badge


def test_list_holds_the_serials_of_void_badges_and_two_instants(meeting):
    void, at = [void_badge(meeting) for _ in range(3)], timezone.now().replace(microsecond=0)
    make_badge(make_registration(Status.APPROVED, category=meeting.categories.first()))

    content = bytes(revocation.current(meeting, at=at).content)

    key = keys.current(keys.BADGE, meeting)
    assert revocation.read(content) == {
        "key": key.number, "meeting": meeting.pk, "number": 1, "issued_at": at, "next_at": at + timedelta(hours=24),
        "serials": sorted(badge.serial for badge in void),
    }  # fmt: skip
    assert len(content) == 24 + 3 * 16 + 64
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.public)).verify(content[-64:], content[:-64])


def test_new_list_comes_when_a_badge_becomes_void_or_half_the_time_is_over(meeting):
    at = timezone.now()
    first = revocation.current(meeting, at=at)
    assert revocation.current(meeting, at=at + timedelta(hours=11)) == first

    void_badge(meeting)
    second = revocation.current(meeting, at=at + timedelta(hours=11))
    third = revocation.current(meeting, at=at + timedelta(hours=23, minutes=1))
    assert [row.number for row in (first, second, third)] == [1, 2, 3]
    assert RevocationList.objects.count() == 3


def test_badge_that_is_valid_again_leaves_the_list(meeting):
    badge = void_badge(meeting)
    revocation.current(meeting, at=timezone.now())
    badges.restore({"badge": badge.pk, "state": "issued"})
    assert revocation.read(bytes(revocation.current(meeting, at=timezone.now()).content))["serials"] == []


@pytest.mark.parametrize("change", [lambda b: b[:-1], lambda b: b + b"x", lambda b: b"\x02" + b[1:], lambda b: b""])
def test_what_is_no_list_is_refused(meeting, change):
    content = bytes(revocation.current(meeting, at=timezone.now()).content)
    with pytest.raises(ValueError, match=r"^It is "):
        revocation.read(change(content))


def test_list_of_a_key_that_was_withdrawn_is_signed_anew(meeting):
    """A device that is handed it takes no pack, and trusts the withdrawn key for the rest of the day."""
    at = timezone.now()
    first, old = revocation.current(meeting, at=at), keys.current(keys.BADGE, meeting)
    new = keys.make(keys.BADGE, meeting)
    assert revocation.current(meeting, at=at) == first

    keys.withdraw(old)

    second = revocation.current(meeting, at=at)
    assert (second.number, revocation.read(bytes(second.content))["key"]) == (2, new.number)
    assert revocation.current(meeting, at=at) == second


def test_list_that_a_wrong_clock_dated_ahead_is_replaced_when_the_clock_is_right(meeting):
    at = timezone.now()
    ahead = revocation.current(meeting, at=at + timedelta(days=20))

    told = revocation.current(meeting, at=at)

    assert (told.number, told.next_at) == (ahead.number + 1, at + timedelta(hours=24))


def test_list_in_force_takes_three_statements(meeting, django_assert_num_queries):
    revocation.current(meeting, at=timezone.now())
    with django_assert_num_queries(3):
        revocation.current(meeting, at=timezone.now())
