"""Who came: the numbers themselves, the page that draws them, and the same as a table."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from lxml import html

from accreditation.desk import attendance
from accreditation.desk.attendance import Group, Place
from accreditation.models import Scan, Zone
from accreditation.states import BadgeState, Status, Verdict
from office.permissions import Role
from tests.builders import make_badge, make_category, make_gate, make_meeting, make_officer, make_registration

pytestmark = pytest.mark.django_db
NINE = datetime(2016, 9, 6, 13, 5, tzinfo=UTC)  # 09:05 in New York
HOUR = timedelta(hours=1)


@pytest.fixture
def meeting():
    return make_meeting(code="DEW26")


@pytest.fixture
def press(meeting):
    return make_category(meeting, slug="press", name="Press")


@pytest.fixture
def gate(meeting):
    return make_gate(meeting)


@pytest.fixture
def officer(client):
    officer = make_officer("badges", roles=[Role.BADGE_DESK])
    client.force_login(officer)
    return officer


def make_one(category, **fields):
    return make_badge(make_registration(Status.APPROVED, category=category), **fields)


def scan(badge, gate, *, verdict=Verdict.ADMIT, at=NINE, of=None):
    by = make_officer(f"guard-{Scan.objects.count()}")
    return Scan.objects.create(
        meeting_id=gate.meeting_id, gate=gate, badge=badge, serial=badge.serial, direction="in", verdict=verdict, at=at,
        received_at=at, by=by, of=of,
    )  # fmt: skip


def test_people_are_present_once_and_absent_who_hold_a_badge(meeting, press, gate):
    crew = make_category(meeting, slug="crew", name="Crew")
    came, absent = make_one(press, state=BadgeState.COLLECTED), make_one(press)
    scan(came, gate)
    scan(came, gate, at=NINE + HOUR)
    scan(absent, gate, verdict=Verdict.STOP)
    make_one(press, state=BadgeState.VOID, voided_at=timezone.now())

    assert attendance.by_category(meeting, "en") == [Group("Press", 2, 1, 1), Group("Crew", 0, 0, 0)]
    assert attendance.total(attendance.by_category(meeting, "en")).absent == 1
    assert crew.badge_letter == "P"


def test_second_badge_of_a_person_counts_once(meeting, press, gate):
    old = make_one(press, state=BadgeState.VOID, voided_at=timezone.now())
    new = make_badge(old.registration)
    scan(old, gate)
    scan(new, gate, at=NINE + HOUR)

    assert attendance.by_category(meeting, "en") == [Group("Press", 1, 0, 1)]
    assert attendance.by_zone(meeting, at=NINE + 2 * HOUR) == [Place("", 1, 2, 2)]


def test_admission_that_was_taken_back_is_none(meeting, press, gate):
    first = scan(make_one(press), gate)
    scan(first.badge, gate, verdict=Verdict.UNDONE, at=NINE + HOUR, of=first)

    assert attendance.by_category(meeting, "en") == [Group("Press", 1, 0, 0)]
    assert (attendance.by_zone(meeting), attendance.by_hour(meeting, date(2016, 9, 6))) == ([], [])


def test_zones_count_people_admissions_and_who_is_inside(meeting, press, gate):
    hall = make_gate(meeting, "Hall", zone=Zone.objects.create(meeting=meeting, number=1, name="Hall"))
    one, other = make_one(press), make_one(press)
    scan(one, gate)
    scan(one, hall)
    scan(other, hall)
    scan(one, hall, verdict=Verdict.OUT, at=NINE + HOUR)

    assert attendance.by_zone(meeting, at=NINE + 2 * HOUR) == [Place("Hall", 2, 2, 1), Place("", 1, 1, 1)]
    assert attendance.by_gate(meeting) == [("Hall", 2), ("Main entrance", 1)]


def test_hours_are_those_of_the_meetings_own_clock_with_gaps(meeting, press, gate):
    badge = make_one(press)
    for at in [NINE, NINE + 30 * timedelta(minutes=1), NINE + 2 * HOUR]:
        scan(badge, gate, at=at)
    scan(badge, gate, at=datetime(2016, 9, 7, 3, 30, tzinfo=UTC))  # 23:30 still on the 6th

    found = attendance.by_hour(meeting, date(2016, 9, 6))

    assert [(at.hour, number) for at, number in found][:4] == [(9, 2), (10, 0), (11, 1), (12, 0)]
    assert (found[-1][0].hour, found[-1][1]) == (23, 1)
    assert attendance.days(meeting) == [date(2016, 9, 6)]


def test_one_day_counts_its_own(meeting, press, gate):
    badge = make_one(press)
    scan(badge, gate)
    scan(badge, gate, at=NINE + timedelta(days=1))
    day, none = date(2016, 9, 7), date(2016, 9, 9)

    assert attendance.by_gate(meeting, day) == [("Main entrance", 1)]
    assert attendance.by_category(meeting, "en", none) == [Group("Press", 1, 0, 0)]


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_as_much_with_three_rows_as_with_one(client, officer, meeting, number, django_assert_num_queries):
    for each in range(number):
        zone = Zone.objects.create(meeting=meeting, number=each, name=f"Hall {each}")
        gate = make_gate(meeting, f"Gate {each}", zone=zone)
        scan(make_one(make_category(meeting, name=f"Category {each}")), gate, at=NINE + each * HOUR)
    client.get("/desk/door/reports/?meeting=DEW26")

    with django_assert_num_queries(13):
        client.get("/desk/door/reports/?meeting=DEW26")


def test_drawing_and_table_tell_the_same_numbers(client, officer, meeting, press, gate):
    scan(make_one(press), gate)
    make_one(press)

    page = html.fromstring(client.get("/desk/door/reports/?meeting=DEW26").content)

    drawn = page.xpath("//*[local-name()='svg' and @class='bars'][1]//*[@class='number']/text()")
    row = page.xpath("(//table[@class='figures'])[1]/tbody/tr[1]/*")
    assert drawn[0] == "1"
    assert [cell.text_content() for cell in row] == ["Press", "2", "0", "1", "1"]
    numbers = page.xpath("//dl[@class='numbers']//dd")
    assert [number.text_content() for number in numbers] == ["1", "1", "0", "2", "09:00"]


def test_table_holds_the_numbers_of_the_page_and_no_formula(client, officer, meeting, gate):
    scan(make_one(make_category(meeting, name="=1+1")), gate)

    answer = client.get("/desk/door/reports/DEW26.csv?day=2016-09-06")
    rows = list(csv.reader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))

    assert answer["Content-Disposition"] == 'attachment; filename="DEW26-attendance.csv"'
    assert rows[0] == ["Counted", "Of", "Number"]
    assert ["Present", "'=1+1", "1"] in rows
    assert rows[-1] == ["Admissions by hour", "6 September 2016 09:00", "1"]


@pytest.mark.parametrize("query", ["", "&day=x", "&day=2016-09-06", "&live=on", "&day=%00"])
def test_page_of_a_meeting_where_nobody_came_says_so(client, officer, meeting, press, query):
    answer = client.get(f"/desk/door/reports/?meeting=DEW26{query}")

    assert answer.status_code == 200
    assert answer.headers.get("Refresh") == ("30" if "live" in query else None)


def test_officer_of_another_meeting_reads_nothing(client, meeting):
    client.force_login(make_officer("elsewhere", roles=[Role.BADGE_DESK], meeting=make_meeting()))

    assert client.get("/desk/door/reports/?meeting=DEW26").status_code == 404
    assert client.get("/desk/door/reports/DEW26.csv").status_code == 404
