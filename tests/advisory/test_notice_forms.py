"""What a notice says on the page, in the text, in the calendar and as data; and what stands there after the meeting."""

import json
import re
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.utils import timezone

from advisory import notices, publishing
from advisory.models import Edition, LanguageVersion, Meeting
from advisory.models.languages import digest
from advisory.renditions.telling import Telling
from advisory.words import EditionKind, LanguageState
from tests.advisory.pages import Page, facts, render, section
from tests.builders import make_full_meeting, make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    meeting = make_full_meeting(slug="dialogue")
    publishing.publish(meeting, by=None)
    return Meeting.objects.get()


def change(meeting, *, kind=EditionKind.UPDATE, words="", at=None, **fields):
    Meeting.objects.update(**fields)
    return publishing.publish(meeting, by=None, kind=kind, words=words, at=at)


def at(edition, instant=None):
    local = (instant or edition.visible_from).astimezone(ZoneInfo("America/New_York"))
    return f"{local.day} {local:%B %Y, %H:%M} New York"


def notice(edition, **options):
    """Lines of the notices on the page."""
    found = re.findall(r'(?s)<div class="alert[^>]*>.*?</div></div>\n', render(edition, **options))
    return [line for one in found for line in Page(one).lines]


def form(edition, format, language="en"):
    return bytes(edition.renditions.get(format=format, language=language).body).decode()


def told_in_text(edition, language="en"):
    lines = form(edition, "txt", language).split("\r\n")
    first = next(number for number, line in enumerate(lines) if line.startswith("***"))
    return lines[first : next(number for number, line in enumerate(lines) if re.match("What:|ما", line))]


def article(edition):
    return json.loads(re.findall(r'(?s)<script type="application/ld\+json">(.*?)</script>', render(edition))[1])


def test_newest_notice_stands_in_full_and_earlier_ones_take_a_line(meeting):
    update = change(meeting, theme="Hearing the last bell")
    edition = change(meeting, kind=EditionKind.CORRECTION, words="The hall is another.", overflow_room="Hall 9")

    assert notice(edition) == [
        f"Correction, {at(edition)}.",
        "The hall is another.",
        "Where",
        "Was Overflow room: Conference Room 4",
        "Is Overflow room: Hall 9",
        f"Update, {at(update)}",
        "See all changes",
    ]
    assert told_in_text(edition) == [
        f"*** CORRECTION, {at(edition).upper()} ***",
        "The hall is another.",
        "Where: was “Overflow room: Conference Room 4”, is “Overflow room: Hall 9”",
        "",
        f"Update, {at(update)}",
        "",
    ]


def test_correction_stays_a_correction_when_a_typing_error_is_mended_later(meeting):
    corrected = change(meeting, kind=EditionKind.CORRECTION, overflow_room="Hall 9")
    edition = change(meeting, kind=EditionKind.TYPO, theme="Hearing the first bells")

    assert notice(edition)[0] == f"Correction, {at(corrected)}."
    assert (
        json.loads(form(edition, "json"))["corrected_at"]
        == corrected.published_at.astimezone(ZoneInfo("America/New_York")).isoformat()
    )


def test_what_is_too_long_to_read_at_a_glance_is_said_to_have_changed(meeting):
    meeting.programme.update(title="Opening " * 30)
    edition = change(meeting, overflow_room="Hall 9", background="Written anew.")

    assert notice(edition)[2:] == [
        "Where",
        "Was Overflow room: Conference Room 4",
        "Is Overflow room: Hall 9",
        "Also changed: Programme and Background.",
        "See all changes",
    ]


def test_state_of_the_meeting_comes_before_what_was_told_later(meeting):
    off = change(meeting, kind=EditionKind.CANCELLED, words="The hall is flooded.")
    edition = change(meeting, overflow_room="")

    assert notice(edition)[:3] == ["Cancelled. This meeting will not take place.", f"Update, {at(edition)}.",
                                   "Edition 3 replaces every earlier one."]  # fmt: skip
    assert notice(off)[:2] == [f"Cancelled, {at(off)}.", "The hall is flooded."]
    assert told_in_text(edition)[:2] == ["*** CANCELLED ***", "This meeting will not take place."]


