"""Start page, steps, check and sending: what each says, keeps and refuses."""

import gzip
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accreditation import intake, journey
from accreditation.models import Registration
from accreditation.states import Status
from office.models.message import Message
from tests.accreditation.applying import ANSWERS, Applicant, announced_category, main_of, root
from tests.builders import make_category, make_organization, make_registration

pytestmark = pytest.mark.django_db


def words_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", main_of(response)).split())


def test_step_says_its_number_who_reads_it_and_where_to_go(client):
    applicant = Applicant(announced_category(name="Press"), client=client)
    applicant.begin()

    page = client.get(applicant.address("name")).content.decode()

    assert re.search(r"<title>What is your name, as in your passport\? Step \d of \d – Rostrum</title>", page)
    assert "Officers who review the meeting" in page
    assert "Save and come back later" in page
    assert f'<a class="back" href="{applicant.address("medium")}">' in page


def test_error_stands_in_title_summary_and_field_with_everything_typed(client):
    applicant = Applicant(announced_category(), client=client)
    applicant.begin()

    page = applicant.answer("name", family_name="", given_names="Ada").content.decode()

    assert "<title>Error: What is your name" in page
    assert page.count('class="error-summary"') == 1
    assert page.count("Enter your family name") == 2
    assert 'value="Ada"' in page
    assert applicant.registration.done == []


def test_changed_answer_leads_straight_back_to_the_check(client):
    applicant = Applicant(announced_category(), client=client)
    applicant.begin()
    applicant.walk()
    check = client.get(applicant.address("check")).content.decode()
    assert f'href="{applicant.address("name")}?from=check#id_family_name">Change<span class="visually-hidden">' in check

    page = client.get(applicant.address("name") + "?from=check").content.decode()
    response = applicant.answer("name", family_name="Adeyemi")

    assert f'<a class="back" href="{applicant.address("check")}">' in page
    assert response.url == applicant.address("check")
    assert "ADEYEMI, Ada Chidinma" in client.get(response.url).content.decode()


def test_check_shows_the_badge_and_the_name_that_security_compares(client):
    applicant = Applicant(announced_category(badge_letter="P", badge_colour="#f0c869"), client=client)
    applicant.begin()
    applicant.walk()

    page = client.get(applicant.address("check")).content.decode()

    assert "Security will compare: <b><bdi>OKAFOR, Ada Chidinma</bdi></b>" in page
    assert '<p class="card-name"><bdi>Ada Chidinma Okafor</bdi></p>' in page
    assert 'class="card-band is-light"' in page
    assert 'fill="#f0c869"' in page
    assert "style=" not in page


def test_declaration_must_be_made_and_answers_stay(client):
    applicant = Applicant(announced_category(declaration="I follow the ground rules."), client=client)
    applicant.begin()
    applicant.walk()

    page = applicant.answer("check", declaration="")

    assert "Tick the box to send your application." in words_of(page)
    assert "I follow the ground rules." in words_of(page)
    assert applicant.registration.status == Status.DRAFT


def test_later_keeps_what_is_written_and_says_until_when(client):
    applicant = Applicant(announced_category(draft_days=14), client=client)
    applicant.begin()

    response = applicant.answer("name", family_name="", later="1")
    page = client.get(response.url)

    assert response.url == applicant.address("saved")
    assert (applicant.registration.given_names, applicant.registration.done) == ("Ada Chidinma", [])
    assert "They are kept until" in words_of(page)
    assert applicant.open(applicant.link()) == applicant.address("medium")


def test_closed_while_typing_keeps_everything_and_says_so(client):
    category = announced_category(closes_at=timezone.now() + timedelta(hours=1))
    applicant = Applicant(category, client=client)
    applicant.begin()
    applicant.walk()
    token = applicant.token("check")
    category.closes_at = timezone.now() - timedelta(seconds=1)
    category.save()

    page = applicant.answer("check", token=token)

    assert "Applications have closed. What you wrote is kept" in words_of(page)
    assert "OKAFOR, Ada Chidinma" in words_of(page)
    assert applicant.answer("name", family_name="Kept").status_code == 302
    assert applicant.registration.family_name == "Kept"


