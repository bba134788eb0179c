"""What the worker does for the office itself, on its own clock."""

from datetime import timedelta

from office import outbox, sessions
from office.worker import Job

PERIODIC = [
    Job("forget_old_mail", every=timedelta(hours=1), run=outbox.forget_old),
    Job("forget_ended_sessions", every=timedelta(hours=1), run=sessions.forget_ended),
]
