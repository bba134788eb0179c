"""Categories to begin with: the papers that the field asks for, in words of every language that is known."""

from datetime import date, time

import pytest
from django.utils import translation

from accreditation import presets
from accreditation.models import Category
from accreditation.states import EvidenceKind, Medium
from tests.builders import make_category, make_full_meeting, make_meeting

pytestmark = pytest.mark.django_db


def asked(category):
    """{medium or kind: [(paper, at least)]}."""
    found = {}
    for rule in category.evidence_rules.all():
        found.setdefault(rule.asked_of, []).append((rule.kind, rule.least))
    return found


def test_each_medium_of_the_press_shows_its_own_papers():
    letter, sample = EvidenceKind.LETTER_OF_ASSIGNMENT, EvidenceKind.WORK_SAMPLE

    found = asked(presets.press(make_meeting()))

    by_line = [(letter, 1), (sample, 2)]
    assert found == {
        "": [(EvidenceKind.PRESS_CARD, 0)],
        Medium.PRINT: by_line,
        Medium.ONLINE: by_line,
        Medium.AGENCY: by_line,
        Medium.RADIO: by_line,
        Medium.TELEVISION: by_line,
        Medium.PHOTO: by_line,
        Medium.FREELANCE: by_line,
        Medium.FILM: [(EvidenceKind.COMMISSION, 1)],
        Medium.TECHNICAL_CREW: [(EvidenceKind.SERVICE_LETTER, 1)],
    }


def test_media_of_a_delegation_show_the_letter_of_their_mission():
    category = presets.delegation_media(make_meeting())

    assert (category.media, asked(category)) == (
        [Medium.DELEGATION_MEDIA],
        {Medium.DELEGATION_MEDIA: [(EvidenceKind.MISSION_LETTER, 1)]},
    )


def test_civil_society_is_endorsed_and_capped_with_helpers_outside_the_cap():
    category = presets.civil_society(make_meeting())

    assert (category.needs_endorsement, category.cap_per_organization, category.outside_cap) == (
        True, 4, ["assistant", "interpreter"],
    )  # fmt: skip
    assert asked(category) == {"": [(EvidenceKind.DESIGNATION_LETTER, 1)]}


@pytest.mark.parametrize("name", presets.PRESETS)
def test_preset_gives_a_category_without_a_fault(name):
    category = presets.make(presets.PRESETS[name], make_meeting())

    category.full_clean()
    for rule in category.evidence_rules.all():
        rule.full_clean()


def test_second_of_a_kind_gets_a_slug_and_a_place_of_its_own():
    meeting = make_meeting()

    slugs = [presets.press(meeting).slug, presets.civil_society(meeting).slug, presets.press(meeting).slug]

    assert slugs == ["press", "civil-society", "press-2"]
    assert list(meeting.categories.values_list("slug", "position")) == [
        ("press", 1), ("civil-society", 2), ("press-2", 3),
    ]  # fmt: skip


def test_hours_are_those_that_the_access_notice_tells():
    meeting = make_full_meeting()

    category = presets.press(meeting)

    notice = meeting.access_notices.get(category="press")
    assert (notice.closes_on, notice.closes_time) == (date(2016, 9, 1), time(18))
    assert (category.opens_at, category.closes_at) == (notice.opens_at, notice.closes_at)


def test_words_are_kept_in_the_original_and_in_each_language_that_has_others(monkeypatch):
    monkeypatch.setattr(
        presets, "said", lambda words, language: {name: f"{name} in {language[:2]}" for name in words}
    )  # whatever the catalogues hold

    category = presets.observers(make_meeting(original_language="fr"))

    assert category.name == "name in fr"
    assert category.said("intro", "ar") == "intro in ar"
    assert set(category.translations) == {"ar", "zh", "en", "ru", "es"}
    rule = category.evidence_rules.get()
    assert (rule.hint, rule.said("hint", "es")) == ("hint in fr", "hint in es")


def test_word_that_is_the_same_in_another_language_is_not_kept_twice(monkeypatch):
    monkeypatch.setattr(presets, "said", lambda words, language: dict.fromkeys(words, "Same"))

    assert presets.press(make_meeting()).translations == {}


def test_language_of_the_officer_changes_nothing():
    with translation.override("fr"):
        category = presets.press(make_meeting())

    assert category.name == "Press"


def test_preset_is_made_whole_or_not_at_all(monkeypatch):
    def fail(rules):
        raise RuntimeError

    monkeypatch.setattr(presets.EvidenceRule.objects, "bulk_create", fail)
    meeting = make_category().meeting

    with pytest.raises(RuntimeError):
        presets.press(meeting)

    assert Category.objects.filter(slug="press").count() == 0
