"""What kind of edition, when it becomes public, and the embargo, as an officer chooses them in the panel."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from advisory import publishing
from advisory.models import Edition, Meeting
from advisory.publishing import publish
from tests.builders import make_meeting, make_officer
from tests.filled_form import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    officer = make_officer(name="A. Officer")
    client.force_login(officer)
    return officer


@pytest.fixture
def meeting(officer):
    meeting = make_meeting(room="Hall 1")
    publish(meeting, by=officer)
    return Meeting.objects.get()


def at(page, meeting, *arguments):
    return reverse(f"admin:advisory_meeting_{page}", args=[meeting.pk, *arguments])


def send(client, meeting, **typed):
    page = at("publish", meeting)
    return client.post(page, filled(client.get(page), None) | typed)


def typed_at(day, time, zone, **more):
    return {"when": "at", "at_date": day, "at_time": time, "at_zone": zone} | more


# Kinds


@pytest.mark.parametrize("kind", ["update", "correction", "reminder", "postponed", "cancelled", "typo"])
def test_every_kind_is_offered_with_a_sentence_and_made(client, meeting, kind):
    choices = dict(client.get(at("publish", meeting)).context["form"].fields["kind"].choices)
    assert len(choices[kind].split(": ")) == 2

    send(client, meeting, kind=kind)

    assert list(meeting.editions.values_list("number", "kind")) == [(2, kind), (1, "first")]


def test_officers_sentence_stands_in_the_notice(client, meeting):
    send(client, meeting, kind="correction", words="The room is another.")

    assert Edition.objects.first().texts["en"]["notices.2.words"] == "The room is another."


def test_sentence_beside_a_typing_error_is_refused_and_kept(client, meeting):
    response = send(client, meeting, kind="typo", words="Sorry")

    assert list(response.context["form"].errors) == ["words"]
    assert filled(response, None)["words"] == ["Sorry"]
    assert meeting.editions.count() == 1


def test_whole_difference_from_what_is_public_is_shown(client, meeting):
    Meeting.objects.update(room="Hall 2", background="Written anew.")

    response = client.get(at("publish", meeting))

    assert response.context["difference"] == [["Where", "Hall 1", "Hall 2"], ["Background", "", ""]]
    page = response.content.decode()
    assert '<del dir="auto">Hall 1</del>' in page
    assert '<ins dir="auto">Hall 2</ins>' in page


def test_looking_again_shows_the_chosen_kind_and_publishes_nothing(client, meeting):
    response = send(client, meeting, kind="cancelled", words="No quorum.", _look="")

    assert response.context["difference"] == [["State", "Going ahead", "Cancelled"]]
    assert "kind=cancelled&amp;words=No+quorum." in response.content.decode()
    assert meeting.editions.count() == 1


def test_preview_shows_the_notice_that_would_stand(client, meeting):
    page = at("preview_form", meeting, "en", "txt")

    assert "No quorum." not in client.get(page).content.decode()
    assert client.get(page, {"kind": "nonsense"}).status_code == 200
    assert publish_sentence(client.get(page, {"kind": "translation"}))


def publish_sentence(response):
    return response.status_code == 409 and response.content.decode() == "A translation is published from its own page."


def test_postponed_meeting_goes_ahead_again(client, meeting):
    assert "resumes" not in client.get(at("publish", meeting)).context["form"].fields
    send(client, meeting, kind="postponed")
    assert "resumes" in client.get(at("publish", meeting)).context["form"].fields

    send(client, meeting, kind="update", resumes="on")

    assert Edition.objects.first().facts["status"] == "confirmed"


def test_it_cannot_resume_and_be_cancelled_at_once(client, meeting):
    send(client, meeting, kind="postponed")

    response = send(client, meeting, kind="cancelled", resumes="on")

    assert list(response.context["form"].errors) == ["resumes"]


# When


def test_edition_waits_for_the_instant_that_was_typed(client, meeting):
    response = send(client, meeting, **typed_at("2099-07-01", "10:00", "Europe/Zurich"))

    assert response.status_code == 302
    assert Edition.objects.first().visible_from == datetime(2099, 7, 1, 8, tzinfo=UTC)


def test_skipped_time_is_refused_with_two_choices_and_nothing_typed_is_lost(client, meeting):
    typed = typed_at("2037-03-29", "02:30", "Europe/Zurich", kind="correction", words="Kept.")

    response = send(client, meeting, **typed)

    shown = filled(response, None)
    assert "does not exist" in response.context["form"].errors["at"][0]
    assert response.content.decode().count('name="at_choice"') == 2
    assert {name: shown[name] for name in typed} == {name: [value] for name, value in typed.items()}
    client.post(at("publish", meeting), shown | {"at_choice": "2037-03-29T03:30:00+02:00"})
    assert Edition.objects.first().visible_from == datetime(2037, 3, 29, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(("day", "sentence"), [("2016-01-01", "This instant has passed."), ("", "Give a day")])
def test_instant_that_cannot_be_is_refused(client, meeting, day, sentence):
    response = send(client, meeting, **typed_at(day, "10:00" if day else "", "Europe/Zurich"))

    assert response.context["form"].errors["at"][0].startswith(sentence)
    assert meeting.editions.count() == 1


def test_waiting_edition_keeps_its_instant_unless_told_otherwise(client, meeting):
    instant = datetime(2099, 7, 1, 14, tzinfo=UTC)
    publish(meeting, by=None, at=instant)

    page = client.get(at("publish", meeting))
    send(client, meeting)

    kept = "When edition 2 was to: 1 July 2099, 10:00 America/New_York (14:00 UTC)"
    assert page.context["form"].fields["when"].choices[0] == ("keep", kept)
    assert [row.visible_from for row in meeting.editions.filter(number=2)] == [instant, instant]


def test_waiting_edition_goes_out_now_when_the_officer_says_so(client, meeting):
    publish(meeting, by=None, at=datetime(2099, 7, 1, 14, tzinfo=UTC))

    send(client, meeting, when="now")

    assert Edition.objects.current().get().number == 2


def test_waiting_first_issue_is_published_again_as_the_first(client, officer):
    meeting = make_meeting()
    publish(meeting, by=officer, at=timezone.now() + timedelta(days=1))

    send(client, meeting, when="now")

    assert list(meeting.editions.values_list("number", "kind")) == [(1, "first"), (1, "first")]
    assert Edition.objects.current().get().sequence == 2


def test_translation_saved_since_the_page_was_opened_refuses(client, meeting):
    data = filled(client.get(at("publish", meeting)), None)
    meeting.language_versions.create(language="fr", state="reviewed")

    response = client.post(at("publish", meeting), data | {"words": "Kept"})

    assert meeting.editions.count() == 1
    assert filled(response, None)["words"] == ["Kept"]


def test_page_opened_before_an_edition_became_public_is_refused(client, meeting):
    """The difference that the officer read is no longer the one that readers would see."""
    publish(meeting, by=None, at=datetime(2099, 7, 1, 14, tzinfo=UTC))
    data = filled(client.get(at("publish", meeting)), None)
    Edition.objects.filter(number=2).update(visible_from=timezone.now() - timedelta(minutes=1))

    client.post(at("publish", meeting), data | {"when": "now"})

    assert meeting.editions.count() == 2


# Embargo


def page_of(meeting):
    return reverse("admin:advisory_meeting_change", args=[meeting.pk])


def save(client, meeting, day, time, zone, **more):
    typed = {"embargo_until_date": day, "embargo_until_time": time, "embargo_until_zone": zone}
    return client.post(page_of(meeting), filled(client.get(page_of(meeting)), "meeting_form") | typed | more)


def test_embargo_begins_with_the_meetings_zone(client, meeting):
    assert filled(client.get(page_of(meeting)), "meeting_form")["embargo_until_zone"] == ["America/New_York"]


def test_embargo_is_kept_as_an_instant_with_its_zone_and_shown_in_both(client, meeting):
    save(client, meeting, "2099-09-06", "10:00", "Europe/Zurich")

    meeting.refresh_from_db()
    assert (meeting.embargo_until, meeting.embargo_zone) == (datetime(2099, 9, 6, 8, tzinfo=UTC), "Europe/Zurich")
    page = client.get(page_of(meeting)).content.decode()
    assert "Now: 6 September 2099, 10:00 Europe/Zurich (08:00 UTC)" in page


def test_embargo_in_the_hour_shown_twice_is_refused_with_a_choice(client, meeting):
    refused = save(client, meeting, "2037-10-25", "02:30", "Europe/Zurich", theme="Kept")
    shown = filled(refused, "meeting_form")
    assert shown["theme"] == ["Kept"]
    choices = ["02:30, UTC+2 (25 October, 00:30 UTC)", "02:30, UTC+1 (25 October, 01:30 UTC)"]
    assert [refused.content.decode().count(words) for words in choices] == [1, 1]

    client.post(page_of(meeting), shown | {"embargo_until_choice": "2037-10-25T02:30:00+01:00"})

    meeting.refresh_from_db()
    assert (meeting.embargo_until, meeting.theme) == (datetime(2037, 10, 25, 1, 30, tzinfo=UTC), "Kept")
    again = filled(client.get(page_of(meeting)), "meeting_form")
    assert again["embargo_until_choice"] == ["2037-10-25T02:30:00+01:00"]


def test_embargo_is_lifted_by_emptying_it(client, meeting):
    save(client, meeting, "2099-09-06", "10:00", "Europe/Zurich")

    save(client, meeting, "", "", "Europe/Zurich")

    meeting.refresh_from_db()
    assert (meeting.embargo_until, meeting.embargo_zone) == (None, "")


# Embargo, once something was published

JULY, EARLIER, LATER = (datetime(2099, month, 1, 14, tzinfo=UTC) for month in (7, 6, 9))


@pytest.fixture
def unpublished(officer):
    return make_meeting(embargo_until=EARLIER, embargo_zone="UTC")


def told(response):
    return [(message.level_tag, str(message)) for message in response.context["messages"]]


def set_embargo(client, meeting, instant):
    """Sentences after saving, but for Django's own."""
    response = save(client, meeting, f"{instant:%Y-%m-%d}", f"{instant:%H:%M}", "UTC")
    return [sentence for level, sentence in told(client.get(response.url)) if level == "warning"]