def test_notice_of_an_edition_of_old_that_kept_none_tells_its_kind(meeting):
    edition = change(meeting, kind=EditionKind.CORRECTION)
    del edition.facts["notices"], edition.facts["previous_starts_at"], edition.facts["first_published_at"]

    assert notice(edition) == [
        f"Correction, {at(edition)}.",
        "Edition 2 replaces every earlier one.",
        "See all changes",
    ]
    assert "datePublished" not in article(edition)


def test_sentence_for_feeds_is_one_line(meeting):
    edition = change(meeting, kind=EditionKind.CORRECTION, words="The hall is another.", overflow_room="Hall 9")

    telling = Telling.of(edition, {}, "en", at=timezone.now())

    assert notices.sentence(telling) == (
        f"Correction, {at(edition)}. The hall is another. "
        "Where: was “Overflow room: Conference Room 4”, is “Overflow room: Hall 9”."
    )
    assert notices.sentence(Telling.of(meeting.editions.get(number=1), {}, "en", at=timezone.now())) == ""


def test_officers_sentence_without_translation_keeps_its_language_and_direction(meeting):
    edition = change(meeting, kind=EditionKind.CORRECTION, words="The hall is another.", overflow_room="Hall 9")

    markup = render(edition, language="ar")

    assert '<bdi lang="en" dir="ltr">The hall is another.</bdi>' in markup
    assert 'dir="auto"' in re.search(r'(?s)<dl class="changes">.*?</dl>', markup)[0]


def test_language_that_was_switched_on_later_tells_a_notice_in_english(meeting, settings):
    edition = change(meeting, kind=EditionKind.CORRECTION, overflow_room="Hall 9")
    del edition.facts["notices"][0]["lines"]["fr"]

    assert ("Overflow room: Hall 9" in render(edition, language="fr")) is True


def test_calendar_keeps_its_entry_and_counts_every_edition_but_no_superseded_one(meeting):
    uid = icalendar.Calendar.from_ical(form(meeting.editions.get(), "ics")).walk("VEVENT")[0]["UID"]
    instant = timezone.now() + timedelta(hours=1)
    change(meeting, theme="First thought", at=instant)
    edition = change(meeting, theme="Second thought", kind=EditionKind.CANCELLED, words="The hall is flooded.")
    Edition.objects.filter(pk=edition.pk).update(visible_from=timezone.now())

    event = icalendar.Calendar.from_ical(form(edition, "ics")).walk("VEVENT")[0]

    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (uid, 1, "CANCELLED")
    assert event["DESCRIPTION"].startswith(f"Cancelled, {at(edition, instant)}. The hall is flooded. State: was ")


def test_data_tells_every_notice_with_offsets(meeting):
    edition = change(meeting, kind=EditionKind.CORRECTION, words="The hall is another.", overflow_room="Hall 9")

    told = json.loads(form(edition, "json"))

    issued = edition.published_at.astimezone(ZoneInfo("America/New_York")).isoformat()
    assert (told["status"], told["corrected_at"]) == ("confirmed", issued)
    assert told["notices"] == [
        {
            "kind": "correction",
            "edition": 2,
            "at": issued,
            "words": "The hall is another.",
            "changes": [
                {"label": "Where", "was": "Overflow room: Conference Room 4", "is": "Overflow room: Hall 9"},
            ],
        }
    ]


