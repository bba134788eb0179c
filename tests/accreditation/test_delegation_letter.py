"""One letter for everybody in a delegation."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from lxml import html

from accreditation import delegation_access, evidence
from accreditation.models import Evidence, EvidenceRule
from accreditation.states import EvidenceKind
from advisory import publishing
from tests.accreditation.sent_files import pdf
from tests.builders import make_category, make_delegation, make_meeting, make_registration

# Keeping a file commits before the row is told of
pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/delegation/letter/"
LETTER, SAMPLE = EvidenceKind.LETTER_OF_ASSIGNMENT, EvidenceKind.WORK_SAMPLE


@pytest.fixture
def delegation(client):
    delegation = make_delegation(make_category(make_meeting()))
    publishing.publish(delegation.meeting, by=None)
    for kind in [LETTER, SAMPLE]:
        EvidenceRule.objects.create(category=delegation.category, kind=kind)
    open_in(client, delegation)
    return delegation


def open_in(client, delegation):
    return client.post(reverse("accreditation:delegation", args=[delegation_access.lead_token(delegation)]))


def send(client, data=None, name="letter.pdf", kind=LETTER, **more):
    file = SimpleUploadedFile(name, pdf() if data is None else data)
    return client.post(PAGE, {"kind": kind, "file": file} | more)


def errors(response):
    found = html.fromstring(response.content).xpath("//div[@class='error-summary']//li")
    return [" ".join(row.text_content().split()) for row in found]


def test_letter_of_the_delegation_counts_for_each_member(client, delegation):
    member = make_registration(category=delegation.category, delegation=delegation)
    alone = make_registration(category=delegation.category)
    lacking = [str(rule.kind) for rule in evidence.missing(member)]

    response = send(client)

    member.delegation.refresh_from_db()
    assert response.headers["Location"] == "/delegation/?done=letter"
    assert lacking == [LETTER, SAMPLE]
    assert [str(rule.kind) for rule in evidence.missing(type(member).objects.get(pk=member.pk))] == [SAMPLE]
    assert [str(rule.kind) for rule in evidence.missing(alone)] == [LETTER, SAMPLE]
    assert "letter.pdf" in client.get("/delegation/").content.decode()


def test_same_letter_twice_is_one_row(client, delegation):
    data = pdf()
    send(client, data)
    send(client, data)

    assert Evidence.objects.get().delegation == delegation


def test_letter_is_taken_back_and_counts_no_more(client, delegation):
    member = make_registration(category=delegation.category, delegation=delegation)
    send(client)

    response = client.post(PAGE, {"remove": Evidence.objects.get().pk.hex})

    assert response.headers["Location"] == "/delegation/?done=letter_removed"
    assert [str(rule.kind) for rule in evidence.missing(member)] == [LETTER, SAMPLE]


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"", "letter.pdf"), (b"<html>", "letter.jpg"), (b"%PDF-1.7 x", "a.pdf")],
)
def test_what_is_no_letter_is_refused_in_words(client, delegation, data, name):
    response = send(client, data, name)

    assert (response.status_code, len(errors(response)), Evidence.objects.count()) == (200, 1, 0)


def test_nothing_chosen_is_said(client, delegation):
    assert errors(client.post(PAGE, {"kind": LETTER})) == ["Choose the file of the letter."]


def test_paper_of_one_person_is_no_letter_for_all(client, delegation):
    EvidenceRule.objects.create(category=delegation.category, kind=EvidenceKind.MISSION_LETTER)

    response = send(client, kind=SAMPLE)
    send(client, kind=EvidenceKind.MISSION_LETTER)

    assert len(errors(response)) == 1
    assert Evidence.objects.get().kind == EvidenceKind.MISSION_LETTER


def test_letter_of_another_delegation_is_not_taken_back(client, delegation):
    send(client)
    open_in(client, make_delegation(delegation.category, lead_email="other@example.org"))

    client.post(PAGE, {"remove": Evidence.objects.get().pk.hex})

    assert Evidence.objects.get().replaced_at is None


def test_category_that_asks_for_no_letter_has_no_such_page(client, delegation):
    delegation.category.evidence_rules.filter(kind=LETTER).delete()

    assert (client.get(PAGE).status_code, b"delegation/letter/" in client.get("/delegation/").content) == (404, False)


def test_stranger_gets_the_404(client, delegation):
    client.cookies.clear()

    assert (client.get(PAGE).status_code, send(client).status_code, Evidence.objects.count()) == (404, 404, 0)
