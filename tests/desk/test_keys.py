"""The shortcuts of the desk are an officer's own: other letters, or none."""

import re

import pytest
from django.urls import reverse

from accreditation.desk import keys
from accreditation.states import Status
from office.models import User
from office.permissions import Role
from tests.builders import make_officer, make_registration

pytestmark = pytest.mark.django_db
USUAL = {command: letter for command, (letter, _words) in keys.COMMANDS.items()}


@pytest.fixture
def officer():
    return make_officer(roles=(Role.MEDIA_REVIEWER,))


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def shortcuts_on(desk):
    page = desk.get(reverse("desk:registration", args=[make_registration(Status.SUBMITTED).reference]))
    return set(re.findall(r'data-key="(.)"', page.content.decode()))


def test_usual_letters_stand_on_the_buttons(desk):
    assert shortcuts_on(desk) == {"a", "i", "d", "?"}


def test_officer_chooses_other_letters(desk):
    desk.post(reverse("desk:keys"), USUAL | {"is_on": "on", "approve": "y", "decline": "N", "next": "x"})

    assert User.objects.get().desk_keys == {"approve": "y", "decline": "n", "next": "x"}
    assert shortcuts_on(desk) == {"y", "i", "n", "?"}


def test_officer_switches_them_off_and_on_again(desk):
    desk.post(reverse("desk:keys"), USUAL)
    assert shortcuts_on(desk) == set()

    desk.post(reverse("desk:keys"), USUAL | {"is_on": "on"})
    assert (shortcuts_on(desk), User.objects.get().desk_keys) == ({"a", "i", "d", "?"}, {})


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"approve": "i"}, "“i” stands for another command already."),
        ({"approve": ""}, "Write one letter or sign."),
        ({"approve": "ab"}, "Write one letter or sign."),
    ],
)
def test_letter_that_cannot_be_is_told(desk, changed, told):
    answer = desk.post(reverse("desk:keys"), USUAL | {"is_on": "on"} | changed)

    assert (answer.status_code, told in answer.content.decode(), User.objects.get().desk_keys) == (422, True, {})


def test_page_of_shortcuts_lists_every_command(desk):
    page = desk.get(reverse("desk:keys")).content.decode()

    assert [command for command in keys.COMMANDS if f'name="{command}"' not in page] == []
