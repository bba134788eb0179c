"""An id is one scan's: what is held to the gate under the id of another scan is never answered as that one."""

import uuid

import pytest

from accreditation import badge_code
from accreditation.models import Scan
from office import keys
from tests.builders import make_badge
from tests.door.world import code_of, make_device, make_door, make_valid_badge, row, send

pytestmark = pytest.mark.django_db
ADMITTED = '<section class="verdict verdict-admit"'


@pytest.fixture
def door():
    return make_door()


@pytest.fixture
def entered(door):
    """The id under which a good badge came in."""
    words = {"code": code_of(make_valid_badge(door.category)), "id": str(uuid.uuid4())}
    assert ADMITTED in page(door, words)
    return words["id"]


def page(door, words):
    return door.client.post(f"/door/{door.address}/scan/", words).content.decode()


def no_code(_door):
    return "4006381333931"


def forged(door):
    return badge_code.code_of(make_valid_badge(door.category), key=keys.make(keys.BADGE, make_badge().meeting))


def over(door):
    badge = make_valid_badge(door.category)
    badge.valid_to = badge.valid_from.replace(year=badge.valid_from.year - 1)
    badge.valid_from = badge.valid_to.replace(year=badge.valid_to.year - 1)
    badge.save()
    return code_of(badge)


@pytest.mark.parametrize("make", [no_code, forged, over])
def test_form_that_somebody_went_back_to_says_nothing_of_the_badge_before(door, entered, make):
    told = page(door, {"code": make(door), "id": entered})

    assert (ADMITTED in told, 'verdict-stop" role="alert"' in told) == (False, True)
    assert list(Scan.objects.order_by("received_at").values_list("verdict", flat=True)) == ["admit", "stop"]


def test_device_is_told_that_the_id_is_taken(door, entered):
    words = {"code": code_of(make_valid_badge(door.category)), "id": entered}
    answer = door.client.post(f"/door/{door.address}/scan/", words, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()) == (409, {"error": "taken"})


def test_form_with_another_device_s_id_has_a_page_all_the_same(door, entered):
    other = make_device(door.gate, door.supervisor, "Telephone 2")
    assert ADMITTED in page(other, {"code": code_of(make_valid_badge(door.category)), "id": entered})
    assert Scan.objects.count() == 2


def test_batch_says_which_ids_are_taken(door, entered):
    first = Scan.objects.get()
    code = code_of(first.badge)
    rows = [
        row(code, id=entered), row(code, id=entered, direction="out"), row("x", id=entered),
        row("", act="let_in", of=str(uuid.uuid4()), id=entered),
    ]  # fmt: skip
    told = [send(door, [one])["scans"][0] for one in rows]
    assert [each.get("verdict") or each["error"] for each in told] == ["admit", "taken", "taken", "taken"]
