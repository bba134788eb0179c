"""A word planted in everything that a person at risk wrote is found nowhere once protection is granted.

Where it could be is swept from what there is: tables, database files, staff pages, public pages, logs, letters. Each
sweep is first seen to find the word in somebody who is not protected.
"""

import logging
import sqlite3
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.urls import NoReverseMatch, reverse

from accreditation import emails, profiles, protection, workflow
from accreditation.models import Evidence, EvidenceRule, Registration
from accreditation.states import Actor, EvidenceKind
from advisory.publishing import publish
from office.delivery import deliver
from office.permissions import Role
from tests import addresses
from tests.builders import make_category, make_meeting, make_officer, make_readers, make_registration

pytestmark = pytest.mark.django_db

WORD = "qwyzzle"
PHONE = "5550199"
EVERYBODY = list(Role)


def make_planted():
    """Somebody who asked for protection, sent everything there is to send, and was asked for more and answered."""
    meeting = make_meeting(slug="open", code="OPEN1", url_year=2016)
    category = make_category(meeting, slug="press")
    EvidenceRule.objects.create(category=category, kind=EvidenceKind.LETTER_OF_ASSIGNMENT)
    publish(meeting, by=None)
    registration = make_registration(
        category=category, email=f"{WORD}@example.org", given_names="Qwyzzle", family_name="Qwyzzleson",
        badge_name="Q. Qwyzzle", phone=f"+1212{PHONE}", organization_name="Qwyzzle Daily",
        answers={"editor": "Qwyzzle Q.", "samples": ["https://qwyzzle.example.org/"]},
        speaking={"speaking_topic": "Qwyzzle"}, identity={"document_number": "QWYZZLE1"},
        access_needs={"needs_words": "Qwyzzle chair"}, asks_protection=True, remembers=True,
    )  # fmt: skip
    Evidence.objects.create(
        registration=registration, kind=EvidenceKind.LETTER_OF_ASSIGNMENT, name="qwyzzle.pdf", digest="0" * 64,
        media_type="application/pdf", size=1, stored_as="0" * 32,
    )  # fmt: skip
    profiles.remember(Registration(email=registration.email, given_names="Qwyzzle"))
    desk = make_officer("desk")
    sent = workflow.apply(registration, "submit", actor=Actor.APPLICANT)
    asked = workflow.apply(sent, "ask", actor=Actor.DESK, by=desk, reason="Is Qwyzzle your pen name?")
    replied = workflow.apply(asked, "reply", actor=Actor.APPLICANT)
    deliver()
    emails.queue("received", replied, key="one that waits")
    return replied


def protect(registration):
    readers = make_readers()
    granted = protection.grant(registration, readers=readers, by=readers[0])
    declined = workflow.apply(
        granted, "decline", actor=Actor.DESK, by=readers[0], ground="other", reason="Qwyzzle is known to us."
    )
    return workflow.apply(declined, "appeal", actor=Actor.APPLICANT, reason="I am Qwyzzle, and sorry.")


def holds_word(text):
    text = bytes(text) if isinstance(text, (bytes, bytearray, memoryview)) else str(text).encode()
    return WORD.encode() in text.lower() or PHONE.encode() in text


