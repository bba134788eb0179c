"""Letters to whoever speaks for an organization: the office's own words, seen beforehand, and told in the history."""

import pytest
from django.urls import reverse

from accreditation import delegation_letters, delegations, workflow
from accreditation.models import Registration
from accreditation.states import Actor, Status
from advisory import email_texts, publishing
from advisory.models import EmailText
from office.models import Message
from office.permissions import Role
from tests.builders import (
    make_category,
    make_focal_point,
    make_meeting,
    make_officer,
    make_organization,
    make_registration,
)

pytestmark = pytest.mark.django_db
ADD = "/admin/advisory/emailtext/add/"
ASK = {
    "kind": "registration_endorse", "language": "fr", "subject": "À vous : {reference}",
    "text": "Bonjour. {organization}, {meeting}.\n\n{link}",
}  # fmt: skip
OPENS = {
    "kind": "registration_delegation", "language": "en", "subject": "Your people: {organization}",
    "text": "All of them.\n\n{link}",
}  # fmt: skip


@pytest.fixture
def officer(client):
    officer = make_officer(roles=[Role.LIAISON_OFFICER])
    client.force_login(officer)
    return officer


@pytest.fixture
def category():
    meeting = make_meeting("Bells of warning")
    publishing.publish(meeting, by=None)
    meeting.refresh_from_db()
    return make_category(meeting, route="civil_society", needs_endorsement=True)


@pytest.fixture
def organization():
    organization = make_organization("Example Alliance")
    make_focal_point(organization, email="focal@example.org", language="fr")
    return organization


@pytest.fixture
def sent(category, organization):
    """An application that its organization is asked to endorse."""
    row = make_registration(Status.DRAFT, category=category, organization=organization)
    return workflow.apply(row, "submit", actor=Actor.APPLICANT)


def to_focal_points():
    return Message.objects.get(kind="registration_endorse")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"text": "{link} {organisation}"},
            "The text has {organisation}, which nothing can fill. Did you mean {organization}?",
        ),
        ({"text": "{link} {given_names}"}, "The text has {given_names}, which nothing can fill."),
        ({"text": "Bonjour."}, "The text needs {link}: the button with the person’s own link."),
        ({"subject": "Bonjour"}, "The subject needs {reference}: the application’s reference."),
    ],
)  # fmt: skip
def test_words_that_nothing_fills_are_refused_and_nothing_is_saved(client, officer, change, sentence):
    page = client.post(ADD, ASK | change)

    said = [told for found in page.context["adminform"].form.errors.values() for told in found]
    assert (said, EmailText.objects.count()) == ([sentence], 0)


def test_office_writes_to_focal_points_in_its_own_words_and_ours_where_it_has_none(
    client, officer, category, organization
):
    client.post(ADD, ASK)
    make_focal_point(organization, email="other@example.org", language="en")
    row = make_registration(Status.DRAFT, category=category, organization=organization)

    workflow.apply(row, "submit", actor=Actor.APPLICANT)

    letters = {letter.to: letter for letter in Message.objects.filter(kind="registration_endorse")}
    assert letters["focal@example.org"].subject == f"À vous : {row.reference}"
    assert letters["focal@example.org"].text.startswith("Bonjour. Example Alliance, Bells of warning.\n\n")
    assert "/delegation/" in letters["focal@example.org"].text
    assert letters["other@example.org"].subject.startswith("Do you send them? Application")


@pytest.mark.parametrize("kind", delegation_letters.LETTERS)
def test_each_letter_can_be_seen_for_one_person_and_opens_nothing(client, officer, sent, kind):
    subject, text = email_texts.default_texts(f"registration_{kind}", "en")
    row = EmailText.objects.create(kind=f"registration_{kind}", language="en", subject=subject, text=text)
    address = reverse("admin:advisory_emailtext_person", args=[row.pk])

    letter = client.get(address, {"reference": sent.reference}).context["letter"]
    Registration.objects.update(asks_protection=True)
    hidden = client.get(address, {"reference": sent.reference}).context["letter"]

    assert "Bells of warning" in letter.text
    assert ("Example Alliance" in letter.text) is ("{organization}" in subject + text)
    assert letter.text.count("/…/") == 1
    assert "/delegation/" not in letter.text + letter.html
    assert "Example Alliance" not in hidden.subject + hidden.text + hidden.html


def test_history_of_a_person_tells_what_the_focal_point_was_sent(client, officer, sent):
    page = client.get(f"/desk/registrations/{sent.reference}/letters/")

    told = {entry.what: entry.subject for entry in page.context["entries"]}
    assert told == {
        "Application received, the organization acts next": Message.objects.get(about=sent.pk, to=sent.email).subject,
        "To the focal point: asks whether the organization sends a person": to_focal_points().subject,
    }
    assert "focal@example.org" not in page.content.decode()


def test_history_of_who_is_hidden_names_no_organization(client, officer, category, organization):
    EmailText.objects.create(**ASK | {"subject": "{reference} {organization}"})
    row = make_registration(Status.DRAFT, category=category, organization=organization)
    workflow.apply(row, "submit", actor=Actor.APPLICANT)
    assert "Example Alliance" in to_focal_points().subject
    Registration.objects.update(asks_protection=True)

    assert "Example Alliance" not in client.get(f"/desk/registrations/{row.reference}/letters/").content.decode()


def test_letter_to_the_lead_stands_in_the_history_of_each_of_the_delegation_and_is_nobodys_to_send(
    client, officer, category, organization
):
    EmailText.objects.create(**OPENS)
    delegation = delegations.open(category, organization, "Lena Example", "lead@example.org", "en")
    row = make_registration(Status.SUBMITTED, category=category, organization=organization, delegation=delegation)
    letter = Message.objects.get(to="lead@example.org")

    page = client.get(f"/desk/registrations/{row.reference}/letters/")
    act = client.post(f"/desk/registrations/{row.reference}/letters/{letter.pk}/cancel/")

    assert [(entry.subject, entry.doable) for entry in page.context["entries"]] == [
        ("Your people: Example Alliance", [])
    ]
    assert (act.status_code, Message.objects.get(pk=letter.pk).state) == (404, "queued")


@pytest.mark.parametrize("number", [1, 3])
def test_link_is_sent_in_as_many_statements_for_one_delegation_as_for_three(
    category, organization, number, django_assert_num_queries
):
    for place in range(number - 1):
        make_focal_point(make_organization(f"Example House {place}"), email="focal@example.org", language="en")

    with django_assert_num_queries(6):
        delegation_letters.send_links(category, "focal@example.org", language="en")
    with django_assert_num_queries(6):
        delegation_letters.send_links(category, "nobody@example.org", language="en")

    assert Message.objects.filter(kind="registration_delegation").count() == number
