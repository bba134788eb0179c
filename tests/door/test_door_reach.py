"""What a device's token opens: its own gate's addresses, and nothing else that the site has."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accreditation import devices
from accreditation.models import Scan
from accreditation.views.door.guards import COOKIE, address_of
from office.permissions import Role
from tests import matrix
from tests.builders import make_gate, make_meeting, make_officer
from tests.door.world import make_device, make_door
from tests.staff_world import make_world

pytestmark = pytest.mark.django_db
OWN = {"": 200, "pack": 200, "scan/": 405, "act/": 405, "scans": 405}


def clients(token):
    """A device that sends its token in the header, and one that sends the door's cookie."""
    browser = Client()
    browser.cookies[COOKIE] = token
    return [Client(headers={"authorization": f"Device {token}"}), browser]


@pytest.fixture
def _private_files(settings, tmp_path):
    private = settings.STORAGES["private"]
    private = private | {"OPTIONS": private["OPTIONS"] | {"location": str(tmp_path / "files")}}
    settings.STORAGES = settings.STORAGES | {"private": private}


@pytest.mark.usefixtures("_private_files")
def test_device_opens_nothing_of_the_staff_but_the_door():
    """Every staff address there is, asked as a device and as a stranger: the answers are the same."""
    world = make_world()
    supervisor = make_officer("overseer", roles=[Role.SUPERVISOR])
    token = make_device(make_gate(world.meeting, "Other gate"), supervisor).token
    paths = [path for address, path in matrix.paths(world).items() if not address.startswith("door/%(gate)s/")]
    assert len(paths) > 150

    differing = []
    for path in paths:
        for method in ["get", "post"]:
            stranger = told(getattr(Client(), method)(path))
            if path == "/door/" and method == "get":  # where a device is led to its gate
                continue
            differing += [path for device in clients(token) if told(getattr(device, method)(path)) != stranger]
    assert differing == []


def told(response):
    return response.status_code, response.get("Location", "")


def test_device_opens_its_own_gate_and_no_other():
    door, elsewhere = make_door(), make_gate(make_meeting())
    beside = make_gate(door.meeting, "Back door")

    for client in clients(door.token):
        assert {page: client.get(f"/door/{door.address}/{page}").status_code for page in OWN} == OWN
        for gate in (beside, elsewhere):
            for page in OWN:
                address = f"/door/{address_of(gate)}/{page}"
                assert (client.get(address).status_code, client.post(address).status_code) in [(404, 405), (405, 404)]
            answer = client.get(f"/door/{address_of(gate)}/pack", headers={"accept": "application/json"})
            assert (answer.status_code, answer.json()) == (404, {"error": "elsewhere"})


def test_token_is_no_session_and_the_cookie_is_sent_to_the_door_alone(client):
    gate = make_gate(make_meeting())
    _device, code = devices.invite(gate, name="Telephone", by=make_officer())

    answer = client.post("/door/", {"code": code})

    cookie = answer.cookies[COOKIE]
    assert (answer.status_code, answer["Location"]) == (302, f"/door/{address_of(gate)}/")
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/door/", True, "Lax")
    assert "session" not in answer.cookies


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "é" * 300])
def test_token_of_nobody_opens_nothing(token):
    door = make_door()
    client = Client()
    client.cookies[COOKIE] = token
    assert told(client.get(f"/door/{door.address}/")) == (302, "/door/")
    answer = client.get(f"/door/{door.address}/pack", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()) == (401, {"error": "unknown"})


def test_gate_that_never_was_answers_a_stranger_as_one_that_is(client):
    door = make_door()
    assert told(client.get("/door/none-such/")) == told(client.get(f"/door/{door.address}/"))


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example.com"}])
def test_post_from_another_site_is_refused(headers):
    door = make_door()
    pages = {page: door.client.post(f"/door/{door.address}/{page}", {}, headers=headers) for page in ["scan/", "act/"]}
    batch = door.client.post(f"/door/{door.address}/scans", "{}", content_type="application/json", headers=headers)

    assert [page.status_code for page in pages.values()] == [403, 403]
    assert (batch.status_code, batch.json()) == (403, {"error": "origin"})
    assert Client().post("/door/", {"code": "x"}, headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("role", "status"), [(role, 200 if role in {Role.DOOR, Role.SUPERVISOR} else 404) for role in Role]
)
def test_officers_without_the_role_find_no_gate(client, role, status):
    door = make_door()
    client.force_login(make_officer(role, roles=[role]))
    found = [client.get(f"/door/{door.address}/{page}").status_code for page in ["", "pack"]]
    assert found == [status, status]


def test_officer_s_telephone_that_was_a_device_elsewhere_or_was_ended_keeps_nobody_out(client):
    door = make_door()
    beside = make_gate(door.meeting, "Back door")
    client.force_login(door.supervisor)
    client.cookies[COOKIE] = door.token
    devices.revoke(door.device)

    found = {gate: client.get(f"/door/{address_of(gate)}/pack").status_code for gate in (door.gate, beside)}
    client.post(f"/door/{door.address}/scan/", {"code": "4006381333931"})

    assert found == {door.gate: 200, beside: 200}
    assert (Scan.objects.get().device, Scan.objects.get().by) == (None, door.supervisor)


def test_ended_device_of_an_officer_without_the_role_gets_nothing(client):
    door = make_door()
    client.force_login(make_officer("translator", roles=[Role.TRANSLATOR]))
    client.cookies[COOKIE] = door.token
    devices.revoke(door.device)

    assert client.get(f"/door/{door.address}/pack").status_code == 403


def test_officer_of_another_meeting_finds_no_gate(client):
    door = make_door()
    client.force_login(make_officer(roles=Role.values, meeting=make_meeting()))
    assert client.get(f"/door/{door.address}/").status_code == 404


def test_camera_is_for_the_door_alone(client):
    door = make_door()
    policies = [door.client.get(f"/door/{door.address}/")["Permissions-Policy"], client.get("/")["Permissions-Policy"]]
    assert [policy.split(", ")[0] for policy in policies] == ["camera=(self)", "camera=()"]


def test_last_seen_is_written_once_a_minute():
    door = make_door()
    door.device.seen_at = timezone.now() - timedelta(minutes=2)
    door.device.save()
    door.client.get(f"/door/{door.address}/")
    door.device.refresh_from_db()
    assert timezone.now() - door.device.seen_at < timedelta(seconds=30)
