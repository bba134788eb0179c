"""What is sealed and cannot be opened, as after the loss of a key: words in its place, never a fault."""

import json
import logging

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accreditation import aliases, codes, emails, erasing, workflow, writing
from accreditation.models import Evidence, EvidenceRule, Registration
from accreditation.states import Actor, EvidenceKind, Status
from advisory import publishing
from config.field_keys import Ring
from office import delivery
from office.encryption import unreadable
from office.models.message import Message
from tests.accreditation.applicants import link, open_link, post, see
from tests.builders import make_category, make_meeting, make_officer, make_protected_registration, make_registration

pytestmark = pytest.mark.django_db
WORDS = "This cannot be read at the moment. The desk can tell you more."
PAGE = "This part cannot be read at the moment"
OTHER_RING = Ring({7: b"7" * 32}, b"L" * 32)
IDENTITY = {"birth_date": "1990-01-02", "document_number": "X1234567", "document_issuer": "FRA"}


@pytest.fixture
def category():
    meeting = make_meeting()
    publishing.publish(meeting, by=None)
    meeting.refresh_from_db()
    category = make_category(meeting, slug="press", identity="particulars")
    EvidenceRule.objects.create(category=category, kind=EvidenceKind.PRESS_CARD)
    return category


def with_everything(category, status=Status.DRAFT):
    registration = make_registration(
        category=category, identity=IDENTITY, access_needs={"needs_words": "A ramp"}, done=["medium", "name"]
    )
    Evidence.objects.create(
        registration=registration, kind=EvidenceKind.PRESS_CARD, name="card.pdf", media_type="application/pdf", size=9,
        digest="0" * 64, stored_as="0" * 32,
    )  # fmt: skip
    if status != Status.DRAFT:
        workflow.apply(registration, "submit", actor=Actor.APPLICANT)
        workflow.apply(
            registration, "ask", actor=Actor.DESK, by=make_officer(), reason="Which card?",
            info_items=[{"step": "identity", "note": ""}, {"step": "papers", "note": ""}],
        )  # fmt: skip
    return registration


def open_all(client, registration):
    open_link(client, registration, writing.RESUME if registration.status == Status.DRAFT else writing.STATUS)
    response = see(client)
    codes.open_for(response, registration)
    client.cookies.update(response.cookies)
    return client


@pytest.mark.parametrize("status", [Status.DRAFT, Status.INFO_REQUESTED])
def test_no_page_of_an_applicant_fails_without_the_key(client, settings, category, status):
    registration = with_everything(category, status)
    open_all(client, Registration.objects.get())
    paper, root = Evidence.objects.get(), f"/meetings/{category.meeting.url_year}/{category.meeting.slug}/apply/press/"
    steps = ["medium", "name", "work", "identity", "papers", "needs", "questions", "check", "saved", "confirm"]
    drafts = [*[f"{root}{step}/" for step in steps], f"{root}papers/{paper.pk}/", f"{root}papers/{paper.pk}/preview/1/"]
    names = ["standing", "reply", "reply-papers", "data", "code", "withdraw", "appeal", "delete", "my-protection"]
    sent = [reverse(f"accreditation:{name}") for name in names]
    sent += [f"/status/{way}/{step}/" for way in ("reply", "change") for step in [*steps, "contact", "equipment"]]

    settings.FIELD_KEYS = OTHER_RING
    for address in [*drafts, *sent, "/resume/", link(registration)]:
        ends = address in {"/status/withdraw/", "/status/delete/"}
        typed = {"of": registration.reference, "needs_words": "A ramp"}
        for answer in [client.get(address), *([] if ends else [client.post(address, typed)])]:
            assert answer.status_code < 500, address
            assert answer.status_code != 409 or PAGE in answer.text, address

    assert client.get(f"{root}identity/").status_code == {Status.DRAFT: 409, Status.INFO_REQUESTED: 302}[status]


def test_page_says_what_cannot_be_read_and_shows_the_rest(client, settings, category):
    registration = with_everything(category, Status.INFO_REQUESTED)
    open_all(client, Registration.objects.get())
    settings.FIELD_KEYS = OTHER_RING

    page, reply, data = see(client), see(client, "reply"), see(client, "data")

    assert (page.status_code, reply.status_code, data.status_code) == (200, 200, 200)
    assert registration.reference in page.text
    assert page.text.count(WORDS) >= 3  # the document, the needs, the name of the paper
    assert WORDS in reply.text
    kept = json.loads(data.content)
    assert (kept["identity"], kept["access_needs"], kept["papers"][0]["name"]) == (WORDS, WORDS, WORDS)
    assert (kept["email"], kept["family_name"]) == (registration.email, registration.family_name)
    assert [row["words"] for row in kept["decisions"]] == ["", WORDS]
    post(client, "withdraw", registration, confirm="on")
    assert Registration.objects.get().status == Status.WITHDRAWN


def test_log_names_model_field_and_row_and_nothing_else(client, settings, category, caplog):
    registration = with_everything(category)
    open_all(client, Registration.objects.get())
    with connection.cursor() as cursor:  # a row tampered with
        cursor.execute("UPDATE accreditation_registration SET identity = access_needs")

    with caplog.at_level(logging.ERROR):
        answer = client.get(f"/meetings/{category.meeting.url_year}/{category.meeting.slug}/apply/press/identity/")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (409, "private, no-store")
    assert str(registration.pk) not in answer.text
    [line] = [record for record in caplog.records if record.name == "rostrum.sealed"]
    assert line.getMessage() == "What is sealed cannot be opened."
    assert line.fields == {"model": "accreditation.registration", "field": "identity", "row": str(registration.pk)}


def test_one_unreadable_protected_person_stops_neither_mail_nor_erasing(settings, mailoutbox):
    registration = make_protected_registration(category=make_category())
    workflow.apply(registration, "withdraw", actor=Actor.APPLICANT)
    other = make_registration()
    emails.queue("draft_reminder", other)
    settings.FIELD_KEYS = OTHER_RING
    Message.objects.update(not_before=timezone.now())

    delivery.deliver()

    assert aliases.address_behind(registration.email) is None
    assert other.email in [to for mail in mailoutbox for to in mail.to]
    assert erasing.erase(registration).email == ""


def test_panel_shows_registrations_whose_seal_cannot_be_opened(client, settings, category):
    registration = with_everything(category, Status.INFO_REQUESTED)
    settings.FIELD_KEYS = OTHER_RING
    client.force_login(make_officer("panel", roles=["liaison_officer"]))  # sessions are sealed too

    pages = [
        client.get(reverse("admin:accreditation_registration_changelist")),
        client.get(reverse("admin:accreditation_registration_change", args=[registration.pk])),
        client.get(reverse("admin:accreditation_decision_changelist")),
    ]

    assert [page.get("Location", page.status_code) for page in pages] == [200, 200, 200]
    assert unreadable.words() == WORDS
