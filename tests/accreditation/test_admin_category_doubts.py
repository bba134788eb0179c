"""What an officer is told to look at on the page of a category."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accreditation import contrast
from accreditation.models import Category, FocalPoint
from accreditation.states import Allocation
from advisory.models import AccessNotice
from advisory.publishing import publish
from office.permissions import Role
from tests.accreditation.test_admin_categories import at
from tests.builders import (
    make_category,
    make_officer,
    make_organization,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    officer = make_officer(roles=[Role.LIAISON_OFFICER])
    client.force_login(officer)
    return officer


# What to look at


def shown_doubts(client, category):
    return client.get(at("change", category)).context["doubts"]


def test_category_without_hours_is_told(client, officer):
    category = make_category()
    category.evidence_rules.create(kind="press_card")

    assert shown_doubts(client, category) == [
        "It has neither opening nor closing: applications are taken from the meeting's publication on."
    ]


@pytest.fixture
def settled():
    """A category that leaves nothing to doubt."""
    now = timezone.now()
    category = make_category(opens_at=now, closes_at=now + timedelta(days=1))
    category.evidence_rules.create(kind="press_card")
    return category


DOUBTED = {
    "no closing": ({"closes_at": None}, "It never closes."),
    "first come without seats": (
        {"allocation": Allocation.FIRST_COME},
        "“First come, first served” says nothing without a number of seats.",
    ),
    "zone that is none": ({"zones": ["Roof"]}, "No zone of the meeting is called: Roof. These badges do not open it."),
    "endorsement by nobody": (
        {"needs_endorsement": True},
        "Endorsement is asked, but 1 organization has no focal point in force who could give it.",
    ),
    "letter of another": (
        {"badge_letter": "C"},
        "“Civil society” has the letter C on its badge too: the door cannot tell them apart.",
    ),
}


@pytest.mark.parametrize(("fields", "sentence"), DOUBTED.values(), ids=DOUBTED)
def test_doubt_is_told_in_a_sentence(client, officer, settled, fields, sentence):
    make_category(settled.meeting, slug="civil-society", name="Civil society", badge_letter="C")
    heard = make_organization("Heard", status="general")
    FocalPoint.objects.create(organization=heard, name="Ada", email="ada@example.org")
    mute = make_organization("Mute", status="general")
    FocalPoint.objects.create(
        organization=mute, name="Bo", email="bo@example.org", ends_on=timezone.localdate() - timedelta(days=1)
    )
    make_organization("Media house", kind="media", status="general")
    assert shown_doubts(client, settled) == []

    Category.objects.filter(pk=settled.pk).update(**fields)

    assert shown_doubts(client, settled) == [sentence]


def test_medium_without_any_paper_is_told(client, officer, settled):
    settled.evidence_rules.update(asked_of="print")
    Category.objects.filter(pk=settled.pk).update(media=["print", "radio", "film"])

    assert shown_doubts(client, settled) == [
        "For 2 of the media no paper is needed: nothing shows who works for them. Add one below."
    ]


def test_hours_that_differ_from_the_public_page_are_told(client, officer, settled):
    there = settled.closes_at.astimezone(ZoneInfo(settled.meeting.time_zone))
    AccessNotice.objects.create(meeting=settled.meeting, category="press", closes_on=there.date())
    publish(settled.meeting, by=None)

    found = shown_doubts(client, settled)

    assert [sentence.partition("opens")[1] for sentence in found] == ["opens"]
    assert found[0].endswith("the access notice says nothing. Publish an update, so that readers are told the same.")


def test_contrast_is_that_of_the_standard():
    assert [round(contrast.with_white(colour), 2) for colour in ["#000000", "#ffffff", "#767676", "#1d4e89"]] == [
        21.0, 1.0, 4.54, 8.39,
    ]  # fmt: skip
