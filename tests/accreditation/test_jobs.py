"""What the worker does to applications when time passes; each done once, whoever does it."""

import re
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from accreditation import jobs, places, workflow
from accreditation.models import Category, Decision, Registration
from accreditation.states import Actor, Status
from office.models import Message
from office.worker import run_due_jobs
from tests.accreditation.test_status import category, officer, paper, reached  # noqa: F401 fixtures
from tests.builders import make_category, make_registration, make_sitting

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def statuses(*rows):
    return [Registration.objects.get(pk=row.pk).status for row in rows]


def mails(kind):
    return Message.objects.filter(kind=f"registration_{kind}").count()


# Drafts


def test_draft_is_reminded_once_two_days_before_its_end():
    now = timezone.now()
    due, early = make_registration(saved_at=now - 12 * DAY), make_registration(saved_at=now - 12 * DAY + DAY / 24)
    unproved = make_registration(saved_at=now - 13 * DAY, email_proved_at=None)

    assert [jobs.remind_drafts(at=now), jobs.remind_drafts(at=now)] == [1, 0]

    assert [Registration.objects.get(pk=row.pk).reminded_at for row in (due, early, unproved)] == [now, None, None]
    assert list(Message.objects.values_list("to", "kind")) == [(due.email, "registration_draft_reminder")]


def test_draft_days_are_those_of_its_category():
    now = timezone.now()
    short = make_registration(category=make_category(draft_days=3), saved_at=now - 3 * DAY)
    long = make_registration(category=make_category(draft_days=30), saved_at=now - 20 * DAY)

    assert jobs.lapse_drafts(at=now) == 1
    assert statuses(short, long) == [Status.LAPSED, Status.DRAFT]


def test_lapsed_draft_is_told_and_emptied(category):  # noqa: F811
    draft = make_registration(category=category, saved_at=timezone.now() - 15 * DAY, given_names="Ada")
    paper(draft)
    address = draft.email

    assert [jobs.lapse_drafts(), jobs.lapse_drafts()] == [1, 0]

    row = Registration.objects.get()
    assert (row.status, row.given_names, row.email, row.evidence.count()) == (Status.LAPSED, "", "", 0)
    assert Message.objects.get().to == address
    assert Decision.objects.get().pseudonym == draft.pk


def test_draft_of_an_address_that_nobody_proved_goes_without_a_mail():
    make_registration(saved_at=timezone.now() - 15 * DAY, email_proved_at=None)

    assert jobs.lapse_drafts() == 1
    assert (Registration.objects.count(), Message.objects.count(), Decision.objects.count()) == (0, 0, 0)


def test_draft_saved_in_the_very_moment_is_kept(monkeypatch):
    draft = make_registration(saved_at=timezone.now() - 15 * DAY)
    lock = workflow.lock

    def saved_meanwhile(pk):
        Registration.objects.filter(pk=pk).update(saved_at=timezone.now())
        return lock(pk)

    monkeypatch.setattr(workflow, "lock", saved_meanwhile)

    assert jobs.lapse_drafts() == 0
    assert statuses(draft) == [Status.DRAFT]


# What waited too long


@pytest.mark.parametrize(
    ("status", "changes"),
    [
        (Status.INFO_REQUESTED, {"info_until": timezone.now}),
        (Status.OFFERED, {"offer_until": timezone.now}),
    ],
)
def test_what_is_not_answered_lapses_at_its_time(status, changes, category, officer):  # noqa: F811
    registration, early = reached(status, category, officer), reached(status, category, officer)
    Registration.objects.filter(pk=registration.pk).update(**{name: make() for name, make in changes.items()})

    assert [jobs.lapse_unanswered(), jobs.lapse_unanswered()] == [1, 0]

    assert statuses(registration, early) == [Status.LAPSED, status]
    assert mails("lapsed") == 1
    assert places.differences(category.meeting) == []


def test_offer_not_taken_goes_to_the_next_and_to_one_alone(category, officer):  # noqa: F811
    category.meeting.sittings.update(date=date(2099, 1, 1))
    offered = reached(Status.OFFERED, category, officer)
    waiting = [reached(Status.WAITLISTED, category, officer) for _ in range(2)]
    Registration.objects.filter(pk=offered.pk).update(offer_until=timezone.now())

    jobs.lapse_unanswered()

    assert statuses(offered, *waiting) == [Status.LAPSED, Status.OFFERED, Status.WAITLISTED]


