"""Every planted defect is caught before publishing, and a sound advisory passes without a word."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from advisory import checklist, languages
from advisory.models import AccessNotice, Link, MediaContact, Sitting, Speaker, Webcast
from advisory.words import Precision, SpeakerKind
from tests.builders import make_full_meeting, make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _languages(settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "Français")]


@pytest.fixture
def sound():
    """A full meeting in the future with nothing to remark on."""
    meeting = make_full_meeting()
    coming = timezone.localdate() + timedelta(days=40)
    meeting.sittings.update(date=coming)
    meeting.access_notices.filter(category="civil_society").update(opens_on=None)
    return meeting


def sentences(meeting):
    return [(concern.level, concern.field) for concern in checklist.concerns(meeting)]


def test_sound_advisory_raises_nothing(sound):
    assert checklist.concerns(sound) == []


def change(meeting, **fields):
    for name, value in fields.items():
        setattr(meeting, name, value)
    meeting.save()


def translate(meeting, source, *, state="draft"):
    languages.write(meeting, "fr", "title", "Dialogue", source=source, by=None)
    meeting.language_versions.update(state=state)


SITTINGS = ("warning", "sittings")
CLOCK_CHANGE, CLOCK_BACK = date(2037, 3, 8), date(2037, 11, 1)  # in New York
DEFECTS = {
    "no title": (lambda m: change(m, title=" "), ("blocker", "title")),
    "no sitting": (lambda m: m.sittings.all().delete(), ("blocker", "sittings")),
    "no zone": (lambda m: change(m, time_zone=""), ("blocker", "time_zone")),
    "no contact": (lambda m: m.contacts.all().delete(), ("blocker", "contacts")),
    "silent contact": (
        lambda m: MediaContact.objects.filter(meeting=m).update(phones=[], emails=[]),
        ("warning", "contacts"),
    ),
    "date to be announced": (lambda m: m.sittings.update(date=None), ("warning", "sittings")),
    "hour unknown": (lambda m: m.sittings.update(start_time=None), ("warning", "sittings")),
    "ends before it starts": (
        lambda m: m.sittings.update(end_date=m.sittings.first().date, end_time=time(8)),
        ("warning", "sittings"),
    ),
    "day has passed": (lambda m: m.sittings.update(date=date(2016, 9, 6)), ("warning", "sittings")),
    "no place": (lambda m: change(m, room="", building="", city=""), ("warning", "room")),
    "no city": (lambda m: change(m, city=""), ("warning", "city")),
    "hour that no clock shows": (lambda m: m.sittings.update(date=CLOCK_CHANGE, start_time=time(2, 30)), SITTINGS),
    "hour that the clock shows twice": (lambda m: m.sittings.update(date=CLOCK_BACK, end_time=time(1, 30)), SITTINGS),
    "photograph without caption": (lambda m: m.photos.update(caption=""), ("warning", "photos")),
    "photograph without credit": (lambda m: m.photos.update(credit=""), ("warning", "photos")),
    "language begun": (lambda m: translate(m, m.title), ("warning", "languages")),
    "translation outdated": (lambda m: translate(m, "Other words", state="reviewed"), ("warning", "languages")),
    "no way in": (lambda m: m.access_notices.all().delete(), ("warning", "access_notices")),
    "no deadline": (lambda m: m.access_notices.update(closes_on=None), ("warning", "access_notices")),
    "closes before it opens": (
        lambda m: AccessNotice.objects.filter(meeting=m).update(
            opens_on=date(2016, 9, 2), opens_time=time(9), closes_time=time(9)
        ),
        ("warning", "access_notices"),
    ),
    "nothing says how": (lambda m: m.access_notices.update(address="", instruction=""), ("warning", "access_notices")),
    "link not encrypted": (lambda m: Link.objects.update(url="http://www.example.int/a"), ("warning", "links")),
    "webcast is a home page": (lambda m: Webcast.objects.update(url="https://tv.example.int"), ("warning", "webcasts")),
    "symbol mistyped": (lambda m: m.documents.update(symbols=["A-70-999"]), ("warning", "documents")),
    "photograph undescribed": (
        lambda m: Speaker.objects.filter(kind=SpeakerKind.PERSON).update(photo={"digest": "0" * 64}),
        ("warning", "speakers"),
    ),
    "person without office": (
        lambda m: Speaker.objects.filter(kind=SpeakerKind.PERSON).update(office=""),
        ("warning", "speakers"),
    ),
    "house spelling": (lambda m: change(m, theme="The Secretary General speaks"), ("warning", "background")),
    "embargo": (lambda m: change(m, embargo_until=timezone.now()), ("warning", "embargo_until")),
    "reader's doubt": (
        lambda m: change(m, import_doubts=[{"code": "year_assumed", "field": "start_date", "message": "Check."}]),
        ("warning", "start_date"),
    ),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_planted_defect_is_caught(sound, defect):
    plant, expected = DEFECTS[defect]

    plant(sound)

    assert set(sentences(sound)) == {expected}


def test_blockers_stand_first():
    meeting = make_meeting(contact=False)

    levels = [level for level, _ in sentences(meeting)]

    assert levels == sorted(levels, key=lambda level: level != "blocker")
    assert levels[0] == "blocker"


def test_doubt_that_the_rows_settled_is_not_told_again(sound):
    change(sound, import_doubts=[{"code": "http_link", "field": "links", "message": "An address begins with http://."}])

    assert checklist.concerns(sound) == []


def test_item_following_another_needs_no_hour(sound):
    Sitting.objects.filter(meeting=sound, title="Afternoon").update(precision=Precision.FOLLOWING, start_time=None)

    assert checklist.concerns(sound) == []
