"""What the worker does for the office itself, on its own clock."""

from datetime import timedelta

from django.utils import timezone

from office import outbox, sessions
from office.encryption import orphans
from office.worker import Job

DAY = timedelta(days=1)


def remove_orphans(*, at=None):
    """Sealed files older than a day that no row names; return how many went."""
    return orphans.remove_unnamed(before=(at or timezone.now()) - DAY)


PERIODIC = [
    Job("forget_old_mail", every=timedelta(hours=1), run=outbox.forget_old),
    Job("forget_ended_sessions", every=timedelta(hours=1), run=sessions.forget_ended),
    Job("remove_orphans", every=DAY, run=remove_orphans),
]
