"""A hand-over of more people than one officer may take out: asked for, let go by a second officer, fetched once."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation import workflow
from accreditation.desk import clearances, exports, seconding
from accreditation.models import Disclosure, Export, Registration
from accreditation.states import Actor, Status
from office.models import Message, Proposal
from office.permissions import Role
from tests.builders import make_category, make_desk_policy, make_meeting, make_officer, make_registration
from tests.desk.test_security import DOCUMENT

pytestmark = pytest.mark.django_db
PAGE = "/desk/security/DEW26/"


@pytest.fixture
def category():
    category = make_category(make_meeting(code="DEW26"), slug="press")
    make_desk_policy(category.meeting, export_alone_at_most=2)
    return category


@pytest.fixture
def liaison():
    return make_officer("liaison", roles=[Role.SECURITY_LIAISON])


@pytest.fixture
def supervisor():
    return make_officer("second", roles=[Role.SUPERVISOR], name="Amina Example")


@pytest.fixture
def people(category):
    return [applicant(category) for _ in range(3)]


def applicant(category):
    return make_registration(Status.SUBMITTED, category=category, identity=DOCUMENT)


def ask(client, liaison, *categories):
    client.force_login(liaison)
    values = {"categories": [category.pk for category in categories], "recipient": "Security of the house"}
    return client.post(f"{PAGE}file/", values, follow=True)


def go_on(client, liaison, **more):
    client.force_login(liaison)
    return client.post(f"{PAGE}file/", {"export": Export.objects.latest("pk").pk} | more, follow=True)


def decide(client, officer, answer, **values):
    client.force_login(officer)
    return client.post(f"/desk/exports/DEW26/{Export.objects.latest('pk').pk}/{answer}/", values, follow=True)


def handed(response):
    with zipfile.ZipFile(io.BytesIO(response.content)) as packed:
        return [person["reference"] for person in json.loads(packed.read("people.json"))["people"]]


def clearances_of(people):
    return {Registration.objects.get(pk=row.pk).clearance for row in people}


def test_nothing_leaves_and_no_flag_moves_before_the_second_officers_yes(client, category, liaison, people):
    asked = ask(client, liaison, category)

    assert "So many need a second officer" in asked.text
    assert asked.headers["Content-Type"].startswith("text/html")
    assert Export.objects.get().made_at is None
    assert clearances_of(people) == {"not_asked"}
    assert exports.told_to(people[0]) == []
    assert {
        line.problem for line in clearances.lines(category.meeting, [(people[0].reference, "clear", "2099-01-01")])
    } == {"Nobody with this reference was handed over for this meeting."}
    refused = go_on(client, liaison)
    assert "A second officer has to approve this list first." in refused.text
    assert Export.objects.get().made_at is None


def test_second_officer_sees_how_many_and_nobody_then_the_liaison_fetches_once(
    client, category, liaison, supervisor, people
):
    ask(client, liaison, category)
    client.force_login(supervisor)
    waits = client.get("/desk/proposals/").text
    page = client.get(f"/desk/exports/DEW26/{Export.objects.get().pk}/").text

    approved = decide(client, supervisor, "approve")
    fetched, again = go_on(client, liaison), go_on(client, liaison)

    assert "Hand-over to the security liaison" in waits
    assert ("<dd>3</dd>" in page, "Press" in page) == (True, True)
    assert [row.family_name for row in people if row.family_name in page] == []
    assert "X1234567" not in page
    assert "Approved." in approved.text
    assert handed(fetched) == sorted(row.reference for row in people)
    assert clearances_of(people) == {"pending"}
    assert [row.recipient for row in exports.told_to(people[0])] == ["Security of the house"]
    assert "The file was fetched, or is gone after a day." in again.text
    assert Export.objects.get().count == 3


def test_up_to_the_limit_one_officer_is_enough_and_parts_of_a_day_add_up(client, category, liaison, people):
    other = make_category(category.meeting, slug="observers")
    Registration.objects.filter(pk=people[2].pk).update(category=other)

    assert len(handed(ask(client, liaison, category))) == 2
    Export.objects.update(asked_at=timezone.now() - timedelta(minutes=2))
    assert "So many need a second officer" in ask(client, liaison, other).text
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize("how", ["refused", "withdrawn", "a day later", "by another liaison"])
def test_what_was_not_let_go_is_never_fetched(client, category, liaison, supervisor, people, how):
    ask(client, liaison, category)
    if how == "refused":
        decide(client, supervisor, "refuse", reason="Not today.")
    elif how == "withdrawn":
        go_on(client, liaison, act="withdraw")
    else:
        decide(client, supervisor, "approve")
    if how == "a day later":
        Proposal.objects.update(decided_at=timezone.now() - timedelta(days=1))
    if how == "by another liaison":
        liaison = make_officer("other", roles=[Role.SECURITY_LIAISON])

    answer = go_on(client, liaison)

    assert answer.headers["Content-Type"].startswith("text/html")
    assert Export.objects.get().made_at is None
    assert clearances_of(people) == {"not_asked"}
    assert Disclosure.objects.exists() is (how in {"a day later", "by another liaison"})


def test_who_withdrew_or_asked_for_protection_meanwhile_is_not_in_the_file(
    client, category, liaison, supervisor, people
):
    ask(client, liaison, category)
    decide(client, supervisor, "approve")
    workflow.apply(people[0], "withdraw", actor=Actor.APPLICANT)
    Registration.objects.filter(pk=people[1].pk).update(asks_protection=True)

    assert handed(go_on(client, liaison)) == [people[2].reference]
    assert list(Disclosure.objects.values_list("registration", flat=True)) == [people[2].pk]


def test_nobody_decides_on_their_own_hand_over_and_its_list_is_nobodys_file(client, category, people, supervisor):
    both = make_officer("both", roles=[Role.SECURITY_LIAISON, Role.SUPERVISOR])
    ask(client, both, category)

    assert decide(client, both, "approve").status_code == 404
    decide(client, supervisor, "approve")
    client.force_login(supervisor)
    assert client.post(f"/desk/exports/DEW26/{Export.objects.get().pk}/file/").status_code == 404


def test_second_officers_are_told_that_it_waits(client, category, liaison, supervisor, people):
    ask(client, liaison, category)

    assert seconding.tell() == 1
    assert Message.objects.get().to == supervisor.email


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_as_often_for_three_that_wait_as_for_one(
    client, category, liaison, people, count, django_assert_num_queries
):
    for number in range(count):
        ask(client, liaison, category)
        Export.objects.update(asked_at=timezone.now() - timedelta(minutes=2 + number))
    client.get(PAGE)

    with django_assert_num_queries(11):
        assert client.get(PAGE).text.count("Waits for a second officer") == count
