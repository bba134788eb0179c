"""Somebody applies alone; the organization's focal points are asked whether it sends them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html

from accreditation import delegation_access, intake, protection, workflow
from accreditation.models import Delegation
from accreditation.states import Actor, Status
from advisory import publishing
from office.models.message import Message
from tests.builders import (
    make_category,
    make_focal_point,
    make_meeting,
    make_organization,
    make_readers,
    make_registration,
)

pytestmark = pytest.mark.django_db

WAITING = "/delegation/endorse/"


@pytest.fixture
def category():
    category = make_category(make_meeting("Dialogue on early warning"), name="Press", needs_endorsement=True)
    publishing.publish(category.meeting, by=None)
    category.meeting.refresh_from_db()
    return category


@pytest.fixture
def organization():
    return make_organization("Example Alliance")


def applicant(category, organization, status=Status.DRAFT, **fields):
    return make_registration(
        status, category=category, organization=organization, organization_name=str(organization), **fields
    )


def submit(registration):
    return workflow.apply(registration, "submit", actor=Actor.APPLICANT)


def letters():
    return sorted(Message.objects.values_list("kind", "to"))


def open_in(client, focal_point, category):
    token = delegation_access.focal_point_token(focal_point, category.pk)
    return client.post(reverse("accreditation:delegation", args=[token]))


def answer(client, registration, word, **more):
    return client.post(WAITING, {"person": registration.pk.hex, "answer": word} | more)


def headings(response):
    return [found.text_content().strip() for found in html.fromstring(response.content).xpath("//h2")]


def test_each_focal_point_in_force_is_asked_and_nobody_else(category, organization):
    for name in ["first", "second"]:
        make_focal_point(organization, email=f"{name}@example.org", ends_on=timezone.localdate())
    make_focal_point(organization, email="ended@example.org", ends_on=timezone.localdate() - timedelta(days=1))
    make_focal_point(make_organization("Another Example"), email="other@example.org")

    sent = submit(applicant(category, organization, email="ada@example.org", family_name="QWYZZLE"))

    assert sent.status == Status.AWAITING_ENDORSEMENT
    assert [to for kind, to in letters() if kind == "registration_endorse"] == [
        "first@example.org", "second@example.org",
    ]  # fmt: skip
    asked = Message.objects.get(to="first@example.org")
    assert sent.reference in asked.subject
    assert "QWYZZLE" not in asked.subject + asked.text + asked.html


def test_letter_goes_with_the_application_or_not_at_all(category, organization, monkeypatch):
    make_focal_point(organization)
    registration = applicant(category, organization)

    def crash(*_arguments, **_particulars):
        raise RuntimeError("The mail could not be written.")

    monkeypatch.setattr(workflow.delegation_letters, "ask_to_endorse", crash)
    with pytest.raises(RuntimeError):
        submit(registration)

    registration.refresh_from_db()
    assert (registration.status, letters()) == (Status.DRAFT, [])


@pytest.mark.parametrize(
    "case", ["no focal point", "ended", "organization only typed", "organization not active", "asks for protection"]
)
def test_where_nobody_may_be_asked_the_desk_is_first(category, organization, case):
    ends_on = timezone.localdate() - timedelta(days=1) if case == "ended" else None
    if case != "no focal point":
        make_focal_point(organization, ends_on=ends_on)
    organization.is_active = case != "organization not active"
    organization.save()
    chosen = None if case == "organization only typed" else organization

    sent = submit(applicant(category, chosen, asks_protection=case == "asks for protection"))

    assert (sent.status, [kind for kind, _to in letters()]) == (Status.SUBMITTED, ["registration_received"])


def test_sending_an_application_takes_few_statements_with_one_focal_point_and_with_three(category, organization):
    make_focal_point(organization)
    submit(applicant(category, organization))  # the meeting's book is there, and the organization's row of places
    counts = set()
    for number in [1, 3]:
        while organization.focal_points.count() < number:
            make_focal_point(organization)
        registration = applicant(category, organization)
        with CaptureQueriesContext(connection) as asked:
            intake.submit(registration)
        counts.add(len(asked))

    assert counts == {18}  # two of them a test's savepoint


def test_focal_point_sees_who_waits_as_they_wrote_and_sends_one(client, category, organization):
    focal_point = make_focal_point(organization)
    ada = applicant(category, organization, Status.AWAITING_ENDORSEMENT, answers={"job_title": "Correspondent"})
    ben = applicant(category, organization, Status.AWAITING_ENDORSEMENT)
    opened = open_in(client, focal_point, category)

    page = client.get(opened.headers["Location"])
    answered = answer(client, ada, "send")

    assert opened.headers["Location"] == WAITING
    assert headings(page) == [f"Ada {ada.family_name}", f"Ada {ben.family_name}"]
    assert b"Correspondent" in page.content
    assert answered.headers["Location"] == "/delegation/?done=answered"
    ada.refresh_from_db()
    ben.refresh_from_db()
    assert (ada.status, ben.status) == (Status.SUBMITTED, Status.AWAITING_ENDORSEMENT)
    assert (ada.decisions.get().actor, letters()) == (
        Actor.FOCAL_POINT, [("registration_endorsed", ada.email)],
    )  # fmt: skip
    assert headings(client.get(WAITING)) == [f"Ada {ben.family_name}"]


def test_we_do_not_is_asked_once_more_and_then_declines_with_its_ground(client, category, organization):
    ada = applicant(category, organization, Status.AWAITING_ENDORSEMENT)
    open_in(client, make_focal_point(organization), category)

    asked = answer(client, ada, "object")
    ada.refresh_from_db()
    before = ada.status
    answer(client, ada, "object", sure="yes")

    ada.refresh_from_db()
    assert (asked.status_code, before, ada.status) == (200, Status.AWAITING_ENDORSEMENT, Status.DECLINED)
    assert (ada.decisions.get().code, letters()) == ("not_sent", [("registration_declined", ada.email)])


def test_second_focal_point_is_refused_after_the_first_endorses(client, category, organization):
    ada = applicant(category, organization, Status.AWAITING_ENDORSEMENT)
    open_in(client, make_focal_point(organization), category)
    workflow.apply(ada, "endorse", actor=Actor.FOCAL_POINT)

    response = answer(client, ada, "object", sure="yes")

    [alert] = html.fromstring(response.content).xpath("//div[@role='alert']")
    assert alert.text_content().strip().startswith("Being reviewed: Focal point")
    ada.refresh_from_db()
    assert ada.status == Status.SUBMITTED


@pytest.mark.parametrize("hidden", ["is protected", "asks for it"])
def test_protected_person_is_neither_listed_nor_answered_for(client, category, organization, hidden):
    particulars = {"family_name": "QWYZZLE", "asks_protection": True}
    ada = applicant(category, organization, Status.AWAITING_ENDORSEMENT, **particulars)
    if hidden == "is protected":
        readers = make_readers()
        ada = protection.grant(ada, readers=readers, by=readers[0])
    opened = open_in(client, make_focal_point(organization), category)

    pages = [client.get(WAITING), client.get("/delegation/"), client.get("/delegation/people.csv")]

    assert opened.headers["Location"] == "/delegation/"
    assert [(page.status_code, b"QWYZZLE" in page.content) for page in pages] == [(200, False)] * 3
    assert answer(client, ada, "send").status_code == 404


def test_person_of_another_organization_or_category_is_not_to_be_answered_for(client, category, organization):
    elsewhere = applicant(category, make_organization("Another Example"), Status.AWAITING_ENDORSEMENT)
    other_way = applicant(
        make_category(category.meeting, needs_endorsement=True), organization, Status.AWAITING_ENDORSEMENT
    )
    open_in(client, make_focal_point(organization), category)

    assert [answer(client, row, "send").status_code for row in [elsewhere, other_way]] == [404, 404]


def test_lead_whom_the_registry_does_not_know_endorses_nobody(client, category, organization):
    ada = applicant(category, organization, Status.AWAITING_ENDORSEMENT)
    delegation = Delegation.objects.create(
        category=category, organization=organization, lead_name="Eddie Example", lead_email="editor@example.org"
    )
    client.post(reverse("accreditation:delegation", args=[delegation_access.lead_token(delegation)]))

    assert (client.get(WAITING).status_code, answer(client, ada, "send").status_code) == (404, 404)


@pytest.mark.parametrize("count", [1, 3])
def test_waiting_people_take_the_same_statements_for_one_and_for_three(
    client, category, organization, django_assert_num_queries, count
):
    for _number in range(count):
        applicant(category, organization, Status.AWAITING_ENDORSEMENT)
    open_in(client, make_focal_point(organization), category)

    with django_assert_num_queries(4):
        assert len(headings(client.get(WAITING))) == count


def test_focal_points_letter_opens_the_page(client, category, organization):
    make_focal_point(organization, email="focal@example.org", language="ar")
    submit(applicant(category, organization))
    letter = Message.objects.get(to="focal@example.org")
    [address] = [line for line in letter.text.splitlines() if line.startswith("http")]

    opened = client.post(address.removeprefix("http://localhost:8000"))

    assert (letter.language, opened.headers["Location"]) == ("ar", "/ar/delegation/endorse/")
    assert len(headings(client.get(opened.headers["Location"]))) == 1


def test_endorsed_and_waiting_people_stand_on_the_delegations_page(client, category, organization):
    applicant(category, organization, Status.SUBMITTED)
    open_in(client, make_focal_point(organization), category)

    assert headings(client.get("/delegation/"))[-1] == "People who applied by themselves"
