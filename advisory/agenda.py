"""Lists of meetings for the home page, the month list and the feed: what one line needs, from an edition alone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from advisory.renditions.telling import Telling
from advisory.words import MeetingStatus, NoticeCategory, Precision, PressAccess


def today():
    """The date at the organization's seat."""
    return timezone.localdate()


@dataclass
class Entry:
    """One line of a list. ``state`` is the meeting's status; times stay those of the meeting's own city."""

    telling: Telling
    at: datetime

    @property
    def title(self):
        return self.telling.words.title

    @property
    def path(self):
        return self.telling.path

    @property
    def day(self):
        return date.fromisoformat(self.telling.facts.first_day) if self.telling.facts.first_day else None

    @property
    def last_day(self):
        return date.fromisoformat(self.telling.facts.last_day) if self.telling.facts.last_day else None

    @property
    def sitting(self):
        """The first sitting: its hours stand in the line."""
        return self.telling.sittings[0] if self.telling.sittings else None

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
    def press(self):
        """How the first sitting stands to the press: open, pool, photo or closed."""
        return PressAccess(self.sitting.press) if self.sitting else None

    @property
    def deadlines(self):
        """(category in words, notice) for each notice whose closing is known and still to come."""
        return [
            (NoticeCategory(notice.category).label, notice)
            for notice in self.telling.access_notices
            if notice.closes_at and notice.closes_at > self.at
        ]

    @property
    def has_webcast(self):
        return bool(self.telling.webcasts)


def entries(editions, *, at=None):
    """People are not read: no line of a list names one."""
    at = at or timezone.now()
    return [Entry(Telling.of(edition, {}, settings.LANGUAGE_CODE, at=at), at) for edition in editions]


def now_and_next(entries):
    """(heading key, entries): on_now, this_week, then one section a month, then undated ones."""
    sections = {"on_now": [], "this_week": []}
    for entry in entries:
        local = entry.at.astimezone(ZoneInfo(entry.telling.facts.time_zone or "UTC")).date()
        if entry.is_on_now:
            name = "on_now"
        elif entry.day and entry.day <= local + timedelta(days=7):
            name = "this_week"
        else:
            name = entry.day and entry.day.replace(day=1)
        sections.setdefault(name, []).append(entry)
    return [(name, found) for name, found in sections.items() if found]


def by_month(entries):
    """(first of the month or None, entries) in the order given."""
    return [
        (month, list(found))
        for month, found in groupby(entries, key=lambda entry: entry.day and entry.day.replace(day=1))
    ]
