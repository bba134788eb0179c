"""What the checks read in a letter: its date, who is named in it, and in which order a passport names somebody."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accreditation import checks, evidence, workflow
from accreditation.checks import papers
from accreditation.models import Category, EvidenceRule, Registration
from accreditation.states import Actor, EvidenceKind
from office.permissions import Role
from tests.accreditation.sent_files import file, pdf, picture
from tests.builders import (
    make_desk_policy,
    make_officer,
    make_registration,
)
from tests.desk.checking import codes, make_announced

pytestmark = pytest.mark.django_db
LETTER = EvidenceKind.LETTER_OF_ASSIGNMENT


@pytest.fixture
def officer():
    return make_officer("reviewer", roles=(Role.LIAISON_OFFICER,))


@pytest.fixture
def category(once):
    return once(make_announced)


def with_letter(words, category, *, kind=LETTER, data=None, name="letter.pdf", **fields):
    EvidenceRule.objects.get_or_create(category=category, kind=kind)
    registration = make_registration(category=Category.objects.get(pk=category.pk), **fields)
    evidence.add(registration, kind, file(data or pdf(words), name))
    registration = workflow.apply(registration, "submit", actor=Actor.APPLICANT, declared_at=timezone.now())
    checks.run(registration)
    return Registration.objects.select_related("category", "meeting", "organization").get(pk=registration.pk)


def written(days):
    day = timezone.localdate() - timedelta(days=days)
    return f"{day.day} {day:%B} {day.year}"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("private_files")
def test_letter_of_years_ago_is_pointed_out(category, officer):
    registration = with_letter(f"{written(500)}. Ada Okafor", category, given_names="Ada", family_name="Okafor")

    found = {hint.code: hint for hint in checks.told(registration, officer)}
    assert [(code, hint.severity) for code, hint in found.items()] == [("letter_old", "look"), ("letter_names", "ok")]
    assert found["letter_old"].known == f"Found “{written(500)}” on page 1."
    assert registration.hints == ["letter_old"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("private_files")
def test_letter_that_names_somebody_else_is_pointed_out(category, officer):
    registration = with_letter(f"{written(5)}. Obinna Eze", category, given_names="Ada", family_name="Okafor")

    assert codes(registration, officer) == ["letter_without_name", "letter_recent"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("private_files")
def test_scanned_letter_says_that_nobody_read_it(category, officer):
    registration = with_letter("", category, data=picture(), name="letter.jpg")

    assert codes(registration, officer) == ["letter_is_picture"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("private_files")
def test_desk_says_how_old_a_letter_may_be(category, officer):
    make_desk_policy(category.meeting, letter_days=600)
    registration = with_letter(f"{written(500)}. Ada Okafor", category, given_names="Ada", family_name="Okafor")

    assert codes(registration, officer) == ["letter_recent", "letter_names"]


SENT, OLDEST, MEETING = date(2016, 8, 30), date(2016, 6, 1), (date(2016, 9, 6), date(2016, 9, 7))


@pytest.mark.parametrize(
    ("text", "verdict", "day"),
    [
        ("New York, 12 May 2015", "old", date(2015, 5, 12)),
        ("12 August 2016, for the dialogue of 6 September 2016", "recent", date(2016, 8, 12)),
        ("Founded 3 March 1951. 12 августа 2016 г.", "recent", date(2016, 8, 12)),
        ("2016年8月12日", "recent", date(2016, 8, 12)),
        ("١٢ أغسطس ٢٠١٦", "recent", date(2016, 8, 12)),
        ("08/12/2016", "recent", date(2016, 8, 12)),
        ("12/08/2016", "recent", date(2016, 8, 12)),
        ("3 January 2017", "future", date(2017, 1, 3)),
        ("For the dialogue of 6 September 2016", "none", None),
        ("12 August", "none", None),
        ("31 February 2016", "none", None),
        ("", "none", None),
    ],
)
def test_date_of_a_letter(text, verdict, day):
    assert papers.date_of(text, sent=SENT, oldest=OLDEST, meeting=MEETING)[:2] == (verdict, day)


def test_date_on_the_second_page_is_told_with_its_page():
    text = "We send our correspondent\f12 August 2016"
    assert papers.date_of(text, sent=SENT, oldest=OLDEST, meeting=MEETING)[2:] == ("12 August 2016", 2)


@pytest.mark.parametrize(
    ("text", "given", "family", "is_named"),
    [
        ("This confirms that Ms. Ada Chidinma OKAFOR is on assignment", "Ada Chidinma", "Okafor", True),
        ("OKAFOR, Ada", "Ada", "Okafor", True),
        ("Настоящим подтверждаем, что Екатерина Воронцова", "Ekaterina", "Vorontsova", True),
        ("We send Ekaterina Vorontsova", "Екатерина", "Воронцова", True),
        ("兹派本报记者林静怡前往采访", "静怡", "林", True),
        ("兹派本报记者林静怡前往采访", "Jingyi", "Lin", False),
        ("We send Ms Lin Jing Yi", "静怡", "林", True),
        ("نوفد السيدة ليلى بن حدو", "Leila", "Ben Haddou", True),
        ("We send Obinna Eze", "Ada", "Okafor", False),
        ("We send Ada Eze; call Mr Okonkwo", "Ada", "Okafor", False),
        ("Prince is coming", "", "Prince", True),
        ("Anything", "", "", False),
    ],
)
def test_name_in_a_letter(text, given, family, is_named):
    assert papers.names(text, given, family) is is_named


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("PASSPORT\nP<UTOOKAFOR<<ADA<CHIDINMA<<<<<<<<<<<<<<<<<<<<\nX1234567", ("ADA CHIDINMA", "OKAFOR")),
        ("P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<", ("ERIKA", "MUSTERMANN")),
        ("PUTO OKAFOR ADA", None),
        ("", None),
    ],
)
def test_name_line_of_a_passport(text, names):
    assert papers.name_line(text) == names


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("private_files")
@pytest.mark.parametrize(
    ("given", "family", "code"), [("Ada", "Okafor", "name_order"), ("Okafor", "Ada", "name_order_differs")]
)
def test_order_of_the_passport_is_for_security_alone(category, officer, given, family, code):
    Category.objects.filter(pk=category.pk).update(identity="copy")
    registration = with_letter(
        "P<UTOOKAFOR<<ADA<<<<<<<<<<<<", category, kind=EvidenceKind.IDENTITY_DOCUMENT, given_names=given,
        family_name=family,
    )  # fmt: skip
    security = make_officer("security", roles=(Role.SECURITY_LIAISON,))

    assert (codes(registration, officer), codes(registration, security)) == ([], [code])
    assert registration.hints == []
