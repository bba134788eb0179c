"""Several devices at the same instant, on threads and connections of their own; and what one scan costs."""

import time
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accreditation import door as gates
from accreditation import door_acts
from accreditation.models import Scan, Zone
from accreditation.states import Status
from office.prepared import Prepared
from tests.builders import make_gate, make_registration
from tests.door.world import code_of, make_device, make_door, make_valid_badge, scan

TIMES = 5


def verdicts_at_once(code, devices):
    """What devices are told that scan one badge in the same moment."""
    return told_at_once([code] * len(devices), devices)


def told_at_once(codes, devices):
    """Verdicts, in alphabetical order, where each device scans a code of its own in the same moment."""
    barrier, told = Barrier(len(devices)), []

    def hold(device, code):
        try:
            barrier.wait()
            told.append(scan(device, code)["verdict"])
        finally:
            connection.close()

    threads = [Thread(target=hold, args=pair) for pair in zip(devices, codes, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


@pytest.mark.django_db(transaction=True)
def test_one_badge_at_two_gates_in_the_same_moment_is_admitted_once():
    door = make_door(counts_exits=True)
    devices = [door, make_device(door.gate, door.supervisor, "Telephone 2")]
    told = [verdicts_at_once(code_of(make_valid_badge(door.category)), devices) for _time in range(TIMES)]

    assert told == [["admit", "already_in"]] * TIMES
    assert Scan.objects.filter(verdict="admit").count() == TIMES


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_on_its_row_a_badge_would_be_admitted_twice(monkeypatch):
    """Both read before either writes: on SQLite a write transaction is the lock, on PostgreSQL the badge's row."""
    if connection.vendor == "sqlite":
        pytest.skip("every transaction that may write waits for the one before it (BEGIN IMMEDIATE)")
    door = make_door(counts_exits=True)
    devices = [door, make_device(door.gate, door.supervisor, "Telephone 2")]
    together = Barrier(2)

    def last_move(*words, first=gates.last_move):
        found = first(*words)
        together.wait(timeout=10)
        return found

    monkeypatch.setattr(gates, "HELD", Prepared(gates.held))
    monkeypatch.setattr(gates, "last_move", last_move)

    assert verdicts_at_once(code_of(make_valid_badge(door.category)), devices) == ["admit", "admit"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fields", [{}, {"zone": 3}])
def test_last_place_goes_to_one_of_many_at_all_gates_that_lead_there(monkeypatch, fields):
    door = make_door(capacity=1, counts_exits=True)
    if fields:
        door.gate.zone = Zone.objects.create(meeting=door.meeting, number=3, name="Gallery")
        door.gate.save()
    beside = make_gate(door.meeting, "Back door", capacity=1, zone=door.gate.zone)
    devices = [door, make_device(door.gate, door.supervisor, "Telephone 2"), make_device(beside, door.supervisor)]
    codes = [code_of(make_valid_badge(door.category, zones=0b1000)) for _device in devices]

    def slowly(*words, counted=gates.inside, **how):
        number = counted(*words, **how)
        time.sleep(0.2)  # long enough for whoever does not wait to count the same
        return number

    monkeypatch.setattr(gates, "inside", slowly)

    assert told_at_once(codes, devices) == ["admit", "check", "check"]
    assert Scan.objects.filter(verdict="admit").count() == 1


@pytest.mark.django_db
def test_badge_whose_last_scan_is_of_a_faster_clock_is_inside_all_the_same():
    """Two servers, or two requests of which the second waited: the row says what is, not the clock."""
    door = make_door(counts_exits=True)
    code = code_of(make_valid_badge(door.category))
    scan(door, code)
    Scan.objects.update(at=timezone.now() + timedelta(seconds=2))

    assert scan(door, code)["verdict"] == "already_in"


@pytest.mark.django_db(transaction=True)
def test_same_scan_sent_twice_in_the_same_moment_is_one():
    door = make_door(counts_exits=True)
    words = {"code": code_of(make_valid_badge(door.category)), "id": "7b0e9b5e-3c68-4a25-9f0e-0d8a3c2b1f00"}
    barrier, told = Barrier(4), []

    def send():
        try:
            client = Client(headers={"authorization": f"Device {door.token}", "accept": "application/json"})
            barrier.wait()
            told.append(client.post(f"/door/{door.address}/scan/", words).json()["verdict"])
        finally:
            connection.close()

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (told, Scan.objects.count()) == (["admit"] * 4, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("granted", "act", "verdict"), [({"escort": True}, "let_in", "admit"), ({}, "take_back", "undone")]
)
def test_one_scan_is_followed_once_however_many_press_at_once(monkeypatch, granted, act, verdict):
    door = make_door(counts_exits=True)
    person = make_registration(Status.APPROVED, category=door.category, granted=granted)
    words = {"act": act, "of": scan(door, code_of(make_valid_badge(door.category, person)))["id"]}
    barrier, told = Barrier(3), []

    def slowly(*words, first=door_acts._has_later):
        found = first(*words)
        time.sleep(0.2)  # long enough for whoever does not wait to find nothing either
        return found

    def press():
        try:
            client = Client(headers={"authorization": f"Device {door.token}", "accept": "application/json"})
            barrier.wait()
            told.append(client.post(f"/door/{door.address}/act/", words).status_code)
        finally:
            connection.close()

    monkeypatch.setattr(door_acts, "_has_later", slowly)
    threads = [Thread(target=press) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (sorted(told), Scan.objects.filter(verdict=verdict).count()) == ([200, 409, 409], 1)


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{}, {"counts_exits": True}, {"capacity": 10, "counts_exits": True}])
def test_verdict_takes_eight_statements_at_most(fields, django_assert_max_num_queries):
    door = make_door(**fields)
    Zone.objects.create(meeting=door.meeting, number=2, name="Gallery")
    Zone.objects.create(meeting=door.meeting, number=0, name="Hall, north side")
    code = code_of(make_valid_badge(door.category, zones=0b101))

    with django_assert_max_num_queries(8):
        answer = scan(door, code)

    assert (answer["verdict"], answer["zones"]) == ("admit", ["Hall, north side", "Gallery"])
    assert answer["inside"] == (1 if "capacity" in fields else None)


@pytest.mark.django_db
def test_officer_s_verdict_takes_three_more_to_know_the_officer(client, django_assert_max_num_queries):
    door = make_door(capacity=10, counts_exits=True)
    client.force_login(door.supervisor)
    code = code_of(make_valid_badge(door.category))

    with django_assert_max_num_queries(11):
        assert scan(door, code, client=client)["verdict"] == "admit"


@pytest.mark.django_db
def test_plan_that_is_made_while_there_are_few_scans_reads_those_of_one_badge():
    """PostgreSQL keeps it for as long as the connection lives."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite plans each statement anew")
    moves = Scan.objects.filter(gates.MOVED, badge=1, gate__meeting=1, gate__zone=None)
    with connection.cursor() as cursor:  # a table that was just counted as empty is read whole by any plan
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = moves.order_by("-at", "-pk")[:1].explain()
    assert "Seq Scan on accreditation_scan" not in plan
    assert plan.count("badge_id = 1") == 2, plan
