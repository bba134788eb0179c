"""A meeting with a gate, an enrolled device and a badge, and how a device asks; for the tests of the door."""

import json
import uuid
from datetime import timedelta
from types import SimpleNamespace

from django.test import Client
from django.utils import timezone

from accreditation import badge_code, devices
from accreditation.states import Status
from accreditation.views.door.guards import address_of
from office import keys
from office.permissions import Role
from tests.builders import make_badge, make_category, make_gate, make_meeting, make_officer, make_registration


def make_door(**fields):
    """``fields`` are the gate's."""
    meeting = make_meeting()
    gate = make_gate(meeting, **{"name": "Main entrance"} | fields)
    supervisor = make_officer(f"supervisor-{meeting.code}", roles=[Role.SUPERVISOR])
    category = make_category(meeting)
    return SimpleNamespace(
        meeting=meeting, gate=gate, supervisor=supervisor, category=category, **vars(make_device(gate, supervisor)),
    )  # fmt: skip


def make_device(gate, by, name="Telephone 1"):
    device, code = devices.invite(gate, name=name, by=by)
    device, token = devices.enrol(code)
    client = Client(headers={"authorization": f"Device {token}"})
    return SimpleNamespace(device=device, token=token, client=client, address=address_of(gate))


def make_valid_badge(category, registration=None, **fields):
    now = timezone.now()
    registration = registration or make_registration(Status.APPROVED, category=category)
    dates = {"valid_from": now - timedelta(days=2), "valid_to": now + timedelta(days=2)}
    return make_badge(registration, **dates | fields)


def code_of(badge):
    return badge_code.code_of(badge, key=keys.current(keys.BADGE, badge.meeting))


def scan(door, code, *, client=None, **words):
    """The JSON that a device is answered."""
    client = client or door.client
    answer = client.post(f"/door/{door.address}/scan/", {"code": code} | words, headers={"accept": "application/json"})
    assert answer.status_code == 200, answer.content
    return answer.json()


def row(code, *, at=None, **words):
    """One scan of a batch, as a device writes it."""
    return {"id": str(uuid.uuid4()), "code": code, "at": (at or timezone.now()).isoformat(), "told": "admit"} | words


def send(door, rows, *, client=None, ahead=timedelta(0), status=200, **words):
    """What a batch is answered; ``ahead`` is by how much the device's clock is."""
    batch = {"now": (timezone.now() + ahead).isoformat(), "waiting": 0, "scans": rows} | words
    answer = (client or door.client).post(
        f"/door/{door.address}/scans", json.dumps(batch), content_type="application/json"
    )
    assert answer.status_code == status, answer.content
    return answer.json()
