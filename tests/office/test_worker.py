"""The worker: each periodic job at its time and once, whatever fails; and an end in good order."""

import json
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone

from office import outbox, worker
from office.models import Message, MessageState, PeriodicJob
from office.worker import Job, Waiting, Worker, run_due_jobs
from tests.office.smtp_server import SmtpServer, closed_port
from tests.test_settings import KEYS, LONG, ROOT

HOUR = timedelta(hours=1)


def counting(name="count", every=HOUR):
    """A job and the list that grows by one at each run."""
    runs = []
    return Job(name, every=every, run=lambda: runs.append(timezone.now())), runs


def queue(number=1):
    return outbox.queue(to=f"reader{number}@example.com", subject=f"Advisory {number}", text="What", kind="alert")


@pytest.mark.django_db
def test_job_runs_at_its_first_sight_and_then_at_its_time():
    job, runs = counting()

    assert [run_due_jobs([job]), run_due_jobs([job])] == [["count"], []]
    PeriodicJob.objects.update(last_started_at=timezone.now() - HOUR)
    assert run_due_jobs([job]) == ["count"]

    row = PeriodicJob.objects.get()
    assert len(runs) == 2
    assert (row.name, row.last_error, row.lease_until) == ("count", "", None)
    assert row.last_started_at <= row.last_finished_at


@pytest.mark.django_db
def test_job_that_another_worker_has_just_finished_does_not_run_again():
    job, runs = counting()
    run_due_jobs([job])

    assert not worker._run(job)
    assert len(runs) == 1


@pytest.mark.django_db
def test_failing_job_is_noted_and_stops_no_other(caplog):
    bad = Job("bad", every=HOUR, run=lambda: 1 / 0)
    good, runs = counting("good")

    assert run_due_jobs([bad, good]) == ["bad", "good"]

    row = PeriodicJob.objects.get(name="bad")
    assert (row.last_error, row.lease_until) == ("ZeroDivisionError: division by zero", None)
    assert row.last_finished_at
    assert len(runs) == 1
    [record] = [record for record in caplog.records if record.name == "rostrum.worker"]
    assert (record.getMessage(), record.fields) == ("A periodic job failed.", {"job": "bad"})


@pytest.mark.django_db
def test_error_of_the_last_run_goes_when_the_job_works_again():
    job, _ = counting("job")
    run_due_jobs([Job("job", every=HOUR, run=lambda: 1 / 0)])
    PeriodicJob.objects.update(last_started_at=timezone.now() - HOUR)

    run_due_jobs([job])

    assert PeriodicJob.objects.get().last_error == ""


@pytest.mark.django_db
def test_job_of_a_dead_worker_runs_again_once_its_lease_has_run_out():
    job, runs = counting()
    long_ago = timezone.now() - 3 * HOUR
    PeriodicJob.objects.create(name="count", last_started_at=long_ago, lease_until=timezone.now() + HOUR)
    assert run_due_jobs([job]) == []

    PeriodicJob.objects.update(lease_until=timezone.now())

    assert run_due_jobs([job]) == ["count"]
    assert len(runs) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_run_a_job_once():
    together, runs = threading.Barrier(2), []
    job = Job("slow", every=timedelta(0), run=lambda: (runs.append(1), time.sleep(0.3)))

    def work():
        together.wait()
        try:
            run_due_jobs([job])
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()

    assert len(runs) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_jobs_that_are_not_due_take_two_questions(count, django_assert_num_queries):
    jobs = [counting(f"job{number}")[0] for number in range(count)]
    run_due_jobs(jobs)

    with django_assert_num_queries(2):
        run_due_jobs(jobs)


def test_jobs_of_the_apps_are_found_and_their_names_differ():
    names = [job.name for job in worker.periodic_jobs()]

    assert "forget_old_mail" in names
    assert len(names) == len(set(names))


# The loop


@pytest.mark.django_db
def test_once_does_all_that_is_due_and_ends(settings):
    settings.EMAIL_BACKEND = "office.mail_server.SmtpServer"
    with SmtpServer() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        for number in range(worker.BATCH + 5):
            queue(number)

        call_command("worker", "--once")

        assert len(server.taken) == worker.BATCH + 5
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.SENT}
    assert PeriodicJob.objects.filter(name="forget_old_mail", last_error="").exists()


