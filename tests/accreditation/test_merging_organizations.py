"""Two rows of the registry that are one organization become one, with everything that hangs on them."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from accreditation import finding, intake, merging, places, workflow
from accreditation.models import Conflict, Delegation, Organization, OrganizationPlaces, Registration
from accreditation.states import Actor, Status
from office.permissions import Role
from tests.builders import (
    make_category,
    make_delegation,
    make_focal_point,
    make_meeting,
    make_officer,
    make_organization,
    make_registration,
)
from tests.together import at_once

pytestmark = pytest.mark.django_db
LIST = "/admin/accreditation/organization/"


@pytest.fixture
def pair():
    return (
        make_organization("Example Alliance", aliases=["EA"], domains=["example.org"]),
        make_organization(
            "Alliance Example", aliases=["AE", "EA"], domains=["example.com"], country="FRA", number="77"
        ),
    )


@pytest.fixture
def officer(client):
    officer = make_officer(roles=[Role.LIAISON_OFFICER])
    client.force_login(officer)
    return officer


def test_names_stay_and_lead_to_the_one_that_is_left(pair):
    stays, goes = pair
    goes.accredited_to.add(make_meeting())

    merging.merge(stays, goes)

    left = Organization.objects.get()
    assert (left.pk, left.name, left.aliases) == (stays.pk, "Example Alliance", ["EA", "Alliance Example", "AE"])
    assert (left.domains, left.country, left.number) == (["example.org", "example.com"], "FRA", "77")
    assert left.accredited_to.count() == 1
    assert " alliance " in left.search
    assert " 77 " in left.search


def test_people_and_their_places_move(pair):
    stays, goes = pair
    shared, alone = make_category(cap_per_organization=5), make_category(cap_per_organization=5)
    for category, organization in [(shared, stays), (shared, goes), (shared, goes), (alone, goes)]:
        make_registration(Status.SUBMITTED, category=category, organization=organization)
    OrganizationPlaces.objects.filter(organization=stays).update(cap=2)

    merging.merge(stays, goes)

    assert set(Registration.objects.values_list("organization", flat=True)) == {stays.pk}
    rows = OrganizationPlaces.objects.order_by("category").values_list("category", "organization", "taken", "cap")
    assert list(rows) == [(shared.pk, stays.pk, 3, 3), (alone.pk, stays.pk, 1, None)]
    assert places.differences(shared.meeting) + places.differences(alone.meeting) == []


def test_moved_people_are_found_by_the_name_that_stays(pair):
    stays, goes = pair
    registration = make_registration(Status.SUBMITTED, organization=goes)
    finding.index(registration)

    merging.merge(stays, goes)

    registration.refresh_from_db()
    assert finding.words_of(registration) == registration.finding_text.words


def test_delegations_become_one_and_keep_their_people_in_order(pair):
    stays, goes = pair
    shared, alone = make_category(), make_category()
    mine, theirs = make_delegation(shared, stays), make_delegation(shared, goes, lead_name="Other Lead")
    other = make_delegation(alone, goes)
    rows = [
        make_registration(
            category=shared, organization=owner.organization, delegation=owner, delegation_position=position
        )
        for owner, position in [(mine, 0), (theirs, 1), (theirs, 0)]
    ]

    merging.merge(stays, goes)

    assert set(Delegation.objects.values_list("pk", "organization")) == {(mine.pk, stays.pk), (other.pk, stays.pk)}
    in_order = mine.registrations.order_by("delegation_position").values_list("pk", flat=True)
    assert list(in_order) == [rows[0].pk, rows[2].pk, rows[1].pk]


def test_same_person_sent_by_both_refuses_and_moves_nothing(pair):
    stays, goes = pair
    category = make_category()
    for organization in pair:
        delegation = make_delegation(category, organization)
        make_registration(Status.SUBMITTED, category=category, organization=organization, delegation=delegation,
                          email="ada@example.org", family_name="Okafor")  # fmt: skip

    with pytest.raises(merging.MergeRefused, match="The same person is sent by both"):
        merging.merge(stays, goes)

    assert Organization.objects.count() == 2
    assert goes.registrations.count() == 1


def test_focal_points_move_and_none_stands_twice(pair):
    stays, goes = pair
    make_focal_point(stays, email="ada@example.org")
    make_focal_point(goes, email="ADA@example.org")
    make_focal_point(goes, email="bo@example.org")

    merging.merge(stays, goes)

    assert sorted(stays.focal_points.values_list("email", flat=True)) == ["ada@example.org", "bo@example.org"]


def test_conflicts_of_interest_go_with_it(pair):
    stays, goes = pair
    one, other = make_officer("one"), make_officer("other")
    for officer, organization in [(one, stays), (one, goes), (other, goes)]:
        Conflict.objects.create(officer=officer, organization=organization, declared_by=one, at=timezone.now())

    merging.merge(stays, goes)

    assert sorted(Conflict.objects.values_list("officer__username", "organization")) == [
        ("one", stays.pk), ("other", stays.pk),
    ]  # fmt: skip


def test_conflict_that_was_ended_does_not_end_the_one_in_force(pair):
    stays, goes = pair
    one, supervisor = make_officer("one"), make_officer("supervisor")
    ended = {"ended_by": supervisor, "ended_at": timezone.now()}
    Conflict.objects.create(officer=one, organization=stays, declared_by=one, at=timezone.now(), **ended)
    Conflict.objects.create(officer=one, organization=goes, declared_by=one, at=timezone.now())

    merging.merge(stays, goes)

    assert [row.organization for row in Conflict.objects.in_force()] == [stays]
    assert Conflict.objects.filter(ended_by=supervisor).count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"status": "special"}, "has the status “Special consultative status”"),
        ({"number": "78"}, "Both have a number in the registry: 12, 78"),
    ],
)
def test_no_status_is_granted_and_no_number_lost_by_merging(fields, sentence):
    stays, goes = make_organization("One", number="12"), make_organization("Other", **fields)

    with pytest.raises(merging.MergeRefused, match=sentence):
        merging.merge(stays, goes)

    assert Organization.objects.count() == 2


# In the panel


def chosen(client, *rows):
    return client.post(LIST, {"action": "merge", "_selected_action": [row.pk for row in rows]})


def test_officer_ticks_two_and_says_which_stays(client, officer, pair):
    stays, goes = pair
    make_registration(Status.SUBMITTED, organization=goes)
    page = chosen(client, *pair).url

    asked = client.get(page).content.decode()
    nothing = client.post(page, {"stays": "²"})
    done = client.post(page, {"stays": stays.pk}, follow=True)

    assert "applications: 1" in asked
    assert "Choose the one that stays." in nothing.content.decode()
    assert "“Alliance Example” is now another name of “Example Alliance”." in done.content.decode()
    assert list(Organization.objects.all()) == [stays]
    assert LogEntry.objects.get().get_change_message() == "Merged “Alliance Example” into it."


@pytest.mark.parametrize("number", [1, 3])
def test_other_numbers_than_two_are_not_merged(client, officer, number):
    rows = [make_organization(f"Alliance {each}") for each in range(number)]

    page = client.post(LIST, {"action": "merge", "_selected_action": [row.pk for row in rows]}, follow=True)

    assert "Tick exactly two organizations." in page.content.decode()
    assert Organization.objects.count() == number


@pytest.mark.parametrize(
    ("role", "of_one_meeting", "status"),
    [
        (Role.LIAISON_OFFICER, True, 403),
        (Role.SUPERVISOR, False, 403),
        (Role.DOOR, False, 403),
        (Role.LIAISON_OFFICER, False, 200),
        (Role.ADMINISTRATOR, False, 200),
    ],
)
def test_only_who_changes_all_organizations_merges_two(client, pair, role, of_one_meeting, status):
    client.force_login(make_officer(roles=[role], meeting=make_meeting() if of_one_meeting else None))

    page = reverse("admin:accreditation_organization_merge", args=[row.pk for row in pair])

    assert client.get(page).status_code == status
    assert client.post(page, {"stays": pair[0].pk}).status_code == (302 if status == 200 else 403)
    assert Organization.objects.count() == (1 if status == 200 else 2)


def test_gone_organization_is_not_there(client, officer, pair):
    assert client.get(reverse("admin:accreditation_organization_merge", args=[pair[0].pk, 999])).status_code == 404
    assert client.get(reverse("admin:accreditation_organization_merge", args=[pair[0].pk] * 2)).status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("begins", [Status.DRAFT, Status.DECLINED])
def test_applications_sent_while_two_are_merged_are_sent_and_counted(pair, begins):
    stays, goes = pair
    category = make_category(cap_per_organization=9)
    people = [make_registration(begins, category=category, organization=goes) for _ in range(4)]
    action = {Status.DRAFT: "submit", Status.DECLINED: "appeal"}[begins]

    def send(person):
        sent = workflow.apply(person, action, actor=Actor.APPLICANT, reason="Look again.")
        return sent.status, sent.organization is not None

    told = at_once(lambda: merging.merge(stays, goes), *[lambda person=person: send(person) for person in people])

    assert told == [stays, *[(Status.SUBMITTED, True)] * 4]
    assert places.used(category, stays) == (4, 9)
    assert places.differences(category.meeting) == []


@pytest.mark.django_db(transaction=True)
def test_draft_that_chooses_the_one_just_merged_away_is_told_and_keeps_what_it_had(pair):
    stays, goes = pair
    draft = make_registration(organization_name="Alliance of Examples")
    chosen = Organization.objects.get(pk=goes.pk)  # read for the page that asks which one is meant
    merging.merge(stays, goes)

    with pytest.raises(workflow.TransitionRefused) as refused:
        intake.save_answers(draft, "work", {"organization": chosen, "organization_name": "", "job_title": "Reporter"})

    assert str(refused.value) == (
        "“Alliance Example” has just been joined with another organization of the registry. Look for it again."
    )
    draft.refresh_from_db()
    assert (draft.organization, draft.organization_name, draft.answers) == (None, "Alliance of Examples", {})
