"""Finding applications: in every script, on both databases, and never by what a hidden person is called."""

import pytest

from accreditation import after_sending, aliases, erasing, finding, intake, protection, workflow
from accreditation.models import FindingText, Registration
from accreditation.states import Actor, Status
from tests.builders import (
    make_category,
    make_meeting,
    make_organization,
    make_protected_registration,
    make_readers,
    make_registration,
)

pytestmark = pytest.mark.django_db


def sent(given_names="Ada", family_name="Okafor", **fields):
    registration = make_registration(Status.SUBMITTED, given_names=given_names, family_name=family_name, **fields)
    finding.index(registration)
    return registration


def found(text, **where):
    asked = finding.matching(text, **where)
    return None if asked is None else list(Registration.objects.filter(pk__in=asked).order_by("created_at"))


PEOPLE = {
    "Воронцова": ("Екатерина", "Воронцова"),
    "Lin": ("静怡", "林"),
    "Lin in one": ("", "林静怡"),
    "Haddou": ("ليلى", "بن حدو"),
    "Vorontsova": ("Ekaterina", "Vorontsova"),
    "Jingyi": ("Jingyi", "Lin"),
    "Leila": ("Leila", "Ben Haddou"),
    "Quispe": ("Rosa", "Quispe Huamán"),
    "O’Brien": ("Seán", "O’Brien"),
}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Vorontsova", ["Воронцова", "Vorontsova"]),
        ("воронцова екат", ["Воронцова", "Vorontsova"]),
        ("Voronzova", ["Воронцова", "Vorontsova"]),
        ("Voron", ["Воронцова", "Vorontsova"]),
        ("lin jingyi", ["Lin", "Lin in one", "Jingyi"]),
        ("林静怡", ["Lin", "Lin in one", "Jingyi"]),
        ("静怡", ["Lin", "Lin in one", "Jingyi"]),
        ("Ben Haddou", ["Haddou", "Leila"]),
        ("بن حدو", ["Haddou", "Leila"]),
        ("حدو", ["Haddou", "Leila"]),
        ("huaman", ["Quispe"]),
        ("HUAMÁN rosa", ["Quispe"]),
        ("o'brien", ["O’Brien"]),
        ("Okafor", []),
        ("Vorontsova Rosa", []),
    ],
)
def test_person_is_found_in_any_script_by_any_other(text, who):
    category = make_category()
    rows = {key: sent(*names, category=category) for key, names in PEOPLE.items()}
    keys = {row.pk: key for key, row in rows.items()}

    assert [keys[row.pk] for row in found(text, meeting_id=category.meeting_id)] == who


@pytest.mark.parametrize(
    "text", ["DEW01", "{reference}", "{plain}", "ada@example.org", "lantern", "Фонарь", "Fonar", "tdl"]
)
def test_application_is_found_by_reference_address_and_organization(text):
    lantern = make_organization("The Daily Lantern", aliases=["Фонарь", "TDL"])
    registration = sent(organization=lantern, email="ada@example.org")
    plain = registration.reference.replace("-", "").lower()

    assert found(text.format(reference=registration.reference, plain=plain)) == [registration]


@pytest.mark.parametrize("text", ["", "  ", "- / !", "''", '"', "\x00"])
def test_what_has_no_word_asks_nothing(text):
    assert finding.matching(text) is None


@pytest.mark.parametrize("text", ["a' | 'b", 'a" OR "b', "NOT ada", "ada) OR (x", "x" * 5000])
def test_what_would_be_a_question_to_the_database_is_words_that_nobody_has(text):
    sent()

    assert found(f"okafor {text} ada") == []


@pytest.mark.parametrize("text", ["\\", "%", "ada*", "ada:*", "(ada", "'", "ada & !"])
def test_signs_between_words_mean_nothing(text):
    registration = sent()

    assert found(f"{text} okafor") == [registration]


def test_other_meeting_is_not_searched():
    here, elsewhere = make_category(), make_category()
    registration = sent(category=here)
    sent(category=elsewhere)

    assert found("Okafor", meeting_id=here.meeting_id) == [registration]


def test_draft_is_not_found():
    make_registration(given_names="Ada", family_name="Okafor")

    assert found("Okafor") == []


def test_sending_makes_it_found():
    registration = make_registration(given_names="Ada", family_name="Okafor")
    workflow.apply(registration, "submit", actor=Actor.APPLICANT)

    assert found("okafor") == [registration]


def test_changed_name_is_found_and_the_old_one_is_not():
    registration = sent(info_items=[{"step": "name", "note": ""}])
    Registration.objects.filter(pk=registration.pk).update(status=Status.INFO_REQUESTED)
    registration.refresh_from_db()
    intake.save_answers(registration, "name", {"given_names": "Ada", "family_name": "Eze"})

    assert (found("eze"), found("okafor")) == ([registration], [])


def test_reply_changes_what_is_found():
    registration = sent(info_items=[{"step": "name", "note": ""}])
    Registration.objects.filter(pk=registration.pk).update(status=Status.INFO_REQUESTED)
    registration.refresh_from_db()
    after_sending.save_reply(registration, "name", {"given_names": "Ada", "family_name": "Eze"})

    assert (found("eze"), found("okafor")) == ([registration], [])


def test_hidden_person_is_found_by_reference_and_alias_alone():
    registration = protection.ask(sent(email="ada@example.org", organization=make_organization("The Daily Lantern")))

    assert [found(text) for text in ["okafor", "ada@example.org", "lantern", "ada"]] == [[], [], [], []]
    assert [found(text) for text in [registration.reference, registration.alias]] == [[registration], [registration]]
    words = set(FindingText.objects.get().words.split())
    assert not words & {"okafor", "okafr", "ada", "zqskfr", "lantern", "adaokafor"}


def test_granted_protection_leaves_no_word_of_the_name():
    category = make_category(make_meeting())
    readers = make_readers(category.meeting)
    registration = sent(category=category)
    protection.grant(registration, readers=readers, by=readers[0])

    assert (found("okafor"), found(registration.reference)) == ([], [registration])


def test_lifted_protection_gives_the_name_back():
    registration = make_protected_registration(given_names="Ada", family_name="Okafor")
    protection.lift(registration)

    assert found("okafor") == [registration]


def test_erased_person_is_found_by_nothing():
    registration = sent()
    workflow.apply(registration, "withdraw", actor=Actor.APPLICANT)
    erasing.erase(registration)

    assert (found("okafor"), found(registration.reference), FindingText.objects.count()) == ([], [], 0)


def test_indexing_and_finding_take_one_statement_each(django_assert_num_queries):
    registration = sent()

    with django_assert_num_queries(1):
        finding.index(registration)
    with django_assert_num_queries(1):
        assert found("okafor") == [registration]
    assert FindingText.objects.count() == 1


def test_alias_of_the_clear_columns_is_not_what_is_indexed():
    registration = make_protected_registration(given_names="Ada", family_name="Okafor")

    assert aliases.take(registration, "family_name") == "Okafor"
    assert "okafor" not in finding.words_of(registration)
