"""Translations: what fits the published words goes in, what is outdated stays out, facts are never translated."""

from datetime import timedelta

import pytest
from django.utils import timezone

from advisory import languages, publishing
from advisory.models import LanguageVersion, Meeting
from advisory.words import EditionKind, LanguageState
from tests.builders import make_meeting, make_officer

pytestmark = pytest.mark.django_db


def translate(meeting, path="title", text="Dialogue sur l’alerte rapide", *, source=None, language="fr", ready=True):
    languages.write(meeting, language, path, text, source=source or meeting.title, by=None)
    if ready:
        meeting.language_versions.filter(language=language).update(state=LanguageState.REVIEWED)


@pytest.fixture
def meeting():
    return make_meeting(summary="The Assembly discusses the report.")


def test_reviewed_language_is_published_with_the_first_issue(meeting):
    translate(meeting)

    edition = publishing.publish(meeting, by=None)

    assert edition.texts["fr"] == {"title": "Dialogue sur l’alerte rapide"}
    assert meeting.language_versions.get().state == LanguageState.PUBLISHED


def test_draft_language_is_not(meeting):
    translate(meeting, ready=False)

    assert set(publishing.publish(meeting, by=None).texts) == {"en"}


def test_translation_of_other_words_is_left_out_of_the_next_edition(meeting):
    translate(meeting)
    translate(meeting, "summary", "L’Assemblée examine le rapport.", source=meeting.summary)
    publishing.publish(meeting, by=None)
    Meeting.objects.update(title="Dialogue on late warning")

    edition = publishing.publish(meeting, by=None)

    assert edition.texts["fr"] == {"summary": "L’Assemblée examine le rapport."}


def test_published_texts_stay_while_a_translator_works_on_them(meeting):
    translate(meeting)
    publishing.publish(meeting, by=None)
    translate(meeting, text="Dialogue à propos de l’alerte rapide", ready=False)

    edition = publishing.publish(meeting, by=None)

    assert edition.texts["fr"] == {"title": "Dialogue sur l’alerte rapide"}


def test_translation_copies_facts_and_other_languages_and_carries_no_notice(meeting):
    translate(meeting, language="es", text="Diálogo sobre la alerta temprana")
    first = publishing.publish(meeting, by=None)
    Meeting.objects.update(room="A room nobody announced")
    translate(meeting)

    edition = publishing.publish_translation(meeting, "fr", by=None)

    assert (edition.number, edition.kind, edition.languages) == (2, EditionKind.TRANSLATION, ["fr"])
    assert edition.facts == first.facts
    assert edition.texts == first.texts | {"fr": {"title": "Dialogue sur l’alerte rapide"}}


def test_translation_of_a_waiting_edition_replaces_it_and_keeps_its_instant_and_approval(meeting):
    instant = timezone.now() + timedelta(days=1)
    second = make_officer("second")
    waiting = publishing.publish(meeting, by=None, at=instant, approved_by=second)
    translate(meeting)

    edition = publishing.publish_translation(meeting, "fr", by=None)

    waiting.refresh_from_db()
    assert (edition.number, edition.kind, edition.visible_from) == (1, EditionKind.FIRST, instant)
    assert edition.approved_by == second
    assert waiting.superseded_at == edition.published_at


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (lambda meeting: None, "This language is a draft. Mark it as reviewed first."),
        (lambda meeting: translate(meeting, ready=False), "This language is a draft. Mark it as reviewed first."),
        (
            lambda meeting: translate(meeting, source="Other words"),
            "No text of this language fits the published words. Bring it up to date first.",
        ),
    ],
)
def test_translation_that_is_not_ready_is_refused_in_words(meeting, prepare, sentence):
    publishing.publish(meeting, by=None)
    prepare(meeting)

    with pytest.raises(publishing.PublishRefused) as refusal:
        publishing.publish_translation(meeting, "fr", by=None)

    assert refusal.value.messages == [sentence]


def test_translation_before_the_first_issue_is_refused(meeting):
    translate(meeting)

    with pytest.raises(publishing.PublishRefused, match="Nothing is published yet"):
        publishing.publish_translation(meeting, "fr", by=None)


def test_text_changed_makes_the_language_a_draft_again(meeting):
    translate(meeting)

    languages.write(meeting, "fr", "title", "Autre titre", source=meeting.title, by=None)

    assert LanguageVersion.objects.get().state == LanguageState.DRAFT


def test_names_of_bodies_and_topics_are_facts_in_every_language():
    from tests.builders import make_full_meeting

    facts = publishing.publish(make_full_meeting(), by=None).facts

    assert facts["body_names"] == {
        "en": "General Assembly",
        "ar": "الجمعية العامة",
        "fr": "Assemblée générale",
    }
    assert facts["topics"] == [{"slug": "early-warning", "names": {"en": "Early warning", "fr": "Alerte rapide"}}]
