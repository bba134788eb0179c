"""The instant that a local time means, where clocks change: by an hour, by half of one, by a day, by a new law."""

from datetime import UTC, datetime

import pytest

from advisory import zoned

NEW_YORK, LORD_HOWE, APIA = "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"


def universal(moments):
    return [f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}" for moment in moments]


@pytest.mark.parametrize(
    ("local", "zone", "instant"),
    [
        (datetime(2016, 9, 6, 10), NEW_YORK, "2016-09-06 14:00"),
        (datetime(2016, 3, 13, 1, 59), NEW_YORK, "2016-03-13 06:59"),
        (datetime(2016, 3, 13, 3), NEW_YORK, "2016-03-13 07:00"),
        (datetime(2016, 11, 6, 0, 59), NEW_YORK, "2016-11-06 04:59"),
        (datetime(2016, 11, 6, 2), NEW_YORK, "2016-11-06 07:00"),
        (datetime(2016, 7, 1, 12), LORD_HOWE, "2016-07-01 01:30"),
        (datetime(2016, 12, 1, 12), LORD_HOWE, "2016-12-01 01:00"),
        (datetime(2011, 12, 29, 12), APIA, "2011-12-29 22:00"),
        (datetime(2011, 12, 31, 12), APIA, "2011-12-30 22:00"),
        (datetime(2018, 11, 4, 1), "America/Sao_Paulo", "2018-11-04 03:00"),  # the last summer time there
        (datetime(2019, 11, 3, 0, 30), "America/Sao_Paulo", "2019-11-03 03:30"),  # a year later, none
        (datetime(2016, 11, 6, 3, 30), "Europe/Istanbul", "2016-11-06 00:30"),  # summer time kept for good
        (datetime(2016, 1, 1, 12), "Asia/Kathmandu", "2016-01-01 06:15"),
        (datetime(2016, 1, 1, 12), "UTC", "2016-01-01 12:00"),
    ],
)
def test_time_that_a_clock_shows_once_is_that_instant(local, zone, instant):
    assert universal([zoned.instant(local, zone)]) == [instant]
    assert zoned.doubt(local, zone) == ""


@pytest.mark.parametrize(
    ("local", "zone", "choices", "sentence"),
    [
        (
            datetime(2016, 3, 13, 2, 30),
            NEW_YORK,
            ["2016-03-13 06:30", "2016-03-13 07:30"],
            "Choose 01:30 (UTC−5) or 03:30 (UTC−4).",
        ),
        (
            datetime(2016, 10, 2, 2, 15),
            LORD_HOWE,
            ["2016-10-01 15:15", "2016-10-01 15:45"],
            "Choose 01:45 (UTC+10:30) or 02:45 (UTC+11).",
        ),
        (
            datetime(2011, 12, 30, 12),
            APIA,
            ["2011-12-29 22:00", "2011-12-30 22:00"],
            "Choose 29 December, 12:00 (UTC−10) or 31 December, 12:00 (UTC+14).",
        ),
        (
            datetime(2018, 11, 4, 0, 30),
            "America/Sao_Paulo",
            ["2018-11-04 02:30", "2018-11-04 03:30"],
            "Choose 3 November, 23:30 (UTC−3) or 01:30 (UTC−2).",
        ),
    ],
)
def test_time_that_no_clock_shows_is_refused_with_the_instants_beside_it(local, zone, choices, sentence):
    with pytest.raises(zoned.SkippedTime) as refused:
        zoned.instant(local, zone, fold=0)

    assert universal(refused.value.choices) == choices
    assert str(refused.value).endswith(sentence)
    assert zoned.doubt(local, zone) == str(refused.value)


@pytest.mark.parametrize(
    ("local", "zone", "choices", "sentence"),
    [
        (
            datetime(2016, 11, 6, 1, 30),
            NEW_YORK,
            ["2016-11-06 05:30", "2016-11-06 06:30"],
            "Choose 01:30 (UTC−4) or 01:30 (UTC−5).",
        ),
        (
            datetime(2016, 4, 3, 1, 45),
            LORD_HOWE,
            ["2016-04-02 14:45", "2016-04-02 15:15"],
            "Choose 01:45 (UTC+11) or 01:45 (UTC+10:30).",
        ),
    ],
)
def test_time_that_a_clock_shows_twice_asks_which_and_takes_the_answer(local, zone, choices, sentence):
    with pytest.raises(zoned.DoubledTime) as refused:
        zoned.instant(local, zone)

    assert universal(refused.value.choices) == choices
    assert str(refused.value).endswith(sentence)
    assert universal([zoned.instant(local, zone, fold=fold) for fold in (0, 1)]) == choices
