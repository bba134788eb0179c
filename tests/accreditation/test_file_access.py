"""A stranger's requests for another's file, by every method: the same 404 as for a file that never was."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accreditation import evidence, protection, visits
from accreditation.models import Evidence, Registration
from accreditation.states import EvidenceKind, Status
from accreditation.views import files
from accreditation.writing import STATUS
from office import encryption
from office.permissions import Role
from tests.accreditation.sent_files import (
    IDENTITY,
    LETTER,
    PORTRAIT,
    file,
    file_address,
    make_draft,
    open_link,
    page_address,
    pdf,
    picture,
    where,
)
from tests.builders import make_meeting, make_officer, make_readers, make_registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]

METHODS = {
    "get": ("get", {}),
    "head": ("head", {}),
    "range": ("get", {"range": "bytes=0-99"}),
    "if-none-match": ("get", {"if-none-match": "*"}),
    "if-modified-since": ("get", {"if-modified-since": "Wed, 01 Jan 2020 00:00:00 GMT"}),
    "if-range": ("get", {"range": "bytes=5-", "if-range": '"x"'}),
    "gzip": ("get", {"accept-encoding": "gzip"}),
}
FILES = {
    LETTER: lambda: file(pdf(pages=2), "letter.pdf"),
    PORTRAIT: lambda: file(picture(), "me.jpg"),
    IDENTITY: lambda: file(picture("PNG", colour="gold"), "passport.png"),
}


@pytest.fixture
def draft():
    return make_draft(*[(kind, {}) for kind in FILES])


@pytest.fixture
def rows(draft):
    return [evidence.add(draft, kind, made()) for kind, made in FILES.items()]


def nobody(draft):
    return Client()


def another_applicant(draft):
    client = Client()
    open_link(client, make_registration(category=draft.category))
    return client


def applicant_elsewhere(draft):
    client = Client()
    open_link(client, make_draft())
    return client


def officer(*roles, elsewhere=False):
    def signed_in(draft):
        user = make_officer(roles=roles, meeting=make_meeting() if elsewhere else draft.meeting)
        client = Client()
        client.force_login(user)
        return client

    return signed_in


def holder_of_an_old_link(draft):
    client = Client()
    open_link(client, draft)
    type(draft).objects.filter(pk=draft.pk).update(link_version=2)
    return client


def forger(draft):
    client = Client()
    open_link(client, draft)
    kept = client.cookies[visits.COOKIE].value
    client.cookies[visits.COOKIE] = kept[:-1] + ("A" if kept[-1] != "A" else "B")
    return client


def applicant_who_has_sent(draft):
    client = Client()
    open_link(client, draft, STATUS)
    type(draft).objects.filter(pk=draft.pk).update(status=Status.SUBMITTED)
    return client


STRANGERS = {
    "anonymous": nobody,
    "another applicant of the category": another_applicant,
    "an applicant of another meeting": applicant_elsewhere,
    "an officer of another meeting": officer(Role.LIAISON_OFFICER, Role.SECURITY_LIAISON, elsewhere=True),
    "an officer of the meeting, outside the desk": officer(Role.LIAISON_OFFICER),
    "a door officer": officer(Role.DOOR),
    "who holds a link that was replaced": holder_of_an_old_link,
    "who changed the cookie": forger,
    "the applicant, once it is sent": applicant_who_has_sent,
}


def addresses(row, draft, key=None):
    key = key or row.pk
    yield reverse("accreditation:paper", args=[*where(draft), key])
    yield reverse("accreditation:paper_preview", args=[*where(draft), key, 1])
    yield reverse("accreditation:paper_preview", args=[*where(draft), key, 1]) + "?small"


def told(response):
    headers = {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
    return response.status_code, headers, response.content


@pytest.mark.parametrize("stranger", STRANGERS.values(), ids=STRANGERS)
def test_stranger_gets_the_404_of_a_file_that_never_was(draft, rows, stranger):
    client = stranger(draft)
    asked = [
        (method, extra, *pair)
        for row in rows
        for method, extra in METHODS.values()
        for pair in zip(addresses(row, draft), addresses(row, draft, uuid.uuid4()), strict=True)
    ]

    for method, extra, address, never in asked:
        with CaptureQueriesContext(connection) as for_kept:
            kept = told(getattr(client, method)(address, headers=extra))
        with CaptureQueriesContext(connection) as for_none:
            none = told(getattr(client, method)(never, headers=extra))
        assert kept == none
        assert len(for_kept) == len(for_none)
        assert kept[0] == 404

    assert len(asked) == len(FILES) * len(METHODS) * 3


def test_matrix_finds_the_leak_where_the_guard_is_missing(draft, rows, monkeypatch):
    monkeypatch.setattr(visits, "registrations_of", lambda request: [draft])

    answers = [nobody(draft).get(address) for row in rows for address in addresses(row, draft)]

    assert {answer.status_code for answer in answers} == {200}


def test_applicant_sees_each_file_whole_and_as_pictures(client, draft, rows):
    open_link(client, draft)
    letter, portrait, passport = rows

    served = client.get(file_address(letter), headers={"range": "bytes=0-9", "if-none-match": "*"})
    shown = [client.get(address) for row in rows for address in list(addresses(row, draft))[1:]]

    assert (served.status_code, served.content) == (200, evidence.read(letter))
    assert served.headers["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert [answer.headers["Content-Type"] for answer in shown] == ["image/png"] * 2 + ["image/jpeg"] * 4
    assert client.get(file_address(portrait)).content == evidence.read(portrait)
    assert client.get(file_address(passport)).headers["Content-Disposition"] == 'inline; filename="passport.jpg"'
    for answer in [served, *shown]:
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert "ETag" not in answer.headers
        assert "Last-Modified" not in answer.headers


def test_head_says_what_get_says_without_the_bytes(client, draft, rows):
    open_link(client, draft)
    address = file_address(rows[0])

    head, got = client.head(address), client.get(address)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Type"] == got.headers["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_other_methods_do_nothing_to_a_file_that_is_and_to_one_that_is_not(client, draft, rows, method):
    open_link(client, draft)

    answers = [told(getattr(client, method)(address)) for address in addresses(rows[0], draft)]
    never = [told(getattr(client, method)(address)) for address in addresses(rows[0], draft, uuid.uuid4())]

    assert answers == never
    assert {status for status, _headers, _body in answers} == {405}
    assert Evidence.objects.count() == 3


def test_file_is_found_at_its_own_address_alone(client, draft, rows):
    open_link(client, draft)
    year, slug, category = where(draft)

    for wrong in ([2017, slug, category], [year, "other", category], [year, slug, "other"]):
        assert client.get(reverse("accreditation:paper", args=[*wrong, rows[0].pk])).status_code == 404


@pytest.mark.parametrize("page", [0, 3, 10**9])
def test_page_that_the_file_has_not_is_a_404(client, draft, rows, page):
    open_link(client, draft)

    assert client.get(file_address(rows[0], page)).status_code == 404


def test_replaced_and_removed_files_are_gone(client, draft, rows):
    open_link(client, draft)
    type(draft).objects.filter(pk=draft.pk).update(status=Status.INFO_REQUESTED)
    draft.refresh_from_db()
    evidence.add(draft, LETTER, file(pdf("second"), "letter.pdf"))

    assert client.get(file_address(rows[0])).status_code == 404
    assert client.get(file_address(rows[1])).status_code == 200


def test_applicant_who_is_asked_for_more_sees_the_papers_again(client, draft, rows):
    open_link(client, draft, STATUS)
    type(draft).objects.filter(pk=draft.pk).update(status=Status.INFO_REQUESTED)

    assert client.get(file_address(rows[0])).status_code == 200


def test_second_application_of_the_same_browser_keeps_the_first_open(client, draft, rows):
    open_link(client, draft)
    open_link(client, make_registration(category=draft.category))

    assert client.get(file_address(rows[0])).status_code == 200


def test_file_that_storage_lost_is_a_404_and_a_line_in_the_log_without_its_name(client, draft, rows, caplog):
    open_link(client, draft)
    encryption.remove_sealed(rows[0].stored_as)

    answer = client.get(file_address(rows[0]))

    assert answer.status_code == 404
    assert f"Paper {rows[0].pk} could not be shown: FileNotFoundError" in caplog.text
    assert "letter.pdf" not in caplog.text


def test_pictures_asked_for_too_often_are_refused_in_words(client, draft, rows, monkeypatch):
    monkeypatch.setattr(files, "PER_APPLICATION", 1)
    open_link(client, draft)

    answers = [client.get(file_address(rows[1], 1)) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]
    assert "They are safe. Open them again in an hour." in answers[1].content.decode()


def test_thumbnails_of_the_page_are_those_of_its_files(client, draft, rows):
    open_link(client, draft)

    page = client.get(page_address(draft)).content.decode()

    assert [f'src="{file_address(row, 1)}?small"' in page for row in rows] == [True] * 3
    assert rows[0].stored_as not in page


READS = {
    Role.SUPERVISOR: {LETTER},
    Role.LIAISON_OFFICER: {LETTER, PORTRAIT},
    Role.MEDIA_REVIEWER: {LETTER, PORTRAIT},
    Role.SECURITY_LIAISON: {IDENTITY},
    Role.BADGE_DESK: {PORTRAIT},
}


@pytest.mark.parametrize("role", list(Role))
def test_officers_read_the_papers_of_their_role_at_their_meeting_alone(draft, rows, role):
    type(draft).objects.filter(pk=draft.pk).update(status=Status.SUBMITTED)
    rows = list(Evidence.objects.select_related("registration"))
    here = make_officer("here", roles=[role], meeting=draft.meeting)
    everywhere = make_officer("everywhere", roles=[role])
    elsewhere = make_officer("elsewhere", roles=[role], meeting=make_meeting())

    for user, expected in [(here, READS.get(role, set())), (everywhere, READS.get(role, set())), (elsewhere, set())]:
        assert {EvidenceKind(row.kind) for row in rows if evidence.may_read(user, row)} == expected


def test_no_officer_reads_what_has_not_been_sent(draft, rows):
    user = make_officer(roles=list(Role))

    assert [evidence.may_read(user, row) for row in rows] == [False] * 3


def test_papers_of_a_protected_person_are_for_the_named_readers(draft, rows):
    type(draft).objects.filter(pk=draft.pk).update(status=Status.SUBMITTED, asks_protection=True)
    readers, other = make_readers(), make_officer("other", roles=[Role.LIAISON_OFFICER])
    outsider = make_officer("outsider", roles=[Role.DOOR])
    everybody = (readers[0], other, outsider)

    def may_read():
        row = Evidence.objects.select_related("registration").get(kind=LETTER)
        return [evidence.may_read(user, row) for user in everybody]

    assert may_read() == [True, True, False]  # whoever may protect has to know whom
    protection.grant(Registration.objects.get(pk=draft.pk), readers=readers, by=readers[0])
    assert may_read() == [True, False, False]
