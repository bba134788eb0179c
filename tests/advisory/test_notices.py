"""What later editions say about earlier ones: notices with was and is, states, waiting editions, approval."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from advisory import publishing
from advisory.models import Edition, Meeting
from advisory.words import EditionKind, MeetingStatus
from tests.builders import make_full_meeting, make_meeting, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(once):
    return once(make_public)


def make_public():
    meeting = make_full_meeting()
    publishing.publish(meeting, by=None)
    return Meeting.objects.get()


def lines(edition, language="en"):
    return edition.facts["notices"][0]["lines"][language]


def test_first_issue_carries_no_notice():
    assert publishing.publish(make_meeting(), by=None).facts["notices"] == []


def test_correction_states_was_and_is(meeting):
    meeting.room = "Conference Room 4"
    meeting.save()

    edition = publishing.publish(meeting, by=None, kind=EditionKind.CORRECTION, words="The room is another.")

    notice = edition.facts["notices"][0]
    rest = "Headquarters, 1 Example Plaza, New York, United States of America"
    assert (notice["number"], notice["kind"], notice["at"]) == (2, "correction", edition.published_at.isoformat())
    assert lines(edition) == [["Where", f"Trusteeship Council Chamber, {rest}", f"Conference Room 4, {rest}"]]
    assert edition.texts["en"]["notices.2.words"] == "The room is another."


def test_notice_quotes_neither_prose_nor_a_person(meeting):
    meeting.background = "Written anew."
    meeting.save()
    meeting.contacts.filter(name="Ada Example").update(phones=["+12125550143"])
    meeting.speakers.filter(name="Grace Sample").update(name="Maria Sample")

    edition = publishing.publish(meeting, by=None, kind=EditionKind.UPDATE)

    assert lines(edition) == [["Background", "", ""], ["People taking part", "", ""], ["Media contacts", "", ""]]


def test_typing_error_keeps_the_standing_notice_and_adds_none(meeting):
    meeting.room = "Conference Room 4"
    meeting.save()
    corrected = publishing.publish(meeting, by=None, kind=EditionKind.CORRECTION, words="The room is another.")
    meeting.refresh_from_db()
    meeting.summary = "The Assembly discusses the annual report on early warning."
    meeting.save()

    edition = publishing.publish(meeting, by=None, kind=EditionKind.TYPO)

    assert edition.facts["notices"] == corrected.facts["notices"]
    assert edition.texts["en"]["notices.2.words"] == "The room is another."


def test_notices_stand_newest_first_and_ten_at_most(meeting):
    for _ in range(12):
        edition = publishing.publish(meeting, by=None, kind=EditionKind.REMINDER)

    assert [notice["number"] for notice in edition.facts["notices"]] == list(range(13, 3, -1))


def test_notice_is_written_in_every_public_language(meeting, settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "Français")]
    meeting.sittings.filter(title="Morning").update(date=date(2016, 9, 7))

    edition = publishing.publish(meeting, by=None, kind=EditionKind.POSTPONED)

    assert set(edition.facts["notices"][0]["lines"]) == {"en", "fr"}
    assert ["State", "Going ahead", "Postponed"] in lines(edition)


def test_postponed_meeting_goes_ahead_again_and_tells_the_start_announced_before(meeting):
    publishing.publish(meeting, by=None, kind=EditionKind.POSTPONED)
    meeting.sittings.update(date=date(2016, 10, 4))

    edition = publishing.publish(meeting, by=None, kind=EditionKind.UPDATE, resumes=True)

    assert edition.facts["status"] == MeetingStatus.CONFIRMED
    assert edition.facts["previous_starts_at"] == "2016-09-06T10:00:00-04:00"


def test_notice_before_anything_is_public_is_refused():
    with pytest.raises(publishing.PublishRefused, match="Nothing is public yet"):
        publishing.publish(make_meeting(), by=None, kind=EditionKind.CORRECTION)


def test_second_publication_before_the_instant_replaces_the_waiting_edition_under_its_number(meeting):
    instant = timezone.now() + timedelta(hours=2)
    first = publishing.publish(meeting, by=None, at=instant)
    Meeting.objects.update(title="Another title")

    second = publishing.publish(meeting, by=None)

    first.refresh_from_db()
    assert (first.number, second.number, second.sequence) == (2, 2, 3)
    assert (first.superseded_at, second.visible_from) == (second.published_at, instant)
    assert [row.number for row in Edition.objects.current()] == [1]
    assert Edition.objects.current(instant).get() == second


def test_typing_error_mended_in_what_waits_leaves_its_notice_standing(meeting):
    meeting.room = "Conference Room 4"
    meeting.save()
    waiting = publishing.publish(
        meeting,
        by=None,
        kind=EditionKind.CORRECTION,
        words="The room is another.",
        at=timezone.now() + timedelta(hours=2),
    )

    edition = publishing.publish(meeting, by=None, kind=EditionKind.TYPO)

    assert (edition.number, edition.kind, lines(edition)) == (2, EditionKind.CORRECTION, lines(waiting))
    assert edition.texts["en"]["notices.2.words"] == "The room is another."


def test_waiting_edition_goes_out_at_once_when_the_editor_says_so(meeting):
    publishing.publish(meeting, by=None, at=timezone.now() + timedelta(hours=2))

    edition = publishing.publish(meeting, by=None, at=timezone.now())

    assert Edition.objects.current().get() == edition
    assert edition.number == 2


def test_waiting_first_issue_published_again_is_still_the_first():
    meeting = make_meeting(embargo_until=timezone.now() + timedelta(days=1))
    publishing.publish(meeting, by=None)

    edition = publishing.publish(meeting, by=None)

    assert (edition.number, edition.kind, edition.facts["notices"]) == (1, EditionKind.FIRST, [])


def test_edition_about_to_become_public_is_not_replaced(meeting):
    publishing.publish(meeting, by=None, at=timezone.now() + timedelta(seconds=3))

    with pytest.raises(publishing.PublishRefused, match="Edition 2 becomes public this moment"):
        publishing.publish(meeting, by=None)


def test_no_instant_comes_before_the_embargo():
    embargo = timezone.now() + timedelta(days=1)

    edition = publishing.publish(make_meeting(embargo_until=embargo), by=None, at=timezone.now())

    assert edition.visible_from == embargo


def test_difference_is_from_what_is_public_not_from_what_waited(meeting):
    instant = timezone.now() + timedelta(hours=2)
    Meeting.objects.update(theme="First thought")
    publishing.publish(meeting, by=None, at=instant)
    Meeting.objects.update(theme="Second thought")

    edition = publishing.publish(meeting, by=None)

    assert lines(edition) == [["Theme", "Hearing the first bell", "Second thought"]]


def test_publication_without_the_second_officer_is_refused_where_approval_is_asked(settings):
    settings.APPROVAL = True
    meeting, officer, second = make_meeting(), make_officer(), make_officer("second")

    with pytest.raises(publishing.PublishRefused, match="A second officer must approve"):
        publishing.publish(meeting, by=officer)
    with pytest.raises(publishing.PublishRefused, match="cannot approve"):
        publishing.publish(meeting, by=officer, approved_by=officer)
    assert publishing.publish(meeting, by=officer, approved_by=second).approved_by == second


def test_preview_shows_the_notice_that_would_stand(meeting):
    Meeting.objects.update(theme="Second thought")

    edition, _ = publishing.next_edition(meeting, kind=EditionKind.CORRECTION, words="Sorry.")

    assert lines(edition) == [["Theme", "Hearing the first bell", "Second thought"]]
    assert Edition.objects.count() == 1


def test_sitting_moved_is_told_by_its_line(meeting):
    meeting.sittings.filter(title="Morning").update(start_time=time(11))

    edition = publishing.publish(meeting, by=None)

    assert lines(edition) == [
        [
            "When",
            "Morning, Tuesday 6 September 2016, 10:00–13:00 New York (UTC−4)",
            "Morning, Tuesday 6 September 2016, 11:00–13:00 New York (UTC−4)",
        ]
    ]
