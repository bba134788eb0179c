"""Scans made without network arrive in any order and any number of times, and each is one row."""

import json
import random
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation import badges
from accreditation import door as gates
from accreditation.models import Device, Scan
from accreditation.states import Status
from tests.builders import make_registration
from tests.door.world import code_of, make_device, make_door, make_valid_badge, row, send

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def door():
    return make_door(counts_exits=True)


def state():
    """What is kept of scans, in the order of their ids; when they arrived left out."""
    names = "id gate badge serial direction verdict reason told device by of note".split()
    return list(Scan.objects.order_by("pk").values_list(*names)), gates.inside(Scan.objects.first().gate)


def day_at_a_gate(door):
    """Rows of four badges that come, come again, go, are taken back and let in; and some nonsense between."""
    start, rows = timezone.now() - timedelta(hours=8), []
    for n in range(4):
        code = code_of(make_valid_badge(door.category))
        moments = [start + (10 * n + each) * MINUTE for each in range(6)]
        rows += [row(code, at=at, direction=way) for at, way in zip(moments, ["in", "in", "out", "in", "out"])]  # noqa: B905
        rows.append(row(code, at=moments[5]))
        rows.append(row("", at=moments[5] + MINUTE / 2, act="take_back", of=rows[-1]["id"]))
    return rows + [row("4006381333931", at=start, told="stop")]


def test_same_batch_five_times_shuffled_leaves_the_same_state(door):
    rows, draw = day_at_a_gate(door), random.Random(3)
    first = {answer["id"]: answer for answer in send(door, rows)["scans"]}
    kept = state()
    assert (len(kept[0]), kept[1]) == (29, 0)

    for _time in range(5):
        draw.shuffle(rows)
        answers = send(door, rows)["scans"]
        assert answers == [first[sent["id"]] for sent in rows]
        assert state() == kept


@pytest.mark.parametrize("seed", range(5))
def test_order_of_a_batch_changes_nothing(door, seed):
    rows = day_at_a_gate(door)
    orderly = [(answer["verdict"], answer["reason"]) for answer in send(door, rows)["scans"]]
    Scan.objects.filter(of__isnull=False).delete()
    Scan.objects.all().delete()

    shuffled = random.Random(seed).sample(rows, len(rows))
    told = {answer["id"]: (answer["verdict"], answer["reason"]) for answer in send(door, shuffled)["scans"]}

    assert [told[sent["id"]] for sent in rows] == orderly


def test_answers_stand_in_the_order_of_the_rows_and_a_malformed_one_stops_no_other(door):
    good, now = row(code_of(make_valid_badge(door.category))), timezone.now()
    bad = [
        None, 7, [], {}, {"id": "x"}, row("x", id="not-an-id"), row("x", at=now, told="perhaps"),
        row("x", act="dance"), row("x", direction="up"), row("x", of=3, act="let_in"), row({"a": 1}),
        row("x") | {"at": "yesterday"}, row("x") | {"at": "2016-09-06T10:00:00"}, row("x") | {"at": 1473156000},
        row("x") | {"at": "0001-01-01T00:00:00+14:00"}, row("x") | {"at": "9999-12-31T23:59:59-14:00"},
    ]  # fmt: skip

    answers = send(door, [*bad[:8], good, *bad[8:]])["scans"]

    assert answers.pop(8) == {"id": good["id"], "verdict": "admit", "reason": ""}
    told = [item.get("id") if isinstance(item, dict) else None for item in bad]
    assert [(answer["id"], answer.get("error")) for answer in answers[:-1]] == [(one, "malformed") for one in told[:-1]]
    assert Scan.objects.filter(verdict="admit").count() == 1


@pytest.mark.parametrize("name", ["NaN", "1e999", "7", "null", "[[]]", '{"a": 1}'])
def test_name_of_a_row_that_is_no_text_is_not_said_back(door, name):
    body = f'{{"now": "{timezone.now().isoformat()}", "scans": [{{"id": {name}}}]}}'
    answer = door.client.post(f"/door/{door.address}/scans", body, content_type="application/json")
    assert answer.json()["scans"] == [{"id": None, "error": "malformed"}]


def test_no_depth_of_nesting_is_a_fault(door):
    """What is read at the very edge of Python's recursion could not be written again."""
    met = set()
    for depth in range(500, 1000):
        nested = "[" * depth + "]" * depth
        body = f'{{"now": "{timezone.now().isoformat()}", "scans": [{{"id": {nested}}}]}}'
        met.add(door.client.post(f"/door/{door.address}/scans", body, content_type="application/json").status_code)
    assert met == {200, 400}


