"""The waiting list in its order: who is offered a place next, read along an index and never sorted."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accreditation.desk import neighbours
from accreditation.desk.queue import Asked, listing
from accreditation.models import Registration
from accreditation.states import Status
from office.permissions import Role
from tests.builders import make_category, make_officer, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def category():
    return make_category()


@pytest.fixture
def officer():
    return make_officer(roles=[Role.MEDIA_REVIEWER])


def waiting(category, *, rank=None, hours=0, **fields):
    sent = timezone.now() - timedelta(hours=hours)
    return make_registration(Status.WAITLISTED, category=category, waitlist_rank=rank, declared_at=sent, **fields)


@pytest.fixture
def line(category):
    """In their order; the rows were made in another."""
    third, first, last, second = (
        waiting(category, hours=2), waiting(category, rank=1), waiting(category, hours=1), waiting(category, rank=7),
    )  # fmt: skip
    return [first, second, third, last]


def test_ranked_come_first_and_the_others_as_they_were_sent(category, officer, line):
    waiting(make_category(category.meeting, slug="other"), rank=3)

    assert list(Registration.objects.filter(category=category).on_waitlist()) == line
    found = listing(category.meeting, officer, Asked.read({"view": "waitlist", "category": category.slug}, [category]))
    assert found.rows == line


def test_case_leads_to_who_stands_before_and_after_in_the_line(officer, line):
    found = [neighbours.of(row, officer, "waitlist") for row in line]

    names = [row.reference for row in line]
    assert [around.before for around in found] == ["", *names[:-1]]
    assert [around.after for around in found][:-1] == names[1:]
    assert [row.reference for row in found[2].rows] == names


@pytest.mark.parametrize("by", ["meeting", "category"])
def test_list_is_read_along_its_index(category, line, by):
    rows = Registration.objects.filter(**{by: category.meeting_id if by == "meeting" else category.pk}).on_waitlist()

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # of four rows it would read them all and sort
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off"
            )
        plan = rows.values_list("pk", flat=True)[:51].explain()

    assert {"meeting": "registration_waitlist_all", "category": "registration_waitlist_of"}[by] in plan
    assert "sort" not in plan.lower()
    assert "temp b-tree" not in plan.lower()
