"""The daily media alert: one day at the seat as rows of time, place and what, for the page, the text and the e-mail."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from advisory.agenda import Tag
from advisory.models import Edition, Facet
from advisory.renditions import dates, marks, times, wording
from advisory.renditions.telling import Telling
from advisory.words import Attendance, MeetingStatus, Precision, PressAccess, StakeoutKind

DAY = timedelta(days=1)
MOST_ROWS = 500


@dataclass
class Row:
    """One line. ``at`` is the clock at the seat (None where no hour is known); ``also`` the clock of another city.

    ``label``, ``title``, ``places`` and ``meeting`` hold names that may be in another language than the page.
    """

    hours: str
    label: str
    title: str
    places: list
    path: str
    address: str
    at: datetime | None = None
    also: str = ""
    meeting: str = ""
    who_may_ask: str = ""
    is_off: bool = False
    tags: list = field(default_factory=list)

    @property
    def what(self):
        return (
            gettext("%(label)s: %(value)s") % {"label": self.label, "value": self.title} if self.title else self.label
        )

    @property
    def place(self):
        return wording.joined(self.places)

    @property
    def context(self):
        return f"{self.meeting} ({self.who_may_ask})" if self.who_may_ask else self.meeting

    @property
    def what_marked(self):
        if not self.title:
            return marks.marked(self.label)
        return marks.within(gettext("%(label)s: %(value)s"), label=self.label, value=self.title)

    @property
    def place_marked(self):
        return marks.listed(self.places)

    @property
    def context_marked(self):
        if not self.who_may_ask:
            return marks.marked(self.meeting)
        return marks.within("%(meeting)s (%(who)s)", meeting=self.meeting, who=self.who_may_ask)


@dataclass
class Alert:
    """One day's rows in order, the days beside it, and the desk's addresses; ``issued_at`` is the newest edition's."""

    day: date
    rows: list
    issued_at: datetime | None
    is_demonstration: bool

    @property
    def title(self):
        return gettext("Media alert for %(day)s") % {"day": wording.day(self.day)}

    @property
    def subject_to_change(self):
        return gettext("All times and places are subject to change.")

    @property
    def zone_words(self):
        return gettext("Times are those of %(city)s.") % {"city": wording.zone_city(settings.TIME_ZONE)}

    @property
    def before(self):
        return self.day - DAY

    @property
    def after(self):
        return self.day + DAY

    @property
    def before_words(self):
        return dates.written(self.before, "without_year")

    @property
    def after_words(self):
        return dates.written(self.after, "without_year")


def of_day(day):
    """The Alert of a date at the seat, from visible editions alone: two queries whatever their number."""
    nearby = [(day + n * DAY).isoformat() for n in (-1, 0, 1)]  # the days of the world's zones
    on_day = Facet.objects.filter(kind="day", value__in=nearby, edition=OuterRef("pk")).order_by()
    editions = Edition.objects.in_order(
        Edition.objects.current().filter(Exists(on_day)).between().first_keys(MOST_ROWS)
    )
    told = [(edition, Telling.of(edition, {}, get_language(), at=timezone.now())) for edition in editions]
    chains, shown = [], []
    for edition, telling in told:
        found = _chains(telling, day)
        chains += found
        shown += [edition] if found else []
    chains.sort(key=lambda chain: (chain[0].at is None, chain[0].at and chain[0].at.time()))  # stable
    return Alert(
        day=day,
        rows=[row for chain in chains for row in chain],
        issued_at=max((edition.visible_from for edition in shown), default=None),
        is_demonstration=any(edition.facts["is_demonstration"] for edition in shown),
    )


def _chains(telling, day):
    """Rows of one meeting, each list a row and those that follow it: they keep their place behind it."""
    chains = []
    parts = [(sitting, _sitting_row) for sitting in telling.sittings]
    parts += [(stakeout, _stakeout_row) for stakeout in telling.stakeouts]
    last = None
    for part, write in parts:
        at = _at_seat(part, telling, day)
        if at is False:
            continue
        row = write(telling, part, at or None)
        if part.precision == Precision.FOLLOWING and last is not None:
            row.hours = gettext("Following above")
            last.append(row)
        else:
            last = [row]
            chains.append(last)
    return chains


