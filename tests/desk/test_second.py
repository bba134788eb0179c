"""What waits for a second officer: proposed, approved, refused, withdrawn, out of date; who may and who may not."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from accreditation import erasing, protection, verification, workflow
from accreditation.desk import conflicts, second
from accreditation.models import Badge, Conflict, Decision, Note, ProposedDecision, Registration
from accreditation.states import Actor, Status
from accreditation.workflow import TransitionRefused
from office import chain
from office.models import Message, Proposal
from office.permissions import Role
from tests.builders import (
    make_category,
    make_desk_policy,
    make_meeting,
    make_officer,
    make_organization,
    make_protected_registration,
    make_readers,
    make_registration,
)

pytestmark = pytest.mark.django_db
PLANTED = "Plantagenet lent it"
DECLINE = {"actor": Actor.DESK, "ground": "incomplete", "reason": PLANTED}


@pytest.fixture
def maker():
    return make_officer("maker", roles=(Role.LIAISON_OFFICER,))


@pytest.fixture
def other():
    return make_officer("other", roles=(Role.MEDIA_REVIEWER,))


@pytest.fixture
def waiting(maker):
    """A registration for which a refusal is asked of two officers."""
    registration = make_registration(Status.SUBMITTED, organization=make_organization())
    make_desk_policy(registration.meeting, seconded=["decline"])
    return registration


@pytest.fixture
def proposed(waiting, maker):
    second.carry_out(waiting, "decline", by=maker, **DECLINE)
    return second.open_for(waiting)


def status(registration):
    return Registration.objects.get(pk=registration.pk).status


def test_what_the_rules_leave_to_two_is_proposed_and_changes_nothing(waiting, maker):
    outcome = second.carry_out(waiting, "decline", by=maker, **DECLINE)

    assert outcome == "proposed"
    assert (status(waiting), Decision.objects.count(), Message.objects.count()) == ("submitted", 0, 0)
    proposal = Proposal.objects.get()
    assert (proposal.content, proposal.made_by, proposal.meeting) == (
        {"action": "decline", "actor": "desk", "ground": "incomplete"}, maker, waiting.meeting,
    )  # fmt: skip


def test_what_the_rules_leave_to_one_is_done(waiting, maker):
    assert second.carry_out(waiting, "approve", actor=Actor.DESK, by=maker) == "done"
    assert (status(waiting), Proposal.objects.count()) == ("approved", 0)


def test_words_of_a_proposal_are_sealed_in_the_database(proposed):
    with connection.cursor() as cursor:
        cursor.execute("SELECT content, note, reason FROM office_proposal")
        office = cursor.fetchall()
        cursor.execute("SELECT sealed FROM accreditation_proposeddecision")
        sealed = bytes(cursor.fetchone()[0])

    assert "Plantagenet" not in str(office)
    assert b"Plantagenet" not in sealed
    assert second.words_of(proposed) == {"ground": "incomplete", "reason": PLANTED}


def test_second_officer_approves_and_both_stand_in_the_book(proposed, maker, other):
    second.approve(proposed, by=other)

    decision = Decision.objects.get()
    assert (status(proposed.registration), decision.by, decision.seconded_by) == ("declined", maker, other)
    assert (decision.code, decision.reason.words) == ("incomplete", PLANTED)
    assert Proposal.objects.get().outcome == "approved"
    assert [mail.kind for mail in Message.objects.all()] == ["registration_declined"]
    assert chain.verdict(list(verification.rows(proposed.registration.meeting)))[0] == "intact"


def test_maker_does_not_approve_the_own_proposal(proposed, maker):
    for act in [second.approve, lambda row, by: second.refuse(row, by=by, reason="No.")]:
        with pytest.raises(TransitionRefused, match="^You made this proposal: somebody else decides on it.$"):
            act(proposed, by=maker)
    assert (status(proposed.registration), Proposal.objects.get().outcome) == ("submitted", "")


@pytest.mark.parametrize("about", ["registration", "organization"])
def test_officer_with_a_conflict_neither_approves_nor_refuses(proposed, other, about):
    subject = proposed.registration if about == "registration" else proposed.registration.organization
    conflicts.declare(other, by=other, **{about: subject})

    for act in [second.approve, lambda row, by: second.refuse(row, by=by, reason="No.")]:
        with pytest.raises(TransitionRefused, match="^You have a conflict of interest here"):
            act(proposed, by=other)
    assert (status(proposed.registration), Proposal.objects.get().outcome) == ("submitted", "")


def test_conflict_of_the_maker_found_meanwhile_stops_the_proposal(proposed, maker, other):
    conflicts.declare(maker, by=maker, registration=proposed.registration)

    with pytest.raises(TransitionRefused, match="^You have a conflict of interest here"):
        second.approve(proposed, by=other)
    assert (status(proposed.registration), Proposal.objects.get().outcome) == ("submitted", "")


def test_officer_of_another_meeting_does_not_approve(proposed):
    stranger = make_officer("stranger", roles=(Role.MEDIA_REVIEWER,), meeting=make_meeting())

    with pytest.raises(TransitionRefused, match="^It waits for an officer who may approve"):
        second.approve(proposed, by=stranger)


def test_refusal_is_read_by_its_maker_alone_of_the_two(client, proposed, maker, other):
    second.refuse(proposed, by=other, reason="Her letter is of this year.")

    proposal = Proposal.objects.get()
    assert (proposal.outcome, proposal.decided_by, proposal.reason) == ("refused", other, "sealed")
    assert (status(proposed.registration), second.open_for(proposed.registration)) == ("submitted", None)
    client.force_login(maker)
    assert "Her letter is of this year." in client.get(f"/desk/proposals/{proposal.pk}/").content.decode()


def test_refusal_without_words_is_refused(proposed, other):
    with pytest.raises(TransitionRefused, match="^Say why"):
        second.refuse(proposed, by=other, reason=" ")
    assert Proposal.objects.get().outcome == ""


def test_maker_withdraws_and_nobody_else_does(proposed, maker, other):
    with pytest.raises(TransitionRefused, match="alone withdraws it"):
        second.withdraw(proposed, by=other)
    second.withdraw(proposed, by=maker)

    assert (Proposal.objects.get().outcome, status(proposed.registration)) == ("withdrawn", "submitted")


def test_proposal_is_out_of_date_once_something_else_was_decided(proposed, maker, other):
    workflow.apply(proposed.registration, "ask", actor=Actor.DESK, by=other, reason="A clear letter?")

    assert second.open_for(proposed.registration) is None
    for act in [second.approve, lambda row, by: second.refuse(row, by=by, reason="No.")]:
        with pytest.raises(TransitionRefused, match="^(Something was decided after|Out of date on )"):
            act(ProposedDecision.objects.get(), by=other)
    assert (Proposal.objects.get().outcome, status(proposed.registration)) == ("stale", "info_requested")
    assert [row["seen"] for row in second.decided_for(maker).values("seen")] == [0]


def test_new_proposal_takes_the_place_of_one_that_is_out_of_date(proposed, maker, other):
    workflow.apply(proposed.registration, "ask", actor=Actor.DESK, by=other, reason="A clear letter?")

    assert second.carry_out(proposed.registration, "decline", by=maker, **DECLINE) == "proposed"
    assert sorted(Proposal.objects.values_list("outcome", flat=True)) == ["", "stale"]


def test_another_proposal_on_the_same_application_is_refused_while_one_waits(proposed, other):
    with pytest.raises(TransitionRefused, match="^maker proposed this on "):
        second.carry_out(proposed.registration, "approve", actor=Actor.DESK, by=other, refers=True)
    assert Proposal.objects.count() == 1


def test_note_beside_the_application_does_not_put_a_proposal_out_of_date(proposed, other):
    Note.objects.create(registration=proposed.registration, by=other, at=timezone.now(), words="Look again.")

    second.approve(proposed, by=other)

    assert status(proposed.registration) == "declined"


@pytest.mark.parametrize(
    ("action", "words", "sentence"),
    [
        ("decline", {"ground": "mood"}, "^Choose the ground"),
        ("decline", {"ground": "other"}, "^Say why"),
        ("offer", {}, "^The application has not been sent"),
        ("undo", {}, "^The application has not been sent"),
    ],
)
def test_what_could_not_be_done_is_not_proposed(waiting, maker, action, words, sentence):
    with pytest.raises(TransitionRefused, match=sentence):
        second.carry_out(waiting, action, actor=Actor.DESK, by=maker, refers=True, **words)
    assert Proposal.objects.count() == 0


def test_stale_page_proposes_nothing(waiting, maker, other):
    workflow.apply(waiting, "waitlist", actor=Actor.DESK, by=other)

    with pytest.raises(TransitionRefused, match="^On the waiting list: other, "):
        second.carry_out(waiting, "decline", by=maker, seen=0, **DECLINE)
    assert Proposal.objects.count() == 0


def test_any_decision_can_be_referred_and_is_held_to_the_same_rules(waiting, maker, other):
    waiting.category.hold_seconds = 30
    waiting.category.save()
    granted = {"zones": ["Gallery"], "escort": True}

    second.carry_out(
        waiting, "approve", actor=Actor.DESK, by=maker, refers=True, note="Look at the date.", granted=granted
    )
    proposed = second.open_for(waiting)
    assert (status(waiting), proposed.sealed["note"]) == ("submitted", "Look at the date.")
    approved = second.approve(proposed, by=other)

    assert (approved.status, approved.granted, workflow.is_held(approved)) == ("approved", granted, True)


@pytest.mark.parametrize("who", ["maker", "other"])
def test_either_of_the_two_undoes_it_while_it_is_held_and_nobody_else(waiting, maker, other, who):
    waiting.category.hold_seconds = 30
    waiting.category.save()
    second.carry_out(waiting, "decline", by=maker, **DECLINE)
    second.approve(second.open_for(waiting), by=other)

    with pytest.raises(TransitionRefused, match="^Only the officer who decided can undo it.$"):
        workflow.apply(waiting, "undo", actor=Actor.DESK, by=make_officer("third"))
    workflow.apply(waiting, "undo", actor=Actor.DESK, by={"maker": maker, "other": other}[who])
    assert status(waiting) == "submitted"


def test_who_approved_a_refusal_does_not_decide_its_review_nor_approve_it(proposed, maker, other):
    second.approve(proposed, by=other)
    registration = proposed.registration
    workflow.apply(registration, "appeal", actor=Actor.APPLICANT, reason="Look anew.")
    third, sentence = make_officer("third", roles=(Role.LIAISON_OFFICER,)), "^You declined this application"

    for officer in [maker, other]:
        with pytest.raises(TransitionRefused, match=sentence):
            second.carry_out(registration, "approve", actor=Actor.DESK, by=officer)
        with pytest.raises(TransitionRefused, match=sentence):
            second.carry_out(registration, "decline", by=officer, **DECLINE)
    second.carry_out(registration, "decline", by=third, **DECLINE)
    for officer in [maker, other]:
        with pytest.raises(TransitionRefused, match=sentence):
            second.approve(second.open_for(registration), by=officer)
        with pytest.raises(TransitionRefused, match=sentence):
            workflow.apply(registration, "decline", by=third, seconded_by=officer, **DECLINE)
    second.approve(second.open_for(registration), by=make_officer("fourth", roles=(Role.LIAISON_OFFICER,)))
    assert status(registration) == "declined"


def test_second_officer_with_a_conflict_is_refused_where_the_rules_ask_for_none(waiting, maker, other):
    Conflict.objects.create(officer=other, declared_by=other, registration=waiting, at=timezone.now())

    with pytest.raises(TransitionRefused, match="^You have a conflict of interest here"):
        workflow.apply(waiting, "approve", actor=Actor.DESK, by=maker, seconded_by=other)
    assert status(waiting) == "submitted"


def test_only_readers_of_a_protected_person_read_and_decide_what_is_proposed(client, other):
    readers = make_readers()
    registration = make_protected_registration(readers=readers)
    make_desk_policy(registration.meeting, seconded=["decline"])
    second.carry_out(registration, "decline", by=readers[0], **DECLINE)
    proposed = second.open_for(registration)

    with pytest.raises(TransitionRefused, match="^Only those who may read who this person is"):
        second.approve(proposed, by=other)
    client.force_login(other)
    for address in [f"/desk/proposals/{proposed.proposal_id}/", "/desk/proposals/"]:
        text = client.get(address).content.decode()
        assert "Plantagenet" not in text
        assert registration.alias in text
    assert protection.may_open(registration, readers[1])
    assert second.approve(proposed, by=readers[1]).status == "declined"


def test_proposal_goes_with_what_is_erased(proposed, other):
    second.approve(proposed, by=other)

    erasing.erase(proposed.registration)

    assert ProposedDecision.objects.count() == 0


def test_seats_that_are_taken_leave_the_proposal_open(maker, other):
    registration = make_registration(Status.SUBMITTED, category=make_category(capacity=0))
    second.carry_out(registration, "approve", actor=Actor.DESK, by=maker, refers=True)

    with pytest.raises(TransitionRefused, match="^All seats of this category are taken.$"):
        second.approve(second.open_for(registration), by=other)
    assert (Proposal.objects.get().outcome, Badge.objects.count()) == ("", 0)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_approve_at_once_one_decides_and_one_is_told(proposed, other):
    third = make_officer("third", roles=(Role.MEDIA_REVIEWER,))
    start = Barrier(2)

    def approve(officer):
        start.wait()
        try:
            return second.approve(ProposedDecision.objects.select_related("proposal").get(), by=officer).status
        except TransitionRefused as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(approve, [other, third]))

    assert answers.count("declined") == 1
    assert Decision.objects.count() == 1
    told = next(answer for answer in answers if answer != "declined")
    assert told.startswith(("Approved by ", "Something was decided", "You "))


# Pages


def test_pages_walk_from_proposal_to_decision(client, waiting, maker, other):
    client.force_login(maker)
    sent = client.post(
        f"/desk/registrations/{waiting.reference}/refer/",
        {"seen": 0, "action": "decline", "ground": "incomplete", "reason": PLANTED, "note": "Look at page two."},
    )
    assert (sent.status_code, sent["Location"]) == (302, f"/desk/registrations/{waiting.reference}/")
    assert "maker has proposed a decision." in client.get(sent["Location"]).content.decode()
    pk = Proposal.objects.get().pk
    own = client.get(f"/desk/proposals/{pk}/").content.decode()
    assert ("Withdraw the proposal" in own, "Approve the proposal" in own) == (True, False)

    client.force_login(other)
    assert f'href="/desk/proposals/{pk}/"' in client.get("/desk/proposals/").content.decode()
    read = client.get(f"/desk/proposals/{pk}/").content.decode()
    for said in [PLANTED, "Look at page two.", "Papers that were asked for are missing", "Approve the proposal"]:
        assert said in read
    assert client.post(f"/desk/proposals/{pk}/approve/")["Location"] == "/desk/proposals/"
    assert status(waiting) == "declined"
    assert "Approve the proposal" not in client.get(f"/desk/proposals/{pk}/").content.decode()


def test_refer_page_keeps_what_was_typed_and_says_what_happened(client, waiting, maker, other):
    workflow.apply(waiting, "waitlist", actor=Actor.DESK, by=other)
    client.force_login(maker)

    answer = client.post(
        f"/desk/registrations/{waiting.reference}/refer/",
        {"seen": 0, "action": "decline", "ground": "incomplete", "note": "Look at page two."},
    )

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "On the waiting list: other, " in text
    assert "Look at page two." in text
    assert f'name="seen" value="{Decision.objects.get().sequence}"' in text
    assert Proposal.objects.count() == 0


def test_refer_page_asks_for_ground_and_words_where_they_are_needed(client, waiting, maker):
    client.force_login(maker)
    address = f"/desk/registrations/{waiting.reference}/refer/"

    assert "Choose what you propose." in client.post(address, {"seen": 0}).content.decode()
    bare = client.post(address, {"seen": 0, "action": "decline"}).content.decode()
    assert "Choose the ground on which it is refused." in bare
    assert "Say why" in client.post(address, {"seen": 0, "action": "decline", "ground": "other"}).content.decode()
    assert client.post(address, {"seen": 0, "action": "revoke"}).status_code == 422
    assert Proposal.objects.count() == 0


def test_refused_on_its_page_needs_words_and_shows_what_went_wrong(client, proposed, other):
    client.force_login(other)
    address = f"/desk/proposals/{proposed.proposal_id}/refuse/"

    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "The letter is good."}).status_code == 302
    again = client.post(address, {"reason": "Once more."})
    assert (again.status_code, "Refused by other on " in again.content.decode()) == (409, True)


@pytest.mark.parametrize("path", ["", "approve/", "refuse/", "withdraw/"])
def test_proposals_of_other_meetings_and_forged_numbers_are_not_there(client, proposed, path):
    client.force_login(make_officer("stranger", roles=(Role.LIAISON_OFFICER,), meeting=make_meeting()))

    for pk in [proposed.proposal_id, 999_999, 10**30]:
        address = f"/desk/proposals/{pk}/{path}"
        assert (client.get(address) if not path else client.post(address, {"reason": "No."})).status_code == 404
    assert Proposal.objects.get().outcome == ""


@pytest.mark.parametrize("role", [Role.PRESS_OFFICER, Role.BADGE_DESK, Role.ADMINISTRATOR])
def test_officers_outside_the_desk_find_none_of_its_pages(client, proposed, role):
    client.force_login(make_officer("outside", roles=(role,)))

    for address in ["/desk/proposals/", f"/desk/registrations/{proposed.registration.reference}/refer/"]:
        assert client.get(address).status_code == 404


def test_what_changes_something_is_posted(client, proposed, other):
    client.force_login(other)

    for act in ["approve", "refuse", "withdraw"]:
        assert client.get(f"/desk/proposals/{proposed.proposal_id}/{act}/").status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_one_and_for_three(client, maker, other, number, django_assert_num_queries):
    for _ in range(number):
        registration = make_registration(Status.SUBMITTED)
        second.carry_out(registration, "approve", actor=Actor.DESK, by=maker, refers=True)
    client.force_login(other)

    with django_assert_num_queries(6):  # session, user, grants, open, lists, ended
        page = client.get("/desk/proposals/")
    assert page.content.decode().count('class="sub num"') == number


def test_one_proposals_page_takes_few_statements(client, proposed, other, django_assert_max_num_queries):
    client.force_login(other)

    with django_assert_max_num_queries(12):
        client.get(f"/desk/proposals/{proposed.proposal_id}/")


def test_approval_takes_at_most_twenty_five_statements(proposed, other, django_assert_max_num_queries):
    with django_assert_max_num_queries(27):  # 25, and the savepoint of a test
        second.approve(proposed, by=other)
