"""The translation grid's own rules: progress, and saving beside one another."""

from datetime import timedelta

import pytest
from django.utils import timezone

from advisory import languages, publishing, translating
from advisory.models import Meeting, Translation
from advisory.models.languages import digest
from advisory.translating import Conflicts, Typed
from advisory.words import EditionKind, LanguageState
from tests.builders import make_full_meeting, make_meeting, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _languages(settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "عربي")]


@pytest.fixture
def meeting():
    return make_meeting(summary="The Assembly meets.", room="Hall 1")


def typed(meeting, path, text, *, seen="", source=None, **more):
    source = source if source is not None else translating.sources(meeting).get(path, "")
    return Typed(path=path, text=text, seen=digest(seen), source_seen=digest(source), **more)


def save(meeting, *texts, by=None):
    return translating.save(meeting, "fr", texts, by=by)


def french(meeting):
    return dict(Translation.objects.filter(meeting=meeting, language="fr").values_list("path", "text"))


def progress(meeting, language="fr"):
    found = translating.progress([meeting])[meeting.pk][language]
    return found.state, found.done, found.outdated, found.total


def test_sources_are_the_texts_that_an_edition_would_have():
    meeting = make_full_meeting()

    edition = publishing.publish(meeting, by=None)

    assert translating.sources(meeting) == {path: text for path, text in edition.texts["en"].items() if path != "body"}


def test_sentences_of_standing_notices_are_translated_and_stay(meeting):
    publishing.publish(meeting, by=None)
    Meeting.objects.update(room="Hall 2")
    publishing.publish(meeting, by=None, kind=EditionKind.CORRECTION, words="The room is another.")
    assert translating.sources(meeting)["notices.2.words"] == "The room is another."
    save(meeting, typed(meeting, "notices.2.words", "La salle a changé."), typed(meeting, "title", "Dialogue"))
    translating.mark_reviewed(meeting, "fr")
    publishing.publish_translation(meeting, "fr", by=None)

    edition = publishing.publish(Meeting.objects.get(), by=None, kind=EditionKind.REMINDER)

    assert edition.texts["fr"] == {"title": "Dialogue", "notices.2.words": "La salle a changé."}


def test_progress_counts_translated_and_outdated(meeting):
    assert progress(meeting) == ("missing", 0, 0, 4)
    save(meeting, typed(meeting, "title", "Dialogue"), typed(meeting, "room", "Salle 1"))
    assert progress(meeting) == ("draft", 2, 0, 4)

    Meeting.objects.update(room="Hall 2")

    assert progress(Meeting.objects.get()) == ("draft", 1, 1, 4)
    assert progress(meeting, "ar") == ("missing", 0, 0, 4)


@pytest.mark.parametrize("count", [1, 3])
def test_progress_of_many_meetings_asks_a_fixed_number_of_questions(count, django_assert_num_queries):
    for number in range(count):
        meeting = make_full_meeting(slug=f"full-{number}", code=f"FULL{number}")
        save(meeting, typed(meeting, "title", "Dialogue"))
        publishing.publish(meeting, by=None)

    with django_assert_num_queries(15):
        translating.progress(list(Meeting.objects.prefetch_related(*translating.PARTS)))


def test_saving_what_was_not_touched_writes_nothing(meeting):
    save(meeting, typed(meeting, "title", "Dialogue"))
    translating.mark_reviewed(meeting, "fr")

    assert save(meeting, typed(meeting, "title", "Dialogue", seen="Dialogue"), typed(meeting, "room", "")) == 0
    assert meeting.language_versions.get().state == LanguageState.REVIEWED


def test_emptied_text_is_removed(meeting):
    save(meeting, typed(meeting, "title", "Dialogue"))

    save(meeting, typed(meeting, "title", "", seen="Dialogue"))

    assert french(meeting) == {}


def test_two_translators_of_different_texts_do_not_meet(meeting):
    first, second = typed(meeting, "title", "Dialogue"), typed(meeting, "room", "Salle 1")

    save(meeting, first)
    save(meeting, second, typed(meeting, "title", ""))

    assert french(meeting) == {"title": "Dialogue", "room": "Salle 1"}


def test_second_translator_of_the_same_text_is_refused_and_nothing_of_theirs_is_written(meeting):
    save(meeting, typed(meeting, "title", "Le dialogue"), by=make_officer(name="A. Translator"))

    with pytest.raises(Conflicts) as refusal:
        save(meeting, typed(meeting, "title", "Dialogue"), typed(meeting, "room", "Salle 1"))

    (conflict,) = refusal.value.found.values()
    assert (conflict.typed, conflict.saved) == ("Dialogue", "Le dialogue")
    assert conflict.sentence == "A. Translator changed this text after you opened the page."
    assert french(meeting) == {"title": "Le dialogue"}


def test_translation_of_words_that_changed_meanwhile_is_refused(meeting):
    text = typed(meeting, "room", "Salle 1")
    Meeting.objects.update(room="Hall 2")

    with pytest.raises(Conflicts) as refusal:
        save(meeting, text)

    sentence = "The original changed after you opened the page: look again."
    assert refusal.value.found["room"].sentence == sentence
    assert french(meeting) == {}


def test_translation_of_words_taken_out_meanwhile_is_refused(meeting):
    text = typed(meeting, "room", "Salle 1")
    Meeting.objects.update(room="")

    with pytest.raises(Conflicts) as refusal:
        save(meeting, text)

    assert refusal.value.found["room"].is_without_source


def test_outdated_translation_that_is_still_right_is_confirmed(meeting):
    save(meeting, typed(meeting, "room", "Salle 1"))
    Meeting.objects.update(room="Hall One")
    meeting.refresh_from_db()

    save(meeting, typed(meeting, "room", "Salle 1", seen="Salle 1", is_still_right=True))

    assert progress(meeting) == ("draft", 1, 0, 4)
    assert Translation.objects.get().source == "Hall One"


def test_language_without_a_fitting_text_is_not_reviewed(meeting):
    assert translating.mark_reviewed(meeting, "fr") is False

    languages.write(meeting, "fr", "room", "Salle", source="Other words", by=None)

    assert translating.mark_reviewed(meeting, "fr") is False
    assert meeting.language_versions.get().state == LanguageState.DRAFT


def test_language_is_published_once_all_its_fitting_texts_are_in_the_latest_edition(meeting):
    publishing.publish(meeting, by=None, at=timezone.now() + timedelta(days=1))
    save(meeting, typed(meeting, "title", "Dialogue"))
    translating.mark_reviewed(meeting, "fr")
    assert not translating.is_published(meeting, "fr")

    publishing.publish_translation(meeting, "fr", by=None)

    assert translating.is_published(meeting, "fr")
