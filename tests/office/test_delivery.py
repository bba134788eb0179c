"""From the outbox to a real SMTP server, good days and bad: nothing is lost, nothing gets a second id."""

import threading
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.db import connection, transaction
from django.utils import timezone

from office import delivery, outbox
from office.delivery import ABANDONED, deliver
from office.models import Message, MessageState

pytestmark = pytest.mark.django_db


def queue(number=1, **words):
    defaults = {
        "to": f"reader{number}@example.com",
        "subject": f"Advisory {number}",
        "text": "What: a dialogue.\n.\n",
        "kind": "alert",
    }
    return outbox.queue(**defaults | words)


def make_due(**changes):
    """Move the rows' clocks instead of the real one."""
    Message.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1), **changes)


# A good day


def test_message_arrives_as_it_was_queued_with_the_headers_of_a_machine(mail_server):
    server = mail_server()
    words = {"subject": "Avis aux médias", "text": "Où : Genève\n.\nFin\n", "html": "<p>Genève</p>", "language": "fr"}
    headers = {"List-Unsubscribe": "<https://press.example.int/u/>", "Reply-To": "desk@example.int"}
    message = queue(**words, headers=headers)

    result = deliver()

    [received] = server.messages()
    assert result == delivery.Delivered(sent=1)
    assert {name: received[name] for name in ["Message-ID", "To", "Subject", "Auto-Submitted", "Content-Language"]} == {
        "Message-ID": message.message_id,
        "To": "reader1@example.com",
        "Subject": "Avis aux médias",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "fr",
    }
    assert {name: received[name] for name in headers} == headers
    assert parsedate_to_datetime(received["Date"]) == message.queued_at.replace(microsecond=0)
    assert received.get_body("plain").get_content().replace("\r\n", "\n") == words["text"]
    assert received.get_body("html").get_content().strip() == words["html"]
    assert [line for line in server.lines if "TO:" in line] == ["rcpt TO:<reader1@example.com>"]
    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error) == (MessageState.SENT, 1, "")
    assert message.sent_at >= message.queued_at


def test_batch_goes_over_one_connection_and_only_once(mail_server):
    server = mail_server()
    for number in range(3):
        queue(number)

    deliver()
    deliver()

    assert sorted(received["Subject"] for received in server.messages()) == ["Advisory 0", "Advisory 1", "Advisory 2"]
    assert server.connections == 1


def test_confirmation_goes_before_a_hundred_alerts_that_were_queued_first(mail_server):
    server = mail_server()
    alert = {"subject": "Alert", "text": "What: a dialogue.", "kind": "alert"}
    outbox.queue_many({"to": f"reader{number}@example.com", **alert} for number in range(100))
    queue(subject="Confirm", kind="confirm")

    deliver(limit=3)

    assert [email["Subject"] for email in server.messages()] == ["Confirm", "Alert", "Alert"]


def test_within_bulk_and_within_the_rest_the_first_queued_goes_first(mail_server):
    server = mail_server()
    for number in range(3):
        queue(subject=f"Alert {number}", bulk=True)
        queue(subject=f"Confirm {number}")

    deliver()

    order = [f"{kind} {number}" for kind in ("Confirm", "Alert") for number in range(3)]
    assert [email["Subject"] for email in server.messages()] == order


@pytest.mark.parametrize("count", [1, 3])
def test_choice_of_what_goes_next_is_one_question_over_its_index(count, django_assert_num_queries):
    for number in range(count):
        queue(number, bulk=True)

    with django_assert_num_queries(1) as asked:
        deliver(stop=lambda: True)

    assert 'ORDER BY "office_message"."is_bulk" ASC, "office_message"."next_attempt_at" ASC' in asked[0]["sql"]


def test_nothing_is_opened_when_nothing_is_due(mail_server):
    server = mail_server()
    queue(not_before=timezone.now() + timedelta(seconds=30))

    assert deliver() == delivery.Delivered()
    assert server.connections == 0


def test_held_message_goes_when_its_time_has_come(mail_server):
    server = mail_server()
    queue(not_before=timezone.now() + timedelta(seconds=30))
    make_due()

    deliver()

    assert len(server.taken) == 1


def test_server_that_ends_a_connection_between_messages_costs_nobody_an_attempt(mail_server):
    server = mail_server("one_a_connection")
    for number in range(3):
        queue(number)

    result = deliver()

    assert (result.sent, server.connections) == (3, 3)
    assert set(Message.objects.values_list("attempts", "last_error")) == {(1, "")}


def test_unknown_outcome_is_not_tried_again_at_once(mail_server):
    server = mail_server("drop_second_text")
    for number in range(2):
        queue(number)

    result = deliver()

    assert (result.sent, result.waiting, len(server.seen)) == (1, 1, 2)


@pytest.mark.django_db(transaction=True)
def test_outcome_is_kept_before_the_next_message_begins(mail_server):
    server = mail_server()
    for number in range(2):
        queue(number)
    states = []

    deliver(stop=lambda: states.append(sorted(Message.objects.values_list("state", flat=True))))

    assert states == [["queued", "queued"], ["queued", "sent"]]
    assert len(server.taken) == 2


@pytest.mark.django_db(transaction=True)
def test_delivery_inside_a_transaction_is_refused(mail_server):
    mail_server()
    queue()

    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        deliver()


