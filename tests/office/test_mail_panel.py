"""E-mail in the staff panel: who sees that it exists, who reads it, and what a person can still decide."""

import html
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from office import outbox
from office.models import Message
from office.permissions import Role
from tests.builders import make_meeting, make_officer

pytestmark = pytest.mark.django_db

LIST = "/admin/office/message/"
ADDRESS, SUBJECT, TEXT = "reader@example.com", "The talks begin at ten", "Come to the north gate."
TOKEN = "Zx81kQ0pLm2nB7vC4dF6gH8j"


@pytest.fixture
def meeting():
    return make_meeting()


def queue(meeting=None, **words):
    defaults = {"to": ADDRESS, "subject": SUBJECT, "text": TEXT, "kind": "alert", "meeting": meeting}
    return outbox.queue(**defaults | words)


def page_of(client, message):
    return client.get(reverse("admin:office_message_change", args=[message.pk])).content.decode()


def press(client, message, button):
    return client.post(reverse("admin:office_message_change", args=[message.pk]), {f"_{button}": "x"}, follow=True)


def told(response):
    return [str(message) for message in response.context["messages"]]


def test_press_officer_reads_the_mail_of_their_meeting(client, meeting):
    client.force_login(make_officer(meeting=meeting))
    message = queue(meeting, headers={"List-Id": "alerts.example.int"})
    Message.objects.update(last_error="450 4.2.1 Mailbox busy")

    page = html.unescape(page_of(client, message))

    for words in [ADDRESS, SUBJECT, TEXT, "List-Id: alerts.example.int", "450 4.2.1 Mailbox busy", message.message_id]:
        assert words in page
    assert SUBJECT in client.get(LIST).content.decode()


def test_administrator_sees_that_it_exists_and_reads_neither_address_nor_words(client, meeting):
    client.force_login(make_officer(roles=[Role.ADMINISTRATOR]))
    message = queue(meeting, headers={"List-Id": "alerts.example.int"})
    Message.objects.update(last_error=f"550 5.1.1 {ADDRESS} is not known")

    shown = page_of(client, message) + client.get(LIST).content.decode()

    assert "Waiting" in shown
    assert message.message_id in html.unescape(shown)
    for words in [ADDRESS, SUBJECT, TEXT, "alerts.example.int"]:
        assert words not in shown


def test_administrator_cannot_find_an_address_by_searching_for_it(client, meeting):
    queue(meeting)
    found = {}
    for role in [Role.PRESS_OFFICER, Role.ADMINISTRATOR]:
        client.force_login(make_officer(role, roles=[role]))
        lists = [client.get(LIST, {"q": words}).context["cl"].result_list for words in (ADDRESS, "nobody@example.com")]
        found[role] = [len(rows) for rows in lists]

    assert found == {Role.PRESS_OFFICER: [1, 0], Role.ADMINISTRATOR: [1, 1]}


def test_officer_with_two_roles_reads_only_where_one_of_them_reads(client, meeting):
    officer = make_officer(roles=[Role.ADMINISTRATOR])
    officer.grants.create(role=Role.PRESS_OFFICER, meeting=meeting)
    client.force_login(officer)
    mine, other = queue(meeting), queue(make_meeting("Another"))

    assert ADDRESS in page_of(client, mine)
    assert ADDRESS not in page_of(client, other)
    assert len(client.get(LIST, {"q": "nobody@example.com"}).context["cl"].result_list) == 2


def test_officer_of_one_meeting_sees_no_mail_of_the_office(client, meeting):
    client.force_login(make_officer(meeting=meeting))
    queue(None)

    assert list(client.get(LIST).context["cl"].result_list) == []


def test_personal_link_is_shown_to_nobody(client, meeting):
    client.force_login(make_officer(meeting=meeting))
    page = "https://press.example.int/meetings/2016/early-warning/"
    links = f"{page} https://press.example.int/subscribe/{TOKEN}/unsubscribe/?key={TOKEN}"
    message = queue(
        meeting, text=links, html=f"<a href='{TOKEN}'>", headers={"List-Unsubscribe": f"<https://x/{TOKEN}>"}
    )

    shown = page_of(client, message)

    assert TOKEN not in shown
    assert page in shown
    assert "https://press.example.int/subscribe/…/unsubscribe/?key=…" in shown


