"""The supervisor's page: what gates disagree on, devices, and the last word with its reason."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation import badges, devices, doubles
from accreditation import door as gates
from accreditation.models import Device, Scan
from accreditation.states import Status
from office.permissions import Role
from tests.builders import make_gate, make_officer, make_registration
from tests.door.world import code_of, make_device, make_door, make_valid_badge, row, scan, send

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def door():
    return make_door(counts_exits=True)


@pytest.fixture
def other(door):
    return make_device(door.gate, door.supervisor, "Telephone 2")


@pytest.fixture
def overseer(client, door):
    client.force_login(door.supervisor)
    return client


def found(door):
    return [(each.kind, each.scan.device.name, each.earlier and each.earlier.device.name) for each in of(door)]


def of(door):
    return doubles.of(door.meeting)


def let_in_twice(door, other, *, first_to_connect="Telephone 1"):
    """One badge at two devices without network, two minutes apart."""
    code, then = code_of(make_valid_badge(door.category)), timezone.now() - 30 * MINUTE
    batches = [(door.client, row(code, at=then)), (other.client, row(code, at=then + 2 * MINUTE))]
    for client, sent in batches if first_to_connect == "Telephone 1" else reversed(batches):
        send(door, [sent], client=client)


@pytest.mark.parametrize("first", ["Telephone 1", "Telephone 2"])
def test_badge_let_in_twice_without_network_is_reported_whoever_connects_first(door, other, first):
    let_in_twice(door, other, first_to_connect=first)
    assert found(door) == [("twice", "Telephone 2", "Telephone 1")]


@pytest.mark.parametrize(
    ("first", "told"),
    [(0, ("otherwise", "Telephone 2", None)), (1, ("twice", "Telephone 2", "Telephone 1"))],
)
def test_badge_that_two_guards_let_in_after_a_look_is_reported_whoever_connects_first(door, other, first, told):
    escort = make_registration(Status.APPROVED, category=door.category, granted={"escort": True})
    code, then = code_of(make_valid_badge(door.category, escort)), timezone.now() - 30 * MINUTE
    guards = [(door.client, then), (other.client, then + 2 * MINUTE)]
    for client, at in [guards[first], guards[1 - first]]:
        looked = row(code, at=at, told="check", reason="escort")
        send(door, [looked, row("", act="let_in", of=looked["id"], at=at, told="admit")], client=client)

    assert found(door) == [told]


def test_badge_that_went_out_between_is_not_reported(door, other):
    code, then = code_of(make_valid_badge(door.category)), timezone.now() - 30 * MINUTE
    send(door, [row(code, at=then), row(code, at=then + MINUTE, direction="out", told="out")])
    send(door, [row(code, at=then + 2 * MINUTE)], client=other.client)
    assert found(door) == []


@pytest.mark.parametrize(("seconds", "told"), [(20, [("twice", "Telephone 2", "Telephone 1")]), (40, [])])
def test_where_exits_are_not_scanned_only_two_at_once_are_reported(door, seconds, told):
    door.gate.counts_exits = False
    door.gate.save()
    other = make_device(make_gate(door.meeting, "Back door"), door.supervisor, "Telephone 2")
    code, then = code_of(make_valid_badge(door.category)), timezone.now() - 30 * MINUTE
    send(door, [row(code, at=then)])
    there = type(door)(**vars(door) | {"address": f"{door.meeting.code.lower()}-back-door"})
    send(there, [row(code, at=then + timedelta(seconds=seconds))], client=other.client)
    assert found(door) == told


def test_double_that_was_refused_at_the_gate_is_none(door, other):
    code = code_of(make_valid_badge(door.category))
    assert [scan(door, code, client=client)["verdict"] for client in (door.client, other.client)] == [
        "admit",
        "already_in",
    ]
    assert found(door) == []


@pytest.mark.parametrize(
    ("told", "is_void", "reported"),
    [("admit", True, True), ("stop", False, True), ("check", False, False), ("admit", False, False)],
)
def test_device_that_said_otherwise_is_reported(door, told, is_void, reported):
    badge = make_valid_badge(door.category)
    if is_void:
        badges.void(badge.registration, at=timezone.now() - 60 * MINUTE, reason="conduct")
    send(door, [row(code_of(badge), told=told, at=timezone.now() - MINUTE)])
    assert found(door) == ([("otherwise", "Telephone 1", None)] if reported else [])


@pytest.mark.parametrize("number", [1, 3])
def test_page_takes_as_many_statements_for_three_as_for_one(door, other, overseer, number, django_assert_num_queries):
    for _ in range(number):
        let_in_twice(door, other)
    make_device(door.gate, door.supervisor, "Telephone 3")
    page = f"/desk/door/{door.meeting.code}/"
    overseer.get(page)
    with django_assert_num_queries(9):
        assert overseer.get(page).content.decode().count("Let in twice") == number


def test_page_names_badges_by_number_and_nobody_by_name(door, other, overseer):
    let_in_twice(door, other)
    badge = Scan.objects.first().badge

    page = overseer.get(f"/desk/door/{door.meeting.code}/").content.decode()

    assert str(badge) in page
    assert badge.registration.family_name not in page


@pytest.mark.parametrize(("act", "verdict"), [("settle", "already_in"), ("let_in", "admit")])
def test_supervisor_s_word_ends_a_disagreement_and_is_kept(door, other, overseer, act, verdict):
    let_in_twice(door, other)
    scan = of(door)[0].scan

    overseer.post(f"/desk/door/{door.meeting.code}/scans/{scan.pk}/", {"act": act, "note": "Twins"})

    later = Scan.objects.get(of=scan)
    assert (later.verdict, later.note, later.by, later.at) == (verdict, "Twins", door.supervisor, scan.at)
    assert (found(door), gates.inside(door.gate)) == ([], 1)


def test_wrong_admission_is_taken_back(door, other, overseer):
    let_in_twice(door, other, first_to_connect="Telephone 2")
    scan = of(door)[0].scan

    overseer.post(f"/desk/door/{door.meeting.code}/scans/{scan.pk}/", {"act": "take_back", "note": "A copy"})

    assert (Scan.objects.get(of=scan).verdict, found(door), gates.inside(door.gate)) == ("undone", [], 1)
    earlier = Scan.objects.exclude(pk=scan.pk).get(verdict="admit", of=None)
    words = {"act": "take_back", "note": "Nobody came"}
    overseer.post(f"/desk/door/{door.meeting.code}/scans/{earlier.pk}/", words)
    assert gates.inside(door.gate) == 0


@pytest.mark.parametrize("words", [{"act": "settle", "note": " "}, {"act": "dance", "note": "x"}, {}])
def test_word_without_a_reason_changes_nothing(door, other, overseer, words):
    let_in_twice(door, other)
    scan = of(door)[0].scan

    answer = overseer.post(f"/desk/door/{door.meeting.code}/scans/{scan.pk}/", words, follow=True)

    assert 'class="alert alert-danger"' in answer.content.decode()
    assert (Scan.objects.count(), len(of(door))) == (2, 1)


def test_device_is_ended_and_admits_nobody(door, overseer):
    Device.objects.update(ahead_seconds=86_400, waiting=12)
    page = f"/desk/door/{door.meeting.code}/"
    assert "1440 min wrong" in overseer.get(page).content.decode()

    answer = overseer.post(f"{page}devices/{door.device.pk}/revoke/", follow=True)

    assert "Telephone 1 admits nobody any more." in answer.content.decode()
    assert devices.known_by(door.token).revoked_at is not None
    assert scan(door, code_of(make_valid_badge(door.category)))["reason"] == "device"


def test_rows_of_another_meeting_are_not_there(door, overseer):
    elsewhere = make_door()
    scan(elsewhere, "x")
    root = f"/desk/door/{door.meeting.code}/"
    addresses = [f"scans/{Scan.objects.get().pk}/", f"devices/{elsewhere.device.pk}/revoke/"]
    assert [overseer.post(root + address).status_code for address in addresses] == [404, 404]


def test_list_of_doors_is_of_the_supervisor_s_own_meetings(client, door):
    make_door()
    client.force_login(make_officer(roles=[Role.SUPERVISOR], meeting=door.meeting))
    page = client.get("/desk/door/").content.decode()
    assert [f"/desk/door/{code}/" in page for code in (door.meeting.code, "DEW02")] == [True, False]
