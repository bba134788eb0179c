"""What a delegation's page shows of its people, and the same as a file: how far each has come, and no more.

Nothing that a person wrote is here but the name, and of protected people not even that.
"""

import csv
import io
from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accreditation import aliases, delegations, journey, places, words, workflow
from accreditation.models import Decision
from accreditation.states import LIVE, Status

# (tone, shape) beside the word of a status, as in ``static/css/base.css`` and ``renditions.icons``
MARKS = {
    Status.DRAFT: ("", "todo"),
    Status.AWAITING_ENDORSEMENT: ("warn", "warn"),
    Status.SUBMITTED: ("rev", "clock"),
    Status.INFO_REQUESTED: ("warn", "warn"),
    Status.WAITLISTED: ("info", "open"),
    Status.OFFERED: ("info", "open"),
    Status.APPROVED: ("ok", "ok"),
}
# What a spreadsheet would take for a formula (OWASP, CSV injection), the full-width forms included
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


@dataclass
class Person:
    """``missing`` are titles of steps, of an application that has not been sent; ``email`` where it was invited."""

    pk: object
    name: str
    part: str
    status: Status
    email: str = ""
    missing: list = field(default_factory=list)
    was_written_today: bool = False
    is_hidden: bool = False

    @property
    def state(self):
        return words.STATUS[self.status]

    @property
    def tone(self):
        return MARKS.get(self.status, ("", "off"))[0]

    @property
    def icon(self):
        return MARKS.get(self.status, ("", "off"))[1]

    @property
    def is_draft(self):
        return self.status == Status.DRAFT

    @property
    def is_coming(self):
        return self.status in LIVE or self.is_draft

    @property
    def waits(self):
        return self.status == Status.AWAITING_ENDORSEMENT


@dataclass
class Table:
    """``cap`` None means no limit; ``invited`` are drafts that will want a place. ``alone`` applied by themselves."""

    people: list
    alone: list
    taken: int
    cap: int | None
    invited: int

    @property
    def coming(self):
        return sum(person.is_coming for person in self.people)

    @property
    def waiting(self):
        return sum(person.waits for person in self.alone)

    @property
    def has_room(self):
        return self.cap is None or self.taken + self.invited < self.cap

    @property
    def may_be_reminded(self):
        return any(person.is_draft and not person.was_written_today for person in self.people)


def of(delegation):
    """The Table of a delegation; the same number of statements for one person and for a hundred."""
    rows = _rows(delegations.people(delegation), delegation)
    alone = _rows(delegations.applied_alone(delegation), delegation)
    shown = _shown_statuses([*rows, *alone])
    rows.sort(key=lambda row: shown[row.pk] not in delegations.COMING)  # who left stands last
    written = delegations.written_today([row for row in rows if row.status == Status.DRAFT])
    taken, cap = places.used(delegation.category, delegation.organization)
    invited = [row for row in rows if row.status == Status.DRAFT and not row.holds_place and row.counts_in_cap]
    return Table(
        people=[_person(row, shown[row.pk], was_written_today=row.pk in written) for row in rows],
        alone=[_person(row, shown[row.pk]) for row in alone],
        taken=taken,
        cap=cap,
        invited=len(invited),
    )


def _rows(found, delegation):
    """With what all have in common from one row, and without what is sealed."""
    category = delegation.category
    prefetch_related_objects([category], "evidence_rules", "questions")
    rows = list(found.defer("identity", "access_needs", "person", "speaking"))
    for row in rows:
        row.category, row.meeting, row.organization = category, category.meeting, delegation.organization
        row.delegation = delegation if row.delegation_id else None
    prefetch_related_objects([row for row in rows if row.status == Status.DRAFT], "evidence")  # is a paper missing?
    return rows


def _shown_statuses(rows):
    """{pk: Status}; of a decision that can still be undone, the status before it (``workflow.shown_status``)."""
    held = [row.pk for row in rows if workflow.is_held(row)]
    decisions = Decision.objects.filter(registration__in=held).order_by("sequence") if held else []
    before = {decision.registration_id: decision.before for decision in decisions}
    return {row.pk: Status(before.get(row.pk, row.status)) for row in rows}


def _person(row, status, *, was_written_today=False):
    is_hidden, is_draft = row.is_hidden, status == Status.DRAFT
    return Person(
        pk=row.pk,
        name=capfirst(aliases.NOBODY) if is_hidden else name_of(row),
        part=words.PART[row.part],
        status=status,
        email=row.email if is_draft and not is_hidden else "",
        missing=[str(step.title) for step in journey.missing(row)] if is_draft else [],
        was_written_today=was_written_today,
        is_hidden=is_hidden,
    )


def name_of(registration):
    return f"{registration.given_names} {registration.family_name}".strip()


def as_csv(table):
    """The people as UTF-8 with the mark by which spreadsheets know it; no cell is taken for a formula."""
    kept = io.StringIO()
    writer = csv.writer(kept)
    writer.writerow([_("Order"), _("Name"), _("Comes as"), _("State"), _("Steps missing")])
    for number, person in enumerate(table.people, start=1):
        cells = [person.name, person.part, person.state, "; ".join(person.missing)]
        writer.writerow([number, *(harmless(str(cell)) for cell in cells)])
    return ("\ufeff" + kept.getvalue()).encode()


def harmless(cell):
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell
