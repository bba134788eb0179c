"""Links of e-mails: they show nothing, open once they are pressed, and tell nobody what is known."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation import identifying, visits
from accreditation.aliases import address_behind
from accreditation.states import Status
from accreditation.writing import RESUME, STATUS
from advisory import publishing
from config.request_log import JsonLines
from office.models import Message
from tests.accreditation.applicants import link, open_link, post, see, token
from tests.builders import make_category, make_meeting, make_protected_registration, make_registration

pytestmark = pytest.mark.django_db
UNKNOWN = "A" * 48


def untouched(registration):
    """Every column of the row as it stands."""
    return type(registration).objects.filter(pk=registration.pk).values().get()


def published(**fields):
    meeting = make_meeting(**fields)
    publishing.publish(meeting, by=None)
    return make_category(meeting)


@pytest.mark.parametrize("purpose", [RESUME, STATUS])
def test_get_shows_the_same_button_for_every_token_and_asks_nothing(client, purpose, django_assert_num_queries):
    registration = make_registration(Status.DRAFT if purpose == RESUME else Status.SUBMITTED)
    before = untouched(registration)

    with django_assert_num_queries(0):
        known = client.get(link(registration, purpose))
        unknown = client.get(f"/{purpose}/{UNKNOWN}/")

    assert known.status_code == 200
    assert known.content == unknown.content
    assert b"<form method" in known.content
    assert "Set-Cookie" not in known.headers
    assert untouched(registration) == before


def test_token_stands_in_no_page_no_log_and_no_referrer(client, caplog):
    registration = make_registration(Status.SUBMITTED)
    secret = token(registration)

    with caplog.at_level(logging.INFO):
        page = client.get(link(registration))
        opened = client.post(link(registration), follow=True)

    lines = [JsonLines().format(record) for record in caplog.records]
    assert any("/status/…" in line for line in lines)
    assert [line for line in lines if secret in line] == []
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert opened.redirect_chain == [("/status/", 302)]
    assert secret not in page.text + opened.text


def test_post_opens_the_application_under_a_clean_address(client):
    registration = make_registration(Status.SUBMITTED)

    response = client.post(link(registration))
    cookie = response.cookies[visits.COOKIE]

    assert (response.status_code, response["Location"]) == (302, "/status/")
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert registration.reference in see(client).text


def test_resuming_proves_the_address_and_goes_on_with_the_form(client):
    registration = make_registration(category=published(), email_proved_at=None)

    response = client.post(link(registration, RESUME))
    goes_on = client.get("/resume/")

    assert response["Location"].endswith("/apply/press-1/medium/")
    assert goes_on["Location"] == response["Location"]
    registration.refresh_from_db()
    assert registration.email_proved_at is not None


def test_draft_for_a_meeting_that_was_never_announced_opens_nothing_yet(client):
    registration = make_registration()

    assert client.post(link(registration, RESUME)).status_code == 404
    assert client.get("/resume/").status_code == 404


def test_whatever_opens_nothing_is_one_404_with_the_form_for_links(client):
    sent = make_registration(Status.SUBMITTED)
    lapsed = make_registration(saved_at=timezone.now() - timedelta(days=15))
    outdated = token(sent)
    sent.link_version = 2
    sent.save()

    answers = [
        client.post(f"/status/{UNKNOWN}/"),
        client.post(f"/status/{outdated}/"),
        client.post(f"/status/{token(sent, RESUME)}/"),
        client.post(f"/status/{token(sent)[:-2]}xx/"),
        client.post(link(lapsed, RESUME)),
        client.get("/status/"),
        client.get("/resume/"),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert 'action="/my-links/"' in answers[0].text
    assert visits.COOKIE not in client.cookies


def test_form_of_another_site_opens_nothing(client):
    registration = make_registration(Status.SUBMITTED)

    answer = client.post(link(registration), headers={"sec-fetch-site": "cross-site", "origin": "https://example.com"})

    assert answer.content == client.get(link(registration)).content
    assert visits.COOKIE not in client.cookies


def test_cookie_ends_with_the_link_that_set_it(client):
    registration = make_registration(Status.SUBMITTED)
    open_link(client, registration)

    registration.link_version = 2
    registration.save()

    assert see(client).status_code == 404


# My links


def addresses_known():
    """Five addresses with different histories, and how many links each has."""
    one, two = published(title="First dialogue"), published(title="Second dialogue")
    for category in (one, two):
        make_registration(Status.SUBMITTED, category=category, email="live@example.org",
                          email_key=identifying.email_key(category.meeting_id, "live@example.org"))  # fmt: skip
    make_registration(category=one, email="draft@example.org", email_proved_at=None)
    make_registration(Status.DECLINED, category=one, email="declined@example.org")
    make_registration(category=one, email="old@example.org", saved_at=timezone.now() - timedelta(days=20))
    return {"live@example.org": 2, "draft@example.org": 1, "declined@example.org": 1, "old@example.org": 0,
            "nobody@example.org": 0}  # fmt: skip


def test_my_links_answers_every_address_alike(client, django_assert_num_queries):
    known = addresses_known()
    answers = {}

    for email, count in known.items():
        with django_assert_num_queries(7):  # savepoint, meetings, rows, titles, the letter's words, mail, its end
            answers[email] = client.post("/my-links/", {"email": email})
        assert Message.objects.filter(to=email).count() == 1
        assert Message.objects.get(to=email).text.count("http://") == count

    assert {
        (answer.status_code, answer.content, str(answer.headers.get("Location"))) for answer in answers.values()
    } == {(302, b"", "/my-links/sent/")}
    assert len({frozenset(answer.headers) for answer in answers.values()}) == 1


def test_mail_names_each_announced_meeting_and_its_link_opens_it(client):
    addresses_known()

    client.post("/my-links/", {"email": " Live@Example.org "})
    text = Message.objects.get(to="live@example.org").text
    links = [line for line in text.splitlines() if line.startswith("http")]

    assert "First dialogue" in text
    assert "Second dialogue" in text
    for address in links:
        assert client.post("/" + address.split("/", 3)[3])["Location"] == "/status/"


def test_somebody_under_protection_finds_the_own_application_too(client):
    category = published()
    registration = make_protected_registration(category=category, email="true@example.org")

    client.post("/my-links/", {"email": "true@example.org"})

    letter = Message.objects.get(kind="registration_links")
    assert (letter.to, address_behind(letter.to)) == (registration.email, "true@example.org")
    assert letter.text.count("http://") == 1


def test_who_asks_too_often_reads_the_same_and_gets_no_mail(client):
    answers = [client.post("/my-links/", {"email": "often@example.org"}) for _ in range(5)]

    assert {answer["Location"] for answer in answers} == {"/my-links/sent/"}
    assert Message.objects.count() == 3


@pytest.mark.parametrize("typed", ["", "nobody", "a@b\r\nBcc: x@example.com", "x@" + "y" * 250 + ".org"])
def test_what_is_no_address_is_told_and_kept(client, typed):
    page = client.post("/my-links/", {"email": typed})

    assert page.status_code == 200
    assert "Enter" in page.text
    assert Message.objects.count() == 0


def test_unpublished_meeting_is_named_by_its_code_alone(client):
    registration = make_registration(Status.SUBMITTED)

    client.post("/my-links/", {"email": registration.email})

    assert registration.meeting.title not in Message.objects.get().text
    assert registration.meeting.code in Message.objects.get().text


def test_two_applications_of_one_browser_are_switched_and_left(client):
    one, two = make_registration(Status.SUBMITTED), make_registration(Status.SUBMITTED)
    open_link(open_link(client, one), two)

    assert f"<title>Being reviewed: {two.reference}" in see(client).text
    post(client, "switch", one)
    assert f"<title>Being reviewed: {one.reference}" in see(client).text
    post(client, "leave", one)
    assert f"<title>Being reviewed: {two.reference}" in see(client).text
    post(client, "leave", two)
    assert see(client).status_code == 404
