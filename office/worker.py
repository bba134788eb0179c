"""The worker: one process that sends the outbox and runs the periodic jobs. Several may run; each does a thing once."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import InterfaceError, OperationalError, close_old_connections, connections
from django.db.models import Q
from django.utils import timezone

from office.delivery import deliver
from office.discovery import declared
from office.models import PeriodicJob

log = logging.getLogger("rostrum.worker")

BATCH = 100  # messages between two looks at the periodic jobs
LEASE = timedelta(hours=1)  # a job that takes longer may be begun a second time
LOOK_EVERY = 2.0
FIRST_WAIT, LONGEST_WAIT = 5.0, 60.0  # for a mail server or a database that does not answer


@dataclass(frozen=True)
class Job:
    """``run()`` is called without arguments, outside any transaction, ``every`` so often since its last start.

    A worker that was killed in it keeps others from it for its ``lease``.
    """

    name: str
    every: timedelta
    run: Callable[[], object]
    lease: timedelta = LEASE


def periodic_jobs():
    return [job for jobs in declared("PERIODIC") for job in jobs]


def run_due_jobs(jobs, stop=lambda: False):
    """Run each job that is due and that no other worker runs; return the names of those that ran."""
    known = set(PeriodicJob.objects.filter(name__in=[job.name for job in jobs]).values_list("name", flat=True))
    if new := [PeriodicJob(name=job.name) for job in jobs if job.name not in known]:
        PeriodicJob.objects.bulk_create(new, ignore_conflicts=True)
    now = timezone.now()
    started = dict(PeriodicJob.objects.values_list("name", "last_started_at"))
    due = [job for job in jobs if started[job.name] is None or started[job.name] + job.every <= now]
    return [job.name for job in due if not stop() and _run(job)]


def _run(job):
    """Whether this worker ran the job. A job that fails is logged and runs again at its next time."""
    now = timezone.now()
    row = PeriodicJob.objects.filter(name=job.name)
    time_has_come = Q(last_started_at=None) | Q(last_started_at__lte=now - job.every)
    free = Q(lease_until=None) | Q(lease_until__lte=now)
    if not row.filter(time_has_come, free).update(last_started_at=now, lease_until=now + job.lease):
        return False
    error = ""
    try:
        job.run()
    except Exception as failure:
        error = f"{type(failure).__name__}: {failure}".replace("\0", "")[:2000]
        log.exception("A periodic job failed.", extra={"fields": {"job": job.name}})
    row.filter(last_started_at=now).update(last_finished_at=timezone.now(), last_error=error, lease_until=None)
    return True


class Waiting:
    """Seconds to wait for something that does not answer: doubling while it fails, none once it works."""

    def __init__(self):
        self.seconds, self.until = 0.0, 0.0

    def failed(self):
        self.seconds = min(self.seconds * 2 or FIRST_WAIT, LONGEST_WAIT)
        self.until = time.monotonic() + self.seconds

    def worked(self):
        self.seconds = self.until = 0.0

    @property
    def is_over(self):
        return time.monotonic() >= self.until


class Worker:
    def __init__(self, jobs=None):
        self.jobs = periodic_jobs() if jobs is None else jobs
        self.stopping = threading.Event()
        self.mail_server = Waiting()
        self.database = Waiting()

    def stop(self, *_):
        """A signal's handler too: what is in hand is finished, then ``run`` returns."""
        self.stopping.set()

    def run(self):
        log.info("The worker has begun.", extra={"fields": {"jobs": [job.name for job in self.jobs]}})
        while not self.stopping.is_set():
            try:
                more = self.turn()
                self.database.worked()
                self.stopping.wait(0 if more else LOOK_EVERY)
            except (OperationalError, InterfaceError) as error:
                self.database.failed()
                fields = {"error": str(error), "seconds": self.database.seconds}
                log.warning("The database does not answer.", extra={"fields": fields})
                connections.close_all()
                self.stopping.wait(self.database.seconds)
        log.info("The worker has ended.")

    def turn(self):
        """One look at jobs and mail; True when a full batch was sent and more may be due."""
        close_old_connections()
        run_due_jobs(self.jobs, self.stopping.is_set)
        if not self.mail_server.is_over:
            return False
        done = deliver(limit=BATCH, stop=self.stopping.is_set)
        if done.unreachable:
            self.mail_server.failed()
        elif done.sent or done.handed:
            self.mail_server.worked()
        return done.sent + done.handed + done.waiting == BATCH

    def run_once(self):
        """All that is due now, then return."""
        run_due_jobs(self.jobs, self.stopping.is_set)
        while not self.stopping.is_set():
            done = deliver(limit=BATCH, stop=self.stopping.is_set)
            if done.unreachable or not done.sent + done.handed + done.waiting:
                return
