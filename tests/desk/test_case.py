"""One application on one screen: who sees which part of it, and what stands around it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accreditation import workflow
from accreditation.desk import neighbours, notes, queue
from accreditation.models import Opening
from accreditation.states import Actor, Status
from office.permissions import Role
from tests.builders import (
    make_category,
    make_meeting,
    make_officer,
    make_organization,
    make_protected_registration,
    make_readers,
    make_registration,
)

pytestmark = pytest.mark.django_db

ADA = {
    "given_names": "Ada",
    "family_name": "Okafor",
    "answers": {"job_title": "Correspondent"},
    "identity": {"nationality": "NGA", "document_number": "X1234567"},
    "access_needs": {"needs": ["step_free"], "needs_words": "A ramp, please"},
}


@pytest.fixture
def category():
    return make_category(identity="particulars", asks_nationality=True, hold_seconds=30)


@pytest.fixture
def ada(category):
    return make_registration(Status.SUBMITTED, category=category, organization_name="The Daily Lantern", **ADA)


def page_of(client, registration, *, roles=(Role.MEDIA_REVIEWER,), meeting=None, query=""):
    officer = make_officer(f"officer-{'-'.join(roles)}", roles=roles, meeting=meeting)
    client.force_login(officer)
    return client.get(reverse("desk:registration", args=[registration.reference]) + query)


@pytest.mark.parametrize(
    ("role", "answers", "identity", "needs"),
    [
        (Role.MEDIA_REVIEWER, True, False, False),
        (Role.LIAISON_OFFICER, True, False, False),
        (Role.SUPERVISOR, True, False, False),
        (Role.SECURITY_LIAISON, False, True, False),
        (Role.ACCESS_FOCAL_POINT, False, False, True),
    ],
)
def test_each_role_reads_its_own_part(client, ada, role, answers, identity, needs):
    page = page_of(client, ada, roles=(role,)).content.decode()

    shown = ["Correspondent" in page, "X1234567" in page, "A ramp, please" in page]
    assert shown == [answers, identity, needs]
    assert ("History" in page) == answers


@pytest.mark.parametrize("role", [Role.PRESS_OFFICER, Role.DOOR, Role.BADGE_DESK, Role.ADMINISTRATOR])
def test_other_roles_find_no_page(client, ada, role):
    assert page_of(client, ada, roles=(role,)).status_code == 404


def test_officer_of_another_meeting_finds_no_page(client, ada):
    assert page_of(client, ada, meeting=make_meeting("Another")).status_code == 404


def test_draft_is_on_no_page(client, category):
    assert page_of(client, make_registration(category=category)).status_code == 404


def test_reference_is_found_however_its_letters_are_written(client, ada):
    officer = make_officer(roles=(Role.MEDIA_REVIEWER,))
    client.force_login(officer)

    assert client.get(f"/desk/registrations/{ada.reference.lower()}/").status_code == 200


def test_page_names_the_person_the_state_and_the_organization(client, ada):
    page = page_of(client, ada).content.decode()

    assert "<title>Ada Okafor, " in page
    assert "Being reviewed" in page
    assert "The Daily Lantern" in page


def test_hidden_person_is_an_alias_until_opened(client, category):
    hidden = make_registration(Status.SUBMITTED, category=category, asks_protection=True, **ADA)
    officer = make_officer(roles=(Role.MEDIA_REVIEWER,))
    notes.answer(hidden, "I am Ada Okafor")
    client.force_login(officer)
    address = reverse("desk:registration", args=[hidden.reference])

    closed = client.get(address).content.decode()
    client.post(reverse("desk:open", args=[hidden.reference]))
    opened = client.get(address).content.decode()

    assert ["Okafor" in closed, hidden.alias in closed, Opening.objects.count()] == [False, True, 1]
    assert "Ada Okafor" in opened
    assert f"<title>{hidden.alias}, " in opened
    assert Opening.objects.get().by == officer


def test_opened_person_is_shown_for_ten_minutes_and_no_longer(client, category, monkeypatch):
    hidden = make_registration(Status.SUBMITTED, category=category, asks_protection=True, **ADA)
    client.force_login(make_officer(roles=(Role.MEDIA_REVIEWER,)))
    client.post(reverse("desk:open", args=[hidden.reference]))
    later = timezone.now() + timedelta(minutes=10, seconds=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)

    assert "Okafor" not in client.get(reverse("desk:registration", args=[hidden.reference])).content.decode()


def test_protected_person_is_opened_by_the_two_readers_alone(client, category):
    readers = make_readers()
    hidden = make_protected_registration(category=category, readers=readers, **ADA)
    address, button = (reverse(f"desk:{name}", args=[hidden.reference]) for name in ["registration", "open"])

    client.force_login(make_officer("stranger", roles=(Role.LIAISON_OFFICER,)))
    assert "Open who this is" not in client.get(address).content.decode()
    assert client.post(button).status_code == 404

    client.force_login(readers[0])
    assert "Open who this is" in client.get(address).content.decode()
    client.post(button)
    assert "Ada Okafor" in client.get(address).content.decode()


def test_opening_asks_for_a_post(client, category):
    hidden = make_registration(Status.SUBMITTED, category=category, asks_protection=True, **ADA)
    client.force_login(make_officer(roles=(Role.MEDIA_REVIEWER,)))

    assert client.get(reverse("desk:open", args=[hidden.reference])).status_code == 405
    assert client.post(reverse("desk:open", args=["NOBODY-00000"])).status_code == 404


def in_order(category, number):
    """Applications due an hour apart, the first one first."""
    now = timezone.now()
    return [
        make_registration(Status.SUBMITTED, category=category, due_at=now + timedelta(hours=hour))
        for hour in range(1, number + 1)
    ]


def test_neighbours_are_those_of_the_list_in_its_order(category):
    first, second, third = in_order(category, 3)
    make_registration(Status.SUBMITTED)  # of another meeting
    make_registration(Status.WAITLISTED, category=category)
    officer = make_officer(roles=(Role.MEDIA_REVIEWER,))

    around = neighbours.of(second, officer, "decide")

    assert [row.reference for row in around.rows] == [row.reference for row in [first, second, third]]
    assert [row.is_here for row in around.rows] == [False, True, False]
    assert (around.before, around.after) == (first.reference, third.reference)


def test_next_is_the_following_one_and_after_the_last_the_first(category):
    first, second, third = in_order(category, 3)
    officer = make_officer(roles=(Role.MEDIA_REVIEWER,))

    assert neighbours.next_after(first, officer, "") == second.reference
    assert neighbours.next_after(third, officer, "") == first.reference
    assert neighbours.next_after(third, officer, "answered") == ""


@pytest.mark.parametrize("view", ["waitlist", "decided", "asked"])
def test_neighbours_follow_one_another_as_the_view_is_ordered(category, view):
    officer, now = make_officer(roles=(Role.MEDIA_REVIEWER,)), timezone.now()
    for number in range(6):
        at = now + timedelta(hours=[3, 1, 2, 1, 5, 4][number])
        make_registration(
            {"waitlist": Status.WAITLISTED, "asked": Status.INFO_REQUESTED}.get(view, queue.DECIDED[number % 4]),
            category=category, waitlist_rank=[None, 2, 1, 2, None, 1][number], declared_at=at, created_at=at,
            moved_at=at, due_at=now + timedelta(hours=number),
        )  # fmt: skip
    asked = queue.Asked.read({"view": view}, [category])
    rows = queue.listing(category.meeting, officer, asked).rows

    around = [neighbours.of(row, officer, view) for row in rows]

    names = [row.reference for row in rows]
    assert [each.after for each in around] == [*names[1:], ""]
    assert [each.before for each in around] == ["", *names[:-1]]
    assert [[row.reference for row in each.rows] for each in around[:4]] == [names] * 4
    assert neighbours.next_after(rows[-1], officer, view) == names[0]


def test_two_that_are_due_at_once_follow_one_another(category):
    due = timezone.now()
    rows = [make_registration(Status.SUBMITTED, category=category, due_at=due) for _ in range(3)]
    officer, rows = make_officer(roles=(Role.MEDIA_REVIEWER,)), sorted(rows, key=lambda row: row.pk)

    followed = [neighbours.of(row, officer, "").after for row in rows]

    assert followed == [rows[1].reference, rows[2].reference, ""]


def test_hidden_neighbour_is_an_alias_without_organization(category):
    here, hidden = in_order(category, 2)
    hidden.asks_protection, hidden.organization_name = True, "Known by it"
    hidden.save()

    row = neighbours.of(here, make_officer(roles=(Role.MEDIA_REVIEWER,)), "").rows[1]

    assert (row.name, row.organization) == (hidden.alias, "")


@pytest.mark.parametrize("rows", [1, 3])
def test_statements_of_the_page_do_not_grow_with_what_stands_around_it(
    client, category, rows, django_assert_num_queries
):
    officer, organization = make_officer(roles=(Role.MEDIA_REVIEWER,)), make_organization()
    ada = make_registration(Status.SUBMITTED, category=category, due_at=timezone.now(), **ADA)
    workflow.apply(ada, "waitlist", actor=Actor.DESK, by=officer)
    for row in in_order(category, rows):
        row.organization = organization
        row.save()
        notes.add(ada, "A note", by=officer)
        notes.write(ada, "A letter", by=officer)
    client.force_login(officer)

    with django_assert_num_queries(24):
        client.get(reverse("desk:registration", args=[ada.reference]))
