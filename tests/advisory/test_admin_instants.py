"""An instant in the panel's forms: typed in a zone, refused with a choice where the clock changes."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.utils.translation import override

from advisory.admin.instants import InstantField, told

GENEVA = ZoneInfo("Europe/Zurich")


class Form(forms.Form):
    at = InstantField()


def form(date="2026-03-29", time="02:30", zone="Europe/Zurich", **more):
    return Form({"at_date": date, "at_time": time, "at_zone": zone} | more)


def test_plain_time_is_the_instant_in_its_zone():
    typed = form("2026-07-01", "10:00")

    assert typed.is_valid()
    assert typed.cleaned_data["at"] == datetime(2026, 7, 1, 8, tzinfo=UTC)
    assert str(typed.cleaned_data["at"].tzinfo) == "Europe/Zurich"


def test_skipped_time_is_refused_with_both_neighbours_as_choices():
    typed = form()

    assert typed.errors == {
        "at": [
            "On that day 02:30 does not exist: the clock is put forward past it. Choose 01:30 (UTC+1) or 03:30 (UTC+2)."
        ]
    }
    html = str(typed["at"])
    assert html.count('type="radio"') == 2
    assert 'value="2026-03-29"' in html
    assert 'value="02:30"' in html


@pytest.mark.parametrize(("choice", "hour"), [("2026-03-29T01:30:00+01:00", 0), ("2026-03-29T03:30:00+02:00", 1)])
def test_chosen_neighbour_is_taken(choice, hour):
    typed = form(at_choice=choice)

    assert typed.is_valid()
    assert typed.cleaned_data["at"] == datetime(2026, 3, 29, hour, 30, tzinfo=UTC)


@pytest.mark.parametrize(("choice", "hour"), [("2026-10-25T02:30:00+02:00", 0), ("2026-10-25T02:30:00+01:00", 1)])
def test_doubled_time_is_the_chosen_one_and_is_shown_so_again(choice, hour):
    assert not form("2026-10-25").is_valid()
    typed = form("2026-10-25", at_choice=choice)

    assert typed.is_valid()
    assert typed.cleaned_data["at"].astimezone(UTC) == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
    shown = str(Form(initial={"at": typed.cleaned_data["at"]})["at"])
    assert f'value="{choice}" ' in shown
    assert shown.count(" checked") == 1
    assert not Form(typed.data, initial={"at": typed.cleaned_data["at"]}).has_changed()


def test_choice_of_another_day_is_no_answer():
    assert not form("2027-03-28", at_choice="2026-03-29T01:30:00+01:00").is_valid()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"time": ""}, "Give a day, a time and a time zone, all three."),
        ({"date": ""}, "Give a day, a time and a time zone, all three."),
        ({"zone": ""}, "Give a day, a time and a time zone, all three."),
        ({"zone": "Mars/Olympus"}, "“Mars/Olympus” is not a zone Rostrum knows. Write a name like America/New_York."),
        ({"date": "soon"}, "Write the day like 2016-09-06."),
        ({"time": "25:00"}, "Write the time like 10:00."),
    ],
)
def test_what_is_half_or_wrong_is_refused_in_words(typed, sentence):
    assert form(**typed).errors == {"at": [sentence]}


def test_nothing_but_a_zone_is_nothing():
    typed = form(date="", time="")

    assert typed.is_valid()
    assert typed.cleaned_data["at"] is None
    assert not typed.has_changed()


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("America/New_York", "6 September 2016, 22:00 America/New_York (7 September, 02:00 UTC)"),
        ("Europe/Zurich", "7 September 2016, 04:00 Europe/Zurich (02:00 UTC)"),
        ("", "7 September 2016, 02:00 UTC"),
    ],
)
def test_instant_is_told_in_its_zone_and_utc(zone, words):
    assert told(datetime(2016, 9, 7, 2, tzinfo=UTC), zone) == words


def test_instant_is_told_in_the_officers_language():
    with override("ru"):
        words = told(datetime(2016, 9, 7, 2, tzinfo=UTC), "America/New_York")

    assert words == "6 сентября 2016 года, 22:00 America/New_York (7 сентября, 02:00 UTC)"


@pytest.mark.parametrize(("date", "zone"), [("9999-12-31", "America/New_York"), ("0001-01-01", "Asia/Tokyo")])
def test_day_that_not_every_zone_has_is_refused(date, zone):
    assert form(date, "00:10", zone).errors == {"at": ["Write a year from 1900 to 2199."]}
