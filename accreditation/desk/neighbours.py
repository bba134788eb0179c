"""What stands before and after an application in the list it was opened from, so that work goes on without the list."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from accreditation.desk.queue import VIEWS
from accreditation.models import Registration
from advisory.renditions import dates, wording

ABOVE, BELOW = 4, 20
SOON = timedelta(days=1)
ORDER, BACKWARDS = ["due_at", "pk"], ["-due_at", "-pk"]


@dataclass(frozen=True)
class Row:
    """One line of the list, in the words that the page shows."""

    reference: str
    name: str
    organization: str
    due: str
    is_late: bool
    is_flagged: bool
    is_here: bool


@dataclass(frozen=True)
class Neighbours:
    title: str
    rows: list
    before: str
    after: str


def of(registration, officer, view, *, at=None):
    """The rows around an application; ``before`` and ``after`` are references or "". Two statements."""
    at = at or timezone.now()
    listed, zone = rows(registration, officer, view, at=at), wording.zone(registration.meeting.time_zone)
    above = list(listed.filter(_beyond(registration, is_after=False)).order_by(*BACKWARDS)[:ABOVE])[::-1]
    below = list(listed.filter(_beyond(registration, is_after=True)).order_by(*ORDER)[:BELOW])
    return Neighbours(
        title=view_of(view).name,
        rows=[_row(row, at, zone, is_here=row is registration) for row in [*above, registration, *below]],
        before=above[-1].reference if above else "",
        after=below[0].reference if below else "",
    )


def next_after(registration, officer, view, *, at=None):
    """The reference of what comes next, from the top again after the last; "" where nothing is left. One statement, or
    two."""
    listed = rows(registration, officer, view, at=at or timezone.now()).exclude(pk=registration.pk)
    onward = listed.filter(_beyond(registration, is_after=True)).order_by(*ORDER)
    found = onward.values_list("reference", flat=True).first()
    return found or listed.order_by(*ORDER).values_list("reference", flat=True).first() or ""


def view_of(slug):
    """The queue's view by its slug; what waits for a decision where there is none."""
    return VIEWS.get(slug, VIEWS["new"])


def rows(registration, officer, view, *, at):
    """The list of a view, in the meeting of an application."""
    chosen = view_of(view)
    listed = Registration.objects.filter(
        chosen.chosen(officer, at), status__in=chosen.statuses, meeting=registration.meeting_id
    )
    return listed.select_related("organization")


def _beyond(registration, *, is_after):
    """The side of an application in the order of ``ORDER``, bounded so that an index alone finds it."""
    due, pk = registration.due_at, registration.pk
    if due is None:
        return Q(due_at=None, pk__gt=pk) if is_after else Q(due_at=None, pk__lt=pk)
    if is_after:
        return Q(due_at__gte=due) & (Q(due_at__gt=due) | Q(pk__gt=pk))
    return Q(due_at__lte=due) & (Q(due_at__lt=due) | Q(pk__lt=pk))


def _row(registration, at, zone, *, is_here):
    organization = "" if registration.is_hidden else str(registration.organization or registration.organization_name)
    return Row(
        reference=registration.reference,
        name=registration.listed_as,
        organization=organization,
        due=_due(registration, at, zone),
        is_late=bool(registration.due_at and registration.due_at <= at and not registration.paused_at),
        is_flagged=bool(registration.hints),
        is_here=is_here,
    )


def _due(registration, at, zone):
    """16:00 where it is today, else the day, on the meeting's own clock."""
    if registration.due_at is None:
        return ""
    due = registration.due_at.astimezone(zone)
    return wording.clock(due.time()) if due.date() == at.astimezone(zone).date() else dates.written(due.date(), "brief")
