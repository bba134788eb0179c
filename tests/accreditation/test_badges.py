"""A badge's row: its number, how long it is valid, which zones it opens."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from accreditation import badges, erasing, workflow
from accreditation.models import Badge, Registration, Zone
from accreditation.states import Actor, BadgeState, Status
from tests.builders import (
    make_category,
    make_desk_policy,
    make_meeting,
    make_officer,
    make_registration,
    make_sitting,
)

pytestmark = pytest.mark.django_db


def approve(registration):
    return workflow.apply(registration, "approve", actor=Actor.DESK, by=make_officer(registration.reference))


def test_badges_of_a_meeting_are_numbered_one_after_another():
    meeting = make_meeting()
    press, observers = make_category(meeting, badge_letter="P"), make_category(meeting, badge_letter="OB")

    for category in (press, observers, press):
        approve(make_registration(Status.SUBMITTED, category=category))
    approve(make_registration(Status.SUBMITTED))

    told = list(Badge.objects.order_by("pk").values_list("meeting__code", "letter", "number"))
    assert told == [("DEW01", "P", 1), ("DEW01", "OB", 2), ("DEW01", "P", 3), ("DEW02", "P", 1)]
    assert len(set(Badge.objects.values_list("serial", flat=True))) == 4


def test_number_of_a_void_badge_is_not_given_again():
    registration, officer = make_registration(Status.SUBMITTED), make_officer()
    approve(registration)
    make_desk_policy(registration.meeting)
    workflow.apply(registration, "revoke", actor=Actor.SUPERVISOR, by=officer, ground="conduct")
    workflow.apply(registration, "overturn", actor=Actor.SUPERVISOR, by=officer, reason="It was another person.")

    told = list(Badge.objects.order_by("number").values_list("number", "state", "void_reason"))
    assert told == [(1, BadgeState.VOID, "conduct"), (2, BadgeState.ISSUED, "")]


def test_registration_with_a_badge_cannot_go_even_when_the_badge_is_void():
    registration = make_registration(Status.SUBMITTED)
    approve(registration)
    workflow.apply(registration, "withdraw", actor=Actor.APPLICANT)

    with pytest.raises(ProtectedError):
        Registration.objects.filter(pk=registration.pk).delete()

    erasing.erase(registration)
    assert list(Badge.objects.values_list("registration", "state")) == [(registration.pk, BadgeState.VOID)]


@pytest.mark.parametrize("end", ["withdraw", "revoke"])
def test_badge_ends_with_the_accreditation(end):
    registration, officer = make_registration(Status.SUBMITTED), make_officer()
    approve(registration)
    Badge.objects.update(state=BadgeState.COLLECTED)

    if end == "withdraw":
        workflow.apply(registration, "withdraw", actor=Actor.APPLICANT)
    else:
        make_desk_policy(registration.meeting)
        workflow.apply(registration, "revoke", actor=Actor.SUPERVISOR, by=officer, ground="conduct")

    badge = Badge.objects.get()
    assert (badge.state, badge.void_reason) == (BadgeState.VOID, "withdraw" if end == "withdraw" else "conduct")
    assert badge.voided_at


def test_who_attends_remotely_has_no_badge_and_takes_no_number():
    meeting = make_meeting()
    approve(make_registration(Status.SUBMITTED, category=make_category(meeting), attending="remote"))
    approve(make_registration(Status.SUBMITTED, category=make_category(meeting)))

    assert Badge.objects.get().number == 1


def test_badge_is_valid_from_the_day_before_to_the_day_after_on_the_meetings_clock():
    meeting = make_meeting(sitting=False, time_zone="Pacific/Auckland")
    make_sitting(meeting, date=date(2016, 9, 6), end_date=date(2016, 9, 9))
    make_sitting(meeting, date=date(2016, 9, 7))

    valid_from, valid_to = badges.validity(meeting, at=timezone.now())

    assert valid_from == datetime(2016, 9, 4, 12, tzinfo=UTC)  # midnight of the 5th, twelve hours ahead
    assert valid_to == datetime(2016, 9, 10, 11, 59, 59, tzinfo=UTC)


def test_meeting_without_days_gives_a_year():
    at = timezone.now()

    assert badges.validity(make_meeting(sitting=False), at=at) == (at, at + timedelta(days=366))


@pytest.mark.parametrize(("day", "year"), [(date(9999, 12, 31), 2106), (date(1, 1, 1), 1971)])
def test_mistyped_year_stays_within_the_bytes_of_a_code(day, year):
    meeting = make_meeting(sitting=False, time_zone="Pacific/Kiritimati")
    make_sitting(meeting, date=day)

    valid_from, valid_to = badges.validity(meeting, at=timezone.now())

    assert valid_to.year == year
    assert 0 < valid_from.timestamp() < valid_to.timestamp() < 1 << 32


def test_zones_are_the_bits_of_their_numbers():
    meeting = make_meeting()
    for number, name in [(0, "Lobby"), (3, "Press centre"), (15, "Chamber")]:
        Zone.objects.create(meeting=meeting, number=number, name=name)
    Zone.objects.create(meeting=make_meeting(), number=7, name="Press centre")

    zones = [["Press centre", "Chamber", "Roof"], []]
    assert [
        badges.zone_bits(Registration(meeting=meeting, category=make_category(meeting, zones=names))) for names in zones
    ] == [0b1000_0000_0000_1000, 0]


@pytest.mark.parametrize(
    ("granted", "first", "last"),
    [
        (["2016-09-06", "2016-09-07", "2016-09-08"], datetime(2016, 9, 5), datetime(2016, 9, 9, 23, 59, 59)),
        (["2016-09-06"], datetime(2016, 9, 5), datetime(2016, 9, 6, 23, 59, 59)),
        (["2016-09-07"], datetime(2016, 9, 7), datetime(2016, 9, 7, 23, 59, 59)),
        (["2016-09-07", "2016-09-08"], datetime(2016, 9, 7), datetime(2016, 9, 9, 23, 59, 59)),
        (None, datetime(2016, 9, 5), datetime(2016, 9, 9, 23, 59, 59)),
    ],
)
def test_badge_opens_the_zones_and_days_that_were_granted(granted, first, last):
    meeting = make_meeting(sitting=False, time_zone="Pacific/Auckland")
    make_sitting(meeting, date=date(2016, 9, 6), end_date=date(2016, 9, 8))
    for number, name in [(0, "Lobby"), (3, "Press centre")]:
        Zone.objects.create(meeting=meeting, number=number, name=name)
    registration = make_registration(Status.SUBMITTED, category=make_category(meeting, zones=["Press centre"]))
    asked = {"zones": ["Lobby"]} | ({"days": granted} if granted else {})

    workflow.apply(registration, "approve", actor=Actor.DESK, by=make_officer(), granted=asked)

    badge, zone = Badge.objects.get(), ZoneInfo("Pacific/Auckland")
    assert (badge.zones, badge.valid_from, badge.valid_to) == (
        0b1, first.replace(tzinfo=zone), last.replace(tzinfo=zone),
    )  # fmt: skip


def test_seat_taken_later_has_nothing_of_an_approval_that_was_undone():
    meeting, officer = make_meeting(), make_officer()
    for number, name in [(0, "Lobby"), (3, "Press centre")]:
        Zone.objects.create(meeting=meeting, number=number, name=name)
    category = make_category(meeting, zones=["Press centre"], hold_seconds=30)
    registration = make_registration(Status.WAITLISTED, category=category)
    desk = {"actor": Actor.DESK, "by": officer}
    workflow.apply(registration, "approve", granted={"zones": ["Lobby"], "escort": True}, **desk)
    workflow.apply(registration, "undo", **desk)
    workflow.apply(registration, "offer", **desk)
    Registration.objects.update(held_until=None)

    accepted = workflow.apply(registration, "accept", actor=Actor.APPLICANT)

    assert (accepted.granted, Badge.objects.exclude(state=BadgeState.VOID).get().zones) == ({}, 0b1000)
