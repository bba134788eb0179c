"""A page of the desk that changes nothing knows no POST, and what changes something no GET."""

import pytest

from tests import matrix

# A form and what is typed into it have one address
FORMS = {
    "desk/enter/%(code)s/%(category)s/list/",
    "desk/many/",
    "desk/registrations/%(reference)s/conflict/",
    "desk/registrations/%(reference)s/notice/",
    "desk/registrations/%(reference)s/protection/",
    "desk/registrations/%(reference)s/refer/",
}


@pytest.mark.parametrize("role", ["liaison_officer", "supervisor", "security_liaison"])
def test_no_page_answers_a_post_as_if_it_were_read(role):
    found = {
        address
        for address, by_method in matrix.read().items()
        if address.startswith("desk/") and by_method["POST"][role] == by_method["GET"][role] == "200"
    }

    assert found <= FORMS
