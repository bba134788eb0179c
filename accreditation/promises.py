"""When an answer is promised: so many working days after it was asked for, and no hour of the applicant's own time."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

WEEKEND = {5, 6}  # Saturday, Sunday


def answer_due(registration, at):
    """The same hour so many working days later (``answer_days`` of its category), on the meeting's own calendar."""
    zone = ZoneInfo(registration.meeting.time_zone or settings.TIME_ZONE)
    due, left = at.astimezone(zone), registration.category.answer_days
    while left:
        due += timedelta(days=1)
        left -= due.weekday() not in WEEKEND
    return due.astimezone(at.tzinfo)


def times(registration, target, *, before, at):
    """{column: instant} of the promise as an action leaves it; ``target`` and ``before`` are statuses."""
    if target == "info_requested":
        return {"paused_at": at}
    if target != "submitted":
        return {"paused_at": None}
    if before == "info_requested":
        waited = at - registration.paused_at if registration.paused_at else timedelta(0)
        return {"due_at": registration.due_at and registration.due_at + waited, "paused_at": None, "returned_at": at}
    returned = {"returned_at": at} if before == "declined" else {}
    return {"due_at": answer_due(registration, at), "paused_at": None} | returned
