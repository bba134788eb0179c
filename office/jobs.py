"""What the worker does for the office itself, on its own clock."""

from datetime import timedelta

from office import outbox
from office.worker import Job

PERIODIC = [Job("forget_old_mail", every=timedelta(hours=1), run=outbox.forget_old)]