def test_full_category_without_a_waiting_list_refuses_in_words(client):
    category = announced_category(allocation="first_come", capacity=1, keeps_waitlist=False)
    applicant = Applicant(category, client=client)
    applicant.begin()
    applicant.walk()
    make_registration(Status.SUBMITTED, category=category)

    assert "All seats of this category are taken." in words_of(applicant.answer("check"))
    assert applicant.registration.status == Status.DRAFT


def test_organization_at_its_cap_refuses_in_words(client):
    category, organization = announced_category(cap_per_organization=1), make_organization()
    applicant = Applicant(category, client=client)
    applicant.begin()
    applicant.walk()
    Registration.objects.update(organization=organization)
    make_registration(Status.SUBMITTED, category=category, organization=organization)

    assert "Your organization has used all its places for this meeting." in words_of(applicant.answer("check"))


def test_second_application_of_one_person_is_refused_in_words(client):
    category = announced_category()
    other = make_category(category.meeting, slug="delegation-media")
    applicant = Applicant(category, client=client)
    applicant.begin()
    applicant.walk()
    make_registration(Status.SUBMITTED, category=other, email=applicant.email)

    assert "There is another application of the same person to this meeting." in words_of(applicant.answer("check"))


def test_sending_twice_sends_once_and_shows_the_same(client):
    applicant = Applicant(announced_category(), client=client)
    applicant.begin()
    applicant.walk()
    token = applicant.token("check")

    answers = [applicant.answer("check", token=token) for _ in range(2)]
    back = [client.get(applicant.address(slug)) for slug in ["name", "check"]]
    late = client.post(applicant.address("name"), {"page": token} | ANSWERS["name"] | {"family_name": "Late"})

    assert [(answer.status_code, answer.url) for answer in [*answers, *back, late]] == [(302, "/status/")] * 5
    assert applicant.registration.family_name == "Okafor"
    assert [decision.action for decision in applicant.registration.decisions.all()] == ["submit"]
    assert Message.objects.filter(kind="registration_received").count() == 1


def test_page_saved_beside_the_sending_is_never_saved_over_it(client):
    applicant = Applicant(announced_category(), client=client)
    applicant.begin()
    applicant.walk()
    stale = applicant.registration
    applicant.answer("check")

    with pytest.raises(intake.NotDraft):
        intake.save_answers(stale, "name", {"family_name": "Stale"})
    assert (applicant.registration.status, applicant.registration.family_name) == (Status.SUBMITTED, "Okafor")


def test_two_pages_saved_from_one_reading_keep_both():
    registration = make_registration(category=announced_category())
    one, other = Registration.objects.get(pk=registration.pk), Registration.objects.get(pk=registration.pk)

    intake.save_answers(one, "work", {"job_title": "Reporter"})
    intake.save_answers(other, "questions", {"colour": "green"})

    registration.refresh_from_db()
    assert registration.answers == {"job_title": "Reporter", "colour": "green"}
    assert registration.done == ["work", "questions"]


@pytest.mark.parametrize("slug", ["nowhere", "speaking/../name", "name2"])
def test_unknown_step_is_a_page_that_never_was(client, slug):
    applicant = Applicant(announced_category(), client=client)
    applicant.begin()

    assert client.get(applicant.address(slug)).status_code == 404


def test_step_that_is_not_asked_leads_to_the_first_that_is_open(client):
    applicant = Applicant(announced_category(asks_equipment=False), client=client)
    applicant.begin()

    assert client.get(applicant.address("equipment")).url == applicant.address("medium")


