"""Who came: counted from scans as they stand now, in a number of statements that does not grow with the rows.

People are counted, not cards: whoever got a second badge came once. An admission that was taken back is none.
"""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, TruncDate, TruncHour
from django.utils import timezone

from accreditation.door import MOVED, STANDS, STAYS
from accreditation.models import Badge, Category, Registration, Scan, Zone
from accreditation.states import BadgeState, Status, Verdict

NO_ZONE = 0  # gates without one; zones have keys from 1


@dataclass(frozen=True)
class Group:
    """``expected`` hold a badge, ``collected`` took it, ``present`` were admitted at some gate."""

    label: str
    expected: int
    collected: int
    present: int

    @property
    def absent(self):
        return self.expected - self.present


@dataclass(frozen=True)
class Place:
    """A zone, or "" for gates without one: people admitted, admissions, and who is inside by the last scan."""

    label: str
    people: int
    admissions: int
    inside: int


def zone_of(meeting):
    return ZoneInfo(meeting.time_zone or settings.TIME_ZONE)


def admissions(meeting):
    return Scan.objects.filter(STANDS, meeting=meeting, verdict=Verdict.ADMIT, badge__isnull=False).order_by()


def days(meeting):
    """Days of the meeting's own calendar on which somebody was admitted, in order."""
    local = TruncDate("at", tzinfo=zone_of(meeting))
    return list(admissions(meeting).annotate(day=local).values_list("day", flat=True).distinct().order_by("day"))


def of_day(rows, meeting, day):
    """Scans of one day of the meeting's own calendar; of all where none is given."""
    return rows.annotate(day=TruncDate("at", tzinfo=zone_of(meeting))).filter(day=day) if day else rows


def by_category(meeting, language, day=None):
    """[Group], every category of the meeting, those without a badge too."""
    came = Exists(of_day(admissions(meeting), meeting, day).filter(badge__registration=OuterRef("pk")))
    live = Badge.objects.filter(registration=OuterRef("pk")).exclude(state=BadgeState.VOID)
    taken = Exists(live.filter(state=BadgeState.COLLECTED))
    rows = Registration.objects.filter(meeting=meeting, status=Status.APPROVED)
    rows = rows.filter(Exists(live)).annotate(came=came, taken=taken)
    counted = (
        rows.order_by()
        .values_list("category")
        .annotate(
            all=Count("pk"), collected=Count("pk", filter=Q(taken=True)), present=Count("pk", filter=Q(came=True))
        )
    )
    numbers = {key: told for key, *told in counted}
    return [
        Group(row.said("name", language), *numbers.get(row.pk, (0, 0, 0)))
        for row in Category.objects.filter(meeting=meeting)
    ]


def total(groups, label=""):
    return Group(label, *(sum(getattr(row, name) for row in groups) for name in ["expected", "collected", "present"]))


def by_zone(meeting, day=None, *, at=None):
    """[Place] of the zones that have gates with admissions, then "" for gates without a zone; three statements."""
    rows = of_day(admissions(meeting), meeting, day).annotate(zone=Coalesce("gate__zone", Value(NO_ZONE)))
    counted = rows.values_list("zone").annotate(Count("badge__registration", distinct=True), Count("pk"))
    numbers, within = {zone: told for zone, *told in counted}, inside(meeting, at=at)
    names = {zone.pk: zone.name for zone in Zone.objects.filter(meeting=meeting)} | {NO_ZONE: ""}
    return [Place(name, *numbers[zone], within.get(zone, 0)) for zone, name in names.items() if zone in numbers]


def inside(meeting, *, at=None):
    """{zone or NO_ZONE: number of badges whose last movement there was to come in, and counts still}."""
    place = Coalesce("gate__zone", Value(NO_ZONE), output_field=IntegerField())
    moved = Scan.objects.filter(MOVED, meeting=meeting, badge__isnull=False).annotate(zone=place)
    last = moved.filter(badge=OuterRef("badge"), zone=OuterRef("zone")).order_by("-at", "-pk").values("pk")[:1]
    recent = (at or timezone.now()) - STAYS
    rows = moved.annotate(last=Subquery(last)).filter(pk=F("last"), verdict=Verdict.ADMIT, at__gte=recent)
    return dict(rows.order_by().values_list("zone").annotate(Count("pk")))


def by_hour(meeting, day):
    """[(aware start of the hour, admissions)], hours without any in between too."""
    hour = TruncHour("at", tzinfo=zone_of(meeting))
    rows = of_day(admissions(meeting), meeting, day).annotate(hour=hour)
    counted = {start.hour: (start, number) for start, number in rows.values_list("hour").annotate(Count("pk"))}
    if not counted:
        return []
    some = next(iter(counted.values()))[0]
    return [counted.get(hour, (some.replace(hour=hour), 0)) for hour in range(min(counted), max(counted) + 1)]


def by_gate(meeting, day=None):
    """[(gate's name, admissions)], the busiest first."""
    rows = of_day(admissions(meeting), meeting, day)
    return list(rows.values_list("gate__name").annotate(number=Count("pk")).order_by("-number", "gate__name"))
