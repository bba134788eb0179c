"""After sending, as applicants live it: in a browser, with and without script, on a telephone, in two languages."""

import re

import pytest
from django.utils import timezone

from accreditation import workflow, writing
from accreditation.models import Registration
from accreditation.states import Actor, Status
from advisory import publishing
from office.models import Message
from tests.accreditation.applicants import link
from tests.accreditation.test_status import officer, reached  # noqa: F401 a fixture
from tests.builders import make_category, make_meeting
from tests.journeys.walking import Keyboard

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def category():
    meeting = make_meeting(title="Dialogue on early warning")
    publishing.publish(meeting, by=None)
    return make_category(meeting, pick_up="North gate, from 09:00", capacity=5)


def path_in(message):
    """The path of the link that an e-mail carries."""
    return "/" + re.search(r"^https?://\S+", message.text, re.M)[0].split("/", 3)[3]


def sound(page, axe):
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no script"])
def test_applicant_answers_the_desk_and_collects_the_badge(chromium, live_server, axe, category, officer, scripted):  # noqa: F811
    context = chromium.new_context(base_url=live_server.url, viewport=PHONE, java_script_enabled=scripted)
    page = context.new_page()
    registration = reached(Status.INFO_REQUESTED, category, officer)
    page.goto(path_in(Message.objects.get(kind="registration_info_requested")))
    page.get_by_role("button", name="Continue").press("Enter")

    assert page.get_by_role("heading", level=1).inner_text() == "More information needed"
    page.get_by_role("link", name="Answer").press("Enter")
    page.get_by_role("button", name="Send my answer").press("Enter")
    assert page.title().startswith("Error: Answer the desk")
    page.get_by_role("link", name="What is your name, as in your passport?").press("Enter")
    page.get_by_label("Family name").fill("Okoro")
    page.get_by_role("button", name="Save").press("Enter")
    page.get_by_role("button", name="Send my answer").press("Enter")
    assert page.get_by_role("status").inner_text() == "Your answer is sent."
    assert page.get_by_role("heading", level=1).inner_text() == "Being reviewed"

    workflow.apply(registration, "approve", actor=Actor.DESK, by=officer)
    page.goto("/status/")
    assert page.get_by_text("North gate, from 09:00").count() == 1
    assert Registration.objects.get().family_name == "Okoro"
    if scripted:
        sound(page, axe)
    context.close()


def test_desk_is_answered_by_keyboard_alone(page, category, officer):  # noqa: F811
    hand = Keyboard(page)
    reached(Status.INFO_REQUESTED, category, officer)
    page.goto(path_in(Message.objects.get(kind="registration_info_requested")))
    hand.press(page.get_by_role("button", name="Continue"))
    hand.press(page.get_by_role("link", name="Answer"))

    hand.press(page.get_by_role("button", name="Send my answer"))
    page.locator("[role=alert]:focus").wait_for()  # the browser sets autofocus as it draws
    hand.press(page.locator(".error-summary a"))
    assert page.evaluate("document.activeElement.id") == "id_words"
    page.go_back()
    hand.press(page.get_by_role("link", name="What is your name, as in your passport?"))
    hand.give("given_names", "Ada")
    hand.give("family_name", "Okoro")
    hand.press(page.get_by_role("button", name="Save"))
    hand.press(page.get_by_role("button", name="Send my answer"))

    assert page.get_by_role("status").inner_text() == "Your answer is sent."
    assert Registration.objects.get().family_name == "Okoro"
    page.go_back()
    assert page.get_by_role("heading", level=1).inner_text() == "Being reviewed"


@pytest.mark.parametrize("prefix", [pytest.param("", marks=pytest.mark.full), "/ar"])
def test_every_page_is_sound_on_a_telephone(chromium, live_server, axe, category, officer, prefix):  # noqa: F811
    context = chromium.new_context(base_url=live_server.url, viewport=PHONE)
    page = context.new_page()
    for address in [f"/status/{'A' * 48}/", "/my-links/", "/my-links/sent/", "/status/"]:
        page.goto(prefix + address)
        sound(page, axe)
    for status in [Status.OFFERED, Status.DECLINED, Status.WITHDRAWN, Status.INFO_REQUESTED]:
        registration = reached(status, category, officer)
        page.goto(prefix + link(registration))
        page.locator("main button").click()
        sound(page, axe)
    addresses = ["reply/", "reply/name/", "change/contact/", "code/", "withdraw/", "delete/"]
    for address in addresses:
        page.goto(f"{prefix}/status/{address}")
        sound(page, axe)
        if address in {"reply/", "code/"}:  # an error state
            page.locator("main form button").last.click()
            assert page.locator(".error-summary").count() == 1
            sound(page, axe)
    context.close()


def test_lost_link_comes_back_by_mail_and_the_application_ends(page, category, officer):  # noqa: F811
    registration = reached(Status.SUBMITTED, category, officer)
    page.goto("/my-links/")
    page.get_by_label("Your e-mail address").fill(registration.email)
    page.get_by_role("button", name="Send me my links").click()
    page.goto(path_in(Message.objects.get(kind="registration_links")))
    page.get_by_role("button", name="Continue").click()

    page.get_by_role("link", name="Withdraw application").click()
    page.get_by_role("button", name="Withdraw application").click()
    page.get_by_role("link", name="Delete my data").click()
    page.get_by_role("button", name="Delete my data").click()

    assert page.get_by_role("heading", level=1).inner_text() == "Your data are deleted"
    row = Registration.objects.get()
    assert (row.status, row.email, row.family_name) == (Status.WITHDRAWN, "", "")
    page.goto("/status/")
    assert page.get_by_role("heading", level=1).inner_text() == "This page opens nothing any more"


def test_code_from_the_mailbox_shows_what_is_sealed(page, category, officer):  # noqa: F811
    registration = reached(Status.SUBMITTED, category, officer)
    registration.identity = {"document_number": "X1234567"}
    registration.declared_at = timezone.now()
    registration.save()
    page.goto(link(registration, writing.STATUS))
    page.get_by_role("button", name="Continue").click()

    page.get_by_role("link", name="Show it").click()
    page.get_by_role("button", name="Send me a code").click()
    code = re.search(r"\d{6}", Message.objects.get(kind="registration_code").text)[0]
    page.get_by_label("Your code").fill(f"{code[:3]} {code[3:]}")
    page.get_by_role("button", name="Show what is sealed").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download my data").click()

    assert download.value.suggested_filename == f"{registration.reference}.json"
    assert "X1234567" in download.value.path().read_text()
