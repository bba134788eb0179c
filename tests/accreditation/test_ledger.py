"""The book of decisions, as ``verify_chains`` judges it: intact, redacted, or the first bad row."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.core.management import CommandError, call_command

from accreditation import workflow
from accreditation.models import Decision, DecisionReason, MeetingBook, Registration
from accreditation.states import Actor
from tests.builders import make_category, make_meeting, make_officer, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def registration():
    """Four decisions of the meeting DEW16: sent, asked, answered, declined; two with a reason."""
    registration = make_registration(category=make_category(make_meeting(code="DEW16")))
    officer = make_officer()
    workflow.apply(registration, "submit", actor=Actor.APPLICANT)
    workflow.apply(registration, "ask", actor=Actor.DESK, by=officer, reason="Which outlet?")
    workflow.apply(registration, "reply", actor=Actor.APPLICANT)
    return workflow.apply(
        registration, "decline", actor=Actor.DESK, by=officer, ground="other", reason="No letter came."
    )


def verified(capsys):
    """(exit sentence or '', lines)."""
    try:
        call_command("verify_chains")
        ending = ""
    except CommandError as error:
        ending = str(error)
    return ending, capsys.readouterr().out.splitlines()


BROKEN = "1 of the chains is broken."


def test_untouched_book_is_intact(registration, capsys):
    assert verified(capsys) == ("", ["intact  Decisions of DEW16: 4 rows"])


def test_reason_that_was_erased_is_redacted_not_broken(registration, capsys):
    DecisionReason.objects.filter(decision__sequence=2).delete()

    assert verified(capsys) == ("", ["redacted  Decisions of DEW16: 4 rows, people blanked in decision 2"])


def test_registration_that_was_deleted_leaves_the_book_intact(registration, capsys):
    registration.delete()

    assert Decision.objects.filter(registration=None).count() == 4
    assert verified(capsys) == ("", ["intact  Decisions of DEW16: 4 rows"])


@pytest.mark.parametrize(
    "forged",
    [
        {"after": "approved"},
        {"before": "offered"},
        {"action": "approve"},
        {"actor": "supervisor"},
        {"by": None},
        {"code": "security"},
        {"at": datetime(2016, 9, 1, tzinfo=UTC)},
        {"reason_digest": "0" * 64},
        {"previous_hash": "0" * 64},
        {"hash": "0" * 64},
        {"pseudonym": "00000000-0000-4000-8000-000000000000"},
    ],
    ids=lambda forged: next(iter(forged)),
)
def test_changed_row_is_named(registration, forged, capsys):
    Decision.objects.filter(sequence=4).update(**forged)

    sentence = "decision 4 is not what was written, or does not follow the row before it"
    assert verified(capsys) == (BROKEN, [f"broken  Decisions of DEW16: {sentence}"])


def test_row_missing_in_the_middle_is_named_by_the_next(registration, capsys):
    Decision.objects.filter(sequence=2).delete()

    sentence = "decision 3 is not what was written, or does not follow the row before it"
    assert verified(capsys) == (BROKEN, [f"broken  Decisions of DEW16: {sentence}"])


def test_row_missing_at_the_beginning_is_named_by_the_next(registration, capsys):
    Decision.objects.filter(sequence=1).delete()

    sentence = "decision 2 is not what was written, or does not follow the row before it"
    assert verified(capsys) == (BROKEN, [f"broken  Decisions of DEW16: {sentence}"])


def test_rows_missing_at_the_end_are_told(registration, capsys):
    Decision.objects.filter(sequence=4).delete()

    assert verified(capsys) == (BROKEN, ["broken  Decisions of DEW16: the end of the book: rows are missing"])


def test_book_that_lost_all_its_rows_is_broken(registration, capsys):
    Decision.objects.all().delete()

    assert verified(capsys) == (BROKEN, ["broken  Decisions of DEW16: the end of the book: rows are missing"])


def test_decisions_without_their_book_are_broken(registration, capsys):
    MeetingBook.objects.all().delete()

    problem = "the book that tells which decision was the last is missing"
    assert verified(capsys) == (BROKEN, [f"broken  Decisions of DEW16: the end of the book: {problem}"])


def test_other_words_of_a_reason_are_told(registration, capsys):
    reason = DecisionReason.objects.get(decision__sequence=4)
    reason.words = "She asked a question."
    reason.save()

    sentence = "decision 4: its reason is not the one that was given"
    assert verified(capsys) == (BROKEN, [f"broken  Decisions of DEW16: {sentence}"])


def test_reason_slipped_in_afterwards_is_told(registration, capsys):
    DecisionReason.objects.create(decision=Decision.objects.get(sequence=1), words="Because.", salt="0" * 32)

    sentence = "decision 1: its reason is not the one that was given"
    assert verified(capsys) == (BROKEN, [f"broken  Decisions of DEW16: {sentence}"])


def test_decision_handed_to_another_registration_is_told(registration, capsys):
    other = make_registration(category=registration.category)
    Decision.objects.filter(sequence=3).update(registration=other)

    sentence = "decision 3: it names another registration"
    assert verified(capsys) == (BROKEN, [f"broken  Decisions of DEW16: {sentence}"])


def test_books_of_two_meetings_do_not_touch(registration, capsys):
    other = make_registration(category=make_category(make_meeting(code="DEW17")))
    workflow.apply(other, "submit", actor=Actor.APPLICANT)
    Decision.objects.filter(meeting=other.meeting).update(code="forged")

    ending, lines = verified(capsys)

    assert (ending, lines[0]) == (BROKEN, "intact  Decisions of DEW16: 4 rows")
    assert lines[1].startswith("broken  Decisions of DEW17: decision 1 ")


def test_instant_of_another_zone_is_hashed_as_the_database_gives_it_back(capsys):
    registration = make_registration(category=make_category(make_meeting(code="DEW16")))
    at = datetime(2016, 9, 1, 12, tzinfo=timezone(timedelta(hours=5, minutes=30)))

    workflow.apply(registration, "submit", actor=Actor.APPLICANT, at=at)

    assert verified(capsys) == ("", ["intact  Decisions of DEW16: 1 rows"])


def test_chain_holds_neither_name_nor_words(registration):
    row = str(Decision.objects.values().get(sequence=4))

    for secret in ["No letter came.", registration.email, registration.family_name, registration.reference]:
        assert secret not in row
    assert Registration.objects.get().status == "declined"
