"""Devices: a code serves once and for ten minutes, a token is known by its hash, and who is revoked stays out."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from accreditation import devices
from accreditation.models import Device
from tests.builders import make_gate, make_meeting, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited():
    return devices.invite(make_gate(make_meeting()), name="Telephone 1", by=make_officer())


def test_code_enrols_once(invited):
    device, code = invited
    enrolled, token = devices.enrol(code)

    assert (enrolled, devices.known_by(token)) == (device, device)
    with pytest.raises(devices.DeviceRefused):
        devices.enrol(code)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_type_the_code_in_the_same_moment_one_is_enrolled(invited):
    _device, code = invited
    barrier, told = Barrier(4), []

    def enrol():
        try:
            barrier.wait()
            told.append(devices.enrol(code)[1])
        except devices.DeviceRefused:
            told.append("")
        finally:
            connection.close()

    threads = [Thread(target=enrol) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    tokens = [token for token in told if token]
    assert (len(told), len(tokens)) == (4, 1)
    assert devices.known_by(tokens[0]) == Device.objects.get()


def test_code_is_taken_as_people_type_it(invited):
    _device, code = invited
    assert devices.enrol(f" {code[:4].lower()}-{code[4:]} ")[0].enrolled_at


def test_code_runs_out_after_ten_minutes(invited):
    _device, code = invited
    with pytest.raises(devices.DeviceRefused):
        devices.enrol(code, at=timezone.now() + timedelta(minutes=10, seconds=1))


def test_revoked_device_cannot_be_enrolled(invited):
    device, code = invited
    devices.revoke(device)
    with pytest.raises(devices.DeviceRefused):
        devices.enrol(code)


def test_neither_code_nor_token_is_kept(invited):
    _device, code = invited
    before = str(list(Device.objects.values()))
    _device, token = devices.enrol(code)
    assert code not in before
    assert token not in str(list(Device.objects.values()))


@pytest.mark.parametrize("token", ["", "x", None])
def test_no_token_is_nobodys(invited, token):
    assert devices.known_by(token) is None