def test_check_before_the_end_leads_to_what_is_missing(client):
    applicant = Applicant(announced_category(), client=client)
    applicant.begin()

    assert client.get(applicant.address("check")).url == applicant.address("medium")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, 302),
        ({"origin": "https://elsewhere.example.com"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://testserver"}, 302),
        ({}, 302),
    ],
)
def test_post_from_elsewhere_is_refused(headers, status):
    applicant = Applicant(announced_category(), client=Client(enforce_csrf_checks=True))
    applicant.begin()
    token = applicant.token("name")

    response = applicant.client.post(applicant.address("name"), {"page": token} | ANSWERS["name"], headers=headers)

    assert response.status_code == status
    assert applicant.registration.family_name == ("Okafor" if status == 302 else "")


@pytest.mark.parametrize("slug", ["", "sent/", "saved/", "medium/", "name/", "check/"])
def test_head_is_answered_as_get_without_a_body(client, slug):
    applicant = Applicant(announced_category(), client=client)
    applicant.begin()
    address = root(applicant.category) + slug

    got, head = client.get(address), client.head(address)

    assert (head.status_code, head.content) == (got.status_code, b"")


def test_holder_of_a_standing_accreditation_only_confirms(client):
    applicant = Applicant(announced_category(standing_confirms=True), client=client)
    applicant.begin()
    page = client.get(applicant.address("medium")).content.decode()
    assert f'href="{applicant.address("confirm")}"' in page

    wrong = applicant.answer("confirm", **ANSWERS["name"])
    right = applicant.answer("confirm", **ANSWERS["name"], standing_pass="A 123")
    again = client.get(applicant.address("confirm"))

    assert "Enter the number of your pass." in words_of(wrong)
    assert [right.url, again.url] == ["/status/"] * 2
    registration = applicant.registration
    assert (registration.status, registration.answers["standing_pass"]) == (Status.APPROVED, "A 123")
    assert registration.badges.count() == 0
    assert [mail.kind for mail in Message.objects.order_by("queued_at")][1:] == ["registration_confirmed"]


def test_confirming_is_not_offered_where_everybody_applies(client):
    applicant = Applicant(announced_category(standing_confirms=False), client=client)
    applicant.begin()

    assert client.get(applicant.address("confirm")).url == applicant.address("medium")


def test_returning_applicant_finds_name_and_work_filled_in():
    first = Applicant(announced_category())
    first.begin()
    first.walk()
    first.answer("check", remembers="on")
    cache.clear()

    again = Applicant(announced_category())
    page = again.client.get(again.begin())

    assert "We filled in what you asked us to remember: check it." in words_of(page)
    assert again.registration.family_name == "Okafor"
    assert "name" not in [step.slug for step in journey.missing(again.registration)]
    again.walk()
    assert "OKAFOR, Ada Chidinma" in words_of(again.client.get(again.address("check")))
    assert again.answer("check").url == "/status/"


def test_start_page_weighs_at_most_100_kb_with_its_sheets_and_faces(client):
    page = client.get(root(announced_category(intro="For all media.", closes_at=timezone.now() + timedelta(days=3))))
    sheets = re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', page.content.decode())
    texts = [page.content, *((settings.BASE_DIR / "static" / sheet).read_bytes() for sheet in sheets)]
    faces = ["source-sans-3-latin-wght-normal.woff2", "source-serif-4-latin-600-normal.woff2"]

    weight = sum(len(gzip.compress(text)) for text in texts)
    weight += sum((settings.BASE_DIR / "static" / "fonts" / face).stat().st_size for face in faces)

    assert len(sheets) == 5
    assert "<script" not in page.content.decode()
    assert weight <= 100_000


def test_second_of_two_requests_at_once_finds_the_draft_of_the_first(monkeypatch):
    category, begun = announced_category(), intake._found
    intake.begin(category, email="ada@example.org", language="en")
    looks = [None]  # it looked before the first had written
    monkeypatch.setattr(intake, "_found", lambda *asked: looks.pop() if looks else begun(*asked))

    intake.begin(category, email="ada@example.org", language="en")

    assert Registration.objects.count() == 1
    assert Message.objects.filter(kind="registration_prove").count() == 2
