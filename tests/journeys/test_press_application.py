"""A journalist comes for the first time, from the start page to the status page: how many pages, fields, statements."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accreditation import journey, ledger
from accreditation.forms.check import CheckForm
from accreditation.forms.start import StartForm
from accreditation.models import EvidenceRule, Registration
from accreditation.states import Route, Status
from office.models.message import Message
from tests.accreditation.applying import ANSWERS, LINK, TOKEN, announced_category, root
from tests.accreditation.sent_files import LETTER, PORTRAIT, file, picture
from tests.builders import make_category

pytestmark = pytest.mark.django_db
SAVEPOINTS = ("SAVEPOINT", "RELEASE")  # a test's own transaction makes them of what elsewhere begins and commits


class Counted:
    """A browser that counts the statements of each request."""

    def __init__(self):
        self.client, self.requests = Client(), []

    def send(self, method, address, data=None):
        with CaptureQueriesContext(connection) as queries:
            response = getattr(self.client, method)(address, data)
        statements = [query["sql"] for query in queries if not query["sql"].startswith(SAVEPOINTS)]
        self.requests.append((method, address, len(statements)))
        return response

    @property
    def statements(self):
        return sum(number for _method, _address, number in self.requests)


PAPERS = {LETTER: lambda: file(), "press_card": lambda: file(picture()), PORTRAIT: lambda: file(picture(colour="red"))}


@pytest.mark.parametrize(("papers", "statements"), [({}, 45), (PAPERS, 60)], ids=["without papers", "three papers"])
def test_first_press_application_goes_from_start_to_status(private_files, papers, statements):
    category = announced_category()
    for kind in papers:
        EvidenceRule.objects.create(category=category, kind=kind)
    with transaction.atomic():
        ledger.book_of(category.meeting_id)  # as somebody's before has opened it
    browser, pages = Counted(), 1
    browser.send("get", root(category))
    response = browser.send("post", root(category), {"email": "ada@example.org"})
    browser.send("get", response.url)
    link = LINK.search(Message.objects.get().text)[1]
    browser.send("get", link)
    response = browser.send("post", link)

    while response.url != "/status/":
        pages += 1
        address = response.url
        page = browser.send("get", address).content.decode()
        slug = address.rstrip("/").rpartition("/")[2]
        answers = ANSWERS.get(slug) or {kind: made() for kind, made in papers.items()} | {"continue": ""}
        response = browser.send("post", address, {"page": TOKEN.search(page)[1]} | answers)
        assert response.status_code == 302, (slug, page)
    browser.send("get", "/status/")

    assert Registration.objects.get().status == Status.SUBMITTED
    assert pages <= 9
    submission = next(
        number for method, address, number in browser.requests if (method, address[-6:]) == ("post", "check/")
    )
    assert submission <= 15
    assert browser.statements <= statements, browser.requests


def test_first_press_application_asks_at_most_eighteen_fields():
    category = make_category()
    registration = Registration(category=category, meeting=category.meeting, medium="print")
    forms = [step.form(registration=registration) for step in journey.steps(registration) if step.form]
    forms += [StartForm(), CheckForm(registration=registration)]

    visible = [field.name for form in forms for field in form.visible_fields() if field.name != "website"]

    assert len(visible) + 3 <= 18 + 3, visible  # three files beside (letter, press card, portrait)
    assert len(journey.STEPS[Route.PRESS]) <= 9


@pytest.mark.parametrize("medium", ["print", "radio", "television"])
def test_first_press_application_has_at_most_nine_pages_with_the_start_page(medium):
    category = make_category()
    registration = Registration(category=category, meeting=category.meeting, medium=medium)

    assert 1 + len(journey.steps(registration)) <= 9
