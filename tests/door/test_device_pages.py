"""Gates and devices on the desk and in the panel: a code shows once, and an ended device is one for good."""

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from accreditation import devices
from accreditation.models import Device, Gate, PickUpSlot, Zone
from office.permissions import Role
from tests.builders import make_gate, make_meeting, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def gate():
    return make_gate(make_meeting(code="DEW26"))


@pytest.fixture
def officer(client):
    officer = make_officer("supervisor", roles=[Role.SUPERVISOR])
    client.force_login(officer)
    return officer


def invite(client, gate, fields=None):
    return client.post("/desk/door/devices/DEW26/", {"gate": gate.pk, "name": "Telephone 3"} | (fields or {}))


def test_code_shows_once_and_lets_the_device_in(client, officer, gate):
    page = html.fromstring(invite(client, gate).content)

    [code] = page.xpath("//p[@class='secret']/bdi/text()")
    assert devices.enrol(code)[0] == Device.objects.get(name="Telephone 3", made_by=officer)
    assert code not in client.get("/desk/door/devices/DEW26/").content.decode()


@pytest.mark.parametrize("fields", [{"name": ""}, {"gate": ""}, {"gate": "999999"}, {"name": "x" * 61}])
def test_what_is_missing_is_said_and_nothing_made(client, officer, gate, fields):
    assert invite(client, gate, fields).status_code == 422
    assert not Device.objects.exists()


def test_gate_of_another_meeting_is_none(client, officer, gate):
    assert invite(client, make_gate(make_meeting())).status_code == 422


def test_ended_device_is_known_as_ended(client, officer, gate):
    device, _code = devices.invite(gate, name="Telephone 3", by=officer)

    client.post(f"/desk/door/devices/DEW26/{device.pk}/revoke/")

    device.refresh_from_db()
    assert device.revoked_at is not None
    page = html.fromstring(client.get("/desk/door/devices/DEW26/").content)
    assert [" ".join(tag.text_content().split()) for tag in page.xpath("//table//span[@class='tag off']")] == ["Ended"]


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({}, "Waits for its code"),
        ({"code_until": timezone.now() - timedelta(minutes=1)}, "Code is over"),
        ({"enrolled_at": timezone.now()}, "At the gate"),
        ({"enrolled_at": timezone.now(), "ahead_seconds": -90}, "Its clock is wrong"),
    ],
)
def test_list_says_how_each_device_stands(client, officer, gate, fields, word):
    devices.invite(gate, name="Telephone 3", by=officer)
    Device.objects.update(**fields)

    page = html.fromstring(client.get("/desk/door/devices/DEW26/").content)

    assert [" ".join(tag.text_content().split()) for tag in page.xpath("//td/span[contains(@class, 'tag')]")] == [word]


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_as_much_with_three_devices_as_with_one(client, officer, gate, number, django_assert_num_queries):
    for each in range(number):
        zone = Zone.objects.create(meeting=gate.meeting, number=each, name=f"Hall {each}")
        other = make_gate(gate.meeting, f"Gate {each}", zone=zone)
        devices.invite(other, name=f"Telephone {each}", by=officer)
    client.get("/desk/door/devices/DEW26/")

    with django_assert_num_queries(7):
        client.get("/desk/door/devices/DEW26/")


def test_officer_of_another_meeting_finds_nothing(client, gate):
    device, _code = devices.invite(gate, name="Telephone 3", by=make_officer("first"))
    client.force_login(make_officer("elsewhere", roles=[Role.SUPERVISOR], meeting=make_meeting()))

    assert client.get("/desk/door/devices/DEW26/").status_code == 404
    assert client.post(f"/desk/door/devices/DEW26/{device.pk}/revoke/").status_code == 404
    assert Device.objects.get().revoked_at is None


# In the panel


@pytest.fixture
def administrator(client):
    officer = make_officer("administrator", roles=[Role.ADMINISTRATOR], is_staff=True)
    client.force_login(officer)
    return officer


def test_gate_is_set_up_in_the_panel(client, administrator):
    meeting = make_meeting()
    zone = Zone.objects.create(meeting=meeting, number=1, name="Hall")

    answer = client.post(
        "/admin/accreditation/gate/add/",
        {
            "meeting": meeting.pk,
            "name": "Hall",
            "slug": "hall",
            "zone": zone.pk,
            "capacity": "60",
            "counts_exits": "on",
        },
    )

    assert answer.status_code == 302
    assert Gate.objects.values_list("name", "zone", "capacity", "counts_exits").get() == ("Hall", zone.pk, 60, True)


def test_zone_of_another_meeting_is_refused(client, administrator):
    meeting, zone = make_meeting(), Zone.objects.create(meeting=make_meeting(), number=1, name="Hall")

    answer = client.post(
        "/admin/accreditation/gate/add/", {"meeting": meeting.pk, "name": "Hall", "slug": "hall", "zone": zone.pk}
    )

    assert "This zone is of another meeting." in answer.content.decode()
    assert not Gate.objects.exists()


def test_room_of_a_pick_up_time_is_never_less_than_those_who_come(client, administrator):
    meeting = make_meeting()
    slot = PickUpSlot.objects.create(
        meeting=meeting, starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=1), place="Gate", taken=3
    )

    page = client.get(f"/admin/accreditation/pickupslot/{slot.pk}/change/")
    form = html.fromstring(page.content).get_element_by_id("pickupslot_form")
    answer = client.post(page.request["PATH_INFO"], dict(form.form_values()) | {"capacity": "2"})

    assert "3 people come then." in answer.content.decode()
    slot.refresh_from_db()
    assert slot.capacity == 20
