"""Letters to applicants: which, when, in whose language, with nothing in them that a mailbox should not hold."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from accreditation import emails, workflow
from accreditation.letters import LETTERS
from accreditation.models import Category
from accreditation.states import Actor, Status
from advisory import publishing
from office import delivery
from office.models import Message
from tests.accreditation.test_status import announced, category, officer, reached  # noqa: F401 fixtures
from tests.builders import make_category, make_meeting, make_registration

pytestmark = pytest.mark.django_db
LANGUAGES = ["ar", "zh", "en", "fr", "ru", "es"]
PLANTED = {"given_names": "Plantagenet", "family_name": "Qwyzzle", "phone": "+12125550188", "badge_name": "Qwyzzards"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", LETTERS)
def test_every_letter_is_whole_in_every_language(kind, language):
    registration = make_registration(
        Status.OFFERED, language=language, info_until=timezone.now(), organization_name="Example Alliance", **PLANTED
    )

    if kind in {"links", "no_links"}:
        rows = [registration] if kind == "links" else []
        message = emails.queue_links(registration.email, language, rows, {registration.meeting_id: "Dialogue"})
    else:
        message = emails.queue(kind, registration, more={"code": "123456", "moment": "Arrivals"})

    whole = message.subject + message.text + message.html
    assert not re.search(r"%\(|%s|\{[a-z_]+\}|\bNone\b", whole.partition("<style>")[0] + message.text)
    assert (message.kind, message.language) == (f"registration_{kind}", language)
    assert "\n" not in message.subject
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in message.html
    assert not any(word in whole for word in PLANTED.values())
    assert len(message.html) < 60_000
    if LETTERS[kind].button:
        prefix = "" if language == "en" else f"/{language}"
        assert f"{prefix}/{LETTERS[kind].opens}/" in message.text


def test_letter_names_the_announced_title_in_its_language(announced, officer):  # noqa: F811
    reached(Status.SUBMITTED, announced, officer)
    letter = Message.objects.get(kind="registration_received")

    assert "Announced dialogue" in letter.subject
    assert "Draft words" not in letter.subject + letter.text + letter.html


def test_letter_about_a_meeting_that_is_not_public_names_its_code(category, officer):  # noqa: F811
    reached(Status.SUBMITTED, category, officer)
    letter = Message.objects.get(kind="registration_received")

    assert category.meeting.title not in letter.text
    assert category.meeting.code in letter.subject


def test_reference_stays_whole_and_names_stay_words_in_html(announced, officer):  # noqa: F811
    registration = reached(Status.SUBMITTED, announced, officer)
    registration.organization_name = "<b>Daily</b> %(reference)s"
    letters = [emails.queue(kind, registration) for kind in ["received", "invited"]]

    assert f'<bdi dir="ltr" style="white-space:nowrap">{registration.reference}</bdi>' in letters[0].html
    assert "&lt;b&gt;Daily&lt;/b&gt; %(reference)s" in letters[1].html


def test_letter_costs_a_statement_for_its_title_its_words_and_itself(announced, django_assert_num_queries):  # noqa: F811
    registration = make_registration(Status.SUBMITTED, category=announced)

    with django_assert_num_queries(3):
        emails.queue("approved", registration)


def test_title_with_a_line_break_makes_no_header():
    meeting = make_meeting(title="D\r\nBcc: %(reference)s")
    publishing.publish(meeting, by=None)
    registration = make_registration(Status.SUBMITTED, category=make_category(meeting))

    message = emails.queue("received", registration)
    sent = delivery.compose(message).message()

    assert re.search(r"[\r\n]", message.subject) is None
    assert "%(reference)s" in message.subject
    assert "Bcc" not in sent


def test_foot_says_whom_to_ask(settings, category, officer):  # noqa: F811
    settings.PRESS_DESK_EMAIL, settings.PRESS_DESK_PHONE = "desk@example.int", "+12125550100"
    reached(Status.SUBMITTED, category, officer)

    foot = Message.objects.get().text.partition("-- \n")[2]

    assert "Questions? The desk answers: desk@example.int, +1 212 555 0100" in foot


def test_decision_waits_in_the_outbox_and_undoing_cancels_it(category, officer):  # noqa: F811
    Category.objects.update(hold_seconds=30)
    registration = reached(Status.SUBMITTED, category, officer)
    approved = workflow.apply(registration, "approve", actor=Actor.DESK, by=officer)
    letter = Message.objects.get(kind="registration_approved")

    assert (letter.state, letter.not_before) == ("held", approved.held_until)
    workflow.apply(approved, "undo", actor=Actor.DESK, by=officer)
    letter.refresh_from_db()
    assert (letter.state, letter.cancelled_by) == ("cancelled", officer)


def test_decision_that_stands_is_due_after_its_hold(category, officer):  # noqa: F811
    Category.objects.update(hold_seconds=30)
    before = timezone.now()
    registration = reached(Status.DECLINED, category, officer)
    letter = Message.objects.get(kind="registration_declined")

    assert letter.next_attempt_at == registration.held_until
    assert timedelta(seconds=30) <= letter.next_attempt_at - before < timedelta(seconds=60)


@pytest.mark.parametrize(
    ("kind", "fields", "told"),
    [
        ("received", {"status": Status.AWAITING_ENDORSEMENT}, "received_to_endorse"),
        ("received", {"status": Status.SUBMITTED}, "received"),
        ("approved", {"status": Status.APPROVED, "attending": "remote"}, "approved_remote"),
        ("approved", {"status": Status.APPROVED}, "approved"),
        ("declined", {"status": Status.DECLINED, "has_appealed": True}, "declined_again"),
    ],
)
def test_one_event_is_told_as_it_concerns_this_applicant(kind, fields, told):
    registration = make_registration(**fields)

    assert emails.queue(kind, registration).kind == f"registration_{told}"


def test_language_that_the_site_has_not_falls_back():
    message = emails.queue("received", make_registration(Status.SUBMITTED, language="de"))

    assert message.language == "en"


def test_erased_application_is_not_written_to():
    assert emails.queue("lapsed", make_registration(Status.LAPSED, email="")) is None


def test_letter_is_in_the_applicants_language_whatever_the_officers(category, officer):  # noqa: F811
    registration = make_registration(category=category, language="fr")
    with override("ar"):
        emails.queue("received", registration)

    assert "/fr/status/" in Message.objects.get().text
