"""What a line of the queue says of an application, in the officer's language and on the meeting's clock."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accreditation import conditions, words
from accreditation.checks.hints import IN_SHORT
from accreditation.desk import claims
from accreditation.models import Decision
from accreditation.standing import TONES
from accreditation.states import Medium, Part, Standing, Status
from advisory.renditions import dates, wording
from office import names

SOON = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """When an answer is promised. ``urgency`` is late, soon or ""."""

    words: str
    at: datetime | None = None
    urgency: str = ""


@dataclass(frozen=True)
class Line:
    registration: object
    state: tuple  # word, tone, shape
    due: Due
    comes_as: str
    organization: str = ""
    country: str = ""
    also_named: str = ""
    holder: str = ""
    looks_until: datetime | None = None
    decision: object = None
    to_look_at: str = ""
    hints: str = ""


@dataclass
class Group:
    title: str
    lines: list = field(default_factory=list)


def groups(listing, asked, *, at):
    """[Group] of a Listing, in its order: by day, or with all of one organization or person under the first of them."""
    decisions = last_decisions([*listing.rows, *listing.together])
    lines = [line(row, at=at, decision=decisions.get(row.pk)) for row in listing.rows]
    if asked.text or (not asked.group and asked.order != "due"):
        return [Group("", lines)] if lines else []
    if not asked.group:
        return _by_day(lines, at)
    more = [line(row, at=at, decision=decisions.get(row.pk)) for row in listing.together]
    return _by_sameness(lines, more, *SAMENESS[asked.group])


def line(row, *, at, decision=None):
    """Of a person who is hidden nothing that could tell who it is."""
    officer = claims.holder(row, at) if row.claimed_by_id else None
    return Line(
        row,
        state=state(row, at, is_with_somebody=officer is not None),
        due=due(row, at),
        comes_as=comes_as(row),
        organization="" if row.is_hidden else str(row.organization or row.organization_name),
        country="" if row.is_hidden else country(row),
        also_named="" if row.is_hidden or row.badge_name == row.listed_as else row.badge_name,
        holder=str(officer) if officer else "",
        looks_until=row.claimed_until.astimezone(_zone(row)) if officer and row.claimed_until else None,
        decision=decision,
        to_look_at=to_look_at(row),
        hints=wording.comma().join(str(IN_SHORT[code]) for code in row.hints if code in IN_SHORT),
    )


def state(row, at, *, is_with_somebody):
    """(word, tone, shape). What waits for the desk is received, answered or in somebody's hands."""
    if row.status != Status.SUBMITTED:
        return words.STATUS[Status(row.status)], *TONES[Status(row.status)]
    if row.returned_at:
        return _("Answered"), "info", "answered"
    return (_("In review"), "rev", "clock") if is_with_somebody else (_("Received"), "info", "received")


def due(row, at):
    if row.status == Status.INFO_REQUESTED:
        return Due(_("the clock stands still"))
    if row.status != Status.SUBMITTED or row.due_at is None:
        return Due("")
    told = {"moment": near(row.due_at, at, _zone(row))}
    if row.due_at <= at:
        return Due(_("late: %(moment)s") % told, row.due_at, "late")
    return Due(told["moment"], row.due_at, "soon" if row.due_at <= at + SOON else "")


def near(instant, at, zone):
    """today, 16:00; tomorrow, 9:15; 31 Aug, 11:20."""
    local = instant.astimezone(zone)
    day = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}.get((local.date() - at.astimezone(zone).date()).days)
    return _("%(date)s, %(time)s") % {
        "date": day or dates.written(local.date(), "brief"),
        "time": wording.clock(local.time()),
    }


def comes_as(row):
    if row.part != Part.REPRESENTATIVE:
        return words.PART[Part(row.part)]
    if row.medium:
        return words.MEDIUM[Medium(row.medium)]
    return words.STANDING[Standing(row.standing)] if row.standing else ""


def country(row):
    code = row.organization.country if row.organization and row.organization.country else row.answers.get("country")
    return names.name(code, get_language()) if isinstance(code, str) and code else ""


def to_look_at(row):
    number = len(row.hints)
    return ngettext("%(number)s to look at", "%(number)s to look at", number) % {"number": number} if number else ""


def last_decisions(rows):
    """{registration's pk: its last Decision} of those that are decided, by whom and when."""
    decided = [row.pk for row in rows if row.status not in claims.OPEN]
    if not decided:
        return {}
    found = Decision.objects.filter(registration__in=decided).exclude(action__in=conditions.BESIDE)
    return {row.registration_id: row for row in found.select_related("by").order_by("sequence")}


def _by_day(lines, at):
    titles = {-1: _("Late"), 0: _("Due today"), 1: _("Due tomorrow"), 2: _("Due later"), 3: _("No date")}
    found = {}
    for each in lines:
        found.setdefault(_day(each, at), []).append(each)
    return [Group(titles[day], found[day]) for day in sorted(found)]


def _day(each, at):
    if each.due.at is None:
        return 3
    zone = _zone(each.registration)
    days = (each.due.at.astimezone(zone).date() - at.astimezone(zone).date()).days
    return -1 if each.due.urgency == "late" else min(days, 2)


def _by_sameness(lines, more, sameness, named):
    """Those who stand alone keep their place without a title."""
    sames = {}
    for each in [*lines, *more]:
        if key := sameness(each):
            sames.setdefault(key, []).append(each)
    found, done = [], set()
    for each in lines:
        key = sameness(each)
        if key in done:
            continue
        same = sames.get(key, [])
        if len(same) > 1:
            done.add(key)
            title = _("%(name)s: %(number)s together") % {"name": named(each), "number": len(same)}
            found.append(Group(title, same))
        elif found and not found[-1].title:
            found[-1].lines.append(each)
        else:
            found.append(Group("", [each]))
    return found


def _organization(each):
    row = each.registration
    return None if row.is_hidden else row.organization_id or row.organization_name.casefold() or None


def _person(each):
    return None if each.registration.is_hidden else each.registration.name_key or None


# By what lines are the same, and what it is called
SAMENESS = {
    "organization": (_organization, lambda each: each.organization),
    "person": (_person, lambda each: each.registration.listed_as),
}


def _zone(row):
    return wording.zone(row.meeting.time_zone)
