"""What the checks find, what they keep silent about, and that nobody who is hidden is ever named by them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation import checks, identifying, intake, jobs, protection
from accreditation.checks import papers, particulars
from accreditation.models import Category, Registration
from accreditation.states import EvidenceKind, Part, Status
from office.permissions import Role
from tests.builders import (
    make_category,
    make_delegation,
    make_meeting,
    make_officer,
    make_organization,
    make_protected_registration,
    make_registration,
)
from tests.desk.checking import codes, make_announced, sent

pytestmark = pytest.mark.django_db
LETTER = EvidenceKind.LETTER_OF_ASSIGNMENT


@pytest.fixture
def officer():
    return make_officer("reviewer", roles=(Role.LIAISON_OFFICER,))


@pytest.fixture
def category(once):
    return once(make_announced)


# Possible doubles


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Екатерина", "Воронцова"), ("Ekaterina", "Vorontsova")),
        (("静怡", "林"), ("Jingyi", "Lin")),
        (("ليلى", "بن حدو"), ("Leila", "Ben Haddou")),
        (("Inès", "Marchetti-Duval"), ("MARCHETTI DUVAL", "Ines")),
    ],
)
def test_press_and_civil_society_of_one_person_are_shown_at_both(category, officer, one, other):
    society = make_category(category.meeting, route="civil_society", name="Civil society")
    first, second = sent(*one, category=category), sent(*other, category=society)

    said = f"Possibly the same person: {' '.join(other)}, {second.reference} (Civil society). Being reviewed."
    assert [hint.sentence for hint in checks.told(first, officer)] == [said]
    assert codes(second, officer) == ["double"]
    assert Registration.objects.filter(status=Status.SUBMITTED).count() == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("María", "García"), ("Mario", "García")),
        (("Ali", "Omar"), ("Ella", "Moore")),
        (("Иван", "Петров"), ("Ivan", "Petrova")),
        (("静怡", "林"), ("Jinyi", "Lin")),
        (("Ada", "Okafor"), ("Obinna", "Okafor")),
    ],
)
def test_different_people_are_no_doubles(category, officer, one, other):
    registration = sent(*one, category=category)
    sent(*other, category=category)

    assert codes(registration, officer) == []


def test_name_more_is_told_and_does_not_flag(category, officer):
    registration = sent("Ada Chidinma", category=category)
    sent(category=category)

    assert codes(registration, officer) == ["similar_name"]
    assert checks.run(registration) == []


def test_same_document_is_shown_without_its_number(category, officer):
    document = {"document_number": "X1234567", "document_issuer": "KEN"}
    rows = [sent("Ada", name, category=category, identity=document) for name in ("Okafor", "Eze")]
    for row in rows:
        row.identity_key = identifying.identity_key(row)
        row.save()

    hint = checks.told(rows[0], officer)[0]
    assert (hint.code, hint.known) == ("double", "Both name the same identity document.")
    assert "X1234567" not in repr(hint)


def test_delegation_that_shares_a_mailbox_is_no_double(category, officer):
    delegation = make_delegation(category)
    rows = [
        sent("Ada", name, category=category, email="office@example.org", delegation=delegation)
        for name in ("Okafor", "Eze")
    ]

    assert codes(rows[0], officer) == []


def test_who_replaces_somebody_is_no_double(category, officer):
    before = sent(category=category, status=Status.WITHDRAWN)
    after = sent(category=category, replaces=before)

    assert codes(after, officer) == []


def test_draft_erased_and_other_meeting_are_no_doubles(category, officer):
    registration = sent(category=category)
    make_registration(given_names="Ada", family_name="Okafor", category=category)
    sent(given_names="", family_name="", email="", category=category, status=Status.WITHDRAWN)
    sent(category=make_category(), email="other@example.org")

    assert checks.run(registration) == []


def test_open_application_elsewhere_is_told_to_who_reviews_there(category):
    registration = sent(category=category, email="ada@example.org")
    other = sent(category=make_category(), email="ada@example.org")
    here = make_officer("here", roles=(Role.LIAISON_OFFICER,), meeting=category.meeting)
    both = make_officer("both", roles=(Role.LIAISON_OFFICER,))

    assert (codes(registration, here), codes(registration, both)) == ([], ["elsewhere"])
    assert other.reference in checks.told(registration, both)[0].sentence


def test_earlier_accreditations_are_told_in_numbers_and_years(category, officer):
    registration = sent(category=category, email="ada@example.org")
    for year, status in [(2014, Status.APPROVED), (2015, Status.APPROVED), (2015, Status.REVOKED)]:
        earlier = sent(category=make_category(), status=status, email="ada@example.org")
        Registration.objects.filter(pk=earlier.pk).update(created_at=earlier.created_at.replace(year=year))
    sent(category=make_category(), status=Status.DECLINED, email="else@example.org")

    assert [(hint.code, hint.sentence) for hint in checks.told(registration, officer)] == [
        ("revoked_before", "A badge was revoked once before (2015)"),
        ("name_before", f"Somebody of the same name applied once before ({timezone.now().year})"),
        ("accredited_before", "Accredited 2 times before (2014, 2015)"),
    ]


# People at risk


@pytest.mark.parametrize("state", ["asks", "protected"])
def test_hidden_person_is_named_at_nobody_else(category, officer, state):
    shared = {"given_names": "Ada", "family_name": "Okafor", "email": "ada@example.org"}
    delegation = make_delegation(category)
    if state == "asks":
        hidden = protection.ask(sent(category=category, delegation=delegation, **shared))
    else:
        hidden = make_protected_registration(category=category, delegation=delegation, **shared)
    registration = sent(category=category, **shared)

    assert checks.told(registration, officer) == []
    assert checks.run(registration) == []
    assert hidden.reference not in repr(checks.told(registration, officer))


def test_hidden_person_has_no_hints_but_for_the_readers(category):
    hidden = make_protected_registration(
        category=category, given_names="Ada", family_name="Okafor", speaking={"wants_to_speak": "yes"}
    )
    sent(category=category)
    reader = hidden.protected_readers.first()

    assert checks.told(hidden, make_officer("other", roles=(Role.LIAISON_OFFICER,))) == []
    assert codes(hidden, reader) == ["no_outline"]
    assert checks.run(hidden) == []


# What the answers tell


def test_document_that_ends_before_the_meeting_is_for_security_alone(category, officer):
    soon = (timezone.localdate() + timedelta(days=59)).isoformat()
    registration = sent(category=category, identity={"document_expires_on": soon})
    security = make_officer("security", roles=(Role.SECURITY_LIAISON,))
    elsewhere = make_officer("elsewhere", roles=(Role.SECURITY_LIAISON,), meeting=make_meeting())

    assert [codes(registration, each) for each in (officer, security, elsewhere)] == [[], ["document_ends"], []]
    assert checks.run(registration) == []


def test_document_valid_on_the_last_day_is_good(category):
    last = (timezone.localdate() + timedelta(days=60)).isoformat()
    registration = sent(category=category, identity={"document_expires_on": last})

    assert codes(registration, make_officer("s", roles=(Role.SECURITY_LIAISON,))) == ["document_valid"]


def test_minor_without_a_chaperone_is_pointed_out_until_one_applies(category, officer):
    Category.objects.filter(pk=category.pk).update(chaperone_below=18, minimum_age=12)
    category.refresh_from_db()
    born = timezone.localdate().replace(day=1) - timedelta(days=365 * 15)
    registration = sent(category=category, identity={"birth_date": born.isoformat()})
    assert codes(registration, officer) == ["chaperone_missing"]

    answers = {"comes_with_reference": registration.reference}
    sent("Grace", "Eze", category=category, part=Part.CHAPERONE, answers=answers)
    assert codes(registration, officer) == ["chaperone_applied"]
    assert born.isoformat() not in repr(checks.told(registration, officer))


def test_too_young_is_pointed_out(category, officer):
    Category.objects.filter(pk=category.pk).update(minimum_age=18)
    category.refresh_from_db()
    born = timezone.localdate() - timedelta(days=365 * 10)

    assert codes(sent(category=category, identity={"birth_date": born.isoformat()}), officer) == ["too_young"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("The Daily Lantem", ["organization_alike"]),
        ("THE DAILY  LANTERN", ["organization_known"]),
        ("Фонарь", ["organization_known"]),
        ("The Daily Lаntern", ["mixed_letters", "organization_alike"]),
        ("The Evening Post", []),
        ("Daily News", []),
    ],
)
def test_name_that_was_typed_stands_beside_the_registry(category, officer, typed, code):
    make_organization("The Daily Lantern", kind="media", aliases=["Фонарь"])

    assert sorted(codes(sent(category=category, organization_name=typed), officer)) == sorted(code)


@pytest.mark.parametrize(
    ("email", "code"),
    [
        ("ada@lantern.example", "domain_known"),
        ("ada@news.lantern.example", "domain_known"),
        ("ada@lantem.example", "domain_alike"),
        ("ada@evil-lantern.example", "domain_alike"),
        ("ada@post.example.org", "domain_other"),
    ],
)
def test_address_stands_beside_the_domains(email, code):
    lantern = make_organization("The Daily Lantern", domains=["lantern.example"])

    assert [hint.code for hint in particulars.address(email, lantern)] == [code]


def test_organization_without_domains_says_nothing_of_an_address():
    assert list(particulars.address("ada@example.org", make_organization())) == []


def test_wish_to_speak_without_an_outline_is_pointed_out(category, officer):
    silent = sent(category=category, speaking={"wants_to_speak": "yes"})
    ready = sent("Bo", "Eze", category=category, speaking={"wants_to_speak": "yes", "speaking_outline": "Water"})
    quiet = sent("Cy", "Ito", category=category, speaking={"wants_to_speak": "no"})

    assert [codes(each, officer) for each in (silent, ready, quiet)] == [["no_outline"], [], []]


# The worker


def test_worker_checks_what_was_sent_and_what_changed_since(category):
    registration = sent(
        category=category, speaking={"wants_to_speak": "yes"}, info_items=[{"step": "name", "note": ""}]
    )
    make_registration(category=category)

    assert (checks.run_stale(), checks.run_stale()) == (1, 0)
    registration.refresh_from_db()
    assert registration.hints == ["no_outline"]

    Registration.objects.filter(pk=registration.pk).update(status=Status.INFO_REQUESTED)
    registration.refresh_from_db()
    intake.save_answers(registration, "name", {"given_names": "Ada", "family_name": "Eze"})
    assert (checks.run_stale(), checks.run_stale()) == (1, 0)


def test_double_that_comes_later_flags_the_first_too(category):
    first = sent(category=category)
    checks.run_stale()
    second = sent(category=make_category(category.meeting))

    assert [checks.run_stale() for _turn in range(3)] == [1, 1, 0]
    rows = Registration.objects.filter(pk__in=[first.pk, second.pk])
    assert list(rows.values_list("hints", flat=True)) == [["double"], ["double"]]


def test_application_that_cannot_be_checked_does_not_hold_up_the_next(category, monkeypatch):
    broken, sound = sent(category=category), sent("Bo", "Eze", category=category, speaking={"wants_to_speak": "yes"})
    read = papers.read_words

    def fail(registration, **rest):
        if registration.pk == broken.pk:
            raise OSError
        read(registration, **rest)

    monkeypatch.setattr(papers, "read_words", fail)

    assert (checks.run_stale(), checks.run_stale()) == (1, 0)
    sound.refresh_from_db()
    assert sound.hints == ["no_outline"]


def test_decided_application_is_left_alone(category):
    sent(category=category, status=Status.APPROVED, speaking={"wants_to_speak": "yes"})

    assert checks.run_stale() == 0


def test_worker_knows_the_job():
    assert [job.run for job in jobs.PERIODIC if job.name == "check_applications"] == [checks.run_stale]


@pytest.mark.parametrize("others", [1, 3])
def test_hints_take_as_many_statements_for_one_double_as_for_three(
    category, officer, others, django_assert_num_queries
):
    lantern = make_organization("The Daily Lantern", domains=["lantern.example"])
    made = sent(category=category, organization=lantern)
    for number in range(others):
        sent(category=make_category(category.meeting), email=f"other{number}@example.org")
    registration = Registration.objects.for_desk(officer).get(pk=made.pk)

    with django_assert_num_queries(3):
        assert codes(registration, officer) == ["double"] * others + ["domain_other"]
