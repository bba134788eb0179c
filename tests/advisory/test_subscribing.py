"""A subscription's pages: asked for, proved, changed, ended; the same answer whether an address is known or not."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advisory import publishing, subscribing, subscriptions
from advisory.models import Body, Edition, Subscription, Topic
from office.models.message import Message
from tests.builders import make_meeting, make_subscription

pytestmark = pytest.mark.django_db

ANSWERS = {"email": "reader@example.org", "frequency": "at_once", "language": "en"}
LINK = re.compile(r"http://localhost:8000(/subscribe/[\w-]{48}/)")


def link_in(message):
    return LINK.search(message.text)[1]


def asked(client, **answers):
    """Ask, and return the link in the mail that came of it."""
    client.post("/subscribe/", ANSWERS | answers)
    return link_in(Message.objects.order_by("-queued_at").first())


def main_of(response):
    return re.search(r"(?s)<main.*</main>", response.content.decode())[0]


def opened(client, **answers):
    """A client that has proved an address; returns the subscription."""
    client.post(asked(client, **answers))
    return Subscription.objects.active().get()


def test_life_of_a_subscription(client):
    body = Body.objects.create(name="General Assembly", slug="general-assembly")
    topic = Topic.objects.create(name="Disarmament", slug="disarmament")

    response = client.post("/subscribe/", ANSWERS | {"bodies": [body.pk], "topics": [topic.pk]})
    assert (response.status_code, response.url) == (302, "/subscribe/sent/")
    mail = Message.objects.get()
    assert (mail.to, mail.subject) == ("reader@example.org", "Confirm your e-mail address for Rostrum")
    assert "About: General Assembly, Disarmament" in mail.text

    response = client.post(link_in(mail))
    assert (response.status_code, response.url) == (302, "/subscribe/manage/")
    page = client.get("/subscribe/manage/").content.decode()
    assert "reader@example.org" in page
    subscription = Subscription.objects.get()
    assert subscription.state == "active"

    response = client.post("/subscribe/manage/", {"frequency": "daily", "language": "en", "wants_daily_alert": "on"})
    assert (response.status_code, response.url) == (302, "/subscribe/manage/?saved=1")
    assert "Your choices are saved." in client.get(response.url).content.decode()
    subscription.refresh_from_db()
    assert (subscription.frequency, subscription.wants_daily_alert) == ("daily", True)
    assert [*subscription.bodies.all(), *subscription.topics.all()] == []

    response = client.post("/subscribe/manage/", {"action": "end"})
    assert "You will get no more e-mails" in response.content.decode()
    subscription.refresh_from_db()
    assert (subscription.state, subscription.email, subscription.ended_why) == ("ended", "", "unsubscribed")
    assert client.get("/subscribe/manage/").status_code == 403


def test_known_and_unknown_addresses_get_the_same_answer_by_the_same_steps(client):
    make_subscription("known@example.org")
    body = Body.objects.create(name="General Assembly", slug="general-assembly")

    def answer(email):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.post("/subscribe/", ANSWERS | {"email": email, "bodies": [body.pk]})
        headers = {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
        statements = [re.sub(r"'[^']*'|[0-9a-f]{32}|\d+", "?", query["sql"]) for query in queries]
        return response.status_code, response.content, headers, len(queries), [s.split()[0] for s in statements]

    assert answer("known@example.org") == answer("known-not@example.org")
    known, unknown = Message.objects.order_by("queued_at")
    assert LINK.sub("", known.text) == LINK.sub("", unknown.text)
    assert known.subject == unknown.subject


def test_link_shows_one_button_and_the_same_page_for_any_token(client, django_assert_num_queries):
    link = asked(client)
    before = Subscription.objects.values().get()

    with django_assert_num_queries(0):
        page, invented = client.get(link), client.get(f"/subscribe/{'A' * 48}/")

    token = link.split("/")[2]
    assert page.content.decode().replace(token, "A" * 48) == invented.content.decode()
    assert page.content.decode().count("<button") == 1
    assert b"reader@example.org" not in page.content
    assert Subscription.objects.values().get() == before


@pytest.mark.parametrize("suffix", ["", "unsubscribe/"])
def test_pages_of_a_token_are_kept_by_no_cache_and_tell_nobody_their_address(client, suffix):
    headers = client.get(asked(client) + suffix).headers

    assert headers["Cache-Control"] == "private, no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex"


def test_form_needs_no_cookie_and_sets_none():
    client = Client(enforce_csrf_checks=True)

    page, answer = client.get("/subscribe/"), client.post("/subscribe/", ANSWERS)

    assert (page.status_code, answer.status_code) == (200, 302)
    assert dict(client.cookies) == {}


def test_proof_sets_one_http_only_cookie_without_the_address(client):
    client.post(asked(client))

    cookie = client.cookies["subscription"]
    assert list(client.cookies) == ["subscription"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (True, "Lax", "/", 3600)
    assert "reader" not in cookie.value


@pytest.mark.parametrize(
    "value",
    ["", "x", signing.dumps(["x", 1]), signing.dumps([1], salt="advisory.subscribing")],
    ids=["empty", "a letter", "of another purpose", "too short"],
)
def test_forged_cookie_opens_nothing(client, value):
    make_subscription()
    client.cookies["subscription"] = value

    assert client.get("/subscribe/manage/").status_code == 403


def test_choices_are_refused_from_another_site():
    client = Client(enforce_csrf_checks=True)
    subscription = opened(client)

    response = client.post("/subscribe/manage/", {"action": "end"})

    assert response.status_code == 403
    subscription.refresh_from_db()
    assert subscription.state == "active"


def test_link_sent_in_by_another_site_opens_nothing(client):
    link = asked(client)

    response = client.post(link, headers={"Sec-Fetch-Site": "cross-site"})

    assert response.content == client.get(link).content
    assert Subscription.objects.get().state == "waiting"


def test_second_asking_replaces_the_choices_of_the_first_and_keeps_its_links(client):
    first = opened(client, frequency="daily")
    link = asked(client, wants_daily_alert="on")

    client.post(link)

    subscription = Subscription.objects.get()
    assert (subscription.pk, subscription.frequency, subscription.wants_daily_alert) == (first.pk, "at_once", True)


def test_following_a_meeting_leaves_the_other_choices(client):
    meeting = make_meeting()
    publishing.publish(meeting, by=None)
    first = opened(client, frequency="daily")

    client.post(asked(client, frequency="followed", follow=meeting.code))

    subscription = Subscription.objects.get()
    assert (subscription.pk, subscription.frequency) == (first.pk, "daily")
    assert list(subscription.meetings.all()) == [meeting]


def test_two_links_proved_in_turn_make_one_subscription(client):
    links = [asked(client), asked(client)]

    answers = [client.post(link).status_code for link in links]

    assert answers == [302, 302]
    assert Subscription.objects.active().count() == 1
    assert Subscription.objects.count() == 1


def test_meeting_page_s_link_follows_that_meeting(client):
    meeting = make_meeting(title="Dialogue <b>on</b> early warning")
    publishing.publish(meeting, by=None)

    page = client.get(f"/subscribe/?follow={meeting.code.lower()}").content.decode()

    assert "every change to “Dialogue &lt;b&gt;on&lt;/b&gt; early warning”" in page
    assert f'<input type="hidden" name="follow" value="{meeting.code}">' in page
    subscription = opened(client, frequency="followed", follow=meeting.code)
    assert list(subscription.meetings.all()) == [meeting]


@pytest.mark.parametrize("code", ["DEW01", "nowhere", "\0", "‮", "x" * 5000])
def test_meeting_that_is_not_public_cannot_be_followed_and_nothing_tells_of_it(client, code):
    make_meeting()  # DEW01, a draft

    page = client.get("/subscribe/", {"follow": code})

    assert main_of(page) == main_of(client.get("/subscribe/"))


def test_followed_meeting_is_unticked_and_one_not_public_now_stays(client):
    seen, gone = make_meeting(), make_meeting()
    for meeting in (seen, gone):
        publishing.publish(meeting, by=None)
    subscription = opened(client)
    subscription.meetings.set([seen, gone])
    gone.editions.update(superseded_at=timezone.now())

    client.post("/subscribe/manage/", {"frequency": "at_once", "language": "en"})

    assert list(subscription.meetings.all()) == [gone]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"email": ""}, "Enter your e-mail address."),
        ({"email": "reader"}, "Enter an e-mail address in the form name@example.org."),
        (
            {"email": "reader@example.org\nBcc: all@example.org"},
            "Enter an e-mail address in the form name@example.org.",
        ),
        ({"email": "reader@example.org\0"}, "Null characters are not allowed."),
        ({"frequency": ""}, "Choose how often."),
        ({"frequency": "hourly"}, "Choose how often."),
        ({"frequency": "followed"}, "Choose how often."),
        ({"language": "tlh"}, "Choose the language of the e-mails."),
        ({"bodies": ["999"]}, "One of the bodies no longer exists. Check your choice."),
    ],
)
def test_wrong_answer_is_told_in_words_and_nothing_is_lost(client, settings, answers, sentence):
    settings.LANGUAGES = [("en", "English"), ("fr", "Français")]
    Body.objects.create(name="General Assembly", slug="general-assembly")

    page = client.post("/subscribe/", ANSWERS | {"wants_daily_alert": "on"} | answers).content.decode()

    assert "<title>Error: E-mail alerts" in page
    summary = re.search(r'(?s)<div class="error-summary".*?</ul>', page)[0]
    assert sentence in summary
    target = re.search(r'href="#(\w+)"', summary)[1]
    assert f'id="{target}"' in page
    assert re.search(r'name="wants_daily_alert"[^>]*checked', page)
    assert Subscription.objects.count() == Message.objects.count() == 0


def test_too_many_askings_for_one_address_get_the_same_answer_and_no_mail(client):
    answers = {(response.status_code, response.url, response.content)
               for response in [client.post("/subscribe/", ANSWERS | {"email": email})
                                for email in ["reader@example.org", "Reader@Example.org"] * 3]}  # fmt: skip

    assert len(answers) == 1
    assert Message.objects.count() == subscribing.PER_ADDRESS


def test_too_many_askings_from_one_network_get_the_same_answer_and_no_mail(client, monkeypatch):
    monkeypatch.setattr(subscribing, "PER_NETWORK", 4)

    answers = {client.post("/subscribe/", ANSWERS | {"email": f"reader-{n}@example.org"},
                           REMOTE_ADDR=f"2001:db8::{n}").status_code for n in range(1, 7)}  # fmt: skip
    client.post("/subscribe/", ANSWERS, REMOTE_ADDR="2001:db8:0:1::1")

    assert answers == {302}
    assert Message.objects.count() == 5


def test_program_that_fills_in_every_field_gets_the_same_answer_and_no_mail(client):
    response = client.post("/subscribe/", ANSWERS | {"website": "https://www.example.com/"})

    assert response.url == "/subscribe/sent/"
    assert Subscription.objects.count() == Message.objects.count() == 0


def test_one_click_unsubscribes_without_cookie_and_twice_is_once():
    subscription = make_subscription()
    address = reverse("advisory:unsubscribe", args=[subscriptions.token(subscription, subscriptions.UNSUBSCRIBE)])
    client = Client(enforce_csrf_checks=True)

    answers = [client.post(address, {"List-Unsubscribe": "One-Click"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].content == answers[1].content
    subscription.refresh_from_db()
    assert (subscription.state, subscription.email) == ("ended", "")


def test_looking_at_the_unsubscribe_page_ends_nothing(client, django_assert_num_queries):
    subscription = make_subscription()
    address = reverse("advisory:unsubscribe", args=[subscriptions.token(subscription, subscriptions.UNSUBSCRIBE)])

    with django_assert_num_queries(0):
        responses = [client.get(address), client.head(address)]

    assert [response.status_code for response in responses] == [200, 200]
    subscription.refresh_from_db()
    assert subscription.state == "active"


def test_link_that_unsubscribes_opens_nothing_else(client):
    subscription = make_subscription()
    token = subscriptions.token(subscription, subscriptions.UNSUBSCRIBE)

    response = client.post(reverse("advisory:subscribed", args=[token]))

    assert (response.status_code, dict(client.cookies)) == (410, {})


@pytest.mark.parametrize("token", ["A" * 48, "_" * 48, "-" * 48])
def test_invented_token_opens_and_ends_nothing(client, token):
    make_subscription(pk=uuid.UUID(int=0))

    assert client.post(f"/subscribe/{token}/").status_code == 410
    assert client.post(f"/subscribe/{token}/unsubscribe/").status_code == 200
    assert Subscription.objects.active().count() == 1


def test_closed_links_open_nothing_but_still_unsubscribe(client):
    subscription = opened(client)
    old = [subscriptions.address_of(subscription, purpose).removeprefix("http://localhost:8000")
           for purpose in (subscriptions.MANAGE, subscriptions.UNSUBSCRIBE)]  # fmt: skip

    client.post("/subscribe/manage/", {"action": "renew"})

    assert client.get("/subscribe/manage/").status_code == 403
    assert client.post(old[0]).status_code == 410
    assert client.post(old[1]).status_code == 200
    subscription.refresh_from_db()
    assert subscription.state == "ended"


def test_link_opens_nothing_after_seven_days(client):
    link = asked(client)
    Subscription.objects.update(asked_at=timezone.now() - timedelta(days=7, minutes=1))

    assert client.post(link).status_code == 410


@pytest.mark.parametrize("count", [1, 3])
def test_choices_cost_the_same_whatever_is_followed(client, django_assert_num_queries, count):
    subscription = opened(client)
    for number in range(count):
        meeting = make_meeting()
        publishing.publish(meeting, by=None)
        subscription.meetings.add(meeting)
        Body.objects.create(name=f"Body {number}", slug=f"body-{number}")
        Topic.objects.create(name=f"Topic {number}", slug=f"topic-{number}")

    with django_assert_num_queries(10):
        client.get("/subscribe/manage/")


def test_name_that_only_an_advisory_under_embargo_bears_is_no_choice(client):
    secret = Body.objects.create(name="Commission nobody knows", slug="commission")
    standing = Body.objects.create(name="General Assembly", slug="general-assembly")
    instant = timezone.now() + timedelta(hours=1)
    edition = publishing.publish(make_meeting(body=secret, embargo_until=instant), by=None)

    before = client.get("/subscribe/").content.decode()
    Edition.objects.filter(pk=edition.pk).update(visible_from=timezone.now() - timedelta(seconds=1))
    after = client.get("/subscribe/").content.decode()

    assert [standing.name in before, secret.name in before] == [True, False]
    assert [standing.name in after, secret.name in after] == [True, True]


@pytest.mark.parametrize(
    "address",
    [
        '"\x0bX-A:b"@example.org',
        "reader@\u3002.example.org",
        f"reader@{'ü' * 63}.example.org",
        "a@" + ".".join(["İ" * 30] * 5) + ".org",
    ],
)
def test_address_that_no_server_could_be_asked_for_is_refused_in_words(client, address):
    page = client.post("/subscribe/", ANSWERS | {"email": address}).content.decode()

    assert "Enter an e-mail address in the form name@example.org." in page
    assert (Subscription.objects.count(), Message.objects.count()) == (0, 0)


@pytest.mark.parametrize("number", ["99999999999999999999999", "9223372036854775808", "-1", "1e5", "²"])
@pytest.mark.parametrize("field", ["bodies", "topics"])
def test_number_that_no_database_holds_is_no_choice(client, field, number):
    Body.objects.create(name="General Assembly", slug="general-assembly")
    Topic.objects.create(name="Disarmament", slug="disarmament")

    page = client.post("/subscribe/", ANSWERS | {field: number}).content.decode()

    assert f"One of the {field} no longer exists. Check your choice." in page
    assert Subscription.objects.count() == 0
