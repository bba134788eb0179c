"""What a device holds for a day: serials, zones, keys and the signed list, no name, and nothing that may be undone."""

import base64
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accreditation import badges, evidence, protection, revocation, workflow
from accreditation.models import Category, Registration, Scan, Zone
from accreditation.states import Actor, Status
from office import keys
from tests.accreditation.sent_files import PORTRAIT, picture
from tests.builders import make_organization, make_readers, make_registration
from tests.door.world import code_of, make_device, make_door, make_valid_badge, scan

pytestmark = pytest.mark.django_db
CANARY = "Qwyzzle"


@pytest.fixture
def door():
    return make_door()


def pack_of(door, **headers):
    return door.client.get(f"/door/{door.address}/pack", headers=headers)


def serials(pack, name="serials"):
    data = base64.b64decode(pack[name])
    return [data[place : place + 16].hex() for place in range(0, len(data), 16)]


def test_pack_is_what_the_contract_lists(door):
    zone = Zone.objects.create(meeting=door.meeting, number=3, name="Gallery")
    door.gate.zone, door.gate.capacity, door.gate.counts_exits = zone, 50, True
    door.gate.save()
    live, void, lost, escorted, one_day, two_days, all_days = (make_valid_badge(door.category) for _ in range(7))
    for badge, granted in [
        (escorted, {"escort": True}), (one_day, {"days": ["2016-11-06"]}), (all_days, {"days": []}),
        (two_days, {"days": ["2016-11-07", "2016-11-06"]}),
    ]:  # fmt: skip
        badge.registration.granted = granted
        badge.registration.save()
    badges.void(void.registration, at=timezone.now(), reason="conduct")
    badges.void(lost.registration, at=timezone.now(), reason="lost")
    new = make_valid_badge(door.category, lost.registration)

    pack = pack_of(door).json()

    key = keys.current(keys.BADGE, door.meeting)
    assert pack.pop("now")[:13] == timezone.now().isoformat()[:13]
    assert revocation.read(base64.b64decode(pack.pop("list")))["serials"] == sorted([void.serial, lost.serial])
    valid = [live, escorted, one_day, two_days, all_days, new]
    assert serials(pack) == sorted(badge.serial for badge in valid)
    assert (serials(pack, "escort"), serials(pack, "replaced")) == ([escorted.serial], [lost.serial])
    sunday = [1478404800, 1478494800]  # 25 hours in New York: clocks went back
    assert [(days["open"], serials(days)) for days in pack["days"]] == [
        ([sunday], [one_day.serial]), ([sunday, [1478494800, 1478581200]], [two_days.serial]),
    ]  # fmt: skip
    del pack["serials"], pack["escort"], pack["replaced"], pack["days"]
    assert pack == {
        "meeting": door.meeting.pk,
        "gate": {"slug": "main-entrance", "name": "Main entrance", "zone": 3, "counts_exits": True, "capacity": 50},
        "keys": [{"kid": key.number, "hex": key.public}],
        "last_key": key.number,
        "zones": [{"number": 3, "name": "Gallery"}],
        "margin": 600,
        "inside": 0,
    }


def test_pack_and_page_hold_no_name(door):
    registration = make_registration(
        Status.APPROVED, category=door.category, given_names=f"{CANARY} given", family_name=f"{CANARY} family",
        badge_name=f"{CANARY} badge", email="qwyzzle@example.org", organization=make_organization(f"{CANARY} house"),
        answers={"country": CANARY},
    )  # fmt: skip
    badge = make_valid_badge(door.category, registration)

    kept = [door.client.get(f"/door/{door.address}/{page}").content.decode() for page in ["", "pack"]]
    kept.append(door.client.get("/door/sw.js").content.decode())

    assert [CANARY.lower() in page.lower() for page in kept] == [False] * 3
    assert serials(pack_of(door).json()) == [badge.serial]  # and yet the person is in it


def test_badge_of_a_decision_that_may_be_undone_is_left_out(door):
    Category.objects.update(hold_seconds=600)
    waiting = make_registration(Status.SUBMITTED, category=Category.objects.get())
    held = workflow.apply(waiting, "approve", actor=Actor.DESK, by=door.supervisor)
    assert (held.badges.count(), serials(pack_of(door).json())) == (1, [])

    held.held_until = timezone.now() - timedelta(seconds=1)
    held.save(update_fields=["held_until"])
    assert serials(pack_of(door).json()) == [held.badges.get().serial]


def test_pack_is_sent_again_only_when_something_in_it_changed(door):
    first = pack_of(door)
    same = pack_of(door, **{"If-None-Match": first["ETag"]})
    make_valid_badge(door.category)
    changed = pack_of(door, **{"If-None-Match": first["ETag"]})

    assert [answer.status_code for answer in (first, same, changed)] == [200, 304, 200]
    assert changed["ETag"] != first["ETag"]


@pytest.mark.parametrize("number", [1, 3])
def test_pack_takes_as_many_statements_for_three_as_for_one(door, number, django_assert_num_queries):
    for _ in range(number):
        make_valid_badge(door.category)
    pack_of(door)
    with django_assert_num_queries(12):
        pack_of(door)


@pytest.mark.django_db(transaction=True)
def test_name_and_portrait_are_told_online_alone_and_for_two_minutes(door, private_files):  # noqa: F811
    person = with_portrait(door, given_names="Ada", family_name="Okafor")
    answer = scan(door, code_of(make_valid_badge(door.category, person)))
    other = make_device(door.gate, door.supervisor, "Telephone 2")

    assert (answer["name"], answer["organization"]) == ("Ada Okafor", "The Daily Lantern")
    shown = door.client.get(answer["portrait"])
    assert (shown.status_code, shown["Content-Type"], "no-store" in shown["Cache-Control"]) == (200, "image/jpeg", True)
    assert other.client.get(answer["portrait"]).status_code == 404
    Scan.objects.update(received_at=timezone.now() - timedelta(minutes=3))
    assert door.client.get(answer["portrait"]).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_somebody_protected_no_more_is_told_than_the_card_shows(door, private_files):  # noqa: F811
    person = with_portrait(door, given_names=CANARY, family_name=CANARY, asks_protection=True)
    readers = make_readers()
    protection.grant(person, readers=readers, by=readers[0])
    person.refresh_from_db()

    answer = scan(door, code_of(make_valid_badge(door.category, person)))

    assert (answer["name"], answer["organization"], answer["portrait"]) == (person.alias, "", "")
    assert door.client.get(f"/door/{door.address}/portrait/{answer['id']}/").status_code == 404


def with_portrait(door, **fields):
    Category.objects.update(asks_portrait=True)
    organization = make_organization("The Daily Lantern")
    person = make_registration(category=Category.objects.get(), organization=organization, **fields)
    evidence.add(person, PORTRAIT, SimpleUploadedFile("me.jpg", picture(size=(600, 800))))
    Registration.objects.filter(pk=person.pk).update(status=Status.APPROVED)
    person.refresh_from_db()
    return person
