"""From the application to its refusal, the appeal, a second refusal and its overturning, as e-mails tell it."""

import re
from html import unescape

import pytest
from django.test import Client
from django.utils.html import strip_tags

from accreditation import workflow
from accreditation.models import Registration
from accreditation.states import Actor, Status
from office.models.message import Message
from tests.accreditation.applying import ANSWERS, TOKEN, announced_category, root
from tests.builders import make_desk_policy, make_officer
from tests.journeys.walking import path_in

pytestmark = pytest.mark.django_db
TOLD = ["prove", "received", "declined", "appealed", "declined_again", "approved"]
PERSON = ["Okafor", "Chidinma", "Lantern", "5550142", "Reporter"]


class Reader:
    """Reads the newest letter and opens its link, in a browser that knows nothing else."""

    def __init__(self, language):
        self.prefix = "" if language == "en" else f"/{language}"
        self.client, self.letters = Client(), []

    def open_letter(self):
        self.letters.append(Message.objects.order_by("-queued_at").first())
        link = path_in(self.letters[-1])
        assert link.startswith(f"{self.prefix}/")
        assert self.client.get(link).status_code == 200
        return self.client.post(link)

    def apply(self, category):
        response = self.client.post(f"{self.prefix}{root(category)}", {"email": "ada@example.org"})
        assert response.status_code == 302
        response = self.open_letter()
        while response.url != f"{self.prefix}/status/":
            address = response.url
            page = self.client.get(address).content.decode()
            slug = address.rstrip("/").rpartition("/")[2]
            response = self.client.post(address, {"page": TOKEN.search(page)[1]} | ANSWERS[slug])
            assert response.status_code == 302, (slug, page)

    def appeal(self):
        self.open_letter()
        said = {"of": Registration.objects.get().reference, "words": "The letter is of this year."}
        answer = self.client.post(f"{self.prefix}/status/appeal/", said)
        assert answer.status_code == 302


def decide(action, officer, *, actor=Actor.DESK, **said):
    return workflow.apply(Registration.objects.get(), action, actor=actor, by=officer, **said)


@pytest.mark.parametrize("language", ["ar", "zh", "en", "fr", "ru", "es"])
def test_refused_applicant_reads_every_step_to_the_approval(language):
    category = announced_category(hold_seconds=0)
    make_desk_policy(category.meeting)
    first, second, supervisor = (make_officer(name) for name in ["first", "second", "supervisor"])
    reader = Reader(language)

    reader.apply(category)
    reader.open_letter()
    decide("decline", first, ground="incomplete", reason="The letter is of last year.")
    reader.appeal()
    reader.open_letter()
    decide("decline", second, ground="not_media", reason="The work shown is none.")
    reader.open_letter()
    decide("overturn", supervisor, actor=Actor.SUPERVISOR, reason="The work is a newspaper's.")
    reader.open_letter()

    registration = Registration.objects.get()
    assert registration.status == Status.APPROVED
    assert [letter.kind.removeprefix("registration_") for letter in reader.letters] == TOLD
    for letter in reader.letters:
        assert letter.language == language
        readable_alone(letter, registration)


def readable_alone(letter, registration):
    """Its text needs no HTML: the same words, one link on a line of its own, and nothing of the person."""
    body, _line, foot = letter.text.partition("\n-- \n")
    assert len(letter.subject) <= 60
    assert registration.reference in letter.subject
    assert foot.strip()
    assert len(re.findall(r"^https?://\S+$", body, re.M)) == 1
    assert strip_tags(letter.text) == letter.text
    assert re.search(r"[{}]|%\(", letter.text) is None
    assert [word for word in PERSON if word in letter.subject + letter.text + letter.html] == []
    drawn = shown(letter.html)
    for line in filter(None, (line.strip() for line in letter.text.split("\n"))):
        if not line.startswith("http") and line != "--":
            assert shown(line).rstrip(":： ") in drawn


def shown(markup):
    """The words that a reader sees, without the marks of direction and with one space between them."""
    words = unescape(strip_tags(markup.partition("</style>")[2] or markup))
    return " ".join(re.sub(r"[\u2066-\u2069]", "", words).split())
