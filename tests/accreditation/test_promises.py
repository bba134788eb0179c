"""When an answer is promised, and that the clock stands while the applicant is waited for."""

from datetime import UTC, datetime, timedelta

import pytest

from accreditation import promises, workflow
from accreditation.states import Actor, Status
from tests.builders import make_category, make_meeting, make_officer, make_registration

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("sent", "days", "due"),
    [
        ("2026-11-23T15:00", 3, "2026-11-26T15:00"),  # a Monday
        ("2026-11-27T15:00", 1, "2026-11-30T15:00"),  # a Friday
        ("2026-11-28T15:00", 1, "2026-11-30T15:00"),  # a Saturday
        ("2026-10-30T15:00", 1, "2026-11-02T16:00"),  # over the end of summer time in New York
        ("2026-11-28T02:00", 1, "2026-12-01T02:00"),  # still Friday there
        ("2026-11-23T15:00", 0, "2026-11-23T15:00"),
    ],
)
def test_answer_is_due_so_many_working_days_later_on_the_meetings_calendar(sent, days, due):
    category = make_category(make_meeting(time_zone="America/New_York"), answer_days=days)
    registration = make_registration(category=category)

    promised = promises.answer_due(registration, datetime.fromisoformat(sent).replace(tzinfo=UTC))

    assert promised.strftime("%Y-%m-%dT%H:%M") == due


def test_clock_stands_while_the_applicant_is_waited_for_and_undoing_sets_it_back():
    registration = make_registration(category=make_category(answer_days=3, hold_seconds=30))
    at, officer = datetime(2026, 11, 23, 15, tzinfo=UTC), make_officer()
    sent = workflow.apply(registration, "submit", actor=Actor.APPLICANT, at=at)
    due = datetime(2026, 11, 26, 15, tzinfo=UTC)
    assert (sent.due_at, sent.paused_at, sent.returned_at) == (due, None, None)

    asked = workflow.apply(sent, "ask", actor=Actor.DESK, by=officer, reason="A letter?", at=at + timedelta(days=1))
    assert (asked.due_at, asked.paused_at) == (due, at + timedelta(days=1))
    back = workflow.apply(asked, "undo", actor=Actor.DESK, by=officer, at=at + timedelta(days=1, seconds=5))
    assert (back.due_at, back.paused_at) == (due, None)

    workflow.apply(back, "ask", actor=Actor.DESK, by=officer, reason="A letter?", at=at + timedelta(days=2))
    answered = workflow.apply(back, "reply", actor=Actor.APPLICANT, at=at + timedelta(days=4))
    told = (answered.status, answered.due_at, answered.paused_at, answered.returned_at)
    assert told == (Status.SUBMITTED, due + timedelta(days=2), None, at + timedelta(days=4))
