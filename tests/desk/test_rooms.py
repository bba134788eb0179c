"""Which rooms of the desk an officer is led to, and that each of them opens."""

import pytest
from lxml import html

from accreditation.desk import rooms
from office.permissions import Role
from tests.builders import make_category, make_meeting, make_officer

pytestmark = pytest.mark.django_db
DECIDING = ["Queue", "Second officer", "Enter somebody", "Speakers", "Draws", "Pools", "Figures", "Exports"]
ROOMS = {
    Role.LIAISON_OFFICER: [*DECIDING, "Conflicts of interest"],
    Role.SUPERVISOR: [*(name for name in DECIDING if name != "Enter somebody"), "Door", "Conflicts of interest"],
    Role.SECURITY_LIAISON: ["Security"],
    Role.PRESS_OFFICER: [],
}


@pytest.mark.parametrize("role", ROOMS)
def test_officer_is_led_to_the_rooms_of_the_role_and_each_opens_and_says_where_it_is(client, role):
    meeting = make_meeting()
    make_category(meeting)
    officer = make_officer(roles=[role], meeting=meeting)
    client.force_login(officer)

    found = rooms.of(officer, meeting, "/desk/")

    assert [str(name) for _address, name, _here in found] == ROOMS[role]
    for address, name, _here in found:
        page = client.get(address)
        marked = html.fromstring(page.content).xpath("//nav[@class='rooms']//a[@aria-current]/text()")
        is_of_meeting = name not in {"Second officer", "Conflicts of interest"}
        assert (page.status_code, marked) == (200, [name] if is_of_meeting else [])