@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        ("held", ["release", "cancel"]),
        ("queued", ["cancel"]),
        ("sending", []),
        ("sent", []),
        ("handed", ["send_again", "cancel"]),
        ("cancelled", []),
    ],
)
def test_each_state_offers_what_can_still_be_done(client, meeting, state, buttons):
    client.force_login(make_officer(meeting=meeting))
    message = queue(meeting)
    now = timezone.now()
    Message.objects.update(
        state=state, sent_at=now if state == "sent" else None, lease_until=now if state == "sending" else None
    )

    page = page_of(client, message)
    offered = [name for name in ["send_again", "release", "cancel"] if f'name="_{name}"' in page]
    assert offered == buttons

    for name in {"send_again", "release", "cancel"} - set(buttons):
        press(client, message, name)
    assert Message.objects.get().state == state


def test_cancelling_names_who_did_it(client, meeting):
    officer = make_officer(meeting=meeting)
    client.force_login(officer)
    message = queue(meeting)

    response = press(client, message, "cancel")

    message.refresh_from_db()
    assert (message.state, message.cancelled_by) == ("cancelled", officer)
    assert message.cancelled_at
    assert told(response) == ["Cancelled: 1 e-mail."]
    assert (LogEntry.objects.get().user, LogEntry.objects.get().change_message) == (officer, "Cancelled.")


def test_sending_again_keeps_the_attempts_and_begins_72_hours_anew(client, meeting):
    client.force_login(make_officer(meeting=meeting))
    message = queue(meeting)
    Message.objects.update(
        state="handed", attempts=9, handed_at=timezone.now(), first_attempt_at=timezone.now() - timedelta(days=3)
    )

    press(client, message, "send_again")

    message.refresh_from_db()
    assert (message.state, message.attempts, message.first_attempt_at, message.handed_at) == ("queued", 9, None, None)


def test_page_writes_nothing_that_the_worker_wrote_meanwhile(client, meeting, monkeypatch):
    client.force_login(make_officer(meeting=meeting))
    message = queue(meeting)
    Message.objects.update(state="sent", sent_at=timezone.now(), attempts=1)
    before = Message.objects.values().get()

    client.post(reverse("admin:office_message_change", args=[message.pk]), {"state": "queued", "to": "x@example.com"})
    response = press(client, message, "cancel")

    assert Message.objects.values().get() == before
    assert told(response) == ["Not cancelled: 1, whose state does not allow it or has changed."]
    assert not LogEntry.objects.exists()


def test_list_acts_on_several_and_tells_of_those_it_could_not(client, meeting):
    client.force_login(make_officer(meeting=meeting))
    rows = [queue(meeting) for _ in range(3)]
    Message.objects.filter(pk__in=[row.pk for row in rows[:2]]).update(state="handed", handed_at=timezone.now())

    response = client.post(
        LIST, {"action": "send_again", "_selected_action": [str(row.pk) for row in rows]}, follow=True
    )

    assert told(response) == [
        "Queued again: 2 e-mails.",
        "Not queued again: 1, whose state does not allow it or has changed.",
    ]


def test_first_page_tells_of_mail_that_needs_a_person(client, meeting):
    client.force_login(make_officer(meeting=meeting))
    queue(meeting)
    heading = "E-mail that needs a person"
    assert heading not in client.get("/admin/").content.decode()

    Message.objects.update(state="handed", handed_at=timezone.now())

    assert heading in client.get("/admin/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_number_of_questions(client, meeting, count, django_assert_num_queries):
    client.force_login(make_officer(meeting=meeting))
    for _ in range(count):
        queue(meeting)

    with django_assert_num_queries(6):
        client.get(LIST)


@pytest.mark.parametrize("headers", [0, 3])
def test_page_asks_the_same_number_of_questions(client, meeting, headers, django_assert_num_queries):
    client.force_login(make_officer(meeting=meeting))
    message = queue(meeting, headers={f"X-{number}": "x" for number in range(headers)})

    with django_assert_num_queries(5):
        page_of(client, message)