def _at_seat(part, telling, day):
    """The seat's clock of a part that falls on ``day``; None where no hour is known; False where it is another day."""
    if not part.date:
        return False
    last = part.end_date or part.date
    if not part.start_time or part.precision in (Precision.FOLLOWING, Precision.TO_BE_CONFIRMED):
        return None if part.date <= day <= last else False
    zone = wording.zone(part.time_zone or telling.facts.time_zone)
    for local in (day - DAY, day, day + DAY):
        if part.date <= local <= last:
            at = datetime.combine(local, part.start_time, zone).astimezone(wording.zone(settings.TIME_ZONE))
            if at.date() == day:
                return at
    return False


def _sitting_row(telling, sitting, at):
    ends_at = sitting.ends_at and sitting.ends_at.astimezone(wording.zone(settings.TIME_ZONE))
    is_whole = at and ends_at and (sitting.end_date in (None, sitting.date))
    row = _row(telling, sitting, telling.words.title, at, ends=ends_at.time() if is_whole else None)
    press = times.press(sitting.press)
    row.tags += [] if row.is_off else [Tag(press["label"], press["tone"], press["icon"])]
    if not row.is_off and telling.facts.attendance != Attendance.IN_PERSON:
        row.tags.append(Tag(_attendance(telling), "info", "part"))
    if not row.is_off and telling.webcasts:
        row.tags.append(Tag(gettext("Webcast"), "plain", "live"))
    return row


def _attendance(telling):
    is_online = telling.facts.attendance == Attendance.ONLINE
    return gettext("Online") if is_online else gettext("In person and online")


def _stakeout_row(telling, stakeout, at):
    row = _row(telling, stakeout, str(StakeoutKind(stakeout.kind).label), at, ends=None)
    row.meeting, row.who_may_ask = telling.words.title, stakeout.who_may_ask
    if not row.is_off:
        press = times.press(PressAccess.OPEN)
        row.tags.append(Tag(press["label"], press["tone"], press["icon"]))
    return row


def _row(telling, part, label, at, *, ends):
    zone = part.time_zone or telling.facts.time_zone
    is_elsewhere = at and at.utcoffset() != at.astimezone(wording.zone(zone)).utcoffset()
    local = at and wording.hours(at.astimezone(wording.zone(zone)).time(), None, part.precision)
    row = Row(
        hours=wording.hours(at and at.time(), ends, part.precision or Precision.EXACT),
        label=label,
        title=part.title,
        places=[part.room or telling.words.room, "" if _is_seat(zone) else times.city(telling)],
        path=telling.path,
        address=telling.address,
        at=at,
        also=_with_place(local, times.place(telling, part.time_zone)) if is_elsewhere else "",
    )
    if telling.facts.status == MeetingStatus.CANCELLED:
        row.is_off, row.tags = True, [Tag(gettext("Cancelled"), "err", "stop")]
    elif telling.facts.status == MeetingStatus.POSTPONED:
        row.is_off, row.tags = True, [Tag(gettext("Postponed"), "warn", "clock")]
    return row


def _with_place(hours, place):
    return gettext("%(time)s %(place)s") % {"time": hours, "place": place}


def _is_seat(zone):
    return zone == settings.TIME_ZONE


def text(alert):
    """The alert as plain text, UTF-8, lines ended by CRLF: a time, a place and a subject a block."""
    lines = [settings.ORGANIZATION_NAME.upper(), alert.title, ""]
    if alert.is_demonstration:
        lines += [gettext("Demonstration data. People, addresses and numbers are invented."), ""]
    lines += [alert.subject_to_change, alert.zone_words, ""]
    for row in alert.rows:
        lines.append(" | ".join(part for part in [_hours(row), row.place] if part))
        lines += [f"  {row.what}"] + ([f"  {row.context}"] if row.context else [])
        lines += ["  " + "; ".join(str(tag.word) for tag in row.tags), f"  {row.address}", ""]
    if not alert.rows:
        lines += [gettext("No meeting is announced for this day."), ""]
    if desk := wording.joined([wording.phone(settings.PRESS_DESK_PHONE), settings.PRESS_DESK_EMAIL]):
        lines.append(gettext("Press desk: %(addresses)s") % {"addresses": desk})
    lines.append(settings.SITE_URL + reverse("advisory:alert", args=[alert.day]))
    return "\r\n".join([*lines, ""]).encode()


def _hours(row):
    hours = row.hours[:1].upper() + row.hours[1:]
    return f"{hours} ({row.also})" if row.also else hours
