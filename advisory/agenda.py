"""Lists of meetings for the home page, the month list and the feed: what one line needs, from an edition alone."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from advisory.renditions import access, dates, marks, times, wording
from advisory.renditions.telling import Telling
from advisory.words import EditionKind, MeetingStatus, NoticeCategory, Precision

MAX_HOURS = 3
WEEK = 7


def today():
    """The date at the organization's seat."""
    return timezone.localdate()


@dataclass(frozen=True)
class Tag:
    """A state as word, tone and shape (``renditions/icons.py``)."""

    word: str
    tone: str
    icon: str


@dataclass
class Entry:
    """One line of a list. Times stay those of the meeting's own city."""

    telling: Telling
    at: datetime

    @property
    def title(self):
        return self.telling.words.title

    @property
    def path(self):
        return self.telling.path

    @property
    def leaf(self):
        """(6, Tuesday, September) of the first day."""
        return dates.leaf(self.day)

    @property
    def day(self):
        return date.fromisoformat(self.telling.facts.first_day) if self.telling.facts.first_day else None

    @property
    def last_day(self):
        return date.fromisoformat(self.telling.facts.last_day) if self.telling.facts.last_day else None

    @property
    def is_cancelled(self):
        return self.telling.facts.status == MeetingStatus.CANCELLED

    @property
    def is_postponed(self):
        return self.telling.facts.status == MeetingStatus.POSTPONED

    @property
    def is_on_now(self):
        """Between the first known start and end of a sitting; only exact times count."""
        return not (self.is_cancelled or self.is_postponed) and any(
            sitting.starts_at and sitting.ends_at and sitting.starts_at <= self.at <= sitting.ends_at
            for sitting in self.telling.sittings
            if sitting.precision == Precision.EXACT
        )

    @property
    def until(self):
        """Wed 23 Dec, where the meeting has several days: a weekday in full would have to be inflected."""
        last = self.last_day
        return dates.written(last, "short") if last and last != self.day else ""

    @property
    def deadlines(self):
        """(category in words, notice) for each notice whose closing is known and still to come."""
        return [
            (NoticeCategory(notice.category).label, notice)
            for notice in self.telling.access_notices
            if notice.closes_at and notice.closes_at > self.at
        ]

    @property
    def is_demonstration(self):
        return self.telling.facts.is_demonstration

    @property
    def foreign(self):
        """The title's language where it is not the page's."""
        return marks.attributes(self.title)

    @property
    def hours(self):
        """The first day's sittings: 10:00–13:00, 15:00–18:00; nothing where no hour is known."""
        first = [row for row in self.telling.sittings if row.date == self.day and (row.start_time or row.end_time)]
        return wording.joined(times.hours(row) for row in first[:MAX_HOURS])

    @property
    def place(self):
        """City and room as HTML: what is not in the page's language is marked."""
        words = self.telling.words
        city = times.city(self.telling) or (times.place(self.telling) if self.hours else "")
        return marks.listed([city, words.room or words.building])

    @property
    def tags(self):
        """Word, tone and shape of each state a reader looks for, the gravest first."""
        if self.is_cancelled:
            return [Tag(gettext("Cancelled"), "err", "stop")]
        tags = []
        if self.is_postponed:
            tags.append(Tag(gettext("Postponed"), "warn", "clock"))
        if self.is_on_now:
            tags.append(Tag(gettext("On now"), "rev", "live"))
        if self.telling.kind == EditionKind.CORRECTION:
            tags.append(Tag(gettext("Corrected"), "warn", "change"))
        press = access.press(self.telling)
        tags.append(Tag(press["label"], press["tone"], press["icon"]))
        for label, notice in self.deadlines:
            words = {"category": label, "day": dates.written(notice.closes_at, "short")}
            tags.append(Tag(gettext("%(category)s: apply by %(day)s") % words, "ok", "open"))
        if self.telling.webcasts:
            tags.append(Tag(gettext("Webcast"), "plain", "live"))
        return tags


def entries(editions, *, at=None):
    """People are not read: no line of a list names one."""
    at = at or timezone.now()
    return [Entry(Telling.of(edition, {}, get_language(), at=at), at) for edition in editions]


def now_and_next(entries):
    """(heading, entries): on now, today, tomorrow, the seven days, a section a month, then what has no date yet.

    Today is that of the meeting's own city. A meeting that began earlier and is not over stands under today.
    """
    first = [gettext("On now"), gettext("Today"), gettext("Tomorrow"), gettext("Next seven days")]
    sections = {heading: [] for heading in first}
    for entry in entries:
        local = entry.at.astimezone(ZoneInfo(entry.telling.facts.time_zone or "UTC")).date()
        away = (entry.day - local).days if entry.day else None
        if entry.is_on_now:
            heading = first[0]
        elif away is None or away > WEEK:
            heading = month(entry)
        else:
            heading = first[1] if away <= 0 else first[2] if away == 1 else first[3]
        sections.setdefault(heading, []).append(entry)
    return [(heading, found) for heading, found in sections.items() if found]


def by_month(entries):
    """(month and year in words, entries) in the order given."""
    return [(heading, list(found)) for heading, found in groupby(entries, key=month)]


def month(entry):
    return capfirst(wording.month(entry.day)) if entry.day else gettext("Date to be announced")


def is_demonstration(sections):
    """Whether a page of these sections must say that it shows invented meetings."""
    return any(entry.is_demonstration for _, entries in sections for entry in entries)
