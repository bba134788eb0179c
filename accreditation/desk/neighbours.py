"""What stands before and after an application in the list it was opened from, so that work goes on without the list."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from accreditation.desk.queue import VIEWS
from accreditation.models import Registration
from accreditation.querysets import BY_RANK, SENT_AT, Rank
from advisory.renditions import dates, wording

ABOVE, BELOW = 4, 20
SOON = timedelta(days=1)
# By the order of a view: the column along which its list is walked, and whether the latest stands first
COLUMNS = {"due": ("due_at", False), "oldest": ("created_at", False), "moved": ("moved_at", True)}


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
    above = list(_beyond(listed, registration, view, is_after=False)[:ABOVE])[::-1]
    below = list(_beyond(listed, registration, view, is_after=True)[:BELOW])
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
    found = _beyond(listed, registration, view, is_after=True).values_list("reference", flat=True).first()
    from_top = listed.order_by(*_order(view)).values_list("reference", flat=True)
    return found or from_top.first() or ""


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


def _order(view):
    order = view_of(view).order
    if order == "rank":
        return [*(expression.asc() for expression in BY_RANK), F("pk").asc()]
    column, descends = COLUMNS[order]
    return [F(column).desc() if descends else F(column).asc(), F("pk").asc()]


def _beyond(listed, registration, view, *, is_after):
    """What follows an application in the order of its list, or what precedes it, the nearest first."""
    rows = listed.alias(rank=Rank(), sent_at=SENT_AT).filter(
        _side(registration, view_of(view).order, is_after=is_after)
    )
    order = _order(view)
    return rows.order_by(*order) if is_after else rows.order_by(*order).reverse()


def _side(registration, order, *, is_after):
    later = _later("pk", registration.pk, is_after=is_after)
    if order != "rank":
        column, descends = COLUMNS[order]
        return _of(column, getattr(registration, column), later, is_after=is_after != descends)
    sent_at = registration.declared_at or registration.created_at
    rank = Rank.LAST if registration.waitlist_rank is None else registration.waitlist_rank
    return _of("rank", rank, _of("sent_at", sent_at, later, is_after=is_after), is_after=is_after)


def _of(column, value, same, *, is_after):
    """Beyond a value, or of it and then ``same``; bounded so that an index alone finds it."""
    if value is None:
        return Q(**{column: None}) & same
    bound = Q(**{f"{column}__{'gte' if is_after else 'lte'}": value})
    return bound & (_later(column, value, is_after=is_after) | same)


def _later(column, value, *, is_after):
    return Q(**{f"{column}__{'gt' if is_after else 'lt'}": value})


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
