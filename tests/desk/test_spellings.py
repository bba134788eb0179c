"""One name in several scripts, and different names that only look alike."""

import pytest

from accreditation.spellings import Spelling, likeness

SAME = [
    (("Екатерина", "Воронцова"), ("Ekaterina", "Vorontsova")),
    (("Yekaterina", "Voronzowa"), ("Екатерина", "Воронцова")),
    (("Юлия", "Хрущёва"), ("Yulia", "Khrushcheva")),
    (("静怡", "林"), ("Jingyi", "Lin")),
    (("", "林静怡"), ("Jingyi", "Lin")),
    (("Ελένη", "Παπαδοπούλου"), ("Eleni", "Papadopoulou")),
    (("Inès", "Marchetti-Duval"), ("MARCHETTI DUVAL", "Ines")),
    (("Łukasz", "Øster"), ("Lukasz", "Oster")),
    (("Leïla", "Benhaddou"), ("Leila", "Ben Haddou")),
    (("Seán", "O’Brien"), ("Sean", "OBrien")),
]
SOUNDS = [
    (("ليلى", "بن حدو"), ("Leila", "Ben Haddou")),
    (("ليلى", "بن حدو"), ("Layla", "Benhaddou")),
    (("محمد", "السيد"), ("Mohamed", "El Sayed")),
    (("سمير", "حداد"), ("Samir", "Haddad")),
]
DIFFERENT = [
    (("Ali", "Omar"), ("Ella", "Moore")),
    (("María", "García"), ("Mario", "García")),
    (("Jean", "Dupont"), ("Jeanne", "Dupont")),
    (("Ada", "Okafor"), ("Ada", "Okonkwo")),
    (("Иван", "Петров"), ("Ivan", "Petrova")),
    (("静怡", "林"), ("Jinyi", "Lin")),
    (("Li", "Na"), ("Lin", "A.")),
    (("محمد", "علي"), ("Ahmad", "Ali")),
    (("سمير", "حداد"), ("Samira", "Hamdan")),
    (("", "Madonna"), ("Ada", "Madonna")),
    (("", ""), ("", "")),
    (("", "—"), ("", "…")),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_name_is_known_in_another_script_order_and_spelling(one, other):
    assert likeness(Spelling(*one), Spelling(*other)) == likeness(Spelling(*other), Spelling(*one)) == "same"


@pytest.mark.parametrize(("one", "other"), SOUNDS)
def test_name_without_vowels_is_known_by_its_consonants(one, other):
    assert likeness(Spelling(*one), Spelling(*other)) == likeness(Spelling(*other), Spelling(*one)) == "sounds"


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_names_stay_different(one, other):
    assert likeness(Spelling(*one), Spelling(*other)) == ""


def test_name_more_agrees_in_part():
    assert likeness(Spelling("Ada Chidinma", "Okafor"), Spelling("Ada", "Okafor")) == "partly"


@pytest.mark.parametrize(("one", "other"), [*SAME, *SOUNDS, (("Ada Chidinma", "Okafor"), ("Ada", "Okafor"))])
def test_index_holds_what_the_other_spelling_asks_for(one, other):
    for asking, kept in [(Spelling(*one), Spelling(*other)), (Spelling(*other), Spelling(*one))]:
        assert any(alternative <= set(kept.tokens) for alternative in asking.asked)