def test_date_of_the_far_future_is_now(door):
    sent = row(code_of(make_valid_badge(door.category))) | {"at": "9999-01-01T00:00:00+00:00"}
    assert send(door, [sent])["scans"][0]["verdict"] == "admit"
    assert Scan.objects.get().at <= timezone.now()


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b"\xff", b'{"scans": []}', b'{"now": 1, "scans": []}', b"[" * 100_000, b"9" * 5000,
     json.dumps({"now": "2026-01-01T00:00:00Z", "scans": [{}] * 201}).encode(),
     b'{"now": "2026-01-01T00:00:00Z", "waiting": "many", "scans": []}'],
)  # fmt: skip
def test_what_is_no_batch_is_refused_in_a_word(door, body):
    answer = door.client.post(f"/door/{door.address}/scans", body, content_type="application/json")

    assert (answer.status_code, answer.json()) == (400, {"error": "malformed"})
    assert Scan.objects.count() == 0


def test_half_a_character_and_nul_in_a_note_are_kept_as_something_storable(door):
    come = row(code_of(make_valid_badge(door.category, registration=escorted(door))), told="check")
    act = row("", act="let_in", of=come["id"], note="\ud800 seen\0")

    assert [answer["verdict"] for answer in send(door, [come, act])["scans"]] == ["check", "admit"]
    assert Scan.objects.get(of__isnull=False).note == "? seen"


def escorted(door):
    return make_registration(Status.APPROVED, category=door.category, granted={"escort": True})


def test_act_before_its_scan_is_told_to_come_again(door):
    come = row(code_of(make_valid_badge(door.category)))
    act = row("", act="take_back", of=come["id"])

    assert send(door, [act])["scans"] == [{"id": act["id"], "error": "unknown_of"}]
    assert [answer["verdict"] for answer in send(door, [act, come])["scans"]] == ["undone", "admit"]


def test_whom_a_device_let_in_against_us_is_written_down_as_a_disagreement(door):
    badge = make_valid_badge(door.category)
    badges.void(badge.registration, at=timezone.now() - timedelta(hours=1), reason="conduct")
    come = row(code_of(badge), told="check")
    act = row("", act="let_in", of=come["id"], note="Known to us")

    answers = send(door, [come, act])["scans"]

    assert [answer["verdict"] for answer in answers] == ["stop", "stop"]
    assert Scan.objects.get(of__isnull=False).told == "admit"


def test_id_of_another_device_s_scan_says_nothing_of_it(door):
    other = make_device(door.gate, door.supervisor, "Telephone 2")
    mine = row(code_of(make_valid_badge(door.category)))
    send(door, [mine])

    answers = send(door, [mine, row("", act="take_back", of=mine["id"])], client=other.client)["scans"]

    assert [answer.get("error") for answer in answers] == ["taken", "unknown_of"]
    assert Scan.objects.count() == 1


def test_device_says_how_many_wait_and_when_it_was_seen(door):
    Device.objects.update(seen_at=None)
    send(door, [], waiting=7)

    device = Device.objects.get()
    assert (device.waiting, timezone.now() - device.seen_at < MINUTE) == (7, True)


def test_same_id_scanned_online_and_sent_later_is_one(door):
    code, scan_id = code_of(make_valid_badge(door.category)), str(uuid.uuid4())
    online = door.client.post(
        f"/door/{door.address}/scan/", {"code": code, "id": scan_id}, headers={"accept": "application/json"}
    ).json()

    answer = send(door, [row(code, id=scan_id)])["scans"][0]

    assert (online["verdict"], answer) == ("admit", {"id": scan_id, "verdict": "admit", "reason": ""})
    assert Scan.objects.count() == 1


def test_same_question_asked_again_online_is_one_scan(door):
    words = {"code": code_of(make_valid_badge(door.category)), "id": str(uuid.uuid4())}
    told = [
        door.client.post(f"/door/{door.address}/scan/", words, headers={"accept": "application/json"}).json()
        for _time in range(2)
    ]

    assert [answer["verdict"] for answer in told] == ["admit", "admit"]
    assert (told[0], Scan.objects.count()) == (told[1], 1)


def test_full_batch_takes_as_many_statements_a_row_as_a_small_one(door, django_assert_max_num_queries):
    codes = [code_of(make_valid_badge(door.category)) for _ in range(6)]
    with django_assert_max_num_queries(4 + 6 * 6):
        send(door, [row(code) for code in codes])
