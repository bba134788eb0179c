"""Conflicts of interest: declared by the officer, ended by another, and what they stop meanwhile."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accreditation import conditions, workflow
from accreditation.desk import conflicts, many
from accreditation.models import Conflict, Registration
from accreditation.states import Actor, Status
from accreditation.workflow import TransitionRefused
from office.permissions import Role
from tests.builders import (
    make_category,
    make_delegation,
    make_meeting,
    make_officer,
    make_organization,
    make_protected_registration,
    make_registration,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_officer("officer", roles=(Role.LIAISON_OFFICER,))


@pytest.fixture
def supervisor():
    return make_officer("supervisor", roles=(Role.SUPERVISOR,))


@pytest.fixture
def registration():
    return make_registration(Status.SUBMITTED, organization=make_organization())


@pytest.mark.parametrize("about", ["registration", "organization"])
def test_officer_declares_on_a_page_and_decides_no_more(client, officer, registration, about):
    client.force_login(officer)
    address = f"/desk/registrations/{registration.reference}/conflict/"

    assert client.post(address, {"about": about})["Location"] == f"/desk/registrations/{registration.reference}/"

    kept = Conflict.objects.get()
    subject = registration if about == "registration" else registration.organization
    assert (kept.officer, kept.declared_by, getattr(kept, about)) == (officer, officer, subject)
    with pytest.raises(TransitionRefused, match="^You have a conflict of interest here"):
        workflow.apply(registration, "approve", actor=Actor.DESK, by=officer)
    assert "You have said so already." in client.get(address).content.decode()


def test_conflict_with_an_organization_stops_everybody_it_sends_and_nobody_else(officer, registration):
    conflicts.declare(officer, by=officer, organization=registration.organization)
    colleague = make_registration(Status.SUBMITTED, organization=registration.organization)
    stranger = make_registration(Status.SUBMITTED, organization=make_organization("Other Alliance"))
    alone = make_registration(Status.SUBMITTED)

    with pytest.raises(TransitionRefused):
        workflow.apply(colleague, "approve", actor=Actor.DESK, by=officer)
    for row in [stranger, alone]:
        assert workflow.apply(row, "approve", actor=Actor.DESK, by=officer).status == Status.APPROVED


@pytest.mark.parametrize("by_many", [False, True])
def test_conflict_with_a_person_stops_their_next_application_to_the_meeting_too(officer, by_many):
    category, address = make_category(), {"email": "ada@example.org"}
    first = make_registration(Status.SUBMITTED, category=category, **address)
    conflict = conflicts.declare(officer, by=officer, registration=first)
    workflow.apply(first, "withdraw", actor=Actor.APPLICANT)
    again = make_registration(Status.SUBMITTED, category=category, **address)
    sent = make_registration(
        Status.SUBMITTED, category=category, delegation=make_delegation(category), **address
    )  # fmt: skip
    stranger = make_registration(Status.SUBMITTED, category=category)

    def refusal(row):
        if by_many:
            return many.looked_at([row], "approve", officer=officer)[0].refusal
        return conditions.conflict(row, officer)

    assert [bool(refusal(row)) for row in [again, sent, stranger]] == [True, False, False]
    assert conflicts.own(again, officer) == conflict


def test_declared_twice_it_is_there_once(client, officer, registration):
    client.force_login(officer)

    for _ in range(2):
        client.post(f"/desk/registrations/{registration.reference}/conflict/", {"about": "registration"})

    assert Conflict.objects.count() == 1


def test_nobody_ends_their_own_not_even_a_supervisor(client, supervisor, registration):
    conflict = conflicts.declare(supervisor, by=supervisor, registration=registration)
    client.force_login(supervisor)

    client.post(f"/desk/conflicts/{conflict.pk}/end/")

    assert Conflict.objects.in_force().count() == 1
    with pytest.raises(IntegrityError, match="conflict_ended_by_another"), transaction.atomic():
        Conflict.objects.update(ended_by=supervisor, ended_at=timezone.now())


def test_supervisor_ends_a_colleagues_and_the_row_stays(client, officer, supervisor, registration):
    conflict = conflicts.declare(officer, by=officer, registration=registration)
    client.force_login(supervisor)

    assert client.post(f"/desk/conflicts/{conflict.pk}/end/")["Location"] == "/desk/conflicts/"

    conflict.refresh_from_db()
    assert (conflict.ended_by, conflict.ended_at is not None) == (supervisor, True)
    assert workflow.apply(registration, "approve", actor=Actor.DESK, by=officer).status == Status.APPROVED
    assert client.post(f"/desk/conflicts/{conflict.pk}/end/").status_code == 404


def test_ended_and_declared_again_it_stands_again(officer, supervisor, registration):
    conflicts.end(conflicts.declare(officer, by=officer, registration=registration), by=supervisor)

    conflicts.declare(officer, by=officer, registration=registration)

    assert (Conflict.objects.count(), Conflict.objects.in_force().count()) == (2, 1)


def test_ended_twice_the_second_is_told(officer, supervisor, registration):
    conflict = conflicts.declare(officer, by=officer, registration=registration)
    conflicts.end(conflict, by=supervisor)

    with pytest.raises(conflicts.ConflictRefused, match="^It was ended already.$"):
        conflicts.end(conflict, by=supervisor)


def test_supervisor_of_one_meeting_frees_nobody_for_all(officer, registration):
    limited = make_officer("limited", roles=(Role.SUPERVISOR,), meeting=registration.meeting)
    of_person = conflicts.declare(officer, by=officer, registration=registration)
    of_organization = conflicts.declare(officer, by=officer, organization=registration.organization)

    with pytest.raises(conflicts.ConflictRefused, match="^Only a supervisor ends it"):
        conflicts.end(of_organization, by=limited)
    conflicts.end(of_person, by=limited)
    assert list(Conflict.objects.in_force()) == [of_organization]


def test_colleague_without_oversight_neither_sees_nor_ends(client, officer, registration):
    conflict = conflicts.declare(officer, by=officer, registration=registration)
    colleague = make_officer("colleague", roles=(Role.LIAISON_OFFICER,))
    far = make_officer("far", roles=(Role.SUPERVISOR,), meeting=make_meeting())

    for stranger in [colleague, far]:
        client.force_login(stranger)
        assert registration.reference not in client.get("/desk/conflicts/").content.decode()
        assert client.post(f"/desk/conflicts/{conflict.pk}/end/").status_code == 404
    assert client.post(f"/desk/conflicts/{10**30}/end/").status_code == 404
    assert client.get(f"/desk/conflicts/{conflict.pk}/end/").status_code == 405
    assert Conflict.objects.in_force().count() == 1


def test_organization_is_offered_only_where_it_is_known_and_may_be_named(client, officer):
    client.force_login(officer)
    typed = make_registration(Status.SUBMITTED, organization_name="Typed Alliance")
    hidden = make_protected_registration(organization=make_organization())

    for registration in [typed, hidden]:
        address = f"/desk/registrations/{registration.reference}/conflict/"
        assert 'value="organization"' not in client.get(address).content.decode()
        assert client.post(address, {"about": "organization"}).status_code == 422
    assert Conflict.objects.count() == 0


def test_list_names_hidden_people_by_their_alias(client, officer):
    hidden = make_protected_registration()
    conflicts.declare(officer, by=officer, registration=hidden)
    client.force_login(officer)

    page = client.get("/desk/conflicts/").content.decode()

    assert hidden.alias in page
    assert "Applicant 1" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_one_and_for_three(client, officer, supervisor, number, django_assert_num_queries):
    category = make_category()
    for count in range(number):
        registration = make_registration(Status.SUBMITTED, category=category)
        conflicts.declare(officer, by=officer, registration=registration)
        conflicts.declare(officer, by=officer, organization=make_organization(f"Alliance {count}"))
    client.force_login(supervisor)

    with django_assert_num_queries(4):  # session, user, grants, conflicts
        page = client.get("/desk/conflicts/").content.decode()
    assert page.count("End it for officer") == 2 * number
    assert Registration.objects.count() == number
