"""The mail of a forgotten password: queued like every other, and of no use to a colleague who reads the outbox."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from office.models import Message
from tests.builders import make_officer

pytestmark = pytest.mark.django_db


def ask(client, address):
    return client.post(reverse("account_reset_password"), {"email": address}, follow=True)


def link_in(message):
    return re.search(r"http://\S+/password/reset/key/\S+", message.text)[0]


def test_link_is_queued_and_sets_a_new_password(client):
    officer = make_officer()

    ask(client, officer.email)

    message = Message.objects.get()
    assert (message.to, message.kind, mail.outbox) == (officer.email, "sign_in", [])
    page = client.get(link_in(message), follow=True)
    client.post(
        page.request["PATH_INFO"], {"password1": "a quite new pass phrase", "password2": "a quite new pass phrase"}
    )
    officer.refresh_from_db()
    assert officer.check_password("a quite new pass phrase")


def test_link_is_shown_to_no_colleague(client):
    ask(client, make_officer("victim").email)
    message = Message.objects.get()
    client.force_login(make_officer("curious"))

    page = client.get(reverse("admin:office_message_change", args=[message.pk])).content.decode()

    assert "/accounts/password/reset/key/…" in page
    assert link_in(message).rstrip("/").rsplit("/", 1)[1] not in page


def test_known_and_unknown_address_get_the_same_answer(client):
    officer = make_officer()

    answers = [ask(client, address) for address in (officer.email, "nobody@example.com")]

    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert answers[0].content == answers[1].content
