"""Queueing an e-mail: whole or refused, once for one cause, in the caller's transaction, and without any network."""

import sys
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from office import outbox
from office.models import Message, MessageState
from tests.builders import make_meeting

pytestmark = pytest.mark.django_db

WORDS = {
    "to": "reader@example.com",
    "subject": "Media advisory: dialogue on early warning",
    "text": "What: a dialogue.\n",
    "kind": "alert",
}


def test_message_waits_with_all_it_was_given():
    meeting = make_meeting()
    headers = {"List-Unsubscribe": "<https://press.example.int/subscribe/x/unsubscribe/>"}

    outbox.queue(**WORDS, language="fr", html="<p>Quoi</p>", headers=headers, key="alert:1:2", meeting=meeting)

    message = Message.objects.get()
    assert {name: getattr(message, name) for name in WORDS} == WORDS
    assert (message.language, message.html, message.headers) == ("fr", "<p>Quoi</p>", headers)
    assert (message.state, message.attempts, message.meeting) == (MessageState.QUEUED, 0, meeting)
    assert message.message_id == f"<{message.pk}@localhost>"
    assert message.next_attempt_at == message.queued_at


def test_message_with_a_time_is_held_until_then():
    later = timezone.now() + timedelta(seconds=30)

    message = outbox.queue(**WORDS, not_before=later)

    assert (message.state, message.next_attempt_at) == (MessageState.HELD, later)
    assert not Message.objects.due(later - timedelta(seconds=1)).exists()
    assert Message.objects.due(later).get() == message


def test_same_cause_twice_is_one_message():
    first = outbox.queue(**WORDS, key="alert:1:2")

    second = outbox.queue(**WORDS | {"text": "Another text"}, key="alert:1:2")

    assert (second.pk, second.message_id, second.text) == (first.pk, first.message_id, first.text)
    assert Message.objects.count() == 1


def test_without_a_cause_each_is_a_message_of_its_own():
    ids = {outbox.queue(**WORDS).message_id for _ in range(3)}

    assert len(ids) == 3


@pytest.mark.django_db(transaction=True)
def test_message_goes_with_its_transaction():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.queue(**WORDS)
        outbox.queue(**WORDS, key="alert:1:2")
        _ = 1 / 0

    assert not Message.objects.exists()


def test_many_are_queued_in_batches_and_each_cause_once():
    outbox.queue(**WORDS, key="alert:3")

    queued = outbox.queue_many((WORDS | {"key": f"alert:{number % 7}"} for number in range(14)), batch=5)

    assert queued == 6
    assert set(Message.objects.values_list("key", flat=True)) == {f"alert:{number}" for number in range(7)}


@pytest.mark.parametrize("count", [1, 3])
def test_batch_takes_two_questions_whatever_its_size(count, django_assert_num_queries):
    with django_assert_num_queries(2):
        outbox.queue_many([WORDS | {"key": str(number)} for number in range(count)])


@pytest.mark.parametrize(
    "bad",
    [
        {"to": "reader@example.com\nBcc: other@example.com"},
        {"to": "reader@example.com, other@example.com"},
        {"to": "reader"},
        {"to": ""},
        {"to": " reader@example.com"},
        {"to": '"\x0bBcc:other"@example.com'},
        {"to": '"a\\\x01"@example.com'},
        {"to": f"reader@{'ü' * 63}.example.com"},
        {"to": "reader@\u3002.example.com"},
        {"to": f"{'a' * 60}@{'b.' * 100}example.com"},
        {"subject": "Hello\r\nBcc: other@example.com"},
        {"subject": "Hello\u2028Bcc: other@example.com"},
        {"subject": "Hello\0"},
        {"subject": " "},
        {"subject": "x" * 401},
        {"text": " \n"},
        {"text": "a\0b"},
        {"html": "a\0b"},
        {"kind": "k" * 41},
        {"key": "k" * 201},
        {"language": "zh-Hant-TW"},
        {"headers": {"List-Id": "a\nBcc: other@example.com"}},
        {"headers": {"List Id": "a"}},
        {"headers": {"X:Y": "a"}},
        {"headers": {"bcc": "other@example.com"}},
        {"headers": {"Message-ID": "<mine@example.com>"}},
    ],
)
def test_bad_message_is_refused_and_nothing_is_queued(bad):
    with pytest.raises(outbox.MessageRefused):
        outbox.queue(**WORDS | bad)
    with pytest.raises(outbox.MessageRefused):
        outbox.queue_many([WORDS | {"key": "good"}, WORDS | bad])

    assert not Message.objects.exists()


def test_queueing_touches_no_network():
    """An audit hook cannot be taken off again: it is silent once the list is gone."""
    connected, watching = [], [True]

    def watch(event, args):
        if watching and event in {"socket.connect", "socket.getaddrinfo"} and isinstance(args[1], tuple | str | int):
            connected.append(args)

    sys.addaudithook(watch)

    outbox.queue(**WORDS)
    outbox.queue_many([WORDS, WORDS])
    watching.clear()

    assert connected == []