def concerns(client, meeting):
    rows = client.get(at("publish", meeting)).context["warnings"]
    return [row["concern"].sentence for row in rows if row["concern"].field == "embargo_until"]


def let_the_instant_come(edition):
    Edition.objects.filter(pk=edition.pk).update(visible_from=timezone.now() - timedelta(seconds=1))


def test_embargo_set_after_an_edition_is_public_says_that_it_stays_public(client, meeting):
    said = set_embargo(client, meeting, LATER)

    assert said == ["Edition 1 is public and stays public. The embargo holds back what is published from now on."]
    assert concerns(client, meeting) == [
        "Edition 1 is public and stays public. The next one will not be before 1 September 2099, 14:00 UTC."
    ]
    assert Edition.objects.current().get().number == 1


def test_edition_that_waits_for_a_later_instant_than_the_embargo_keeps_it(client, unpublished):
    publish(unpublished, by=None, at=LATER)
    keeps = "Edition 1 waits for %s, and keeps that instant until it is published again."

    said = set_embargo(client, unpublished, JULY)

    assert said == [keeps % "1 September 2099, 14:00 UTC"]
    assert concerns(client, unpublished) == [
        "Nothing will be public before 1 July 2099, 14:00 UTC.",
        keeps % "1 September 2099, 14:00 UTC",
    ]
    assert [(row.visible_from, row.superseded_at) for row in unpublished.editions.all()] == [(LATER, None)]