def test_article_tells_search_engines_of_correction_translation_and_dates(meeting):
    first = meeting.editions.get()
    LanguageVersion.objects.create(meeting=meeting, language="fr", state=LanguageState.REVIEWED)
    meeting.translations.create(language="fr", path="title", text="Dialogue", source_digest=digest(meeting.title))
    edition = change(meeting, kind=EditionKind.CORRECTION, words="The hall is another.", overflow_room="Hall 9")
    zone = ZoneInfo("America/New_York")

    assert article(edition) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": meeting.title,
        "url": "http://localhost:8000/meetings/2016/dialogue/",
        "inLanguage": "en",
        "datePublished": first.visible_from.astimezone(zone).isoformat(),
        "dateModified": edition.published_at.astimezone(zone).isoformat(),
        "correction": {
            "@type": "CorrectionComment",
            "text": "The hall is another. Where: was “Overflow room: Conference Room 4”, is “Overflow room: Hall 9”",
            "datePublished": edition.published_at.astimezone(zone).isoformat(),
        },
        "workTranslation": [
            {
                "@type": "NewsArticle",
                "inLanguage": "fr",
                "url": "http://localhost:8000/fr/meetings/2016/dialogue/",
            }
        ],
        "about": {
            "@type": "Event",
            "name": meeting.title,
            "url": "http://localhost:8000/meetings/2016/dialogue/",
        },
        "publisher": {"@type": "Organization", "name": "Rostrum", "url": "http://localhost:8000"},
    }


def test_meeting_that_was_moved_is_rescheduled_for_search_engines():
    meeting = make_meeting()
    publishing.publish(meeting, by=None)
    meeting.sittings.update(date=date(2016, 9, 7), start_time=time(9))
    edition = publishing.publish(meeting, by=None)

    event = json.loads(re.findall(r'(?s)<script type="application/ld\+json">(.*?)</script>', render(edition))[0])

    assert [event[name] for name in ["eventStatus", "previousStartDate", "startDate"]] == [
        "https://schema.org/EventRescheduled",
        "2016-09-06T10:00:00-04:00",
        "2016-09-07T09:00:00-04:00",
    ]


def test_after_the_meeting_the_page_holds_outcome_statements_recording_and_photographs(meeting):
    Meeting.objects.update(outcome="States **agreed** to meet again.")
    meeting.documents.create(symbols=["A/RES/70/999"], title="Resolution", role="outcome", position=3)
    meeting.documents.create(title="Statement of the chair", role="statement", position=4)
    meeting.webcasts.create(kind="recording", url="https://tv.example.int/recorded", position=9)
    image = {"digest": "a" * 64, "media_type": "image/jpeg", "width": 40, "height": 30}
    meeting.photos.update(image=image)
    edition = publishing.publish(meeting, by=None)

    markup = render(edition)

    assert section(markup, "outcome") == [
        "What came of it",
        "States agreed to meet again.",
        "A/RES/70/999",
        "Resolution",
        "Outcome",
        "Statement of the chair",
        "Statement",
    ]
    assert [line.split(":")[0] for line in facts(markup)["Watch"]] == ["Recording", "Live webcast"]
    assert section(markup, "photos") == [
        "Photographs",
        "The chamber, empty",
        "Photo: Example Photo",
        "Free for editorial use",
        "Photograph, 40 × 30",
    ]
    assert [line for line in section(markup, "documents") if "Resolution" in line] == []
    text, data = form(edition, "txt"), json.loads(form(edition, "json"))
    assert "WHAT CAME OF IT\r\n\r\nStates agreed to meet again.\r\n" in text
    assert (
        "PHOTOGRAPHS\r\n\r\nThe chamber, empty (Example Photo, Free for editorial use) http://localhost:8000/" in text
    )
    assert "Watch:    https://tv.example.int/recorded (Recording)\r\n" in text
    assert data["outcome"] == ["States agreed to meet again."]
    assert [webcast["kind"] for webcast in data["webcast"]] == ["recording", "live"]
    assert data["photos"][0]["caption"] == "The chamber, empty"


def test_before_the_meeting_no_such_section_is_there(meeting):
    markup = render(meeting.editions.get())

    assert [name for name in ["outcome", "photos"] if f'id="{name}"' in markup] == []