@pytest.mark.django_db
def test_once_ends_when_the_server_cannot_be_reached(settings):
    settings.EMAIL_BACKEND = "office.mail_server.SmtpServer"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", closed_port()
    queue()

    call_command("worker", "--once")

    assert Message.objects.get().state == MessageState.QUEUED


@pytest.mark.django_db(transaction=True)
def test_unreachable_server_is_waited_for_while_jobs_go_on(settings):
    settings.EMAIL_BACKEND = "office.mail_server.SmtpServer"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", closed_port()
    queue()
    job, runs = counting(every=timedelta(0))
    one = Worker([job])

    one.turn()
    with SmtpServer() as server:
        settings.EMAIL_PORT = server.port
        one.turn()
        assert (len(runs), server.connections) == (2, 0)
        one.mail_server.until = time.monotonic()
        one.turn()
        assert len(server.taken) == 1

    assert one.mail_server.seconds == 0


def test_waits_double_to_a_minute():
    waiting, seconds = Waiting(), []

    for _ in range(6):
        waiting.failed()
        seconds.append(waiting.seconds)

    assert seconds == [5, 10, 20, 40, 60, 60]
    assert not waiting.is_over


@pytest.mark.django_db
def test_worker_outlives_a_database_that_does_not_answer(monkeypatch):
    one, turns = Worker([]), []
    monkeypatch.setattr(worker, "FIRST_WAIT", 0.01)
    monkeypatch.setattr(worker.connections, "close_all", lambda: turns.append("closed"))

    def turn():
        turns.append("turn")
        if len(turns) == 1:
            raise OperationalError("the server closed the connection")
        one.stop()

    monkeypatch.setattr(one, "turn", turn)
    one.run()

    assert turns == ["turn", "closed", "turn"]


@pytest.mark.django_db(transaction=True)
def test_worker_goes_on_when_the_database_has_cut_its_connections(monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no server that could restart")
    monkeypatch.setattr(worker, "LOOK_EVERY", 0.05)
    monkeypatch.setattr(worker, "FIRST_WAIT", 0.05)
    job, runs = counting(every=timedelta(0))
    one = Worker([job])

    def work():
        try:
            one.run()
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        for _ in range(3):
            seen = len(runs)
            until(lambda seen=seen: len(runs) > seen)
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                assert cursor.fetchone() == (1,)
        seen = len(runs)
        until(lambda: len(runs) > seen + 1)
    finally:
        one.stop()
        thread.join()


def until(holds, seconds=10):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_sigterm_ends_the_worker_in_good_order(tmp_path):
    environment = {"VAR_DIR": str(tmp_path), "SECRET_KEY": LONG, "FIELD_KEYS": KEYS, "PATH": "/usr/bin:/bin"}
    manage = [sys.executable, ROOT / "manage.py"]
    subprocess.run([*manage, "migrate", "--verbosity", "0"], env=environment, check=True)
    process = subprocess.Popen([*manage, "worker"], env=environment, stderr=subprocess.PIPE, text=True)
    assert json.loads(process.stderr.readline())["message"] == "The worker has begun."

    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=20)

    assert process.returncode == 0
    assert [json.loads(line)["message"] for line in errors.splitlines()] == ["The worker has ended."]


# What is kept


@pytest.mark.django_db
def test_words_and_address_of_sent_mail_go_after_a_week_and_nothing_else_does():
    sent, young, handed, waiting = (queue(number) for number in range(4))
    week = timezone.now() - timedelta(days=7)
    Message.objects.filter(pk=sent.pk).update(state="sent", sent_at=week)
    Message.objects.filter(pk=young.pk).update(state="sent", sent_at=week + timedelta(minutes=1))
    Message.objects.filter(pk=handed.pk).update(state="handed", handed_at=week)
    Message.objects.filter(pk=waiting.pk).update(queued_at=week)

    assert [outbox.forget_old(), outbox.forget_old()] == [1, 0]

    sent.refresh_from_db()
    assert (sent.to, sent.subject, sent.text, sent.kind, sent.sent_at) == ("", "", "", "alert", week)
    assert not Message.objects.exclude(pk=sent.pk).filter(text="").exists()