def test_endorsement_that_never_came_lapses_at_closing(category, officer):  # noqa: F811
    registration = reached(Status.AWAITING_ENDORSEMENT, category, officer)

    assert jobs.lapse_unanswered() == 0
    Category.objects.update(closes_at=timezone.now())
    assert jobs.lapse_unanswered() == 1
    assert statuses(registration) == [Status.LAPSED]


def test_request_that_can_still_be_undone_does_not_lapse(category, officer):  # noqa: F811
    Category.objects.update(hold_seconds=30, info_days=0)
    registration = reached(Status.INFO_REQUESTED, category, officer)

    assert jobs.lapse_unanswered() == 0
    assert statuses(registration) == [Status.INFO_REQUESTED]


def test_offer_not_taken_after_the_meeting_goes_to_nobody(category, officer):  # noqa: F811
    offered, waiting = reached(Status.OFFERED, category, officer), reached(Status.WAITLISTED, category, officer)
    Registration.objects.filter(pk=offered.pk).update(offer_until=timezone.now())

    jobs.lapse_unanswered()

    assert statuses(offered, waiting) == [Status.LAPSED, Status.WAITLISTED]


def test_what_lies_at_the_desk_lapses_once_the_meeting_is_over(category, officer):  # noqa: F811
    over = [reached(status, category, officer) for status in (Status.SUBMITTED, Status.WAITLISTED)]
    other = make_category()
    other.meeting.sittings.all().delete()
    make_sitting(other.meeting, date=timezone.localdate())
    coming = reached(Status.SUBMITTED, other, officer)
    approved = reached(Status.APPROVED, category, officer)
    undated = make_category()
    undated.meeting.sittings.all().delete()
    unknown = reached(Status.SUBMITTED, undated, officer)

    assert [jobs.lapse_after_meeting(), jobs.lapse_after_meeting()] == [2, 0]

    kept = [Status.SUBMITTED, Status.APPROVED, Status.SUBMITTED]
    assert statuses(*over, coming, approved, unknown) == [Status.LAPSED, Status.LAPSED, *kept]


def test_seat_that_became_free_is_offered_where_the_first_come_are_served(officer):  # noqa: F811
    first_come = make_category(allocation="first_come", capacity=1)
    by_decision = make_category(capacity=1)
    for one in (first_come, by_decision):
        one.meeting.sittings.update(date=date(2099, 1, 1))
    seated, waiting = make_registration(category=first_come), make_registration(category=first_come)
    for row in (seated, waiting):
        workflow.apply(row, "submit", actor=Actor.APPLICANT)
    kept_waiting = reached(Status.WAITLISTED, by_decision, officer)
    assert jobs.offer_places() == 0

    workflow.apply(seated, "withdraw", actor=Actor.APPLICANT)

    assert [jobs.offer_places(), jobs.offer_places()] == [1, 0]
    assert statuses(waiting, kept_waiting) == [Status.OFFERED, Status.WAITLISTED]


def test_held_release_gives_the_seat_back_after_the_hold(category, officer):  # noqa: F811
    Category.objects.update(hold_seconds=30, capacity=1)
    category.refresh_from_db()
    registration = reached(Status.OFFERED, category, officer)
    workflow.apply(registration, "decline", actor=Actor.DESK, by=officer, ground="no_place")

    now = timezone.now()
    taken = []
    for at in (now, now + timedelta(seconds=31)):
        workflow.release_held(at=at)
        taken.append(Category.objects.get().taken)

    assert taken == [1, 0]


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_each_thing_once(officer):  # noqa: F811
    press = make_category(capacity=5)
    offered = [reached(Status.OFFERED, press, officer) for _ in range(3)]
    drafts = [make_registration(category=press, saved_at=timezone.now() - 13 * DAY) for _ in range(3)]
    Registration.objects.filter(pk__in=[row.pk for row in offered]).update(offer_until=timezone.now())
    begin, faults = Barrier(2), []

    def work():
        try:
            begin.wait()
            jobs.lapse_unanswered()
            jobs.remind_drafts()
        except Exception as fault:  # noqa: BLE001 told by the test
            faults.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert statuses(*offered) == [Status.LAPSED] * 3
    assert Decision.objects.filter(action="lapse").count() == 3
    assert (mails("lapsed"), mails("draft_reminder")) == (3, len(drafts))
    assert places.differences(press.meeting) == []


def test_worker_runs_every_job():
    names = [job.name for job in jobs.PERIODIC]

    assert run_due_jobs(jobs.PERIODIC) == names
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z_]+", name) for name in names)
