"""Which browser reaches which application, and what a page may still save once its cookie is gone."""

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from accreditation import visits
from accreditation.models import Registration
from accreditation.states import Status
from office.models.message import Message
from tests.accreditation.applying import ANSWERS, Applicant, announced_category, main_of, root
from tests.builders import make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def applicant():
    someone = Applicant(announced_category())
    someone.begin()
    return someone


def test_cookie_is_kept_from_scripts_and_from_other_sites(applicant):
    cookie = applicant.client.cookies[visits.COOKIE]

    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_browser_that_opened_nothing_reads_nothing_and_may_ask_for_the_link(applicant):
    page = Client().get(applicant.address("name"))

    assert page.status_code == 200
    assert "Open your application again" in main_of(page)
    assert f'action="{reverse("accreditation:my-links")}"' in main_of(page)
    assert applicant.registration.reference not in page.content.decode()


def test_link_again_is_the_same_page_whether_there_is_an_application_or_not(applicant):
    known = Client().get(applicant.address("name")).content
    Registration.objects.all().delete()

    assert Client().get(applicant.address("name")).content == known


def test_page_whose_cookie_went_saves_its_answers_and_says_how_to_go_on(applicant):
    token = applicant.token("name")
    stranger = Client()

    page = stranger.post(applicant.address("name"), {"page": token} | ANSWERS["name"])

    assert "Your answers are saved." in main_of(page)
    assert (applicant.registration.family_name, applicant.registration.done) == ("Okafor", ["name"])
    assert stranger.cookies.get(visits.COOKIE) is None
    assert "Okafor" not in page.content.decode()
    assert "Open your application again" in main_of(stranger.get(applicant.address("name")))


def test_wrong_answer_without_cookie_is_told_and_stays_on_the_page(applicant):
    token = applicant.token("name")

    page = Client().post(applicant.address("name"), {"page": token, "given_names": "Ada", "family_name": ""})

    assert "Enter your family name" in main_of(page)
    assert 'value="Ada"' in main_of(page)


def test_check_page_whose_cookie_went_sends_and_shows_no_answer(applicant):
    applicant.walk()
    token = applicant.token("check")

    refused = Client().post(applicant.address("check"), {"page": token})
    sent = Client().post(applicant.address("check"), {"page": token} | ANSWERS["check"])
    again = Client().post(applicant.address("check"), {"page": token} | ANSWERS["check"])

    assert ["Okafor" in page.content.decode() for page in [refused, sent, again]] == [False] * 3
    assert ["Your application has been sent." in main_of(page) for page in [refused, sent, again]] == [
        False,
        True,
        True,
    ]
    assert applicant.registration.status == Status.SUBMITTED


@pytest.mark.parametrize("forged", ["", "x", "a:b:c", "\x00", "é", "x" * 10_000])
def test_forged_page_saves_nothing(applicant, forged):
    response = Client().post(applicant.address("name"), {"page": forged} | ANSWERS["name"])

    assert response.status_code == 403
    assert applicant.registration.family_name == ""


def test_page_of_another_step_or_of_an_ended_link_saves_nothing_without_cookie(applicant):
    other_step, own = applicant.token("medium"), applicant.token("name")
    Registration.objects.update(link_version=2)

    answers = [Client().post(applicant.address("name"), {"page": page} | ANSWERS["name"]) for page in [other_step, own]]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert applicant.registration.family_name == ""


@pytest.mark.parametrize("cookie", ["", "x", "x:y:z", "é", "[[]]", "x" * 5000])
def test_forged_cookie_opens_nothing(applicant, cookie):
    stranger = Client()
    stranger.cookies[visits.COOKIE] = cookie

    assert "Open your application again" in main_of(stranger.get(applicant.address("name")))


def test_cookie_ends_with_the_link_that_opened_it(applicant):
    Registration.objects.update(link_version=2)

    assert "Open your application again" in main_of(applicant.client.get(applicant.address("name")))


def test_page_of_another_meeting_or_category_shows_nothing_of_this_one(applicant):
    elsewhere = announced_category()

    page = applicant.client.get(f"{root(elsewhere)}name/")

    assert "Open your application again" in main_of(page)


def test_two_people_at_one_browser_each_save_their_own(applicant):
    page_of_first = applicant.token("name")
    second = Applicant(applicant.category, email="grace@example.org", client=applicant.client)
    second.begin()

    applicant.answer("name", token=page_of_first)
    second.answer("name", given_names="Grace", family_name="Sample")

    assert (applicant.registration.family_name, second.registration.family_name) == ("Okafor", "Sample")


def test_one_browser_keeps_the_applications_to_several_meetings_apart(applicant):
    second = Applicant(announced_category(), email="ada@example.com", client=applicant.client)
    second.begin()

    applicant.answer("name")
    second.answer("name", family_name="Sample")

    assert (applicant.registration.family_name, second.registration.family_name) == ("Okafor", "Sample")


def test_sixth_application_ends_the_first_in_the_cookie(applicant):
    others = [Applicant(announced_category(), f"a{n}@example.com", applicant.client) for n in range(5)]
    for other in others:
        other.begin()

    rows = signing.loads(applicant.client.cookies[visits.COOKIE].value, salt=visits.SALT)

    assert [row[0] for row in rows] == [other.registration.pk.hex for other in reversed(others)]


def test_page_opens_nothing_for_reading(applicant):
    token = applicant.token("name")

    page = Client().get(applicant.address("name"), {"page": token})

    assert "Open your application again" in main_of(page)


def test_registrations_of_a_browser_take_one_statement(applicant, django_assert_num_queries):
    for number in range(2):
        Applicant(announced_category(), f"a{number}@example.com", applicant.client).begin()

    with django_assert_num_queries(1):
        applicant.client.get(applicant.address("name"))


def test_answers_never_stand_in_an_address_or_a_mail(applicant):
    applicant.walk()
    response = applicant.answer("check")

    mails = "".join(mail.subject + mail.text + mail.html for mail in Message.objects.all())
    assert [word for word in ["Okafor", "Ada Chidinma", "Lantern"] if word in mails + response.url] == []


def test_row_made_by_a_focal_point_is_reached_by_its_own_link_alone():
    registration = make_registration(category=announced_category())

    assert "Open your application again" in main_of(Client().get(f"{root(registration.category)}name/"))
