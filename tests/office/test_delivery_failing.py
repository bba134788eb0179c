"""Mail servers that are away, busy, silent or rude: nothing is lost, and a person has it in the end."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from office import delivery
from office.delivery import GIVE_UP_AFTER, UNKNOWN, deliver
from office.models import Message, MessageState
from tests.office.smtp_server import closed_port, point_at
from tests.office.test_delivery import make_due, queue

pytestmark = pytest.mark.django_db


@pytest.fixture
def bounces(monkeypatch):
    told = []
    monkeypatch.setattr(
        delivery, "declared", lambda name: [lambda *bounce: told.append(bounce)] * (name == "on_bounce")
    )
    return told


# Bad days


def test_unreachable_server_costs_no_attempt_and_loses_nothing(mail_server, settings):
    point_at(settings, closed_port())
    for number in range(3):
        queue(number)

    result = deliver()

    assert result.unreachable.startswith("ConnectionRefusedError: ")
    assert set(Message.objects.values_list("state", "attempts", "last_error")) == {("queued", 0, result.unreachable)}
    server = mail_server()
    assert deliver().sent == 3
    assert len(server.taken) == 3


@pytest.mark.parametrize("mode", ["silent", "trickle"])
def test_server_without_a_greeting_is_left_after_the_time_limit(mail_server, mode):
    mail_server(mode, seconds=0.5)
    queue()
    started = time.monotonic()

    result = deliver()

    assert result.unreachable
    assert 0.5 <= time.monotonic() - started < 1.5
    assert Message.objects.get().state == MessageState.QUEUED


def test_busy_mailbox_is_tried_again_after_a_minute(mail_server, bounces):
    mail_server("refuse_at_rcpt")
    queue()
    before = timezone.now()

    deliver()

    message = Message.objects.get()
    assert (message.state, message.attempts, message.last_error) == ("queued", 1, "450 4.2.1 Mailbox busy")
    assert timedelta(seconds=45) <= message.next_attempt_at - before <= timedelta(seconds=61)
    assert bounces == []


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 2), (5, 16), (8, 128), (9, 240), (10, 240), (4000, 240)])
def test_pauses_double_from_a_minute_to_four_hours(attempts, minutes):
    longest = timedelta(minutes=minutes)

    pauses = {delivery.pause(attempts) for _ in range(50)}

    assert longest * 0.75 <= min(pauses) < max(pauses) <= longest


def test_unknown_mailbox_is_handed_over_at_once_and_told(mail_server, bounces):
    mail_server("reject_at_rcpt")
    queue(1)
    queue(2)

    result = deliver()

    assert result.handed == 2
    words = set(Message.objects.values_list("state", "attempts", "last_error"))
    assert words == {("handed", 1, "550 5.1.1 No such mailbox")}
    assert sorted(bounces) == [("reader1@example.com", True), ("reader2@example.com", True)]


def test_server_that_refuses_us_says_nothing_of_the_address(mail_server, bounces):
    mail_server("reject_by_policy")
    queue()

    deliver()

    message = Message.objects.get()
    assert (message.state, message.last_error) == ("handed", "554 5.7.1 Relay access denied")
    assert bounces == []


def test_refused_sender_is_tried_again(mail_server, bounces):
    mail_server("reject_sender")
    queue()

    deliver()

    message = Message.objects.get()
    assert (message.state, message.last_error, bounces) == ("queued", "553 5.1.8 Sender unknown", [])


def test_refused_text_is_handed_over_and_no_bounce(mail_server, bounces):
    mail_server("reject_text")
    queue()

    deliver()

    message = Message.objects.get()
    assert (message.state, message.last_error, bounces) == ("handed", "554 5.6.0 Text refused", [])


@pytest.mark.parametrize("mode", ["drop_after_text", "hang_after_text"])
def test_unknown_outcome_goes_again_under_the_same_id(mail_server, mode):
    message = queue()
    first = mail_server(mode)
    deliver()
    after = Message.objects.get()
    assert (after.state, after.attempts, after.last_error) == ("queued", 1, UNKNOWN)
    make_due()
    second = mail_server()

    deliver()

    assert first.seen == second.taken
    assert [received["Message-ID"] for received in second.messages()] == [message.message_id]
    assert Message.objects.get().state == MessageState.SENT


def test_server_that_breaks_off_ends_the_batch(mail_server):
    server = mail_server("drop_after_text")
    for number in range(3):
        queue(number)

    result = deliver()

    assert (result.unreachable, result.waiting, len(server.seen)) == (UNKNOWN, 1, 1)


@pytest.mark.parametrize("mode", ["refuse_at_rcpt", "drop_after_text", "silent"])
def test_after_72_hours_a_person_has_it(mail_server, bounces, mode):
    mail_server(mode)
    queue()
    deliver()
    first_attempt = timezone.now() - GIVE_UP_AFTER
    make_due(first_attempt_at=first_attempt + timedelta(minutes=1))
    deliver()
    assert Message.objects.get().state == MessageState.QUEUED
    make_due(first_attempt_at=first_attempt)

    deliver()

    message = Message.objects.get()
    assert message.state == MessageState.HANDED
    assert message.handed_at
    assert message.last_error
    assert bounces == ([("reader1@example.com", False)] if mode == "refuse_at_rcpt" else [])


def test_hook_that_fails_loses_neither_the_outcome_nor_the_next_hook(mail_server, monkeypatch):
    told = []
    hooks = {"on_bounce": [lambda *_: 1 / 0, lambda *bounce: told.append(bounce)]}
    monkeypatch.setattr(delivery, "declared", lambda name: hooks.get(name, []))
    mail_server("reject_at_rcpt")
    queue()

    deliver()

    assert Message.objects.get().state == MessageState.HANDED
    assert told == [("reader1@example.com", True)]
