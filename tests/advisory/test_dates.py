"""Dates, hours, cities and lists in six languages, letter by letter."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from advisory.renditions import dates, wording
from advisory.words import Precision

DAY = date(2016, 9, 6)

WORDS = {
    "en": {
        "day": "Tuesday 6 September 2016",
        "first of a month": "Monday 1 August 2016",
        "short day": "6 September 2016",
        "short": "Tue 6 Sep",
        "brief": "6 Sep",
        "without year": "Tuesday 6 September",
        "day and month": "6 September",
        "month": "September 2016",
        "days of a month": "12 to 16 September 2011",
        "days of a year": "30 August to 2 September 2016",
        "days of two years": "30 December 2016 to 1 January 2017",
        "moment": "6 September 2016, 14:10",
        "deadline": "Thursday 1 September 2016, 18:00 New York",
        "about": "about 11:30",
        "about a while": "about 10:00–13:00",
        "until": "until 13:00",
        "following": "following the item above",
        "unknown": "time to be confirmed",
        "languages": "floor sound, English and Arabic",
        "names": "a, b, c",
        "Kathmandu": "Kathmandu",
    },
    "fr": {
        "day": "mardi 6 septembre 2016",
        "first of a month": "lundi 1er août 2016",
        "short day": "6 septembre 2016",
        "short": "mar. 6 sept.",
        "brief": "6 sept.",
        "without year": "mardi 6 septembre",
        "day and month": "6 septembre",
        "month": "septembre 2016",
        "days of a month": "du 12 au 16 septembre 2011",
        "days of a year": "du 30 août au 2 septembre 2016",
        "days of two years": "du 30 décembre 2016 au 1er janvier 2017",
        "moment": "6 septembre 2016, 14:10",
        "deadline": "jeudi 1er septembre 2016, 18:00, heure de New York",
        "about": "vers 11:30",
        "about a while": "vers 10:00–13:00",
        "until": "jusqu’à 13:00",
        "following": "à la suite du point précédent",
        "unknown": "heure à confirmer",
        "languages": "son de la salle, anglais et arabe",
        "names": "a, b, c",
        "Kathmandu": "Katmandou",
    },
    "es": {
        "day": "martes 6 de septiembre de 2016",
        "first of a month": "lunes 1 de agosto de 2016",
        "short day": "6 de septiembre de 2016",
        "short": "mar 6 sept",
        "brief": "6 sept",
        "without year": "martes 6 de septiembre",
        "day and month": "6 de septiembre",
        "month": "septiembre de 2016",
        "days of a month": "del 12 al 16 de septiembre de 2011",
        "days of a year": "del 30 de agosto al 2 de septiembre de 2016",
        "days of two years": "del 30 de diciembre de 2016 al 1 de enero de 2017",
        "moment": "6 de septiembre de 2016, 14:10",
        "deadline": "jueves 1 de septiembre de 2016, 18:00, hora de Nueva York",
        "about": "hacia las 11:30",
        "about a while": "hacia las 10:00–13:00",
        "until": "hasta las 13:00",
        "following": "a continuación del punto anterior",
        "unknown": "hora por confirmar",
        "languages": "sonido de la sala, inglés y árabe",
        "names": "a, b, c",
        "Kathmandu": "Katmandú",
    },
    "ru": {
        "day": "вторник, 6 сентября 2016 года",
        "first of a month": "понедельник, 1 августа 2016 года",
        "short day": "6 сентября 2016 года",
        "short": "вт, 6 сент.",
        "brief": "6 сент.",
        "without year": "вторник, 6 сентября",
        "day and month": "6 сентября",
        "month": "сентябрь 2016 года",
        "days of a month": "12–16 сентября 2011 года",
        "days of a year": "30 августа – 2 сентября 2016 года",
        "days of two years": "30 декабря 2016 года – 1 января 2017 года",
        "moment": "6 сентября 2016 года, 14:10",
        "deadline": "четверг, 1 сентября 2016 года, 18:00 (Нью-Йорк)",
        "about": "около 11:30",
        "about a while": "около 10:00–13:00",
        "until": "до 13:00",
        "following": "сразу после предыдущего пункта",
        "unknown": "время уточняется",
        "languages": "звук зала, английский и арабский",
        "names": "a, b, c",
        "Kathmandu": "Катманду",
    },
    "ar": {
        "day": "الثلاثاء 6 أيلول/سبتمبر 2016",
        "first of a month": "الاثنين 1 آب/أغسطس 2016",
        "short day": "6 أيلول/سبتمبر 2016",
        "short": "الثلاثاء 6 أيلول/سبتمبر",
        "brief": "6 أيلول/سبتمبر",
        "without year": "الثلاثاء 6 أيلول/سبتمبر",
        "day and month": "6 أيلول/سبتمبر",
        "month": "أيلول/سبتمبر 2016",
        "days of a month": "من 12 إلى 16 أيلول/سبتمبر 2011",
        "days of a year": "من 30 آب/أغسطس إلى 2 أيلول/سبتمبر 2016",
        "days of two years": "من 30 كانون الأول/ديسمبر 2016 إلى 1 كانون الثاني/يناير 2017",
        "moment": "6 أيلول/سبتمبر 2016، 14:10",
        "deadline": "الخميس 1 أيلول/سبتمبر 2016، 18:00 بتوقيت نيويورك",
        "about": "حوالي 11:30",
        "about a while": "حوالي \u206610:00–13:00\u2069",
        "until": "حتى 13:00",
        "following": "عقب البند السابق",
        "unknown": "يؤكد الوقت لاحقاً",
        "languages": "صوت القاعة والإنكليزية والعربية",
        "names": "a، b، c",
        "Kathmandu": "كاتماندو",
    },
    "zh": {
        "day": "2016年9月6日星期二",
        "first of a month": "2016年8月1日星期一",
        "short day": "2016年9月6日",
        "short": "9月6日周二",
        "brief": "9月6日",
        "without year": "9月6日星期二",
        "day and month": "9月6日",
        "month": "2016年9月",
        "days of a month": "2011年9月12日至16日",
        "days of a year": "2016年8月30日至9月2日",
        "days of two years": "2016年12月30日至2017年1月1日",
        "moment": "2016年9月6日14:10",
        "deadline": "2016年9月1日星期四 18:00（纽约时间）",
        "about": "约11:30",
        "about a while": "约10:00–13:00",
        "until": "至13:00",
        "following": "紧接上一项",
        "unknown": "时间待定",
        "languages": "现场原声、英语和阿拉伯语",
        "names": "a，b，c",
        "Kathmandu": "加德满都",
    },
}


def said():
    return {
        "day": wording.day(DAY),
        "first of a month": wording.day(date(2016, 8, 1)),
        "short day": wording.short_day(DAY),
        "short": dates.written(DAY, "short"),
        "brief": dates.written(DAY, "brief"),
        "without year": dates.written(DAY, "without_year"),
        "day and month": dates.day_and_month(DAY),
        "month": wording.month(DAY),
        "days of a month": wording.days(date(2011, 9, 12), date(2011, 9, 16)),
        "days of a year": wording.days(date(2016, 8, 30), date(2016, 9, 2)),
        "days of two years": wording.days(date(2016, 12, 30), date(2017, 1, 1)),
        "moment": wording.moment(datetime(2016, 9, 6, 14, 10, tzinfo=UTC)),
        "deadline": wording.deadline(date(2016, 9, 1), time(18), "America/New_York"),
        "about": wording.hours(time(11, 30), None, Precision.ABOUT),
        "about a while": wording.hours(time(10), time(13), Precision.ABOUT),
        "until": wording.hours(None, time(13)),
        "following": wording.hours(None, None, Precision.FOLLOWING),
        "unknown": wording.hours(None, None, Precision.EXACT),
        "languages": wording.languages(["floor", "en", "ar"]),
        "names": wording.joined(["a", "", "b", "c"]),
        "Kathmandu": wording.zone_city("Asia/Kathmandu"),
    }


@pytest.mark.parametrize("language", WORDS)
def test_words_of_time_and_place(language):
    with override(language):
        assert said() == WORDS[language]


# Multilateral documents write June and July with another last letter than CLDR
WESTERN = {6: "يونيه", 7: "يوليه"}


@pytest.mark.parametrize("month", range(1, 13))
def test_every_arabic_month_has_both_names(month):
    with override("ar"):
        eastern, western = dates.written(date(2016, month, 15), "month").removesuffix(" 2016").split("/")

        assert western == WESTERN.get(month, dates.locale().months["format"]["wide"][month])
        assert eastern != western


def test_first_days_of_a_french_month_are_ordinal_alone():
    with override("fr"):
        assert [wording.short_day(date(2016, 5, day)) for day in (1, 2, 11, 21, 31)] == [
            "1er mai 2016", "2 mai 2016", "11 mai 2016", "21 mai 2016", "31 mai 2016",
        ]  # fmt: skip
        assert wording.days(date(2016, 5, 1), date(2016, 5, 3)) == "du 1er au 3 mai 2016"


@pytest.mark.parametrize(
    ("zone", "city"), [("UTC", "UTC"), ("Etc/GMT+5", "GMT+5"), ("America/Argentina/Buenos_Aires", "Buenos Aires")]
)
def test_zone_without_a_city_of_its_own_goes_by_its_name(zone, city):
    assert wording.zone_city(zone) == city


def test_language_that_is_not_offered_is_told_in_english():
    with override("de"):
        assert wording.day(DAY) == "Tuesday 6 September 2016"


@pytest.mark.parametrize(
    ("zone", "offset"), [("America/New_York", "UTC−4"), ("Asia/Kolkata", "UTC+5:30"), ("UTC", "UTC")]
)
def test_offset_is_the_same_in_every_language(zone, offset):
    with override("ar"):
        assert wording.offset(datetime(2016, 9, 6, 10, tzinfo=ZoneInfo(zone))) == offset
