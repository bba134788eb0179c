"""Who is looking at an application: claimed by opening it, kept, given back, given away, and over by itself."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from accreditation import workflow
from accreditation.desk import claims
from accreditation.models import Conflict, Decision, Registration
from accreditation.states import Actor, Status
from office.permissions import Role
from tests.builders import make_category, make_desk_policy, make_meeting, make_officer, make_registration
from tests.desk.lists import page

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def registration():
    return make_registration(Status.SUBMITTED, category=make_category(make_meeting(code="DEW"), hold_seconds=0))


@pytest.fixture
def marta():
    return make_officer("marta", roles=[Role.MEDIA_REVIEWER], name="Marta Example")


@pytest.fixture
def pieter():
    return make_officer("pieter", roles=[Role.LIAISON_OFFICER], name="Pieter Sample")


def claim_of(registration):
    """(officer or None, until or None) as the row has it."""
    row = Registration.objects.get(pk=registration.pk)
    return row.claimed_by, row.claimed_until


def case(registration):
    return f"/desk/registrations/{registration.reference}/"


def one(registration):
    return Registration.objects.filter(pk=registration.pk)


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


# Opening


def test_opening_claims_for_the_minutes_of_the_policy(client, registration, marta, pieter):
    make_desk_policy(registration.meeting, claim_minutes=10)
    client.force_login(marta)
    before = timezone.now()
    client.get(case(registration))

    officer, until = claim_of(registration)
    assert officer == marta
    assert before + 10 * MINUTE <= until <= timezone.now() + 10 * MINUTE

    client.force_login(pieter)
    note = page(client.get(case(registration))).xpath("//div[@class='claim']/p[@role='note']")
    assert [row.text_content() for row in note] == ["Marta Example is looking at this."]
    assert claim_of(registration) == (marta, until)


def test_claim_ends_by_itself(registration, marta, pieter):
    at = timezone.now()
    claims.look(registration, marta, at=at)
    assert claims.holder(registration, at + 29 * MINUTE) == marta
    assert claims.holder(registration, at + 30 * MINUTE) is None

    claims.look(registration, pieter, at=at + 30 * MINUTE)
    assert claim_of(registration) == (pieter, at + 60 * MINUTE)


def test_opening_again_lengthens_ones_own_and_shortens_nothing(registration, marta):
    at = timezone.now()
    claims.look(registration, marta, at=at)
    claims.look(registration, marta, at=at + 20 * MINUTE)
    assert claim_of(registration) == (marta, at + 50 * MINUTE)

    claims.take(one(registration), marta, at=at)
    claims.look(registration, marta, at=at)
    assert claim_of(registration) == (marta, None)


@pytest.mark.parametrize("status", sorted(set(Status) - claims.OPEN - {Status.DRAFT}))
def test_what_has_left_the_desk_is_not_claimed(marta, status):
    registration = make_registration(status)

    claims.look(registration, marta)
    assert claims.take(one(registration), marta) == 0
    assert claim_of(registration) == (None, None)


def test_supervisor_who_only_reads_claims_nothing(client, registration):
    client.force_login(make_officer("above", roles=[Role.SUPERVISOR]))

    assert page(client.get(case(registration))).xpath("//select[@name='to']") == []
    assert claim_of(registration) == (None, None)


@pytest.mark.parametrize("reference", ["NONE-000000", "%00", "x" * 500])
def test_reference_that_is_none_is_not_found(client, registration, marta, reference):
    client.force_login(marta)

    assert client.get(f"/desk/registrations/{reference}/").status_code == 404


# Claiming and giving back from the list


def test_ticked_are_claimed_but_for_those_of_a_colleague(client, registration, marta, pieter):
    other = make_registration(Status.SUBMITTED, category=registration.category)
    taken = make_registration(Status.SUBMITTED, category=registration.category)
    claims.look(taken, pieter)
    client.force_login(marta)

    answer = client.post(
        "/desk/claims/",
        {"reference": [row.reference for row in (registration, other, taken)], "next": "/desk/?view=answered"},
    )

    assert answer["Location"] == "/desk/?view=answered"
    assert said(answer) == ["2 applications are with you.", "1 is with a colleague or has been decided."]
    assert [claim_of(row)[0] for row in (registration, other, taken)] == [marta, marta, pieter]


def test_only_ones_own_is_given_back(client, registration, marta, pieter):
    other = make_registration(Status.SUBMITTED, category=registration.category)
    claims.take(one(registration), marta)
    claims.take(one(other), pieter)
    client.force_login(marta)

    answer = client.post("/desk/claims/release/", {"reference": [registration.reference, other.reference]})

    assert said(answer) == ["1 application is free."]
    assert [claim_of(row) for row in (registration, other)] == [(None, None), (pieter, None)]


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/desk/", "/admin/", "", "\0"])
def test_list_is_come_back_to_and_no_other_place(client, registration, marta, elsewhere):
    client.force_login(marta)

    answer = client.post("/desk/claims/", {"reference": registration.reference, "next": elsewhere})
    assert answer["Location"] == "/desk/"


@pytest.mark.parametrize("address", ["/desk/claims/", "/desk/claims/release/"])
def test_one_foreign_reference_is_not_found_and_nothing_is_claimed(client, registration, marta, address):
    foreign = make_registration(Status.SUBMITTED)
    officer = make_officer("one", roles=[Role.MEDIA_REVIEWER], meeting=registration.meeting)
    client.force_login(officer)

    for wrong in [foreign.reference, "NONE-000000", "\0", "x" * 3000]:
        assert client.post(address, {"reference": [registration.reference, wrong]}).status_code == 404
    too_many = [registration.reference, *(f"NONE-{n}" for n in range(200))]
    assert client.post(address, {"reference": too_many}).status_code == 404
    assert claim_of(registration) == claim_of(foreign) == (None, None)


# Giving it to a colleague


def assign(client, registration, to, held_by=""):
    return client.post(f"{case(registration)}assign/", {"to": to.pk, "held_by": getattr(held_by, "pk", held_by)})


def test_case_is_given_to_a_colleague_who_keeps_it(client, registration, marta, pieter):
    client.force_login(marta)
    claims.look(registration, marta)

    answer = assign(client, registration, pieter, held_by=marta)

    assert answer["Location"] == case(registration)
    assert said(answer) == ["It is with Pieter Sample now."]
    assert claim_of(registration) == (pieter, None)


def test_colleagues_are_those_who_decide_on_the_meeting_today(client, registration, marta, pieter):
    make_officer("above", roles=[Role.SUPERVISOR])
    make_officer("elsewhere", roles=[Role.MEDIA_REVIEWER], meeting=make_meeting(code="ELSE"))
    make_officer("left", roles=[Role.MEDIA_REVIEWER], is_active=False)
    make_officer("former", roles=[Role.MEDIA_REVIEWER], ends_on=timezone.localdate() - timedelta(days=1))
    make_officer("here", roles=[Role.MEDIA_REVIEWER], meeting=registration.meeting, name="Zoe Here")
    client.force_login(marta)

    options = page(client.get(case(registration))).xpath("//select[@name='to']/option/text()")
    assert options == ["Marta Example", "Pieter Sample", "Zoe Here"]


@pytest.mark.parametrize("who", ["above", "nobody"])
def test_it_is_given_to_nobody_who_may_not_decide(client, registration, marta, who):
    officer = make_officer("other", roles=[Role.SUPERVISOR] if who == "above" else [])
    client.force_login(marta)

    answer = assign(client, registration, officer)
    assert said(answer) == ["Choose an officer who decides on this meeting’s applications."]
    with pytest.raises(claims.ClaimRefused, match="^other may not decide on this application: choose somebody else.$"):
        claims.assign(registration, to=officer, by=marta)
    assert claim_of(registration) == (None, None)


def test_it_is_given_to_nobody_with_a_conflict_of_interest(client, registration, marta, pieter):
    Conflict.objects.create(officer=pieter, registration=registration, declared_by=pieter, at=timezone.now())
    client.force_login(marta)

    assert said(assign(client, registration, pieter)) == [
        "Pieter Sample has a conflict of interest here: choose somebody else."
    ]
    assert claim_of(registration) == (None, None)


def test_page_that_is_out_of_date_takes_nothing_from_a_colleague(client, registration, marta, pieter):
    client.force_login(marta)
    claims.take(one(registration), pieter)

    assert said(assign(client, registration, marta)) == ["Pieter Sample has it now."]
    assert claim_of(registration) == (pieter, None)
    assert said(assign(client, registration, marta, held_by=pieter))[-1] == "It is with Marta Example now."
    assert claim_of(registration) == (marta, None)
    claims.release(one(registration), marta)
    assert said(assign(client, registration, pieter, held_by=marta))[-1] == (
        "Nobody has it any more: claim it if you want it."
    )


def test_decided_case_is_given_to_nobody(client, registration, marta, pieter):
    workflow.apply(registration, "approve", actor=Actor.DESK, by=marta)
    client.force_login(marta)

    [sentence] = said(assign(client, registration, pieter))
    assert sentence == f"Nothing is left to decide here: {registration.reference} has left the desk."


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_claims_change_by_post_alone(client, registration, marta, method):
    client.force_login(marta)
    for address in ["/desk/claims/", "/desk/claims/release/", f"{case(registration)}assign/", "/desk/digest/"]:
        assert getattr(client, method)(address).status_code == 405


# What actions do to a claim


def test_question_keeps_the_case_with_who_asked_and_the_answer_comes_back(registration, marta):
    workflow.apply(registration, "ask", actor=Actor.DESK, by=marta, reason="Which letter?")
    assert claim_of(registration) == (marta, None)

    workflow.apply(registration, "reply", actor=Actor.APPLICANT)
    assert claim_of(registration) == (marta, None)


@pytest.mark.parametrize("action", ["approve", "waitlist", "decline"])
def test_decision_ends_the_claim(registration, marta, action):
    make_desk_policy(registration.meeting)
    claims.take(one(registration), marta)

    workflow.apply(registration, action, actor=Actor.DESK, by=marta, ground="incomplete" if action == "decline" else "")
    assert claim_of(registration) == (None, None)


def test_claim_stops_no_decision_of_a_colleague(registration, marta, pieter):
    claims.take(one(registration), marta)

    workflow.apply(registration, "approve", actor=Actor.DESK, by=pieter)
    assert Decision.objects.get().by == pieter


def test_opening_takes_one_statement_more_than_reading(registration, marta, django_assert_num_queries):
    with django_assert_num_queries(2):  # the policy, the claim
        claims.look(registration, marta)
