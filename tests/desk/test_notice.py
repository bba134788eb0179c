"""Nobody loses a badge unheard: what the person is told, what they answer, and what a notice does not allow."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation import verification, workflow
from accreditation.desk import conflicts, notice, second
from accreditation.models import Badge, Decision, Note, Registration
from accreditation.states import Actor, BadgeState
from accreditation.workflow import TransitionRefused
from office import chain
from office.models import Message
from office.permissions import Role
from tests.accreditation.applicants import open_link, post, see
from tests.builders import (
    make_category,
    make_desk_policy,
    make_meeting,
    make_officer,
    make_organization,
    make_registration,
)

pytestmark = pytest.mark.django_db
HELD = {"ground": "conduct", "words": "The badge was seen on somebody else."}
REVOKE = {"actor": Actor.SUPERVISOR, "ground": "conduct"}
HOUR = timedelta(hours=1)


@pytest.fixture
def supervisor():
    return make_officer("supervisor", roles=(Role.SUPERVISOR,))


@pytest.fixture
def approved():
    """By decisions, in a meeting whose rules give 24 hours and leave a revocation to one."""
    registration = make_registration("submitted", organization=make_organization())
    make_desk_policy(registration.meeting, notice_hours=24)
    return workflow.apply(registration, "approve", actor=Actor.DESK, by=make_officer("first"))


def told(registration, supervisor, **more):
    return notice.give(registration, by=supervisor, **HELD | more)


def test_notice_is_a_row_of_the_book_a_letter_and_a_time_and_no_status(approved, supervisor):
    at = timezone.now()

    registration = told(approved, supervisor, at=at)

    assert (registration.status, registration.notice_until) == ("approved", at + 24 * HOUR)
    row = Decision.objects.last()
    assert (row.action, row.before, row.after, row.actor, row.by, row.code) == (
        "give_notice", "approved", "approved", "supervisor", supervisor, "conduct",
    )  # fmt: skip
    assert row.reason.words == HELD["words"]
    assert Badge.objects.get().state == BadgeState.ISSUED
    assert chain.verdict(list(verification.rows(approved.meeting)))[0] == "intact"
    letter = Message.objects.get(kind="registration_notice")
    assert HELD["words"] not in letter.subject + letter.text + letter.html
    assert "may cost your accreditation" in letter.text


def test_badge_is_revoked_only_after_the_time_to_answer(approved, supervisor):
    at = timezone.now()
    with pytest.raises(TransitionRefused, match="^Tell the person first"):
        workflow.apply(approved, "revoke", by=supervisor, at=at, **REVOKE)
    told(approved, supervisor, at=at)

    with pytest.raises(TransitionRefused, match="^The person may answer until "):
        workflow.apply(approved, "revoke", by=supervisor, at=at + 23 * HOUR, **REVOKE)
    revoked = workflow.apply(approved, "revoke", by=supervisor, at=at + 24 * HOUR, **REVOKE)
    assert (revoked.status, revoked.notice_until) == ("revoked", None)


def test_notice_of_one_ground_allows_no_other(approved, supervisor):
    at = timezone.now()
    told(approved, supervisor, at=at)

    with pytest.raises(TransitionRefused, match="^The person was told of another ground"):
        workflow.apply(approved, "revoke", by=supervisor, at=at + 25 * HOUR, **REVOKE | {"ground": "identity"})
    assert Badge.objects.get().state == BadgeState.ISSUED


def test_danger_needs_no_notice_and_gets_none(approved, supervisor):
    with pytest.raises(TransitionRefused, match="^Danger needs no notice"):
        told(approved, supervisor, ground="danger")
    revoked = workflow.apply(approved, "revoke", by=supervisor, **REVOKE | {"ground": "danger"})
    assert revoked.status == "revoked"


def test_old_notice_is_not_good_for_a_badge_given_anew(approved, supervisor):
    at = timezone.now()
    told(approved, supervisor, at=at)
    workflow.apply(approved, "revoke", by=supervisor, at=at + 25 * HOUR, **REVOKE)
    workflow.apply(
        approved, "overturn", actor=Actor.SUPERVISOR, by=supervisor, reason="It was a twin.", at=at + 26 * HOUR
    )

    with pytest.raises(TransitionRefused, match="^Tell the person first"):
        workflow.apply(approved, "revoke", by=supervisor, at=at + 27 * HOUR, **REVOKE)


def test_undone_revocation_gives_the_notice_back(supervisor):
    registration = make_registration("submitted", category=make_category(hold_seconds=30))
    make_desk_policy(registration.meeting, notice_hours=24)
    at = timezone.now()
    workflow.apply(registration, "approve", actor=Actor.DESK, by=make_officer("first"), at=at - HOUR)
    until = told(registration, supervisor, at=at).notice_until
    workflow.apply(registration, "revoke", by=supervisor, at=at + 25 * HOUR, **REVOKE)

    undone = workflow.apply(registration, "undo", actor=Actor.SUPERVISOR, by=supervisor, at=at + 25 * HOUR)

    assert (undone.status, undone.notice_until) == ("approved", until)


def test_person_is_told_once_until_the_time_is_over(approved, supervisor):
    at = timezone.now()
    told(approved, supervisor, at=at)

    with pytest.raises(TransitionRefused, match="^They were told already and may answer until "):
        told(approved, supervisor, at=at + HOUR)
    assert told(approved, supervisor, at=at + 24 * HOUR).notice_until == at + 48 * HOUR


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"ground": ""}, "^Choose the ground"),
        ({"ground": "mood"}, "^Choose the ground"),
        ({"words": "  "}, "^Say what is held against the person"),
    ],
)
def test_notice_says_what_and_on_which_ground(approved, supervisor, words, sentence):
    with pytest.raises(TransitionRefused, match=sentence):
        told(approved, supervisor, **words)
    assert Decision.objects.filter(action="give_notice").count() == 0


def test_nobody_without_a_badge_is_told(supervisor):
    with pytest.raises(TransitionRefused):
        told(make_registration("submitted"), supervisor)


def test_who_does_not_know_of_the_approval_yet_is_not_told(supervisor):
    registration = make_registration("submitted", category=make_category(hold_seconds=30))
    workflow.apply(registration, "approve", actor=Actor.DESK, by=supervisor)

    with pytest.raises(TransitionRefused, match="^The approval can still be undone"):
        told(registration, supervisor)


def test_officer_with_a_conflict_gives_no_notice(approved, supervisor):
    conflicts.declare(supervisor, by=supervisor, organization=approved.organization)

    with pytest.raises(TransitionRefused, match="^You have a conflict of interest here"):
        told(approved, supervisor)
    with pytest.raises(TransitionRefused, match="^You have a conflict of interest here"):
        notice.end(approved, by=supervisor)


def test_notice_is_ended_and_the_person_told(approved, supervisor):
    told(approved, supervisor)

    ended = notice.end(approved, by=supervisor)

    assert (ended.status, ended.notice_until, Decision.objects.last().action) == ("approved", None, "end_notice")
    assert Message.objects.filter(kind="registration_notice_ended").count() == 1
    with pytest.raises(TransitionRefused, match="^Nothing is held against this person"):
        notice.end(approved, by=supervisor)


def test_revocation_by_two_is_proposed_only_once_the_person_could_answer(approved, supervisor):
    make_desk_policy(approved.meeting, seconded=["revoke"], notice_hours=24)
    at, other = timezone.now(), make_officer("other", roles=(Role.SUPERVISOR,))
    told(approved, supervisor, at=at)

    with pytest.raises(TransitionRefused, match="^The person may answer until "):
        second.carry_out(approved, "revoke", by=supervisor, at=at + HOUR, **REVOKE)
    second.carry_out(approved, "revoke", by=supervisor, at=at + 24 * HOUR, **REVOKE)
    notice.answer(approved, "I lent it to nobody.", at=at + 24 * HOUR)
    assert second.approve(second.open_for(approved), by=other, at=at + 25 * HOUR).status == "revoked"


# Pages


def test_person_reads_what_is_held_against_them_and_answers(client, approved, supervisor):
    told(approved, supervisor)
    open_link(client, approved)

    page = see(client).content.decode()
    assert "Something is held against you that may cost your badge." in page
    page = see(client, "notice").content.decode()
    for said in [HELD["words"], "The rules of the house were not kept.", "Nothing is decided yet"]:
        assert said in page
    assert supervisor.username not in page
    answer = post(client, "notice", approved, words="I lent it to nobody.")

    assert answer["Location"].startswith("/status/")
    note = Note.objects.get()
    assert (note.to, note.by, note.words) == ("from_applicant", None, "I lent it to nobody.")
    assert Registration.objects.get().returned_at is not None
    assert "I lent it to nobody." in see(client, "notice").content.decode()


def test_supervisor_reads_the_answer_and_nobody_else_at_the_desk_has_the_page(client, approved, supervisor):
    told(approved, supervisor)
    notice.answer(approved, "I lent it to nobody.")
    address = f"/desk/registrations/{approved.reference}/notice/"

    client.force_login(supervisor)
    page = client.get(address).content.decode()
    assert ("I lent it to nobody." in page, HELD["words"] in page) == (True, True)
    for officer in [
        make_officer("desk", roles=(Role.LIAISON_OFFICER,)),
        make_officer("far", roles=(Role.SUPERVISOR,), meeting=make_meeting()),
    ]:
        client.force_login(officer)
        assert [client.get(address).status_code, client.post(f"{address}end/").status_code] == [404, 404]


def test_notice_is_given_and_ended_on_its_page(client, approved, supervisor):
    client.force_login(supervisor)
    address = f"/desk/registrations/{approved.reference}/notice/"

    assert client.post(address, {"ground": "danger", "words": "He shouted."}).status_code == 422
    kept = client.post(address, {"ground": "", "words": "He shouted."})
    assert (kept.status_code, "He shouted." in kept.content.decode()) == (422, True)
    assert client.post(address, HELD)["Location"] == address
    twice = client.post(address, HELD)
    assert (twice.status_code, "They were told already" in twice.content.decode()) == (422, True)
    assert client.get(f"{address}end/").status_code == 405
    assert client.post(f"{address}end/")["Location"] == address
    assert Registration.objects.get().notice_until is None


def test_empty_answer_is_asked_for_again_and_a_late_one_is_heard(client, approved, supervisor):
    told(approved, supervisor, at=timezone.now() - 48 * HOUR)
    open_link(client, approved)

    assert post(client, "notice", approved, words=" ").status_code == 422
    post(client, "notice", approved, words="I was ill.")
    assert Note.objects.get().words == "I was ill."


def test_answer_after_the_decision_keeps_its_words_on_the_page(client, approved, supervisor):
    told(approved, supervisor, at=timezone.now() - 48 * HOUR)
    open_link(client, approved)
    workflow.apply(approved, "revoke", by=supervisor, **REVOKE)

    answer = post(client, "notice", approved, words="I was ill.")

    assert (answer.status_code, Note.objects.count()) == (422, 0)
    assert "Nothing is held against you any more." in answer.content.decode()
    assert "I was ill." in answer.content.decode()


def test_without_a_notice_its_page_leads_back(client, approved):
    open_link(client, approved)

    assert client.get("/status/notice/")["Location"].startswith("/status/")
    assert "held against you" not in see(client).content.decode()