def test_edition_that_would_be_public_before_a_moved_embargo_is_withdrawn(client, unpublished):
    edition = publish(unpublished, by=None)

    said = set_embargo(client, unpublished, JULY)

    assert said == [
        "Edition 1 was to become public on 1 June 2099, 14:00 UTC, before the embargo. It is withdrawn: nothing waits "
        "until you publish again."
    ]
    assert concerns(client, unpublished) == [
        "Nothing will be public before 1 July 2099, 14:00 UTC.",
        "Edition 1 was withdrawn before its instant: nothing waits until you publish again.",
    ]
    let_the_instant_come(edition)
    unpublished.refresh_from_db()
    assert client.get(unpublished.get_absolute_url()).status_code == 404
    assert not Edition.objects.visible().exists()


def test_moved_embargo_would_leak_if_nothing_were_withdrawn(client, unpublished, monkeypatch):
    monkeypatch.setattr(publishing, "hold_back", lambda meeting: None)
    edition = publish(unpublished, by=None)

    set_embargo(client, unpublished, JULY)

    let_the_instant_come(edition)
    unpublished.refresh_from_db()
    assert client.get(unpublished.get_absolute_url()).status_code == 200


def test_what_was_withdrawn_is_published_again_under_its_number_and_the_new_instant(client, unpublished):
    publish(unpublished, by=None)
    set_embargo(client, unpublished, JULY)

    again = publish(unpublished, by=None)

    assert (again.number, again.kind, again.sequence, again.visible_from) == (1, "first", 2, JULY)
    page = client.get(at("editions", unpublished))
    assert ([row["state"] for row in page.context["editions"]], page.context["verdict"]) == (
        ["waiting", "withdrawn"],
        "intact",
    )
    assert "never: withdrawn before its instant" in page.content.decode()


def test_correction_that_is_withdrawn_leaves_what_is_public(client, meeting):
    waiting = publish(meeting, by=None, kind="correction", at=EARLIER)

    set_embargo(client, meeting, JULY)

    let_the_instant_come(waiting)
    assert Edition.objects.current().get().number == 1
    assert client.get(reverse("admin:advisory_meeting_changelist")).context["cl"].queryset.get().edition_number == 1


def test_edition_seconds_from_its_instant_is_as_good_as_public(unpublished):
    edition = publish(unpublished, by=None)
    Edition.objects.update(visible_from=timezone.now() + timedelta(seconds=4))

    assert publishing.hold_back(unpublished) is None

    edition.refresh_from_db()
    assert edition.superseded_at is None


def test_lifted_embargo_tells_that_what_waits_keeps_its_instant(client, unpublished):
    publish(unpublished, by=None)

    response = save(client, unpublished, "", "", "UTC")

    assert told(client.get(response.url))[-1][0] == "success"
    assert concerns(client, unpublished) == [
        "Edition 1 waits for 1 June 2099, 14:00 UTC, and keeps that instant until it is published again."
    ]


def test_form_saved_without_touching_the_embargo_says_nothing_of_it(client, unpublished):
    publish(unpublished, by=None, at=LATER)

    page = client.post(
        page_of(unpublished), filled(client.get(page_of(unpublished)), "meeting_form") | {"theme": "New"}
    )

    assert [level for level, _ in told(client.get(page.url))] == ["success"]