def test_stop_is_heard_between_two_messages(mail_server):
    server = mail_server()
    for number in range(3):
        queue(number)

    deliver(stop=lambda: len(server.taken) == 1)

    assert sorted(Message.objects.values_list("state", flat=True)) == ["queued", "queued", "sent"]


@pytest.mark.parametrize("fault", [{"headers": {"X-A": "one\ntwo"}}, {"to": '"\x0bX-A:b"@example.com'}])
def test_message_that_cannot_be_composed_is_handed_over_and_stops_no_other(mail_server, fault):
    server = mail_server()
    bad, good = queue(1), queue(2)
    Message.objects.filter(pk=bad.pk).update(**fault)

    deliver()

    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == (MessageState.HANDED, MessageState.SENT)
    assert bad.last_error.startswith("It could not be composed: ")
    assert len(server.taken) == 1


# Without a server


def test_without_a_server_each_message_is_one_file_for_us_alone(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "office.mail_server.MailFolder", str(tmp_path / "mail")
    message = queue()

    deliver()
    Message.objects.update(state=MessageState.QUEUED, sent_at=None)
    deliver()

    [file] = (tmp_path / "mail").iterdir()
    assert (file.name, file.stat().st_mode & 0o777) == (f"{message.pk}.eml", 0o600)
    assert b"Advisory 1" in file.read_bytes()
    assert Message.objects.get().state == MessageState.SENT


# Several workers, and workers that die


def test_message_of_a_dead_worker_goes_again_under_the_same_id_once_its_lease_has_run_out(mail_server):
    server = mail_server()
    message = queue()
    dead = delivery.claim(message.pk)
    assert deliver() == delivery.Delivered()
    Message.objects.update(lease_until=timezone.now())

    again = delivery.claim(message.pk)

    assert (again.attempts, again.last_error, again.message_id) == (2, ABANDONED, message.message_id)
    assert not delivery._record(dead, state=MessageState.QUEUED)
    Message.objects.update(lease_until=timezone.now())
    deliver()
    assert [received["Message-ID"] for received in server.messages()] == [message.message_id]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_message_once(mail_server):
    server = mail_server(seconds=10)
    outbox.queue_many(
        {"to": f"reader{number}@example.com", "subject": f"Advisory {number}", "text": "What", "kind": "alert"}
        for number in range(40)
    )
    together, results = threading.Barrier(2), []

    def work():
        met = []

        def stop():
            """Asked before each message: both have their list of what is due before one begins."""
            if not met:
                together.wait()
                met.append(True)

        try:
            results.append(deliver(stop=stop))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    ids = [received["Message-ID"] for received in server.messages()]
    assert sorted(ids) == sorted(Message.objects.values_list("message_id", flat=True))
    assert set(Message.objects.values_list("state", "attempts")) == {("sent", 1)}
    assert sum(result.sent for result in results) == 40


# A person decides


def test_person_sends_again_what_was_handed_over(mail_server):
    mail_server("reject_at_rcpt")
    message = queue()
    deliver()
    server = mail_server()

    assert outbox.send_again(message, by=None)
    deliver()

    message.refresh_from_db()
    assert (message.state, message.attempts, message.handed_at) == (MessageState.SENT, 2, None)
    assert [received["Message-ID"] for received in server.messages()] == [message.message_id]
    assert not outbox.send_again(message, by=None)


def test_held_message_is_released_once(mail_server):
    server = mail_server()
    message = queue(not_before=timezone.now() + timedelta(hours=1))

    assert (outbox.release(message, by=None), outbox.release(message, by=None)) == (True, False)
    deliver()

    assert len(server.taken) == 1


# Somebody who is hidden


@pytest.fixture
def alias(monkeypatch):
    """A letter to the alias goes to ada@example.com."""
    hooks = {"address_behind": [lambda alias: "ada@example.com" if alias == "4f7k2@protected.invalid" else None]}
    monkeypatch.setattr(delivery, "declared", lambda name: hooks.get(name, []))
    return "4f7k2@protected.invalid"


def test_letter_to_an_alias_goes_to_the_address_behind_it_and_nothing_of_it_is_kept(mail_server, alias):
    server = mail_server()
    message = queue(to=alias, html="<p>What</p>")
    other = queue(2)

    deliver()

    assert sorted(received["To"] for received in server.messages()) == ["ada@example.com", "reader2@example.com"]
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert (message.to, message.subject, message.text, message.html) == ("", "", "", "")
    assert Message.objects.get(pk=other.pk).to == "reader2@example.com"


def test_words_of_a_server_that_repeats_the_address_are_kept_without_it(mail_server, alias, caplog):
    mail_server("reject_and_repeat")
    message = queue(to=alias)

    deliver()

    message.refresh_from_db()
    assert (message.state, message.to) == (MessageState.HANDED, alias)
    assert message.last_error == "550 5.1.1 RCPT TO:<4f7k2@protected.invalid> is unknown"
    assert "ada@" not in caplog.text.lower()


def test_hook_that_fails_hands_its_letter_over_and_stops_no_other(mail_server, monkeypatch):
    server = mail_server()
    hook = {"address_behind": [lambda alias: 1 / 0 if alias.endswith(".invalid") else None]}
    monkeypatch.setattr(delivery, "declared", lambda name: hook.get(name, []))
    lost, sent = queue(to="4f7k2@protected.invalid"), queue(2)

    deliver()

    assert {Message.objects.get(pk=row.pk).state for row in (lost, sent)} == {"handed", "sent"}
    assert [received["To"] for received in server.messages()] == ["reader2@example.com"]
