"""Whatever is held to a gate has its verdict and its row, over HTTP as a device asks; nothing is a fault."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation import badge_code, badges, devices
from accreditation.models import Badge, Device, Scan
from office import keys
from tests.builders import make_badge
from tests.door.world import code_of, make_device, make_door, make_valid_badge, row, scan, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def door():
    return make_door()


@pytest.fixture
def badge(door):
    return make_valid_badge(door.category)


def kept():
    """(verdict, reason) of the one row there is."""
    one = Scan.objects.get()
    return one.verdict, one.reason


def forged(badge):
    """Signed by a key that is not the meeting's."""
    return badge_code.code_of(badge, key=keys.make(keys.BADGE, make_badge().meeting))


def mutated(badge):
    code = code_of(badge)
    return code[:30] + ("A" if code[30] != "A" else "B") + code[31:]


def of_another_meeting(_badge):
    return code_of(make_badge())


def of_another_type(badge):
    key = keys.current(keys.BADGE, badge.meeting)
    packed = badge_code.PACKED.pack(1, 1, key.number, badge.meeting_id, bytes(16), 0, 0, 2**32 - 1)
    return badge_code.written(packed + keys.signer(key)(packed))


def expired(badge):
    return code_of(dated(badge, -2, -1))


def not_yet_valid(badge):
    return code_of(dated(badge, 1, 2))


def dated(badge, first, last):
    badge.valid_from, badge.valid_to = (timezone.now() + timedelta(days=days) for days in (first, last))
    badge.save()
    return badge


def revoked(badge):
    badges.void(badge.registration, at=timezone.now(), reason="conduct")
    return code_of(badge)


def replaced(badge):
    badges.void(badge.registration, at=timezone.now(), reason="lost")
    make_valid_badge(None, badge.registration)
    return code_of(badge)


def unknown(badge):
    code = code_of(badge)
    Badge.objects.all().delete()
    return code


BAD = [
    (forged, "stop", "not_genuine"),
    (mutated, "stop", "not_genuine"),
    (of_another_meeting, "stop", "other_meeting"),
    (of_another_type, "stop", "other_type"),
    (expired, "stop", "over"),
    (not_yet_valid, "stop", "not_yet"),
    (revoked, "stop", "void"),
    (replaced, "stop", "replaced"),
    (unknown, "check", "unknown"),
    (lambda _badge: "4006381333931", "stop", "no_code"),
    (lambda _badge: "https://milk.example.com/?ean=4006381333931", "stop", "no_code"),
    (lambda _badge: "\0", "stop", "no_code"),
    (lambda _badge: "牛奶" * 5000, "stop", "no_code"),
]
NAMES = [getattr(make, "__name__", "") for make, _verdict, _reason in BAD]


@pytest.mark.parametrize(("make", "verdict", "reason"), BAD, ids=NAMES)
def test_what_is_wrong_is_said_and_written_down(door, badge, make, verdict, reason):
    answer = scan(door, make(badge))

    assert (answer["verdict"], answer["reason"]) == (verdict, reason)
    assert kept() == (verdict, reason)


@pytest.mark.parametrize(("make", "verdict", "reason"), BAD, ids=NAMES)
def test_what_was_wrong_without_network_is_written_down_alike(door, badge, make, verdict, reason):
    sent = row(make(badge), told=verdict)

    assert send(door, [sent])["scans"] == [{"id": sent["id"], "verdict": verdict, "reason": reason}]
    assert kept() == (verdict, reason)


@pytest.mark.parametrize(("make", "verdict", "reason"), BAD, ids=NAMES)
def test_page_without_script_says_the_same(door, badge, make, verdict, reason):
    page = door.client.post(f"/door/{door.address}/scan/", {"code": make(badge)}).content.decode()

    assert f'<section class="verdict verdict-{verdict}" role="alert"' in page
    assert kept() == (verdict, reason)


def test_genuine_badge_is_admitted(door, badge):
    answer = scan(door, code_of(badge))

    assert (answer["verdict"], answer["number"], answer["letter"]) == ("admit", badge.number, badge.letter)
    assert kept() == ("admit", "")


def test_copied_badge_is_already_in_and_told_since_when(door, badge):
    other = make_device(door.gate, door.supervisor, "Telephone 2")
    scan(door, code_of(badge))
    first = Scan.objects.get()

    answer = scan(door, code_of(badge), client=other.client)

    assert (answer["verdict"], answer["reason"]) == ("already_in", "inside")
    assert answer["earlier"] == {"at": first.at.isoformat(), "gate": "Main entrance"}


def test_nothing_typed_is_asked_for_again_and_no_scan(door):
    page = door.client.post(f"/door/{door.address}/scan/", {"code": " "})

    assert (page.status_code, Scan.objects.count()) == (422, 0)
    assert 'id="id_code_error" role="alert">Scan or type a code.</p>' in page.content.decode()


@pytest.mark.parametrize("words", [{"direction": "up"}, {"id": "x"}])
def test_malformed_question_is_refused(door, words):
    answer = door.client.post(
        f"/door/{door.address}/scan/", {"code": "x"} | words, headers={"accept": "application/json"}
    )
    assert (answer.status_code, answer.json()) == (400, {"error": "malformed"})


@pytest.mark.parametrize("hours", [-24, 24])
def test_device_whose_clock_is_a_day_wrong_is_set_right(door, badge, hours):
    ahead, then = timedelta(hours=hours), timezone.now() - timedelta(minutes=5)

    answer = send(door, [row(code_of(badge), at=then + ahead)], ahead=ahead)["scans"][0]

    scan = Scan.objects.get()
    assert (answer["verdict"], abs(scan.at - then) < timedelta(seconds=5)) == ("admit", True)
    assert abs(Device.objects.get(pk=door.device.pk).ahead_seconds - hours * 3600) <= 2


def test_clock_set_forward_cannot_make_an_expired_badge_green(door, badge):
    dated(badge, -2, -1)
    then = timezone.now() - timedelta(days=1, hours=12)  # as the device believes

    assert send(door, [row(code_of(badge), at=then)], ahead=timedelta(hours=-36))["scans"][0]["reason"] == "over"


def test_revoked_device_admits_nobody_and_is_told_no_name(door, badge):
    devices.revoke(door.device)

    answer = scan(door, code_of(badge))

    assert (answer["verdict"], answer["reason"], answer["name"], answer["number"]) == ("check", "device", "", None)
    assert kept() == ("check", "device")


def test_revoked_device_sends_what_it_scanned_and_gets_no_list(door, badge):
    devices.revoke(door.device)

    answer = send(door, [row(code_of(badge))])
    pack = door.client.get(f"/door/{door.address}/pack")

    assert (answer["scans"][0]["verdict"], answer["scans"][0]["reason"]) == ("check", "device")
    assert (pack.status_code, pack.json()) == (403, {"error": "revoked"})
    assert door.client.get(f"/door/{door.address}/").status_code == 403
