"""Every staff address × everybody × every method is as the reviewed file ``tests/matrix.tsv`` says."""

import os

import pytest

from office.permissions import Role
from tests import matrix

pytestmark = pytest.mark.django_db

AS_REVIEWED = "differs from tests/matrix.tsv: read what changed; where it is meant, script/matrix writes it anew."
# Who signs in, signs out or forgot a password is a stranger still
OPEN_TO_STRANGERS = ("accounts/",)
# Where a device types its code, and what a browser asks without cookies to keep the door's page
TO_ENROL_A_DEVICE = {"door/", "door/sw.js", "door/manifest.webmanifest"}
SUCCESS = {"200", "201", "204", "206"}
# The way to a second factor, and out
TO_ENROL = {
    "accounts/2fa/", "accounts/2fa/totp/activate/", "accounts/2fa/webauthn/add/", "accounts/reauthenticate/",
    "accounts/logout/",
}  # fmt: skip
EVERYDAY = ["GET", "POST"]


@pytest.fixture(autouse=True)
def _private_files(settings, tmp_path):
    private = settings.STORAGES["private"]
    private = private | {"OPTIONS": private["OPTIONS"] | {"location": str(tmp_path / "files")}}
    settings.STORAGES = settings.STORAGES | {"private": private}


def differences(found, reviewed):
    return [
        f"/{address} {method} for {who}: {was} became {now}"
        for address, by_method in found.items()
        for method, by_person in by_method.items()
        for who, now in by_person.items()
        if (was := reviewed[address][method][who]) != now
    ]


def test_every_address_has_an_entry_and_every_entry_an_address():
    missing, left = matrix.addresses().keys() - matrix.read().keys(), matrix.read().keys() - matrix.addresses().keys()

    assert not missing, f"Run script/matrix and read what it adds for: {', '.join(sorted(missing))}."
    assert not left, f"Run script/matrix: these addresses are gone: {', '.join(sorted(left))}."


@pytest.mark.property
def test_strangers_get_what_was_reviewed():
    found = matrix.answers(methods=EVERYDAY, people=matrix.STRANGERS)

    assert differences(found, matrix.read()) == [], AS_REVIEWED


@pytest.mark.property
@pytest.mark.parametrize("role", Role)
def test_role_is_refused_what_was_reviewed(role):
    """What opens for a role, the tests of each page open; here, and in --full, that nothing else does."""
    reviewed = matrix.read()

    def is_refused(address, method, who):
        return reviewed[address][method][who] not in SUCCESS

    found = matrix.answers(methods=EVERYDAY, people=[role.value], asks=is_refused)

    assert differences(found, reviewed) == [], AS_REVIEWED


@pytest.mark.full
def test_everybody_gets_what_was_reviewed_by_every_method():
    assert differences(matrix.answers(methods=matrix.METHODS), matrix.read()) == [], AS_REVIEWED


# What no review may let pass


def cells():
    return [
        (address, method, who, cell)
        for address, by_method in matrix.read().items()
        for method, by_person in by_method.items()
        for who, cell in by_person.items()
    ]


def test_nobody_brings_a_staff_page_to_a_fault():
    assert [cell for cell in cells() if cell[3].startswith("5")] == []


def test_strangers_are_let_in_nowhere():
    let_in = [
        (address, method, who)
        for address, method, who, cell in cells()
        if who in {"anonymous", "no role"}
        and cell in SUCCESS
        and not address.startswith(OPEN_TO_STRANGERS)
        and address not in TO_ENROL_A_DEVICE
    ]

    assert let_in == []


def test_no_staff_page_knows_another_method():
    others = {cell for _, method, _, cell in cells() if method not in {"GET", "HEAD", "POST"}}

    assert others == {"405"}


def test_officer_of_another_meeting_opens_no_row_of_this_one():
    of_the_whole_office = (
        "accounts/", "admin/%(app_label)s/", "admin/accreditation/ground/", "admin/accreditation/organization/",
        "admin/advisory/body/", "admin/advisory/topic/",
    )  # fmt: skip
    opened = [
        (address, method)
        for address, method, who, cell in cells()
        if who == "every role elsewhere"
        and cell in SUCCESS
        and "%" in address
        and not address.startswith(of_the_whole_office)
    ]

    assert opened == []


def test_password_alone_reaches_only_the_way_to_a_second_factor():
    reached = {address for address, _, who, cell in cells() if who == "password alone" and cell in SUCCESS}

    assert reached == TO_ENROL


def test_file_is_what_the_script_writes():
    assert matrix.FILE.read_text() == matrix.written(matrix.read())


@pytest.mark.full
@pytest.mark.skipif("WRITE_MATRIX" not in os.environ, reason="script/matrix writes the file")
def test_file_is_written_anew():
    matrix.FILE.write_text(matrix.written(matrix.answers(methods=matrix.METHODS)))
