"""The registry is found by what people type, closest first, the same on both databases."""

import pytest

from accreditation import organizations
from accreditation.models import Organization
from accreditation.states import Standing
from tests.builders import make_meeting, make_organization

pytestmark = pytest.mark.django_db


def names(text, **options):
    return [row.name for row in organizations.search(text, **options)]


def test_whole_name_comes_before_longer_names():
    make_organization("Example Alliance of Water Keepers")
    make_organization("Example Alliance")

    assert names("example alliance") == ["Example Alliance", "Example Alliance of Water Keepers"]


def test_alias_accents_and_case_find_the_row():
    make_organization("Médecins d’exemple", aliases=["MDE", "أطباء المثال"])

    assert names("MEDECINS") == names("mde") == names("اطباء") == ["Médecins d’exemple"]


def test_name_with_words_that_the_registry_lacks_is_still_close():
    make_organization("Example Times", kind="media")

    assert names("The Example Times newspaper of Nairobi") == []
    assert names("The Example Times newspaper") == ["Example Times"]


def test_misspelt_name_is_close():
    make_organization("Reporters United")

    assert names("Reporterz Unitad") == ["Reporters United"]


def test_chinese_name_is_found_by_a_part_of_it():
    make_organization("全球水资源联盟")

    assert names("水资源") == ["全球水资源联盟"]


@pytest.mark.parametrize("text", ["", "   ", "…", "of the", "%", "_", "\x00", "x" * 100_000])
def test_text_without_a_telling_word_finds_nothing(text):
    make_organization("Example Alliance")

    assert names(text) == []


def test_single_letter_is_a_word_and_no_beginning():
    make_organization("Example Alliance")
    make_organization("Alliance E")

    assert names("e") == ["Alliance E"]


def test_inactive_organization_is_not_offered():
    make_organization("Example Alliance", is_active=False)

    assert names("example alliance") == []


def test_at_most_ten_are_offered():
    for number in range(12):
        make_organization(f"Example {number:02d}")

    assert names("example") == [f"Example {number:02d}" for number in range(10)]


def test_each_standing_offers_its_own_organizations():
    meeting = make_meeting()
    make_organization("Example General", status="general")
    make_organization("Example Roster", status="roster")
    make_organization("Example Special", status="accredited").accredited_to.add(meeting)
    make_organization("Example Other")
    make_organization("Example Media", kind="media")

    found = {standing: names("example", among=organizations.of_standing(standing, meeting.pk)) for standing in Standing}

    assert found == {
        Standing.CONSULTATIVE: ["Example Roster", "Example General"],
        Standing.SPECIAL: ["Example Special"],
        Standing.OTHER: ["Example Other", "Example Roster", "Example General", "Example Special"],
    }
    assert [row.name for row in organizations.search("example", among=organizations.media())] == ["Example Media"]


def test_saving_keeps_the_words_by_which_it_is_found():
    organization = make_organization("Example Alliance")

    organization.name = "Sample League"
    organization.save(update_fields=["name"])

    assert names("sample") == ["Sample League"]
    assert Organization.objects.get().search == " sample league "


def test_search_takes_two_statements_at_most(django_assert_num_queries):
    make_organization("Example Alliance")

    with django_assert_num_queries(1):
        names("example")
    with django_assert_num_queries(2):
        names("exampel alianse")
