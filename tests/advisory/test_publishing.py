"""From draft rows to editions: what is frozen, what stays when something fails, who is in it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from advisory import languages, publishing, renditions, translating
from advisory.models import Edition, MediaContact, Meeting, PublishedPerson, Rendition
from advisory.words import EditionKind, MeetingStatus
from office import chain
from tests.builders import make_full_meeting, make_meeting, make_officer, make_sitting

pytestmark = pytest.mark.django_db


def test_first_publication_gives_address_state_and_eager_forms():
    meeting, officer = make_meeting(), make_officer()

    edition = publishing.publish(meeting, by=officer)

    meeting.refresh_from_db()
    assert (edition.number, edition.sequence, edition.kind, edition.by) == (1, 1, EditionKind.FIRST, officer)
    assert (meeting.status, meeting.url_year) == (MeetingStatus.CONFIRMED, 2016)
    assert meeting.get_absolute_url() == "/meetings/2016/dialogue-1/"
    assert set(edition.renditions.values_list("format", flat=True)) == {"page", "txt", "ics", "json"}


def test_instants_are_frozen_with_the_offset_of_their_day():
    meeting = make_meeting(sitting=False)
    make_sitting(meeting, date=date(2016, 12, 6), position=1)
    make_sitting(meeting, date=date(2016, 9, 6), start_time=time(22), end_time=time(1), position=2)

    facts = publishing.publish(meeting, by=None).facts

    assert [(s["starts_at"], s["ends_at"]) for s in facts["sittings"]] == [
        ("2016-12-06T10:00:00-05:00", "2016-12-06T18:00:00-05:00"),
        ("2016-09-06T22:00:00-04:00", "2016-09-07T01:00:00-04:00"),
    ]
    assert (facts["first_day"], facts["last_day"]) == ("2016-09-06", "2016-12-06")
    assert facts["starts_at"] == "2016-09-06T22:00:00-04:00"


def test_edit_after_publication_stays_private_until_the_next():
    meeting = make_meeting()
    publishing.publish(meeting, by=None)
    meeting.refresh_from_db()

    meeting.title = "Another title"
    meeting.save()

    public = Edition.objects.current().get()
    assert public.texts["en"]["title"] == "Dialogue on early warning"


def test_second_publication_is_an_update_at_the_same_address_for_ever():
    meeting = make_meeting()
    publishing.publish(meeting, by=None)
    meeting.sittings.update(date=date(2017, 1, 10))

    edition = publishing.publish(meeting, by=None)

    meeting.refresh_from_db()
    assert (edition.number, edition.kind) == (2, EditionKind.UPDATE)
    assert meeting.url_year == 2016
    assert Edition.objects.current().get() == edition


def test_editions_chain_and_a_changed_past_shows():
    meeting = make_meeting()
    for _ in range(3):
        publishing.publish(meeting, by=None)
    editions = list(meeting.editions.order_by("sequence"))

    def rows():
        return [(e.previous_hash, publishing.chained_content(e), e.hash) for e in editions]

    assert chain.first_broken(rows()) is None
    editions[1].texts["en"]["title"] = "Something else"
    assert chain.first_broken(rows()) == 1


def test_stored_edition_read_back_fits_its_hash():
    publishing.publish(make_full_meeting(), by=make_officer())

    edition = Edition.objects.get()

    assert chain.link(edition.previous_hash, publishing.chained_content(edition)) == edition.hash


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"sitting": False}, "Add a sitting: a date, or one whose date is to be announced."),
        ({"contact": False}, "Add a media contact."),
        ({"time_zone": ""}, "Choose the time zone: a time without its zone is wrong for most readers."),
    ],
)
def test_publication_without_a_needed_fact_is_refused_in_words(missing, sentence):
    meeting = make_meeting(**missing)

    with pytest.raises(publishing.PublishRefused) as refusal:
        publishing.publish(meeting, by=None)

    meeting.refresh_from_db()
    assert refusal.value.messages == [sentence]
    assert (meeting.status, Edition.objects.count()) == (MeetingStatus.DRAFT, 0)


def test_publication_failing_half_way_leaves_the_previous_edition_public(monkeypatch):
    meeting = make_meeting()
    first = publishing.publish(meeting, by=None)
    kept = list(first.renditions.order_by("format").values_list("format", "etag"))
    made = []

    def fail_at_the_third(edition, people, language, format, **kwargs):
        made.append(format)
        if len(made) == 3:
            raise OSError("No space left on device")
        return real(edition, people, language, format, **kwargs)

    real = renditions.rendered
    monkeypatch.setattr(renditions, "rendered", fail_at_the_third)
    meeting.title = "Half a title"
    meeting.save()

    with pytest.raises(OSError, match="No space left"):
        publishing.publish(meeting, by=None)

    assert len(made) == 3
    assert Edition.objects.current().get() == first
    assert list(first.renditions.order_by("format").values_list("format", "etag")) == kept
    assert Rendition.objects.exclude(edition=first).count() == 0


def test_people_stand_beside_the_edition_by_id_and_salted_digest():
    edition = publishing.publish(make_full_meeting(), by=None)

    contact = edition.facts["contacts"][0]["person"]
    person = PublishedPerson.objects.get(pk=contact["id"])
    assert person.content == {"name": "Ada Example", "phones": ["+12125550142"], "emails": ["press@example.int"]}
    assert contact["digest"] == chain.link(person.salt, person.content)
    frozen = chain.canonical([edition.facts, edition.texts]).decode()
    assert [
        word for word in ["Ada Example", "Grace Sample", "+12125550142", "press@example.int"] if word in frozen
    ] == []


def test_person_published_again_unchanged_keeps_one_row():
    meeting = make_full_meeting()
    first = publishing.publish(meeting, by=None)

    second = publishing.publish(meeting, by=None)

    assert set(first.people.all()) == set(second.people.all())
    assert PublishedPerson.objects.count() == 3


def test_changed_telephone_is_another_row():
    meeting = make_meeting()
    publishing.publish(meeting, by=None)
    MediaContact.objects.update(phones=["+12125550143"])

    publishing.publish(meeting, by=None)

    assert PublishedPerson.objects.count() == 2


def test_embargoed_edition_is_not_visible_before_its_instant():
    instant = timezone.now() + timedelta(hours=1)
    publishing.publish(make_meeting(embargo_until=instant), by=None)

    assert Edition.objects.visible().count() == 0
    assert Edition.objects.visible(instant - timedelta(seconds=1)).count() == 0
    assert Edition.objects.visible(instant).count() == 1


def test_lower_numbered_edition_stays_current_while_the_next_waits():
    meeting = make_meeting()
    first = publishing.publish(meeting, by=None)
    meeting.refresh_from_db()
    meeting.embargo_until = instant = timezone.now() + timedelta(days=1)
    meeting.save()

    second = publishing.publish(meeting, by=None)

    assert Edition.objects.current().get() == first
    assert Edition.objects.current(instant).get() == second


def test_two_meetings_of_a_year_cannot_share_an_address():
    publishing.publish(make_meeting(slug="dialogue"), by=None)

    with pytest.raises(publishing.PublishRefused, match="Another meeting of that year has this address"):
        publishing.publish(make_meeting(slug="dialogue"), by=None)


def test_database_refuses_a_second_edition_of_the_same_number():
    edition = publishing.publish(make_meeting(), by=None)
    edition.pk, edition.sequence = None, 2

    with pytest.raises(IntegrityError), transaction.atomic():
        edition.save(force_insert=True)


def test_preview_says_what_will_be_public_and_stores_nothing():
    meeting = make_full_meeting()

    text = publishing.preview(meeting, format="txt").decode()

    assert (Edition.objects.count(), Rendition.objects.count(), PublishedPerson.objects.count()) == (0, 0, 0)
    published = publishing.publish(meeting, by=None).renditions.get(format="txt", language="en")
    without_moment = [line for line in text.splitlines() if "issued" not in line]
    assert without_moment == [line for line in bytes(published.body).decode().splitlines() if "issued" not in line]


def test_first_issue_comes_once():
    meeting = make_meeting()
    publishing.publish(meeting, by=None)

    with pytest.raises(publishing.PublishRefused, match="The first issue comes once"):
        publishing.publish(meeting, by=None, kind=EditionKind.FIRST)


@pytest.mark.parametrize("kind", [EditionKind.POSTPONED, EditionKind.CANCELLED])
def test_announced_state_is_frozen_and_a_typo_does_not_undo_it(kind):
    meeting = make_meeting()
    publishing.publish(meeting, by=None)

    publishing.publish(meeting, by=None, kind=kind)
    edition = publishing.publish(meeting, by=None, kind=EditionKind.TYPO)

    assert edition.facts["status"] == kind.value


def test_contact_rests_after_the_last_day_and_the_page_is_made_anew(settings):
    settings.PRESS_DESK_EMAIL = "desk@example.int"
    meeting = make_meeting()
    meeting.contacts.update(shown_until=date(2030, 9, 7))
    day_after = datetime(2030, 9, 8, 4, 0, tzinfo=UTC)  # midnight in New York
    edition = publishing.publish(meeting, by=None)

    before = renditions.make(edition, "en", "txt", at=day_after - timedelta(seconds=1))
    after = renditions.make(edition, "en", "txt", at=day_after)

    assert (b"Ada Example" in before.body, b"desk@example.int" in before.body) == (True, False)
    assert before.good_until == day_after
    assert (b"Ada Example" in after.body, b"desk@example.int" in after.body) == (False, True)
    assert after.good_until is None


def test_forms_made_by_another_renderer_are_dropped_after_a_week():
    edition = publishing.publish(make_meeting(), by=None)
    edition.renditions.filter(format="txt").update(renderer="of another version")
    old = edition.renditions.filter(format="txt").count()
    kept = set(edition.renditions.exclude(format="txt").values_list("format", flat=True))
    week = timezone.now() + timedelta(days=7)

    assert renditions.drop_stale(week - timedelta(minutes=1)) == 0
    assert renditions.drop_stale(week + timedelta(minutes=1)) == old
    assert set(edition.renditions.values_list("format", flat=True)) == kept


def test_next_edition_says_earlier_notices_in_every_reviewed_language():
    meeting = make_meeting()
    publishing.publish(meeting, by=None)
    publishing.publish(meeting, by=None, kind="correction", words="The room is another.")
    languages.write(meeting, "fr", "title", "Dialogue", source=meeting.title, by=None)
    languages.write(meeting, "fr", "notices.2.words", "La salle a changé.", source="The room is another.", by=None)
    languages.write(meeting, "es", "title", "Diálogo", source=meeting.title, by=None)
    meeting.language_versions.update(state="reviewed")

    edition = publishing.publish(meeting, by=None)

    assert edition.texts["fr"] == {"title": "Dialogue", "notices.2.words": "La salle a changé."}
    assert edition.texts["es"] == {"title": "Diálogo"}


def test_language_is_published_after_another_original_was_chosen():
    meeting = make_meeting()
    publishing.publish(meeting, by=None)
    languages.write(meeting, "es", "title", "Diálogo", source=meeting.title, by=None)
    meeting.language_versions.update(state="reviewed")
    Meeting.objects.update(original_language="fr")
    assert not translating.is_published(meeting, "es")

    edition = publishing.publish_translation(meeting, "es", by=None)

    assert edition.texts["es"] == {"title": "Diálogo"}


def test_officers_language_changes_nothing_that_is_published():
    meeting = make_full_meeting()
    publishing.publish(meeting, by=None)
    meeting.room = "Conference Room 9"
    meeting.save()

    frozen = {}
    for language in ["en", "ru"]:
        with override(language):
            edition, _people = publishing.next_edition(meeting, kind=EditionKind.CORRECTION, words="The room changed.")
            notice = edition.facts["notices"][0] | {"at": None}
            frozen[language] = edition.facts | {"notices": [notice]}, edition.texts, publishing.content_digest(meeting)

    assert frozen["ru"] == frozen["en"]
