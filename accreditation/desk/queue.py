"""The queue: a meeting's applications by saved views, the most urgent first, in lists that stop at a thousand rows.

Each question is answered by one index, so that a page takes the same time whether a hundred people apply or all do.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from heapq import merge
from itertools import islice
from urllib.parse import urlencode

from django.db.models import F, IntegerField, Q, Subquery, Value
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accreditation import finding, references
from accreditation.desk import claims
from accreditation.models import Registration
from accreditation.querysets import BY_RANK, Flagged, OnWaitlist
from accreditation.states import Status
from advisory.models import Meeting

AT_MOST = 1_000  # rows of a list; more are told as 1,000+
PAGE = 50
TOGETHER = 50  # rows that grouping brings in from beyond the page
NEAR = timedelta(days=1)
NUMBER = re.compile(r"[1-9][0-9]{0,3}")
SENT = [status for status in Status if status != Status.DRAFT]
DECIDED = [Status.APPROVED, Status.DECLINED, Status.OFFERED, Status.REVOKED]


@dataclass(frozen=True)
class View:
    """``chosen(officer, at)`` narrows the statuses; ``nothing`` is said where no application is in it.

    ``is_small``: found by what is chosen, and not by the status.
    """

    slug: str
    name: Promise
    nothing: Promise
    statuses: tuple = (Status.SUBMITTED,)
    chosen: Callable = lambda officer, at: Q()
    order: str = "due"
    is_small: bool = False


VIEWS = {
    view.slug: view
    for view in [
        View(
            "mine", pgettext_lazy("applications", "Mine"), _("You have claimed nothing."), tuple(claims.OPEN),
            lambda officer, at: claims.in_force(at) & Q(claimed_by=officer),
            is_small=True,
        ),
        View("new", _("To decide"), _("Nothing waits for a decision.")),
        View(
            "answered", _("Answered"), _("No answer and no request for a review waits."),
            chosen=lambda officer, at: Q(returned_at__isnull=False),
        ),
        View(
            "due", _("Near the deadline"), _("Nothing is late, and nothing falls due within a day."),
            chosen=lambda officer, at: Q(due_at__lte=at + NEAR),
        ),
        View("flagged", _("Flagged"), _("The checks found nothing to look at."), chosen=lambda officer, at: Flagged()),
        View(
            "delegations", _("Delegations"), _("Nobody sent by an organization waits for a decision."),
            chosen=lambda officer, at: Q(delegation__isnull=False),
        ),
        View(
            "waitlist", _("Waiting list"), _("Nobody is on the waiting list."), (Status.WAITLISTED,),
            lambda officer, at: OnWaitlist(), order="rank"
        ),
        View("asked", _("Asked"), _("No applicant has to answer."), (Status.INFO_REQUESTED,), order="oldest"),
        View("decided", _("Decided"), _("Nothing has been decided."), tuple(DECIDED), order="moved"),
    ]
}  # fmt: skip
ORDERS = {
    "due": (_("Due first"), [F("due_at").asc(nulls_last=True)]),
    "oldest": (_("Oldest first"), [F("created_at").asc()]),
    "newest": (_("Newest first"), [F("created_at").desc()]),
    "moved": (_("Last decided first"), [F("moved_at").desc()]),
    "rank": (_("In the order of the list"), BY_RANK),
}
OF_ONE_VIEW = {"moved", "rank"}  # make sense where they are the view's own


def orders_of(view):
    return {slug: order for slug, order in ORDERS.items() if slug not in OF_ONE_VIEW or slug == view.order}


GROUPS = {"": _("As ordered"), "organization": _("Same organization"), "person": _("Same person")}


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what makes no sense is left aside. ``category`` is one of the meeting's, or None."""

    view: View
    category: object = None
    order: str = "due"
    group: str = ""
    text: str = ""
    page: int = 1

    @classmethod
    def read(cls, data, categories):
        view = VIEWS.get(data.get("view"), VIEWS["new"])
        page = data.get("page", "")
        return cls(
            view,
            category=next((row for row in categories if row.slug == data.get("category")), None),
            order=data.get("order") if data.get("order") in orders_of(view) else view.order,
            group=data.get("group") if data.get("group") in GROUPS else "",
            text=" ".join(data.get("q", "").replace("\0", "").split())[:200],
            page=min(int(page), AT_MOST // PAGE) if NUMBER.fullmatch(page) else 1,
        )

    def query(self, **changes):
        """The query of the same page but for ``changes``, without what goes without saying."""
        view = changes.pop("view", self.view.slug)
        values = {
            "view": "" if view == "new" else view,
            "category": self.category.slug if self.category else "",
            "order": "" if self.order == VIEWS[view].order or view != self.view.slug else self.order,
            "group": self.group,
            "q": self.text,
        } | changes
        return urlencode({name: value for name, value in values.items() if value})


@dataclass(frozen=True)
class Listing:
    """``together`` holds what grouping brought in from beyond the page; ``is_cut`` where a list stops."""

    rows: list = field(default_factory=list)
    together: list = field(default_factory=list)
    has_next: bool = False
    is_cut: bool = False


class UpTo(Subquery):
    """How many rows a query finds, counted no further than one beyond ``AT_MOST``.

    In the order of the index, and without a column: the index alone is read.
    """

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()

    def __init__(self, rows):
        super().__init__(rows.annotate(one=Value(1)).values("one")[: AT_MOST + 1])


def of_meeting(meeting, category=None):
    rows = Registration.objects.filter(meeting=meeting)
    return rows.filter(category=category) if category else rows


def counts(meeting, officer, *, category=None, at=None):
    """{slug of a view: number}, at most ``AT_MOST + 1``, in one statement."""
    at, rows = at or timezone.now(), of_meeting(meeting, category)
    lanes = {
        f"{view.slug}_{number}": rows.filter(view.chosen(officer, at), status__in=statuses).order_by(*order)
        for view in VIEWS.values()
        for number, (statuses, order) in enumerate(_lanes(view))
    }
    found = Meeting.objects.filter(pk=meeting.pk).order_by().values(**{name: UpTo(lanes[name]) for name in lanes}).get()
    numbers = {slug: sum(found[name] for name in lanes if name.partition("_")[0] == slug) for slug in VIEWS}
    return {slug: min(number, AT_MOST + 1) for slug, number in numbers.items()}


def _lanes(view):
    """[(statuses, order)] in which a view is counted: each status along its index, or all at once where few are in."""
    return [(view.statuses, ())] if view.is_small else [((status,), ("due_at",)) for status in view.statuses]


def up_to(number):
    """A count in figures: 42, or 1,000+."""
    return f"{AT_MOST:,}+" if number > AT_MOST else str(number)


def listing(meeting, officer, asked, *, at=None):
    """The page that is asked for, in at most ``len(DECIDED)`` statements and two more."""
    at, rows = at or timezone.now(), of_meeting(meeting, asked.category)
    rows = found(rows, meeting, asked.text) if asked.text else rows.filter(asked.view.chosen(officer, at))
    end = asked.page * PAGE
    keys = list(islice(_keys(rows, asked, end + 1), end - PAGE, end + 1))
    by_pk = {row.pk: row for row in _shown(Registration.objects.filter(pk__in=keys[:PAGE]), meeting)}
    page = [by_pk[key] for key in keys[:PAGE] if key in by_pk]  # decided and erased meanwhile
    return Listing(
        page,
        together=_together(rows, page, meeting, asked),
        has_next=len(keys) > PAGE and end < AT_MOST,
        is_cut=len(keys) > PAGE and end >= AT_MOST,
    )


def found(rows, meeting, text):
    """Those that are sent and hold every word of a text, or whose reference it is, however it is said."""
    if reference := references.read(text, [meeting.code]):
        return rows.filter(reference=reference)
    matching = finding.matching(text, meeting_id=meeting.pk, most=AT_MOST + 1)
    return rows.none() if matching is None else rows.filter(pk__in=matching)


def _keys(rows, asked, most):
    """Keys in the order asked for. Each status is read along its own index, as an index of both would be sorted."""
    _name, order = ORDERS[asked.order]
    statuses = SENT if asked.text else asked.view.statuses
    if asked.text or len(statuses) == 1:
        return rows.filter(status__in=statuses).order_by(*order, "pk").values_list("pk", flat=True)[:most]
    [by] = order
    column, descends = by.expression.name, by.descending
    lanes = [rows.filter(status=status).order_by(by, "pk").values_list(column, "pk")[:most] for status in statuses]
    rank = lambda key: (key[0] is None, key[0] and (-1 if descends else 1) * key[0].timestamp(), key[1])  # noqa: E731
    return (pk for _instant, pk in merge(*lanes, key=rank))


SHOWN = [
    "reference", "category", "organization__name", "organization__country", "organization_name", "status", "medium",
    "standing", "part", "given_names", "family_name", "badge_name", "name_key", "answers", "asks_protection",
    "is_protected", "claimed_by__name", "claimed_by__username", "claimed_until", "hints", "due_at", "returned_at",
]  # fmt: skip


def _shown(rows, meeting):
    """With what a line shows and nothing else; all have one meeting and its few categories in common."""
    rows = list(rows.select_related("organization", "claimed_by").only(*SHOWN))
    categories = {category.pk: category for category in meeting.categories.all()} if rows else {}
    for row in rows:
        row.meeting, row.category = meeting, categories[row.category_id]
    return rows


def _together(rows, page, meeting, asked):
    """Others of the same organization in the list, or of the same person in the meeting, that are not on the page."""
    if not page or not asked.group or asked.text:
        return []
    if asked.group == "person":
        keys = {row.name_key for row in page if row.name_key and not row.is_hidden}
        same = of_meeting(meeting).nameable().filter(name_key__in=keys, status__in=SENT)
    else:
        named = [row for row in page if not row.is_hidden]
        known = {row.organization_id for row in named if row.organization_id}
        typed = {row.organization_name for row in named if not row.organization_id and row.organization_name}
        same = rows.nameable().filter(
            Q(organization__in=known) | Q(organization__isnull=True, organization_name__in=typed),
            status__in=asked.view.statuses,
        )
    same = same.exclude(pk__in=[row.pk for row in page]).order_by(*ORDERS["due"][1], "pk")
    return _shown(same[:TOGETHER], meeting)
