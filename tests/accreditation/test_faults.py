"""A hundred faults in one application, at every step: a new process, a repeated post, a lost cookie."""

import random

import pytest
from django.core.cache import cache
from django.test import Client

from accreditation import intake, journey, visits
from accreditation.models import Registration
from accreditation.states import Status
from office.models.message import Message
from tests.accreditation.applying import ANSWERS, Applicant, announced_category

pytestmark = pytest.mark.django_db
FAULTS = 100
WORDS = {
    "medium": [{"medium": medium} for medium in ["print", "radio", "television", "photo"]],
    "name": [{"given_names": name, "family_name": f"Okafor {name}"} for name in ["Ada", "Grace", "محمد", "张"]],
    "work": [ANSWERS["work"] | {"job_title": title} for title in ["Reporter", "Editor", "Camera operator"]],
    "needs": [{"needs": need, "needs_words": "French"} for need in ["captioning", "sign_language"]],
}


def restart(applicant, slug, answers, page):
    """The server comes up anew, with empty caches; the browser has its cookie still."""
    cache.clear()
    cookie = applicant.client.cookies[visits.COOKIE].value
    applicant.client = Client()
    applicant.client.cookies[visits.COOKIE] = cookie
    return applicant.client.post(applicant.address(slug), {"page": page} | answers)


def lost_connection(applicant, slug, answers, page):
    """The answer never arrived, and the browser sends the same again."""
    applicant.client.post(applicant.address(slug), {"page": page} | answers)
    return applicant.client.post(applicant.address(slug), {"page": page} | answers)


def expired(applicant, slug, answers, page):
    """The cookie goes between reading and posting; the link opens the application again."""
    applicant.client = Client()
    response = applicant.client.post(applicant.address(slug), {"page": page} | answers)
    applicant.open(applicant.link())
    return response


def double(applicant, slug, answers, page):
    """Two tabs post the page, the second from a browser's stale copy."""
    other = Client()
    other.cookies[visits.COOKIE] = applicant.client.cookies[visits.COOKIE].value
    other.post(applicant.address(slug), {"page": page} | answers)
    return applicant.client.post(applicant.address(slug), {"page": page} | answers)


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.full)])
def test_hundred_faults_lose_no_answer_and_make_one_application(seed):
    chance = random.Random(seed)
    applicant = Applicant(announced_category())
    applicant.begin()
    last = {}

    for number in range(FAULTS):
        fault = chance.choice([restart, lost_connection, expired, double])
        slug = chance.choice([slug for slug in WORDS if journey.step(applicant.registration, slug)])
        answers = chance.choice(WORDS[slug])
        response = fault(applicant, slug, answers, applicant.token(slug))
        assert response.status_code in {200, 302}, (number, fault.__name__, slug)
        last[slug] = answers
        assert kept(applicant.registration, last) == [], (number, fault.__name__, slug)

    assert Registration.objects.count() == 1


def kept(registration, last):
    """(field, kept, typed) of each answer that is not what was typed last; how a telephone is written may change."""
    found = []
    for slug, answers in last.items():
        for name, typed in answers.items():
            held = intake.kept(registration, name)
            is_held = held == typed or held == [typed]
            if is_asked(registration, slug, name) and not is_held and name != "phone":
                found.append((name, held, typed))
    return found


def is_asked(registration, slug, name):
    return name in journey.step(registration, slug).form(registration=registration).fields


@pytest.mark.parametrize("fault", [restart, lost_connection, expired, double])
def test_sending_under_a_fault_sends_once(fault):
    applicant = Applicant(announced_category())
    applicant.begin()
    applicant.walk()

    fault(applicant, "check", ANSWERS["check"], applicant.token("check"))

    assert applicant.registration.status == Status.SUBMITTED
    assert applicant.registration.decisions.count() == 1
    assert Message.objects.filter(kind="registration_received").count() == 1


def test_double_click_on_the_start_page_makes_one_draft():
    applicant = Applicant(announced_category())
    applicant.begin()
    applicant.begin()

    assert Registration.objects.count() == 1
