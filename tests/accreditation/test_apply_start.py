"""The start page of a category and the proof of an address, as browsers meet them."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accreditation import journey
from accreditation.models import EvidenceRule, Registration
from accreditation.states import Status
from advisory import publishing
from advisory.words import EditionKind
from office.models.message import Message
from tests.accreditation.applying import Applicant, announced_category, main_of, root
from tests.accreditation.test_apply import words_of
from tests.builders import make_category, make_registration

pytestmark = pytest.mark.django_db


def test_start_page_says_what_is_needed_and_asks_one_thing(client):
    category = announced_category(
        intro="For all media.", need_not_apply="Holders of a yearly pass.", pick_up="North gate.", prepare=["A pen"],
        closes_at=timezone.now() + timedelta(days=3), minutes=9, answer_days=2, retention_days=30,
    )  # fmt: skip
    EvidenceRule.objects.create(category=category, kind="letter_of_assignment", hint="Signed.")
    EvidenceRule.objects.create(category=category, kind="work_sample", asked_of="freelance", least=2, most=4)

    page = client.get(root(category))
    said = words_of(page)

    for sentence in [
        "Dialogue on early warning", "Apply as press", "For all media.", "About 9 minutes. No account.", "3 days left",
        "By e-mail, usually within 2 working days", "North gate.", "Holders of a yearly pass.",
        "Letter of assignment Signed. PDF, JPG or PNG, up to 10 MB",
        "Freelance Sample of your work 2 to 4 of them",
        "A pen", "All of it is deleted 30 days after the meeting.",
    ]:  # fmt: skip
        assert sentence in said
    assert main_of(page).count("<button") == 1
    assert page.headers["Cache-Control"] == "private, no-store"


def test_start_page_reads_the_announced_edition_alone(client):
    category = announced_category()
    meeting = category.meeting
    meeting.title = "Secret change"
    meeting.save()

    page = client.get(root(category)).content.decode()

    assert "Dialogue on early warning" in page
    assert "Secret change" not in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"closes_at": timezone.now() - timedelta(hours=1)}, "Applications have closed."),
        ({"opens_at": timezone.now() + timedelta(days=2)}, "Applications are not open yet."),
        ({"days": -3}, "The meeting is over."),
    ],
)
def test_closed_door_says_why_and_takes_nothing(client, fields, sentence):
    category = announced_category(**fields)

    pages = [client.get(root(category)), client.post(root(category), {"email": "ada@example.org"})]

    assert [sentence in words_of(page) for page in pages] == [True, True]
    assert [main_of(page).count("<button") for page in pages] == [0, 0]
    assert (Registration.objects.count(), Message.objects.count()) == (0, 0)


def test_cancelled_meeting_takes_no_application_and_refuses_one_that_was_begun(client):
    category = announced_category()
    applicant = Applicant(category, client=client)
    applicant.begin()
    applicant.walk()
    token = applicant.token("check")
    publishing.publish(category.meeting, by=None, kind=EditionKind.CANCELLED)

    sent = applicant.answer("check", token=token)

    assert "The meeting is cancelled." in words_of(client.get(root(category)))
    assert "The meeting is cancelled: there is nothing left to apply for." in words_of(sent)
    assert applicant.registration.status == Status.DRAFT


def test_way_is_chosen_where_there_are_several_and_skipped_where_there_is_one(client):
    category = announced_category(name="Press")
    only = client.get(root(category).removesuffix("press/"))
    make_category(category.meeting, slug="civil-society", route="civil_society", name="Observers", intro="For NGOs.")

    page = client.get(root(category).removesuffix("press/"))

    assert (only.status_code, only.url) == (302, root(category))
    assert "Civil society Observers For NGOs." in words_of(page)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_ways_takes_two_statements(client, django_assert_num_queries, rows):
    category = announced_category()
    for _ in range(rows):
        make_category(category.meeting)

    with django_assert_num_queries(2):
        client.get(root(category).removesuffix("press/"))


@pytest.mark.parametrize("rows", [1, 3])
def test_start_page_takes_three_statements(client, django_assert_num_queries, rows):
    category = announced_category()
    for kind in ["letter_of_assignment", "press_card", "portrait"][:rows]:
        EvidenceRule.objects.create(category=category, kind=kind)

    with django_assert_num_queries(2):
        client.get(root(category))


@pytest.mark.parametrize(
    "email",
    ["", "ada", "ada@example.org\nBcc: eve@example.org", "ada@example.org\x00", "a" * 250 + "@example.org",
     "ada@ex℀mple.org", "ada@xn--\u0661.org"],
)  # fmt: skip
def test_address_that_no_mail_reaches_is_refused_in_words_and_kept(client, email):
    category = announced_category()

    page = client.post(root(category), {"email": email})

    assert page.status_code == 200
    assert re.search(r"Enter (your e-mail address|an e-mail address like name@example\.org)", words_of(page))
    assert "Error:" in page.content.decode().split("</title>")[0]
    assert Message.objects.count() == 0


def answer_of(category, email):
    with CaptureQueriesContext(connection) as queries:
        response = Client().post(root(category), {"email": email})
    headers = {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
    return response.status_code, response.content, headers, len(queries)


def test_nobody_learns_whether_an_address_is_known():
    category = announced_category()
    for status in [Status.DRAFT, Status.SUBMITTED, Status.DECLINED]:
        make_registration(status, category=category, email=f"{status}@example.org")

    answers = {
        email: answer_of(category, f"{email}@example.org") for email in ["new", "draft", "submitted", "declined"]
    }

    assert [answer == answers["new"] for answer in answers.values()] == [True] * 4
    assert answers["new"][0] == 302
    mails = {mail.to: mail.kind for mail in Message.objects.all()}
    assert mails == {
        "new@example.org": "registration_prove",
        "draft@example.org": "registration_prove",
        "submitted@example.org": "registration_known",
        "declined@example.org": "registration_prove",
    }


def test_who_asks_too_often_gets_the_same_answer_and_no_mail():
    category = announced_category()

    answers = [answer_of(category, "ada@example.org")[:3] for _ in range(5)]

    assert [answer == answers[0] for answer in answers] == [True] * 5
    assert Message.objects.count() == 3
    cache.clear()


def test_programme_that_fills_every_field_gets_the_same_answer_and_no_mail():
    category = announced_category()
    person = answer_of(category, "ada@example.org")[:3]

    response = Client().post(root(category), {"email": "bot@example.org", "website": "http://spam.example.com"})

    assert (response.status_code, response.content) == person[:2]
    assert [mail.to for mail in Message.objects.all()] == ["ada@example.org"]


def test_draft_past_its_days_lives_again_for_who_proves_the_address_anew():
    category = announced_category(draft_days=14)
    old = timezone.now() - timedelta(days=20)
    draft = make_registration(category=category, email="ada@example.org", saved_at=old)

    first = Applicant(category).begin()

    assert first == Applicant(category).address(journey.first_open(draft).slug)
