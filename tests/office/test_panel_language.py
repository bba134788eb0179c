"""The staff panel speaks the officer's language; what an officer publishes never depends on it."""

import json
import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from advisory import renditions
from advisory.models import Meeting
from advisory.publishing import publish
from office.models import User
from tests.builders import make_full_meeting, make_officer

pytestmark = pytest.mark.django_db

OWN = re.compile(rb"DTSTAMP:\S+|LAST-MODIFIED:\S+")  # the second of its making
PERSONS_OWN = re.compile(r'"(id|digest)": "[0-9a-f-]{36,64}"')  # drawn anew for each edition


@pytest.fixture
def officer(client):
    officer = make_officer("wafa")
    client.force_login(officer)
    return officer


def spoken(client, address="admin:index"):
    page = client.get(reverse(address))
    return page.content.decode().split("<html ")[1].split(">")[0]


def test_panel_speaks_the_officers_language_and_runs_its_way(client, officer):
    assert spoken(client) == 'lang="en" dir="ltr"'
    User.objects.filter(pk=officer.pk).update(language="ar")
    assert spoken(client) == 'lang="ar" dir="rtl"'
    assert spoken(client, "admin:advisory_meeting_changelist") == 'lang="ar" dir="rtl"'


def test_officer_chooses_and_comes_back_to_the_page(client, officer):
    here = reverse("admin:advisory_meeting_changelist") + "?q=river"
    answer = client.post(reverse("admin:language"), {"language": "fr", "next": here})
    assert (answer.status_code, answer["Location"]) == (302, here)
    officer.refresh_from_db()
    assert officer.language == "fr"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "", "javascript:alert(1)"])
def test_choice_never_leads_to_another_site(client, officer, elsewhere):
    answer = client.post(reverse("admin:language"), {"language": "ru", "next": elsewhere})
    assert answer["Location"] == reverse("admin:index")


@pytest.mark.parametrize("language", ["", "de", "en-us", "\0", "ar" * 40])
def test_other_language_is_refused_and_nothing_changes(client, officer, language):
    assert client.post(reverse("admin:language"), {"language": language}).status_code == 400
    officer.refresh_from_db()
    assert officer.language == "en"


def test_choice_is_never_made_by_a_link(client, officer):
    assert client.get(reverse("admin:language"), {"language": "fr"}).status_code == 405


def test_sign_in_speaks_the_browsers_language(client):
    page = client.get(reverse("account_login"), headers={"Accept-Language": "es-MX,es;q=0.9,en;q=0.5"})
    assert '<html lang="es" dir="ltr"' in page.content.decode()


def test_public_page_after_a_staff_page_speaks_the_address(client, officer):
    User.objects.filter(pk=officer.pk).update(language="ar")
    client.get(reverse("admin:index"))
    assert '<html lang="en"' in client.get("/").content.decode()


def test_what_is_published_does_not_depend_on_the_officers_language():
    """Facts, notice and renditions of the same correction, published under English and under Arabic."""
    meeting = make_full_meeting()
    publish(meeting, by=None)
    at = timezone.now() + timedelta(days=1)

    def told(language):
        with override(language), transaction.atomic():
            Meeting.objects.filter(pk=meeting.pk).update(title="Open dialogue, second sitting")
            changed = Meeting.objects.get(pk=meeting.pk)
            edition = publish(changed, by=None, kind="correction", words="The room was wrong.", at=at)
            made = {
                (to, form): renditions.make(edition, to, form, at=at).body
                for to in ("en", "fr", "ar")
                for form in ("txt", "page", "ics")
            }
            transaction.set_rollback(True)
        facts = PERSONS_OWN.sub("", json.dumps(edition.facts))
        return facts, edition.texts, {key: OWN.sub(b"", body) for key, body in made.items()}

    english = told("en")
    assert english == told("ar")
    assert "was wrong" in english[2]["en", "txt"].decode()
