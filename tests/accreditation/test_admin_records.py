"""Organizations, applications, decisions and badges in the staff panel: found, read by those who may, never decided."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accreditation import delegation_access, protection, workflow
from accreditation.models import Delegation, FocalPoint, Organization, OrganizationPlaces, Registration
from accreditation.states import Actor, Status
from advisory import publishing
from office.models.message import Message
from office.permissions import Role
from tests.builders import (
    make_category,
    make_meeting,
    make_officer,
    make_organization,
    make_readers,
    make_registration,
)
from tests.filled_form import filled

pytestmark = pytest.mark.django_db

LISTS = ["registration", "decision", "badge"]
READERS = {
    Role.LIAISON_OFFICER: {"registration", "decision", "badge"},
    Role.MEDIA_REVIEWER: {"registration", "decision", "badge"},
    Role.SUPERVISOR: {"registration", "decision", "badge"},
    Role.SECURITY_LIAISON: {"registration"},
    Role.BADGE_DESK: {"registration", "badge"},
}
CANARY = "Qwyzzle"


def at(name, *words):
    return reverse(f"admin:accreditation_{name}", args=words)


def approved(**fields):
    """An application with its decisions and its badge."""
    registration = make_registration(**fields)
    sent = workflow.apply(registration, "submit", actor=Actor.APPLICANT)
    officer = make_officer(f"desk-{registration.reference}", roles=[])
    return workflow.apply(sent, "approve", actor=Actor.DESK, by=officer)


def every_page(client, registration):
    pages = [at(f"{name}_changelist") for name in LISTS]
    pages += [
        at("registration_change", registration.pk),
        at("registration_history", registration.pk),
        at("decision_change", registration.decisions.first().pk),
        at("badge_change", registration.badges.get().pk),
    ]
    return "".join(client.get(page).content.decode() for page in pages)


@pytest.fixture
def officer(client):
    officer = make_officer(roles=[Role.LIAISON_OFFICER])
    client.force_login(officer)
    return officer


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", LISTS)
def test_records_are_read_by_the_roles_that_need_them_and_no_others(client, role, name):
    approved()
    client.force_login(make_officer(roles=[role]))

    status = client.get(at(f"{name}_changelist")).status_code

    assert status == (200 if name in READERS.get(role, ()) else 403)


@pytest.mark.parametrize("name", LISTS)
def test_record_is_neither_added_changed_nor_deleted(client, name):
    registration = approved()
    client.force_login(make_officer(roles=list(Role)))
    row = {"registration": registration, "decision": registration.decisions.first(),
           "badge": registration.badges.get()}[name]  # fmt: skip
    before = type(row).objects.filter(pk=row.pk).values().get()

    answers = [
        client.get(at(f"{name}_add")).status_code,
        client.post(at(f"{name}_change", row.pk), {"status": "declined", "state": "void"}).status_code,
        client.post(at(f"{name}_delete", row.pk), {"post": "yes"}).status_code,
    ]

    assert answers == [403, 403, 403]
    assert type(row).objects.filter(pk=row.pk).values().get() == before


def test_page_of_an_application_has_no_control_for_its_status(client, officer):
    page = client.get(at("registration_change", approved().pk)).content.decode()

    assert 'name="status"' not in page
    assert "Approved" in page


def test_application_is_found_by_its_whole_reference_alone(client, officer):
    category = make_category()
    one, _other = make_registration(category=category), make_registration(category=category)

    found = [
        list(client.get(at("registration_changelist"), {"q": words}).context["cl"].result_list)
        for words in [one.reference, one.reference.lower(), one.reference[:-1], one.family_name, one.email]
    ]

    assert found == [[one], [one], [], [], []]


def test_nothing_that_endangers_people_is_shown(client, officer):
    registration = approved(
        identity={"document_number": CANARY, "birth_date": CANARY, "nationality": CANARY},
        access_needs={"needs_words": CANARY}, person={"email": CANARY}, answers={"work": CANARY}, clearance="not_clear",
        email="qwyzzle@example.org", phone=CANARY,
    )  # fmt: skip

    pages = every_page(client, registration)

    assert registration.reference in pages
    assert CANARY.lower() not in pages.lower()
    assert "Not clear" not in pages


@pytest.mark.parametrize("state", ["asked", "granted"])
def test_name_of_somebody_at_risk_stands_on_no_page(client, officer, state):
    names = {"given_names": CANARY, "family_name": CANARY, "badge_name": CANARY, "organization_name": CANARY}
    shown = every_page(client, approved(**names))
    Registration.objects.update(asks_protection=True)
    if state == "granted":
        readers = make_readers()
        protection.grant(Registration.objects.get(), readers=readers, by=readers[0])

    hidden = every_page(client, Registration.objects.get())

    assert CANARY in shown
    assert CANARY not in hidden
    assert "a protected person" in hidden


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("registration", 5), ("decision", 6), ("badge", 6)])
def test_list_asks_the_same_number_of_questions(client, officer, rows, name, queries, django_assert_num_queries):
    for number in range(rows):
        approved(organization=make_organization(f"Alliance {number}"))

    with django_assert_num_queries(queries):
        page = client.get(at(f"{name}_changelist"))

    assert len(page.context["cl"].result_list) == rows * (2 if name == "decision" else 1)


# Organizations, delegations, places


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("organization", 5), ("delegation", 5), ("organizationplaces", 5)]
)  # fmt: skip
def test_list_of_senders_asks_the_same_number_of_questions(
    client, officer, rows, name, queries, django_assert_num_queries
):
    for number in range(rows):
        sender = make_organization(f"Alliance {number}")
        FocalPoint.objects.create(organization=sender, name="Ada", email="ada@example.org")
        category = make_category()
        Delegation.objects.create(category=category, organization=sender, lead_email="ada@example.org")
        OrganizationPlaces.objects.create(category=category, organization=sender)

    with django_assert_num_queries(queries):
        client.get(at(f"{name}_changelist"))


def test_focal_points_in_force_are_counted(client, officer):
    sender = make_organization()
    FocalPoint.objects.create(organization=sender, name="Ada", email="ada@example.org")
    FocalPoint.objects.create(
        organization=sender, name="Bo", email="bo@example.org", ends_on=timezone.localdate() - timedelta(days=1)
    )

    rows = client.get(at("organization_changelist")).context["cl"].result_list

    assert [row.speaking for row in rows] == [1]


def test_officer_of_all_meetings_gives_an_organization_a_focal_point(client, officer):
    sender = make_organization()
    page = at("organization_change", sender.pk)
    typed = {"focal_points-TOTAL_FORMS": 1, "focal_points-0-name": "Ada", "focal_points-0-email": "ada@example.org",
             "focal_points-0-language": "en", "focal_points-0-organization": sender.pk}  # fmt: skip

    client.post(page, filled(client.get(page), "organization_form") | typed)

    assert sender.focal_points.get().email == "ada@example.org"


@pytest.mark.parametrize(("accredited", "changes"), [(["mine"], True), (["mine", "other"], False), ([], False)])
def test_officer_of_one_meeting_changes_organizations_of_that_meeting_alone(client, accredited, changes):
    """Who speaks for an organization speaks for it at every meeting."""
    meetings = {"mine": make_meeting(), "other": make_meeting()}
    client.force_login(make_officer(roles=[Role.LIAISON_OFFICER], meeting=meetings["mine"]))
    sender = make_organization()
    sender.accredited_to.set([meetings[name] for name in accredited])
    typed = {"focal_points-TOTAL_FORMS": 1, "focal_points-INITIAL_FORMS": 0, "focal_points-0-name": "Ada",
             "focal_points-0-email": "ada@example.org", "focal_points-0-language": "en", "name": "Renamed",
             "kind": "civil_society", "status": "none", "is_active": "on"}  # fmt: skip

    response = client.post(at("organization_change", sender.pk), typed)

    sender.refresh_from_db()
    assert response.status_code == (302 if changes else 403)
    assert (sender.name == "Renamed", sender.focal_points.exists()) == (changes, changes)


def test_own_cap_below_what_is_taken_is_refused_in_words(client, officer):
    sender = make_organization()
    category = make_category(cap_per_organization=5)
    for _ in range(2):
        make_registration(Status.SUBMITTED, category=category, organization=sender)
    places = OrganizationPlaces.objects.get()
    page = at("organizationplaces_change", places.pk)

    refused = client.post(page, {"cap": "1"})
    client.post(page, {"cap": "2"})

    places.refresh_from_db()
    assert refused.context["adminform"].form.errors == {"cap": ["2 places are taken already. Give at least as many."]}
    assert (places.cap, places.taken) == (2, 2)


def test_delegation_is_opened_for_a_category_of_the_officers_own_meetings(client):
    mine, other = make_category(), make_category()
    publishing.publish(mine.meeting, by=None)
    client.force_login(make_officer(roles=[Role.LIAISON_OFFICER], meeting=mine.meeting))
    typed = {"organization": make_organization().pk, "lead_name": "Ada", "lead_email": "ada@example.org",
             "language": "en"}  # fmt: skip

    refused = client.post(at("delegation_add"), typed | {"category": other.pk})
    client.post(at("delegation_add"), typed | {"category": mine.pk})

    assert list(refused.context["adminform"].form.errors) == ["category"]
    assert [row.category for row in Delegation.objects.all()] == [mine]


def test_opening_a_delegation_sends_its_lead_the_link_and_ends_the_links_of_another(client):
    category, organization = make_category(make_meeting()), make_organization()
    client.force_login(make_officer(roles=[Role.LIAISON_OFFICER]))
    typed = {"category": category.pk, "organization": organization.pk, "lead_name": "Ada",
             "lead_email": "Ada@Example.org", "language": "en"}  # fmt: skip

    early = client.post(at("delegation_add"), typed)
    publishing.publish(category.meeting, by=None)
    client.post(at("delegation_add"), typed)
    first = Delegation.objects.get()
    token = delegation_access.lead_token(first)
    client.post(at("delegation_change", first.pk), typed | {"lead_email": "ada@example.org"})  # nothing changed
    again = client.post(at("delegation_add"), typed)
    client.post(at("delegation_change", first.pk), typed | {"lead_name": "Eve", "lead_email": "eve@example.org"})

    sentence = "The meeting is not announced yet. Publish its advisory first."
    assert early.context["adminform"].form.errors == {"__all__": [sentence]}
    assert list(again.context["adminform"].form.errors) == ["__all__"]
    now = Delegation.objects.get()
    assert (now.pk, now.lead_name, now.lead_email, now.link_version) == (first.pk, "Eve", "eve@example.org", 2)
    assert delegation_access.lead_token(now) != token
    told = list(Message.objects.order_by("queued_at").values_list("kind", "to"))
    assert told == [("registration_delegation", "ada@example.org"), ("registration_delegation", "eve@example.org")]


def test_administrator_sets_up_organizations_and_reads_nobody(client):
    client.force_login(make_officer(roles=[Role.ADMINISTRATOR]))
    registration = approved()

    client.post(at("organization_add"), {
        "name": "New Alliance", "kind": "civil_society", "status": "none", "is_active": "on",
        "focal_points-TOTAL_FORMS": 0, "focal_points-INITIAL_FORMS": 0,
    })  # fmt: skip

    assert Organization.objects.filter(name="New Alliance").exists()
    assert client.get(at("registration_change", registration.pk)).status_code == 403
