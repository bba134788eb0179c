"""Print jobs when things go wrong: a worker that is killed, two officers at once, badges that end on the way."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from accreditation import badges, jobs
from accreditation.desk import printing
from accreditation.desk.printing import PrintRefused, View
from accreditation.models import Badge, BadgeEntry, PrintJob, Registration
from accreditation.states import BadgeState, Status, WhyReplaced
from office.permissions import Role
from office.worker import run_due_jobs
from tests.builders import make_badge, make_category, make_meeting, make_officer, make_registration
from tests.together import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]


@pytest.fixture
def category():
    return make_category(make_meeting(code="DEW26"), slug="press", name="Press")


@pytest.fixture
def officer(client):
    officer = make_officer("badges", roles=[Role.BADGE_DESK])
    client.force_login(officer)
    return officer


def make_several(category, number=1, **fields):
    return [make_badge(make_registration(Status.APPROVED, category=category), **fields) for _ in range(number)]


def ask(category, chosen, officer):
    return printing.ask(category.meeting, [badge.pk for badge in chosen], by=officer, language="en")


def open_ones(category):
    return list(printing.rows(category.meeting, View()))


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


class Killed(BaseException):
    """As the end of a process: nothing catches it, and nothing is tidied."""


def killed(*args, **kwargs):
    raise Killed


# A worker that is killed


def test_job_of_a_killed_worker_is_taken_up_again_and_its_cards_are_printed_once(
    officer, category, monkeypatch, private_files
):
    job = ask(category, make_several(category, 2), officer)
    with monkeypatch.context() as at_first, pytest.raises(Killed):
        at_first.setattr("accreditation.badge_sheets.sheets", killed)
        printing.make_waiting()
    assert printing.make_waiting() == 0

    PrintJob.objects.update(begun_at=timezone.now() - printing.STALE)
    assert (printing.make_waiting(), printing.make_waiting()) == (1, 0)

    job.refresh_from_db()
    printing.fetch(job, by=officer)
    assert (job.has_failed, job.count) == (False, 2)
    assert BadgeEntry.objects.filter(act="print").count() == 2
    assert files_in(private_files) == []


def test_worker_killed_while_it_printed_keeps_others_from_it_no_longer_than_a_job_may_be_silent(
    officer, category, monkeypatch
):
    ask(category, make_several(category), officer)
    job = next(job for job in jobs.PERIODIC if job.name == "print_badges")
    with monkeypatch.context() as at_first, pytest.raises(Killed):
        at_first.setattr("accreditation.badge_sheets.sheets", killed)
        run_due_jobs([job])

    later = timezone.now() + printing.STALE
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    ran = run_due_jobs([job])

    assert ran == ["print_badges"]
    assert PrintJob.objects.get().made_at == later


def test_job_that_goes_on_for_long_is_not_taken_up_by_a_second_worker(officer, category, monkeypatch):
    monkeypatch.setattr(printing, "CARDS_BETWEEN", 1)
    job = ask(category, make_several(category, 3), officer)
    begun, seen = timezone.now(), []

    def slowly(rows, *args, **kwargs):
        for number, _badge in enumerate(rows, 1):
            later = begun + 0.9 * number * printing.STALE
            monkeypatch.setattr("django.utils.timezone.now", lambda later=later: later)
            seen.append(printing.make_waiting())
        return []

    monkeypatch.setattr("accreditation.badge_sheets.sheets", slowly)
    printing.make(job)

    job.refresh_from_db()
    assert seen == [0, 0, 0]
    assert job.file != ""


def test_worker_whose_job_another_took_up_leaves_it_to_that_one(officer, category, monkeypatch, private_files):
    job = ask(category, make_several(category), officer)

    def overtaken(rows, *args, **kwargs):
        list(rows)
        PrintJob.objects.update(begun_at=timezone.now() + timedelta(seconds=1))
        return []

    monkeypatch.setattr("accreditation.badge_sheets.sheets", overtaken)
    printing.make(job)

    job.refresh_from_db()
    assert (job.file, job.made_at, job.has_failed, files_in(private_files)) == ("", None, False, [])


def test_job_given_up_while_it_is_made_is_made_no_further_and_leaves_no_file(
    officer, category, monkeypatch, private_files
):
    monkeypatch.setattr(printing, "CARDS_BETWEEN", 1)
    job, made = ask(category, make_several(category, 3), officer), []

    def interrupted(rows, *args, **kwargs):
        for badge in rows:
            made.append(badge)
            printing.give_up(PrintJob.objects.get())
        return []

    monkeypatch.setattr("accreditation.badge_sheets.sheets", interrupted)
    printing.make(job)

    assert len(made) == 1
    assert PrintJob.objects.get().has_failed is False
    assert files_in(private_files) == []


def test_job_made_in_the_moment_in_which_it_is_given_up_leaves_no_file(officer, category, private_files):
    job = ask(category, make_several(category), officer)
    printing.make(PrintJob.objects.get())

    assert printing.give_up(job) is True  # as it was read before its file was made

    assert files_in(private_files) == []
    assert printing.give_up(job) is False


# Badges that end on the way


def test_badge_held_while_the_file_was_made_does_not_count_as_printed_and_waits_again(client, officer, category):
    held, kept = make_several(category, 2)
    job = ask(category, [held, kept], officer)
    registration = Registration.objects.filter(pk=held.registration_id)
    registration.update(held_until=timezone.now() + timedelta(minutes=1))
    printing.make(job)
    registration.update(held_until=None)

    client.post(f"/desk/badges/jobs/{job.pk}/file/")

    job.refresh_from_db()
    held.refresh_from_db()
    assert (held.state, job.count, list(job.badges.all())) == (BadgeState.ISSUED, 1, [kept])
    assert open_ones(category) == [held]


@pytest.mark.parametrize("when", ["before it is made", "before it is fetched"])
def test_badge_that_ends_on_the_way_is_to_be_destroyed_only_where_there_is_a_card(client, officer, category, when):
    ended, kept = make_several(category, 2)
    job = ask(category, [ended, kept], officer)
    void = Badge.objects.filter(pk=ended.pk)
    if when == "before it is made":
        void.update(state=BadgeState.VOID, voided_at=timezone.now())
    printing.make(job)
    void.update(state=BadgeState.VOID, voided_at=timezone.now())

    client.post(f"/desk/badges/jobs/{job.pk}/file/")

    job.refresh_from_db()
    assert printing.voided(job) == ([] if when == "before it is made" else [ended])
    assert list(BadgeEntry.objects.values_list("badge", "act")) == [(kept.pk, "print")]


def test_badge_replaced_while_its_job_waits_is_not_printed_and_the_new_one_is(officer, category):
    [badge] = make_several(category, state=BadgeState.ISSUED)
    job = ask(category, [badge], officer)
    Badge.objects.filter(pk=badge.pk).update(state=BadgeState.PRINTED)  # by hand, at another desk
    badge.refresh_from_db()
    new = badges.replace(badge, by=officer, why=WhyReplaced.MISPRINT)

    printing.make(job)

    job.refresh_from_db()
    assert (job.count, job.file, job.ended_at is None) == (0, "", False)
    assert open_ones(category) == [new]


def test_job_of_which_nothing_is_left_says_so_and_asks_nobody_to_fetch_it(client, officer, category, private_files):
    [badge] = make_several(category)
    job = ask(category, [badge], officer)
    Registration.objects.update(status=Status.REVOKED)

    printing.make(job)
    page = client.get(f"/desk/badges/jobs/{job.pk}/").content.decode()

    assert "None of these badges can be printed any more." in page
    assert "Fetch the PDF" not in page
    assert files_in(private_files) == []


# Two at once


def said(act):
    """What it returned, or the words of what it refused."""
    try:
        return act()
    except PrintRefused as refused:
        return str(refused)


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_print_the_same_view_at_once_get_each_badge_once(officer, category):
    officers = [officer, make_officer("second", roles=[Role.BADGE_DESK])]

    for _time in range(5):
        chosen = make_several(category, 6)
        came = at_once(*[partial(said, partial(ask, category, chosen, by)) for by in officers])

        taken = [list(job.badges.order_by("number")) for job in came if isinstance(job, PrintJob)]
        assert taken == [chosen]
        assert came.count("None of these badges waits to be printed.") == 1


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_fetch_one_file_at_once_get_it_once(officer, category):
    job = ask(category, make_several(category, 2), officer)
    printing.make(job)
    job.refresh_from_db()

    came = at_once(*[partial(said, lambda: printing.fetch(PrintJob.objects.get(pk=job.pk), by=officer))] * 2)

    assert sorted(type(one).__name__ for one in came) == ["Reader", "str"]
    assert BadgeEntry.objects.count() == 2
