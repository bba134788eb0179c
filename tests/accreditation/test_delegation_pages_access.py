"""Who gets to the page of a delegation, by which link and for how long, and how a lost link is asked for."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accreditation import delegation_access
from accreditation.models import Delegation, Registration
from accreditation.states import Status
from advisory import publishing
from office.models.message import Message
from tests.accreditation.test_delegation_pages import PAGE, errors, member, open_in, words
from tests.builders import (
    make_category,
    make_delegation,
    make_focal_point,
    make_meeting,
    make_organization,
    make_registration,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def category():
    category = make_category(make_meeting("Dialogue on early warning"), name="Press")
    publishing.publish(category.meeting, by=None)
    category.meeting.refresh_from_db()
    return category


@pytest.fixture
def delegation(category):
    return make_delegation(category, make_organization("Example Alliance"))


def nowhere(client):
    client.cookies.clear()
    response = client.get(PAGE)
    assert response.status_code == 404
    return response.content


def test_stranger_with_the_cookie_of_another_delegation_gets_the_same_404(client, category, delegation):
    theirs = member(delegation, given_names="Ada", family_name="EXAMPLE")
    waiting = make_registration(Status.AWAITING_ENDORSEMENT, category=category, organization=delegation.organization)
    strangers = make_organization("Example Strangers")
    focal_point = make_focal_point(strangers)
    expected = nowhere(client)
    open_in(client, delegation, delegation_access.focal_point_token(focal_point, category.pk))
    mine = Delegation.objects.get(organization=strangers)

    answers = [
        client.get(reverse("accreditation:delegation-replace", args=[theirs.pk])),
        client.post(reverse("accreditation:delegation-replace", args=[theirs.pk]), {"family_name": "X"}),
        client.post(reverse("accreditation:delegation-withdraw", args=[theirs.pk])),
        client.post(reverse("accreditation:delegation-withdraw", args=[theirs.pk]), {"delegation": mine.pk.hex}),
        client.post(reverse("accreditation:delegation-move", args=[theirs.pk]), {"way": "up"}),
        client.post("/delegation/remind/", {"person": theirs.pk.hex}),
        client.post("/delegation/remind/", {"person": "nobody"}),
        client.post("/delegation/invite/", {"delegation": delegation.pk.hex, "family_name": "X"}),
        client.post("/delegation/endorse/", {"person": waiting.pk.hex, "answer": "send"}),
        client.post("/delegation/endorse/", {"person": "'", "answer": "send"}),
    ]

    assert {response.status_code for response in answers} == {404}
    without_path = {response.content.split(b"<main")[1] for response in answers}
    assert without_path == {expected.split(b"<main")[1]}
    theirs.refresh_from_db()
    waiting.refresh_from_db()
    assert (theirs.status, waiting.status) == (Status.DRAFT, Status.AWAITING_ENDORSEMENT)


def test_form_left_open_in_another_tab_acts_on_its_own_delegation(client, category, delegation):
    other = make_delegation(category, lead_email="editor@example.org")
    open_in(client, delegation)
    open_in(client, other)

    client.post(
        "/delegation/invite/",
        {"delegation": delegation.pk.hex, "family_name": "EXAMPLE", "email": "ada@example.org"},
    )

    assert Registration.objects.get().delegation == delegation


@pytest.mark.parametrize("ended", ["last day", "address", "version", "organization"])
def test_link_and_cookie_end_together(client, category, ended):
    focal_point = make_focal_point(make_organization())
    token = delegation_access.focal_point_token(focal_point, category.pk)
    assert open_in(client, None, token).status_code == 302
    assert client.get(PAGE).status_code == 200

    if ended == "last day":
        focal_point.ends_on = timezone.localdate() - timedelta(days=1)
        focal_point.save()
    elif ended == "address":
        focal_point.email = "successor@example.org"
        focal_point.save()
    elif ended == "version":
        Delegation.objects.update(link_version=2)
    else:
        focal_point.organization.is_active = False
        focal_point.organization.save()

    assert (client.get(PAGE).status_code, open_in(client, None, token).status_code) == (404, 404)


def test_focal_point_opens_on_the_last_day(client, category):
    focal_point = make_focal_point(make_organization(), ends_on=timezone.localdate())

    assert open_in(client, None, delegation_access.focal_point_token(focal_point, category.pk)).status_code == 302


def test_lead_who_stands_in_the_registry_loses_the_link_with_the_last_day_there(client, delegation):
    open_in(client, delegation)
    make_focal_point(delegation.organization, email="Editor@example.org", ends_on=date(2016, 1, 1))

    assert (client.get(PAGE).status_code, open_in(client, delegation).status_code) == (404, 404)


@pytest.mark.parametrize("token", ["A" * 48, "-" * 48])
def test_forged_link_opens_nothing(client, delegation, token):
    assert open_in(client, delegation, token).status_code == 404


def test_link_of_a_registration_opens_no_delegation(client, delegation):
    from office import links

    for purpose in ["resume", "status", "delegation"]:
        assert open_in(client, delegation, links.token(delegation.pk, purpose, 1)).status_code == 404


def test_post_from_another_site_is_refused(client, delegation):
    open_in(client, delegation)

    assert client.post("/delegation/remind/", headers={"sec-fetch-site": "cross-site"}).status_code == 403


def ask_address(category):
    meeting = category.meeting
    return reverse("accreditation:delegation-ask", args=[meeting.url_year, meeting.slug, category.slug])


def test_start_page_leads_to_the_question_for_the_link(client, category):
    meeting = category.meeting
    page = client.get(reverse("accreditation:start", args=[meeting.url_year, meeting.slug, category.slug]))

    assert f'href="{ask_address(category)}"' in page.content.decode()


def test_answer_is_the_same_for_every_address(client, category, delegation):
    make_focal_point(make_organization("Known"), email="known@example.org")
    make_focal_point(make_organization("Ended"), email="ended@example.org", ends_on=date(2016, 1, 1))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    told = set()
    for email in ["known@example.org", "editor@example.org", "ended@example.org", "unknown@example.org"]:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            response = client.post(ask_address(category), {"email": email})
        told.add(
            (response.status_code, response.headers["Location"], response.content, len(asked), len(response.cookies))
        )

    assert len(told) == 1
    assert sorted(Message.objects.values_list("to", "kind")) == [
        ("editor@example.org", "registration_delegation"),
        ("ended@example.org", "registration_no_delegation"),
        ("known@example.org", "registration_delegation"),
        ("unknown@example.org", "registration_no_delegation"),
    ]


def test_focal_point_of_two_organizations_gets_a_link_to_each(client, category):
    for name in ["One", "Two"]:
        make_focal_point(make_organization(name), email="known@example.org", language="en")

    client.post(ask_address(category), {"email": "Known@example.org"})

    subjects = Message.objects.order_by("subject").values_list("subject", flat=True)
    assert list(subjects) == [f"Your delegation to Dialogue on early warning: {name}" for name in ["One", "Two"]]


def test_mailed_link_opens_the_delegation(client, category):
    make_focal_point(make_organization("Example Alliance"), email="known@example.org", language="fr")
    client.post(ask_address(category), {"email": "known@example.org"})
    [address] = [line for line in Message.objects.get().text.splitlines() if line.startswith("http")]

    opened = client.post(address.removeprefix("http://localhost:8000"))

    assert opened.status_code == 302
    assert "/fr/delegation/" in address
    assert words(client.get(opened.headers["Location"]), "//h1") == "Example Alliance"


def test_asking_too_often_gets_the_same_answer_and_no_letter(client, category):
    for _ in range(5):
        assert client.post(ask_address(category), {"email": "unknown@example.org"}).status_code == 302

    assert Message.objects.count() == 3


def test_wrong_address_is_said_in_words(client, category):
    response = client.post(ask_address(category), {"email": "known"})

    assert errors(response) == ["Enter an e-mail address like name@example.org."]
