"""Whatever stands in a field that the desk posts, a page answers: no value ends in a fault."""

import pytest
from django.db import transaction
from django.test import Client

from office.permissions import Role
from tests.builders import make_officer
from tests.staff_world import make_world

# A NUL, a number that no database holds, nothing to look for, more than fits
HOSTILE = ["\0", "9" * 30, "../..", "\u202e" + "x" * 5_000]
ONE, REQUEST = "registrations/{registration.reference}/", "speaking/{meeting.code}/{speaker.reference}/"
POSTS = {
    "claims/": {"reference": "{registration.reference}", "next": "/desk/"},
    "claims/release/": {"reference": "{registration.reference}", "next": "/desk/"},
    "digest/": {"wants": "yes"},
    "keys/": {"is_on": "on", "approve": "a"},
    ONE + "assign/": {"to": "{officer.pk}", "held_by": "{officer.pk}"},
    ONE + "protection/": {"act": "grant", "readers": "{officer.pk}", "reason": "Known."},
    ONE + "note/": {"note": "Called."},
    ONE + "message/": {"letter": "Please call."},
    ONE + "conflict/": {"about": "registration"},
    ONE + "refer/": {"seen": "1", "action": "decline", "ground": "other", "reason": "No.", "note": "See."},
    ONE + "approve/": {"seen": "1", "zones": "Hall", "days": "2016-09-06", "escort": "on"},
    ONE + "ask/": {"seen": "1", "reason": "Why?", "until": "9999-12-31", "item_name": "on", "note_name": "Whole?"},
    ONE + "decline/": {"seen": "1", "ground": "other", "reason": "No."},
    ONE + "waitlist/": {"seen": "1"},
    ONE + "undo/": {"seen": "1"},
    ONE + "notice/": {"ground": "incomplete", "words": "No letter."},
    "many/": {"reference": "{registration.reference}", "action": "approve"},
    "many/carry-out/": {
        "reference": "{registration.reference}", "action": "decline", "ground": "other", "reason": "No.",
        "seen-{registration.reference}": "1",
    },
    "proposals/{proposal.pk}/refuse/": {"reason": "No."},
    "exports/{meeting.code}/": {
        "kind": "csv", "purpose": "Seats", "recipient": "The hall", "q": "Ada", "status": "", "category": "",
        "medium": "",
    },
    "security/{meeting.code}/file/": {"categories": "{category.pk}", "recipient": "Security"},
    "speaking/{meeting.code}/choose/": {"speakers": "1", "reserves": "1", "joint_first": "on"},
    REQUEST + "grade/": {"relevance": "1", "experience": "1", "balance": "1", "remark": "Good."},
    REQUEST + "outcome/": {"outcome": "selected"},
    "draws/{meeting.code}/press/announce/": {"sentence": "Rain.", "seats": "1", "media": "print"},
    "pools/{meeting.code}/{pool.pk}/in/": {"reference": "{registration.reference}"},
    "pools/{meeting.code}/{pool.pk}/out/": {"reference": "{registration.reference}"},
    "enter/{meeting.code}/press/": {
        "given_names": "Ada", "family_name": "Okafor", "medium": "print", "part": "representative",
        "organization_name": "Example Times", "organization": "", "email": "ada@example.org",
        "phone": "+12125550142", "language": "en", "how": "desk", "proved": "document", "asked_by": "She did.",
    },
    "enter/{meeting.code}/press/list/": {"rows": "family_name\r\nOkafor\r\n", "asked_by": "The Times"},
}  # fmt: skip


@pytest.fixture
def world(private_files):
    world = make_world()
    world.officer = make_officer("hostile", roles=list(Role))
    world.pool = world.rows["accreditation/pool"]
    return world


@pytest.mark.django_db
@pytest.mark.parametrize("address", POSTS)
@pytest.mark.property
def test_no_value_of_any_field_is_a_fault(world, address):
    client = Client(raise_request_exception=False)
    client.force_login(world.officer)
    path = "/desk/" + address.format(**vars(world))
    usual = {name.format(**vars(world)): value.format(**vars(world)) for name, value in POSTS[address].items()}

    def answer(data):
        with transaction.atomic():
            response = client.post(path, data)
            transaction.set_rollback(True)
        return response.status_code

    told = {(name, value): answer(usual | {name: value}) for name in usual for value in HOSTILE}

    assert {asked for asked, status in told.items() if status not in {200, 302, 404, 409, 422}} == set()
