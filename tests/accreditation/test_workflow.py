"""Every action in every status by every actor, and what a decision and its undoing take with them."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accreditation import badges, conditions, ledger, places, verification, workflow
from accreditation.models import (
    Badge,
    Category,
    Decision,
    DecisionReason,
    MeetingBook,
    OrganizationPlaces,
    Registration,
)
from accreditation.states import Actor, BadgeState, Status
from advisory.models import Meeting
from office import chain
from office.models import Message
from tests.builders import (
    make_category,
    make_desk_policy,
    make_focal_point,
    make_meeting,
    make_officer,
    make_organization,
    make_registration,
)

pytestmark = pytest.mark.django_db

# Written from the description of the states, not from the code: action | from | to | by whom
TABLE = """
submit    | draft                                                                        | submitted      | applicant, focal_point, desk
confirm   | draft                                                                        | approved       | applicant
endorse   | awaiting_endorsement                                                         | submitted      | focal_point
object    | awaiting_endorsement                                                         | declined       | focal_point
ask       | submitted, waitlisted                                                        | info_requested | desk
reply     | info_requested                                                               | submitted      | applicant, desk
approve   | submitted, waitlisted                                                        | approved       | desk
waitlist  | submitted                                                                    | waitlisted     | desk
offer     | waitlisted                                                                   | offered        | desk, worker
accept    | offered                                                                      | approved       | applicant
decline   | submitted, info_requested, waitlisted, offered, awaiting_endorsement         | declined       | desk
appeal    | declined                                                                     | submitted      | applicant
overturn  | declined, revoked                                                            | approved       | supervisor
withdraw  | awaiting_endorsement, submitted, info_requested, waitlisted, offered, approved | withdrawn      | applicant, focal_point
lapse     | draft, awaiting_endorsement, info_requested, offered, submitted, waitlisted  | lapsed         | worker
revoke    | approved                                                                     | revoked        | supervisor
undo      |                                                                              |                |
"""  # noqa: E501
ROWS = {
    action: (sources.split(", "), target, actors.split(", "))
    for action, sources, target, actors in (
        [cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()
    )
}
LONG_AGO = timedelta(days=60)
WITH_WORDS = {"reason": "Because of the letter.", "ground": "incomplete"}


def everything():
    """What no refusal may change."""
    tables = [Registration, Category, OrganizationPlaces, MeetingBook, Decision, DecisionReason, Badge, Message]
    found = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table._meta.db_table} ORDER BY {table._meta.pk.column}")
            found.append(cursor.fetchall())
    return found


def in_status(status, *, late=False, category=None, **fields):
    """A registration of the most permissive category: everything but the table allows everything."""
    category = category or make_category(standing_confirms=True, capacity=5, cap_per_organization=5)
    make_desk_policy(category.meeting)
    registration = make_registration(status, category=category, organization=make_organization(), **fields)
    if status == Status.APPROVED:
        book, _ = MeetingBook.objects.get_or_create(meeting=registration.meeting, defaults={"hash": chain.BEGINNING})
        badges.issue(registration, book=book, at=timezone.now())
        book.save()
    if status == Status.OFFERED:
        looked_at(registration)
    if late:
        Registration.objects.filter(pk=registration.pk).update(saved_at=timezone.now() - LONG_AGO)
        Registration.objects.filter(status=Status.OFFERED).update(offer_until=timezone.now() - LONG_AGO)
    return registration


def looked_at(registration):
    """An officer has offered the seat."""
    book, officer = ledger.book_of(registration.meeting_id), make_officer(f"desk-{registration.reference}")
    ledger.record(
        book, registration, action="offer", before=Status.WAITLISTED, after=Status.OFFERED, actor=Actor.DESK,
        by=officer, at=timezone.now(),
    )  # fmt: skip
    book.save()


def valid_badges(registration):
    return Badge.objects.filter(registration=registration).exclude(state=BadgeState.VOID)


def is_sound(meeting):
    meeting = Meeting.objects.get(pk=meeting.pk)
    return places.differences(meeting) == [] and chain.verdict(list(verification.rows(meeting)))[0] == "intact"


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("action", list(ROWS))
def test_action_is_allowed_to_those_and_from_there_alone(action, status):
    sources, target, actors = ROWS[action]
    registration, officer = in_status(status, late=action == "lapse"), make_officer()

    for actor in Actor:
        by = officer if actor in workflow.OFFICERS else None
        before = everything()
        if status in sources and actor in actors:
            with transaction.atomic():
                after = workflow.apply(registration, action, actor=actor, by=by, **WITH_WORDS)
                kept = Registration.objects.get()
                last = Decision.objects.latest("sequence")
                assert (after.status, kept.status, last.after, last.before) == (target, target, target, status)
                assert (last.action, last.actor, last.by) == (action, actor, by)
                assert Message.objects.count() == 1
                assert valid_badges(registration).count() == (target == "approved" and action != "confirm")
                assert is_sound(registration.meeting)
                transaction.set_rollback(True)
        else:
            with pytest.raises(workflow.TransitionRefused) as refused:
                workflow.apply(registration, action, actor=actor, by=by, **WITH_WORDS)
            assert str(refused.value)
        assert everything() == before


def test_table_of_the_code_has_no_action_more():
    assert list(ROWS) == workflow.ACTIONS


# Where a sent application goes


def test_sent_application_goes_first_to_the_organization_that_endorses():
    category = make_category(needs_endorsement=True, allocation="first_come", capacity=1)
    organization = make_organization()
    make_focal_point(organization)
    registration = make_registration(category=category, organization=organization)

    sent = workflow.apply(registration, "submit", actor=Actor.APPLICANT)

    assert (sent.status, sent.holds_seat, sent.holds_place) == (Status.AWAITING_ENDORSEMENT, True, True)


def test_first_come_and_full_goes_to_the_waiting_list_and_is_told_so():
    category = make_category(allocation="first_come", capacity=0)
    registration = make_registration(category=category, organization=make_organization())

    sent = workflow.apply(registration, "submit", actor=Actor.APPLICANT)

    assert (sent.status, sent.holds_seat, sent.holds_place) == (Status.WAITLISTED, False, True)
    assert Message.objects.get().kind == "registration_waitlisted"


def test_without_a_waiting_list_the_last_to_come_is_refused_in_words():
    category = make_category(allocation="first_come", capacity=0, keeps_waitlist=False)
    registration = make_registration(category=category)

    refuses("All seats of this category are taken.", registration, "submit", Actor.APPLICANT)


def test_organization_at_its_cap_is_refused_and_gives_its_seat_back():
    category = make_category(allocation="first_come", capacity=2, cap_per_organization=1)
    organization = make_organization()
    make_registration(Status.SUBMITTED, category=category, organization=organization)
    second = make_registration(category=category, organization=organization)

    refuses("Your organization has used all its places for this meeting.", second, "submit", Actor.APPLICANT)
    assert Category.objects.get().taken == 1


def refuses(sentence, registration, action, actor, **words):
    before = everything()
    with pytest.raises(workflow.TransitionRefused) as refused:
        workflow.apply(registration, action, actor=actor, **words)
    assert (str(refused.value), everything()) == (sentence, before)


@pytest.mark.parametrize("action", workflow.ACTIONS)
@pytest.mark.parametrize("actor", sorted(workflow.OFFICERS))
def test_officers_act_that_nobody_answers_for_is_an_error_and_changes_nothing(action, actor):
    registration = in_status(Status.SUBMITTED)
    before = everything()

    with pytest.raises(ValueError, match="names no officer"):
        workflow.apply(registration, action, actor=actor, **WITH_WORDS)

    assert everything() == before


# Conditions beside the table


def test_address_must_be_proved_before_its_owner_sends():
    registration = make_registration(email_proved_at=None)

    sentence = "Open the link in our e-mail first: it proves that the address is yours."
    refuses(sentence, registration, "submit", Actor.APPLICANT)
    workflow.apply(registration, "submit", actor=Actor.FOCAL_POINT)


def test_application_is_taken_from_the_first_second_to_the_last():
    opens = timezone.now()
    closes = opens + timedelta(hours=1)
    category = make_category(opens_at=opens, closes_at=closes)
    second = timedelta(seconds=1)

    def outcome(at, actor=Actor.APPLICANT, by=None):
        try:
            workflow.apply(make_registration(category=category), "submit", actor=actor, by=by, at=at)
        except workflow.TransitionRefused as refused:
            return str(refused).split(" on ")[0]
        return "taken"

    closed = "Applications have closed. What you wrote is kept; the desk can tell you whether it may still be sent."
    told = [outcome(at) for at in [opens - second, opens, closes - second, closes]]
    assert told == ["Applications open", "taken", "taken", closed]
    assert outcome(closes, Actor.DESK, make_officer()) == "taken"


def test_only_holders_of_a_standing_accreditation_confirm():
    refuses("This category asks everybody to apply.", make_registration(), "confirm", Actor.APPLICANT)


def test_second_application_of_an_address_is_refused_by_the_database_in_words():
    category = make_category()
    first = make_registration(Status.SUBMITTED, category=category, email="ada@example.org")
    other = make_category(category.meeting)
    sentence = "There is another application of the same person to this meeting."

    refuses(sentence, make_registration(category=other, email=first.email), "submit", Actor.APPLICANT)
    declined = make_registration(Status.DECLINED, category=other, email=first.email)
    refuses(sentence, declined, "appeal", Actor.APPLICANT, reason="Look again.")
    refuses(sentence, declined, "overturn", Actor.SUPERVISOR, by=make_officer(), reason="It was a mistake.")


def test_offer_is_accepted_until_its_moment_and_not_after():
    registration = in_status(Status.OFFERED)
    until = registration.offer_until

    with pytest.raises(workflow.TransitionRefused, match="It goes to the next person on the waiting list"):
        workflow.apply(registration, "accept", actor=Actor.APPLICANT, at=until)
    accepted = workflow.apply(registration, "accept", actor=Actor.APPLICANT, at=until - timedelta(seconds=1))

    assert (accepted.status, accepted.offer_until) == (Status.APPROVED, None)


@pytest.mark.parametrize(
    ("status", "fields", "changes"),
    [
        (Status.DRAFT, {}, {"saved_at": timezone.now() - timedelta(days=14)}),
        (Status.OFFERED, {}, {"offer_until": timezone.now()}),
        (Status.INFO_REQUESTED, {"info_until": timezone.now() + LONG_AGO}, {"info_until": timezone.now()}),
    ],
)
def test_worker_lapses_what_is_due_and_nothing_before(status, fields, changes):
    registration = in_status(status, **fields)
    refuses("Its time is not over.", registration, "lapse", Actor.WORKER)

    Registration.objects.update(**changes)

    assert workflow.apply(registration, "lapse", actor=Actor.WORKER).status == Status.LAPSED


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.WAITLISTED, Status.AWAITING_ENDORSEMENT])
def test_what_lies_at_a_desk_lapses_only_after_the_meeting(status):
    meeting = make_meeting(sitting=False)
    registration = in_status(status, category=make_category(meeting))

    refuses("Its time is not over.", registration, "lapse", Actor.WORKER)


def test_draft_that_never_proved_its_address_lapses_without_a_mail():
    registration = in_status(Status.DRAFT, late=True, email_proved_at=None)

    workflow.apply(registration, "lapse", actor=Actor.WORKER)

    assert Message.objects.count() == 0


# Words of refusals


def test_second_officer_reads_what_the_first_decided_and_when():
    registration, officer = in_status(Status.SUBMITTED), make_officer("first", name="Amina Officer")
    at = timezone.now().replace(year=2026, month=5, day=3, hour=18, minute=2)
    workflow.apply(registration, "approve", actor=Actor.DESK, by=officer, at=at)

    told = f"Approved: Amina Officer, {conditions.told(registration, at)}."
    refuses(told, registration, "decline", Actor.DESK, by=make_officer("second"), ground="incomplete")
    assert "14:02" in told


def test_officer_who_looked_at_an_older_state_is_refused():
    registration, officer = in_status(Status.SUBMITTED), make_officer()
    workflow.apply(registration, "ask", actor=Actor.DESK, by=officer, reason="Which outlet?")
    seen = Decision.objects.get().sequence
    workflow.apply(registration, "reply", actor=Actor.APPLICANT)

    with pytest.raises(workflow.TransitionRefused, match="^Being reviewed: Applicant, "):
        workflow.apply(registration, "approve", actor=Actor.DESK, by=officer, seen=seen)
    workflow.apply(registration, "approve", actor=Actor.DESK, by=officer, seen=seen + 1)


def test_applicant_learns_no_officers_name():
    registration, officer = in_status(Status.SUBMITTED), make_officer("first", name="Amina Officer")
    workflow.apply(registration, "approve", actor=Actor.DESK, by=officer)

    with pytest.raises(workflow.TransitionRefused, match="^Approved: Accreditation desk, "):
        workflow.apply(registration, "accept", actor=Actor.APPLICANT)


@pytest.mark.parametrize(
    ("action", "status", "actor", "words", "sentence"),
    [
        ("decline", "submitted", "desk", {}, "Choose the ground on which it is refused."),
        ("decline", "submitted", "desk", {"ground": "mood"}, "Choose the ground on which it is refused."),
        (
            "decline",
            "submitted",
            "desk",
            {"ground": "other"},
            "Say why: the words stand in the history and in the e-mail.",
        ),
        ("ask", "submitted", "desk", {"reason": " "}, "Say why: the words stand in the history and in the e-mail."),
    ],
)
def test_decision_without_its_reason_is_refused(action, status, actor, words, sentence):
    refuses(sentence, in_status(Status(status)), action, Actor(actor), by=make_officer(), **words)


def test_application_that_was_deleted_is_refused_in_words():
    registration = make_registration()
    gone = Registration.objects.get()
    registration.delete()

    refuses("This application is no longer kept. You can begin a new one.", gone, "submit", Actor.APPLICANT)


# What somebody saves meanwhile, and statements


def test_decision_does_not_bring_back_an_answer_that_was_changed_meanwhile(monkeypatch):
    registration = in_status(Status.SUBMITTED)
    take = places.settle

    def settle(locked, **words):
        Registration.objects.update(phone="+12125550199")
        take(locked, **words)

    monkeypatch.setattr(places, "settle", settle)
    workflow.apply(registration, "approve", actor=Actor.DESK, by=make_officer())

    assert Registration.objects.get().phone == "+12125550199"


def test_saved_category_does_not_bring_back_an_old_count():
    category = make_category(capacity=5)
    read_before = Category.objects.get()
    make_registration(Status.APPROVED, category=category, organization=make_organization())
    places_read_before = OrganizationPlaces.objects.get()
    OrganizationPlaces.objects.update(taken=2)

    read_before.name = places_read_before.cap = 7
    read_before.save()
    places_read_before.save()

    assert Category.objects.values_list("name", "taken").get() == ("7", 1)
    assert OrganizationPlaces.objects.values_list("cap", "taken").get() == (7, 2)


def test_statements_of_sending_and_approving(django_assert_num_queries):
    category = make_category(allocation="first_come", capacity=5, cap_per_organization=5, zones=["Press centre"])
    organization = make_organization()
    for registration in [make_registration(category=category, organization=organization) for _ in range(2)]:
        workflow.apply(registration, "submit", actor=Actor.APPLICANT)
    third, officer = make_registration(category=category, organization=organization), make_officer()

    with django_assert_num_queries(13):  # two of them the savepoint of a test
        workflow.apply(third, "submit", actor=Actor.APPLICANT)
    with django_assert_num_queries(14):
        workflow.apply(third, "approve", actor=Actor.DESK, by=officer)