def cells_with_word():
    """table.column of each cell of the whole database, read by SQL alone."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 our own tables
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found |= {f"{table}.{name}" for name, cell in zip(names, row, strict=True) if holds_word(cell)}
    return found


def test_no_cell_of_the_database_holds_the_word(mailoutbox):
    registration = make_planted()
    before = cells_with_word()

    protect(registration)
    waiting = cells_with_word()
    deliver()

    assert before >= {
        "accreditation_registration.given_names", "accreditation_registration.email",
        "accreditation_registration.phone", "accreditation_registration.answers",
        "accreditation_registration.speaking", "accreditation_registration.organization_name",
        "accreditation_registration.name_key", "office_message.to",
    }  # fmt: skip
    assert not any(cell.startswith("accreditation_decisionreason") for cell in before)
    assert waiting == set()
    assert cells_with_word() == set()
    assert {mail.to[0] for mail in mailoutbox} == {f"{WORD}@example.org"}
    assert not any(holds_word(part) for mail in mailoutbox for part in (mail.subject, mail.body))


def test_nothing_says_the_word_of_itself():
    registration = protect(make_planted())

    rows = [row for model in apps.get_models() for row in model._default_manager.all()]

    assert registration in rows
    assert [type(row).__name__ for row in rows if holds_word(str(row)) or holds_word(repr(row))] == []


def staff_pages(client):
    """{address: page} of every page of the staff panel that shows a row or a list, searched for the word as well."""
    found = {}
    for model in admin.site._registry:
        start = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        try:
            lists = [reverse(f"{start}_changelist")]
        except NoReverseMatch:
            continue
        lists += [f"{lists[0]}?q={WORD}", f"{lists[0]}?q=participant"]
        rows = [reverse(f"{start}_{page}", args=[row.pk])
                for row in model._default_manager.all() for page in ("change", "history")]  # fmt: skip
        for address in [*lists, *rows]:
            found[address] = client.get(address, follow=True).content
    return found


@pytest.mark.property
def test_no_staff_page_says_the_word(client):
    registration = make_planted()
    client.force_login(make_officer("everybody", roles=EVERYBODY))
    waiting = reverse("admin:office_message_changelist")
    before = staff_pages(client)

    protect(registration)
    after = staff_pages(client)

    said = {address for address, page in before.items() if holds_word(page)}
    assert waiting in said
    assert {
        address
        for address, page in after.items()
        if holds_word(page.replace(b"q=qwyzzle", b"")) and "?q=" not in address
    } == set()
    assert not LogEntry.objects.filter(object_repr__icontains=WORD).exists()


@pytest.mark.property
def test_search_of_the_panel_finds_nobody_by_the_word(client):
    registration = make_planted()
    client.force_login(make_officer("everybody", roles=EVERYBODY))
    found = {}
    for moment in ("before", "after"):
        if moment == "after":
            protect(registration)
        pages = {model: client.get(address, {"q": WORD}) for model, address in searchable()}
        found[moment] = {model for model, page in pages.items() if page.context["cl"].result_count}

    assert "Message" in found["before"]
    assert found["after"] == set()


def searchable():
    for model in admin.site._registry:
        try:
            yield model.__name__, reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        except NoReverseMatch:
            continue


@pytest.mark.property
def test_no_public_page_says_the_word(client, caplog):
    registration = protect(make_planted())
    caplog.set_level(logging.DEBUG)
    fillings = {
        ("year",): [(2016,)], ("slug",): [("open",)], ("category",): [("press",)], ("step",): [("name",), ("check",)],
        ("digest", "name"): [("0" * 64, "x.pdf")], ("number",): [(1,)], ("code",): [("OPEN1",)],
        ("date",): [("2016-09-06",)], ("day",): [("2016-09-06",)], ("section",): [("meetings",)],
        ("token",): [("A" * 48,)], ("pk",): [(1,)], ("rest",): [("",)],
        ("person",): [(registration.pk,)], ("paper",): [(registration.evidence.get().pk,)], ("page",): [(1,)],
    }  # fmt: skip
    found = [
        address for address in addresses.filled(fillings) if not address.startswith(("/fr/", "/zh/", "/ru/", "/es/"))
    ]

    pages = {address: b"".join(client.get(address)) for address in found}

    assert any(address.endswith("/apply/press/privacy/") for address in pages)
    assert [address for address, page in pages.items() if holds_word(page)] == []
    assert not holds_word(caplog.text)


def test_no_line_of_the_log_says_the_word(caplog, mailoutbox):
    caplog.set_level(logging.INFO)
    registration = protect(make_planted())

    protection.names_for(registration, registration.protected_readers.first())
    with pytest.raises(workflow.TransitionRefused) as refused:
        workflow.apply(registration, "accept", actor=Actor.APPLICANT)
    deliver()

    assert len(mailoutbox) > 3
    assert not holds_word(str(refused.value))
    assert not holds_word("\n".join(line for line in caplog.text.splitlines() if "django.db" not in line))


# What the database's files keep

SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL overwrites old rows by VACUUM")


@pytest.fixture
def another_process():
    """Somebody else has the database open, as always on a site: closing our connection empties no log."""
    other = sqlite3.connect(connection.settings_dict["NAME"])
    other.execute("SELECT count(*) FROM accreditation_registration").fetchall()
    yield
    other.close()
    connection.close()  # a test may have changed its settings


def files_with_word():
    """Names of the database's files that hold the word; read by another process, or SQLite would lose its locks."""
    file = Path(connection.settings_dict["NAME"])
    files = [str(path) for path in file.parent.glob(f"{file.name}*")]
    said = subprocess.run(["grep", "-l", "-i", "-a", "-e", WORD, "-e", PHONE, *files], capture_output=True, text=True)  # noqa: S603, S607
    return sorted(Path(line).name.removeprefix(file.name) for line in said.stdout.splitlines())


@SQLITE
@pytest.mark.django_db(transaction=True)
def test_no_byte_of_the_database_files_holds_the_word(another_process):
    registration = make_planted()
    before = files_with_word()

    protect(registration)
    deliver()

    assert before != []
    assert files_with_word() == []


@SQLITE
@pytest.mark.django_db(transaction=True)
def test_without_emptying_the_log_it_would_hold_the_word(another_process, monkeypatch):
    monkeypatch.setattr(protection, "_overwrite_old_pages", lambda: None)

    protect(make_planted())

    assert "-wal" in files_with_word()


@SQLITE
@pytest.mark.django_db(transaction=True)
def test_without_overwriting_what_is_deleted_the_file_would_hold_the_word(another_process):
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA secure_delete").fetchone() == (1,)
        cursor.execute("PRAGMA secure_delete=OFF").fetchone()

    protect(make_planted())

    assert "" in files_with_word()
