"""A media organization sends its people: asked for, invited, completed, endorsed, replaced; told through the browser
client, from the focal point's mailbox to the desk's approval."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accreditation import places, workflow
from accreditation.models import Registration
from accreditation.states import Actor, Status
from advisory import publishing
from office.models.message import Message
from tests.builders import (
    make_category,
    make_focal_point,
    make_meeting,
    make_officer,
    make_organization,
    make_registration,
)

pytestmark = pytest.mark.django_db


def mailed(to):
    """The address of the button in the latest e-mail to somebody."""
    text = Message.objects.filter(to=to).order_by("-queued_at").first().text
    return re.search(r"https?://[^/]+(/\S+)", text)[1]


def test_delegation_from_the_first_letter_to_the_last_replacement():
    category = make_category(
        make_meeting("Dialogue on early warning"), slug="press", cap_per_organization=2, needs_endorsement=True,
        closes_at=timezone.now() + timedelta(days=2), replace_until=timezone.now() + timedelta(days=4),
    )  # fmt: skip
    publishing.publish(category.meeting, by=None)
    category.meeting.refresh_from_db()
    organization = make_organization("The Daily Lantern")
    make_focal_point(organization, email="fay@example.org")
    officer, fay = make_officer(), Client()

    # Fay asks for the link and opens it
    where = [category.meeting.url_year, category.meeting.slug, "press"]
    fay.post(reverse("accreditation:delegation-ask", args=where), {"email": "fay@example.org"})
    assert fay.post(mailed("fay@example.org")).headers["Location"] == "/delegation/"

    # She invites one person, who proves the address and sends the application
    fay.post("/delegation/invite/", {"given_names": "Ada", "family_name": "OKAFOR", "email": "ada@example.org"})
    ada = Registration.objects.get(email="ada@example.org")
    assert Client().post(mailed("ada@example.org")).status_code == 302
    sent = workflow.apply(Registration.objects.get(pk=ada.pk), "submit", actor=Actor.APPLICANT)
    assert (sent.status, sent.holds_place) == (Status.SUBMITTED, True)
    workflow.apply(sent, "approve", actor=Actor.DESK, by=officer)

    # Somebody else applies alone; Fay is written to and endorses
    ben = make_registration(category=category, organization=organization, email="ben@example.org")
    assert workflow.apply(ben, "submit", actor=Actor.APPLICANT).status == Status.AWAITING_ENDORSEMENT
    assert fay.post(mailed("fay@example.org")).headers["Location"] == "/delegation/endorse/"
    fay.post("/delegation/endorse/", {"person": ben.pk.hex, "answer": "send"})
    ben.refresh_from_db()
    assert ben.status == Status.SUBMITTED
    assert b"2 of 2 places used" in fay.get("/delegation/").content
    assert b"All places of your organization" in fay.post(
        "/delegation/invite/", {"family_name": "MANY", "email": "many@example.org"}
    ).content  # fmt: skip

    # Ada falls ill: Cleo takes the place
    cache.clear()
    replacing = reverse("accreditation:delegation-replace", args=[ada.pk])
    fay.post(replacing, {"given_names": "Cleo", "family_name": "SPECIMEN", "email": "cleo@example.org"})
    ada.refresh_from_db()
    cleo = Registration.objects.get(email="cleo@example.org")
    assert (ada.status, ada.badges.get().state) == (Status.WITHDRAWN, "void")
    Client().post(mailed("cleo@example.org"))
    sent = workflow.apply(Registration.objects.get(pk=cleo.pk), "submit", actor=Actor.APPLICANT)
    approved = workflow.apply(sent, "approve", actor=Actor.DESK, by=officer)

    assert (approved.status, approved.replaces, approved.badges.count()) == (Status.APPROVED, ada, 1)
    assert [row.action for row in ada.decisions.order_by("sequence")] == ["submit", "approve", "withdraw"]
    assert places.differences(category.meeting) == []
