"""Papers at the desk: pages drawn as pictures for their readers, originals that leave a trace."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accreditation import evidence
from accreditation.models import EvidenceRule, Opening, Registration
from accreditation.states import EvidenceKind, Status
from office.permissions import Role
from tests.accreditation.sent_files import pdf, picture
from tests.builders import (
    make_category,
    make_delegation,
    make_meeting,
    make_officer,
    make_protected_registration,
    make_readers,
    make_registration,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("private_files")]
LETTER, PORTRAIT, IDENTITY = (
    EvidenceKind.LETTER_OF_ASSIGNMENT, EvidenceKind.PORTRAIT, EvidenceKind.IDENTITY_DOCUMENT,
)  # fmt: skip
FILES = {
    LETTER: lambda: SimpleUploadedFile("letter.pdf", pdf(pages=2)),
    PORTRAIT: lambda: SimpleUploadedFile("me.jpg", picture(size=(600, 800))),
    IDENTITY: lambda: SimpleUploadedFile("passport.pdf", pdf()),
}


@pytest.fixture
def category():
    category = make_category(asks_portrait=True, identity="copy")
    EvidenceRule.objects.create(category=category, kind=LETTER, most=2)
    return category


def with_papers(category, *kinds, **fields):
    """A sent application, and its papers in that order."""
    registration = make_registration(category=category, **fields)
    rows = [evidence.add(registration, kind, FILES[kind]()) for kind in kinds]
    Registration.objects.filter(pk=registration.pk).update(status=Status.SUBMITTED)
    registration.refresh_from_db()
    return registration, rows


def sign_in(client, *roles, **fields):
    officer = make_officer(f"officer-{'-'.join(roles)}", roles=roles, **fields)
    client.force_login(officer)
    return officer


def picture_of(registration, row, leaf=1, query=""):
    return reverse("desk:paper-page", args=[registration.reference, row.pk, leaf]) + query


def original_of(registration, row):
    return reverse("desk:paper", args=[registration.reference, row.pk])


def page_of(client, registration, query=""):
    return client.get(reverse("desk:registration", args=[registration.reference]) + query).content.decode()


@pytest.mark.parametrize(
    ("role", "opened"),
    [
        (Role.MEDIA_REVIEWER, {LETTER, PORTRAIT}),
        (Role.LIAISON_OFFICER, {LETTER, PORTRAIT}),
        (Role.SECURITY_LIAISON, {IDENTITY}),
        (Role.SUPERVISOR, {LETTER}),
        (Role.ACCESS_FOCAL_POINT, set()),
        (Role.BADGE_DESK, set()),
        (Role.ADMINISTRATOR, set()),
    ],
)
def test_each_reader_opens_the_papers_that_are_theirs(client, category, role, opened):
    registration, rows = with_papers(category, *FILES)
    sign_in(client, role)

    for address in [picture_of, original_of]:
        answers = {row.kind for row in rows if client.get(address(registration, row)).status_code == 200}
        assert answers == opened


def test_picture_is_drawn_and_never_sniffed_kept_or_framed(client, category):
    registration, [letter] = with_papers(category, LETTER)
    sign_in(client, Role.MEDIA_REVIEWER)

    answer = client.get(picture_of(registration, letter, 2))

    assert answer.content.startswith(b"\x89PNG\r\n\x1a\n")
    assert {name: answer[name] for name in ["Content-Type", "X-Content-Type-Options", "Content-Security-Policy"]} == {
        "Content-Type": "image/png",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    assert "no-store" in answer["Cache-Control"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_original_is_saved_under_a_harmless_name_and_who_took_it_is_kept(client, category):
    registration, [letter] = with_papers(category, LETTER)
    officer = sign_in(client, Role.MEDIA_REVIEWER, name="Amara Reviewer")

    answer = client.get(original_of(registration, letter))

    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert [(row.registration, row.by, row.paper) for row in Opening.objects.all()] == [(registration, officer, letter)]
    assert re.search(r"Originals opened.*Amara Reviewer", page_of(client, registration), re.S)


def test_looking_at_pages_leaves_no_trace_of_an_original(client, category):
    registration, [letter] = with_papers(category, LETTER)
    sign_in(client, Role.MEDIA_REVIEWER)

    client.get(picture_of(registration, letter))
    client.head(original_of(registration, letter))

    assert Opening.objects.count() == 0


@pytest.mark.parametrize("leaf", [0, 3, 999])
def test_page_that_is_not_there_is_not_found(client, category, leaf):
    registration, [letter] = with_papers(category, LETTER)
    sign_in(client, Role.MEDIA_REVIEWER)

    assert client.get(picture_of(registration, letter, leaf)).status_code == 404


def test_paper_of_another_application_is_not_found_under_this_one(client, category):
    ada, [letter] = with_papers(category, LETTER)
    ben, _ = with_papers(category)
    sign_in(client, Role.MEDIA_REVIEWER)

    assert client.get(picture_of(ben, letter)).status_code == 404
    assert client.get(original_of(ben, letter)).status_code == 404


def test_paper_of_another_meeting_and_of_a_draft_is_not_found(client, category):
    registration, [letter] = with_papers(category, LETTER)
    sign_in(client, Role.MEDIA_REVIEWER, meeting=make_meeting("Another"))
    assert client.get(picture_of(registration, letter)).status_code == 404

    Registration.objects.update(status=Status.DRAFT)
    sign_in(client, Role.LIAISON_OFFICER)
    assert client.get(picture_of(registration, letter)).status_code == 404


def test_paper_that_was_replaced_is_not_found(client, category):
    registration, [letter] = with_papers(category, LETTER)
    type(letter).objects.update(replaced_at=letter.added_at)
    sign_in(client, Role.MEDIA_REVIEWER)

    assert client.get(picture_of(registration, letter)).status_code == 404


def test_letter_of_the_organization_is_read_with_each_of_its_people(client, category):
    category.cap_per_organization = 5
    delegation = make_delegation(category)
    letter = evidence.add(delegation, LETTER, FILES[LETTER]())
    registration, _ = with_papers(category, delegation=delegation, organization=delegation.organization)
    stranger, _ = with_papers(category)
    sign_in(client, Role.MEDIA_REVIEWER)

    assert client.get(picture_of(registration, letter)).status_code == 200
    assert client.get(picture_of(stranger, letter)).status_code == 404
    assert picture_of(registration, letter) in page_of(client, registration)


def test_papers_of_a_hidden_person_wait_until_it_is_opened_who_it_is(client, category):
    registration, [letter] = with_papers(category, LETTER, asks_protection=True)
    sign_in(client, Role.MEDIA_REVIEWER)

    closed = client.get(picture_of(registration, letter)).status_code
    client.post(reverse("desk:open", args=[registration.reference]))

    assert (closed, client.get(picture_of(registration, letter)).status_code) == (404, 200)
    assert picture_of(registration, letter) in page_of(client, registration)


def test_papers_of_a_protected_person_are_for_the_two_readers(client, category):
    readers = make_readers()
    hidden = make_protected_registration(Status.INFO_REQUESTED, category=category, readers=readers)
    letter = evidence.add(hidden, LETTER, FILES[LETTER]())
    officer = sign_in(client, Role.MEDIA_REVIEWER)
    assert client.post(reverse("desk:open", args=[hidden.reference])).status_code == 404
    assert client.get(picture_of(hidden, letter)).status_code == 404

    client.force_login(readers[1])
    client.post(reverse("desk:open", args=[hidden.reference]))
    assert client.get(picture_of(hidden, letter)).status_code == 200
    assert officer not in readers


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", "leaf turn-0 zoom-100"),
        ("?zoom=200&turn=90", "leaf turn-90 zoom-200"),
        ("?zoom=12345&turn=45&leaf=99&paper=nothing", "leaf turn-0 zoom-100"),
        ("?zoom=x&turn=&leaf=-1", "leaf turn-0 zoom-100"),
    ],
)
def test_size_and_turn_are_links(client, category, query, shown):
    registration, [letter] = with_papers(category, LETTER)
    sign_in(client, Role.MEDIA_REVIEWER)

    page = page_of(client, registration, query)

    assert f'class="{shown}"' in page
    assert f"leaf={2 if 'leaf=99' not in query else 1}&amp;" in page


def test_links_of_the_viewer_keep_the_list(client, category):
    registration, [letter] = with_papers(category, LETTER)
    sign_in(client, Role.MEDIA_REVIEWER)

    page = page_of(client, registration, "?view=mine&leaf=2")

    assert f"?view=mine&amp;paper={letter.pk}&amp;leaf=1&amp;zoom=100&amp;turn=0#papers" in page


@pytest.mark.parametrize("number", [1, 2])
def test_statements_of_the_page_do_not_grow_with_the_papers(client, category, number, django_assert_num_queries):
    registration, _ = with_papers(category, *[LETTER, PORTRAIT][:number])
    sign_in(client, Role.MEDIA_REVIEWER)
    page_of(client, registration)

    with django_assert_num_queries(24):
        page_of(client, registration)


@pytest.mark.parametrize(("address", "statements"), [(picture_of, 5), (original_of, 6)])
def test_statements_of_a_paper(client, category, address, statements, django_assert_num_queries):
    registration, [letter] = with_papers(category, LETTER)
    sign_in(client, Role.MEDIA_REVIEWER)

    with django_assert_num_queries(statements):
        assert client.get(address(registration, letter)).status_code == 200
