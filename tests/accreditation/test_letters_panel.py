"""The office's own words in the letters to applicants, in the staff panel; and their history at the desk."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accreditation import delegation_letters, emails, protection, workflow
from accreditation import email_texts as letters
from accreditation.letters import LETTERS
from accreditation.models import Category, Registration
from accreditation.states import Actor, Status
from accreditation.writing import LONGEST_SUBJECT, ours, shortened
from advisory import email_texts, publishing
from advisory.models import EmailText
from office.models import Message
from office.permissions import Role
from tests.builders import make_category, make_meeting, make_officer, make_readers, make_registration
from tests.filled_form import filled

pytestmark = pytest.mark.django_db
LANGUAGES = ["ar", "zh", "en", "fr", "ru", "es"]
LONG = "Informal interactive dialogue of the General Assembly on early warning, assessment and the prevention of harm"
ADD = "/admin/advisory/emailtext/add/"
OWN = {"kind": "registration_approved", "language": "en", "subject": "Welcome: {reference}", "text": "Come.\n\n{link}"}
CANARY = "Qwyzzle"


@pytest.fixture
def officer(client):
    officer = make_officer(roles=[Role.LIAISON_OFFICER])
    client.force_login(officer)
    return officer


def make_announced():
    meeting = make_meeting(LONG)
    publishing.publish(meeting, by=None)
    return make_category(meeting)


@pytest.fixture
def announced(once):
    return once(make_announced)


def every_value(registration):
    more = {
        "code": "123456",
        "change": "Correction",
        "words": "Come early.",
        "changes": "When: was “10:00”, is “11:00”",
    }
    return more | ({"organization": "Example Alliance of Everybody Concerned"} if not registration.is_hidden else {})


# Subjects


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", set(LETTERS) - {"links", "no_links"})
def test_subject_is_short_and_has_the_whole_reference(kind, language, announced):
    registration = make_registration(Status.SUBMITTED, category=announced, language=language)

    subject = emails.queue(kind, registration, more=every_value(registration)).subject

    assert len(subject) <= LONGEST_SUBJECT
    assert registration.reference in subject
    assert kind == "code" or "…" in subject  # the title is the only thing that is cut
    assert kind == "code" or len(subject) > LONGEST_SUBJECT - 15


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", set(LETTERS) - {"links", "no_links"} | set(delegation_letters.LETTERS))
def test_our_subjects_leave_room_for_the_longest_reference(kind, language):
    with override(language):
        subject, _text = ours((LETTERS | delegation_letters.LETTERS)[kind])

    assert letters.fixed_length(subject) <= LONGEST_SUBJECT


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("Dialogue", 8, "Dialogue"),
        ("Dialogue on floods", 12, "Dialogue on…"),
        ("Dialogue on floods", 11, "Dialogue…"),
        ("Überschwemmungen", 8, "Übersch…"),
        ("Dialogue", 1, ""),
        ("Dialogue", 0, ""),
        ("Dialogue", -5, ""),
    ],
)
def test_name_is_shortened_behind_a_word(text, most, short):
    assert shortened(text, most) == short


# The office's own words


@pytest.mark.parametrize("kind", letters.KINDS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_our_own_words_may_be_saved_as_they_are(kind, language):
    assert email_texts.problems(kind, *email_texts.default_texts(kind, language)) == []


def test_every_letter_has_a_label_and_every_placeholder_a_meaning():
    assert set(letters.LABELS) == set(LETTERS)
    assert set(letters.TO_FOCAL_POINTS) == set(delegation_letters.LETTERS)
    assert {name for kind in letters.KINDS.values() for name in kind.placeholders} - letters.MEANINGS.keys() == set()


@pytest.mark.parametrize(
    ("subject", "text", "sentences"),
    [
        (
            "{reference}",
            "{link} {refrence}",
            ["The text has {refrence}, which nothing can fill. Did you mean {reference}?"],
        ),
        ("{reference}", "{link} {given_names}", ["The text has {given_names}, which nothing can fill."]),
        ("{reference}", "Come.", ["The text needs {link}: the button with the person’s own link."]),
        ("Welcome", "{link}", ["The subject needs {reference}: the application’s reference."]),
        (
            "We are happy to tell you of the good news about {reference}",
            "{link}",
            ["The subject is too long: with the reference, at most 60 characters can be seen."],
        ),
    ],
)  # fmt: skip
def test_words_that_cannot_be_used_are_refused_and_nothing_is_saved(client, officer, subject, text, sentences):
    page = client.post(ADD, OWN | {"subject": subject, "text": text})

    said = [sentence for found in page.context["adminform"].form.errors.values() for sentence in found]
    assert said == sentences
    assert EmailText.objects.count() == 0


def test_officers_words_are_sent_in_both_parts_and_in_their_language_alone(client, officer, announced):
    client.post(ADD, OWN | {"text": "Come <early> to {meeting}.\n\n{link}"})

    english, french = (
        emails.queue("approved", make_registration(Status.APPROVED, category=announced, language=language))
        for language in ["en", "fr"]
    )

    assert english.subject == f"Welcome: {Registration.objects.get(language='en').reference}"
    assert english.text.startswith(f"Come <early> to {LONG}.\n\nSee your application:\nhttp")
    assert f"<p>Come &lt;early&gt; to {LONG}.</p>" in english.html
    assert "This e-mail is about an application to attend a meeting." in english.text.partition("-- \n")[2]
    assert "Come <early>" not in french.text


def test_decision_is_told_in_the_officers_words(client, officer, announced):
    client.post(ADD, OWN)
    registration = make_registration(Status.SUBMITTED, category=announced)

    workflow.apply(registration, "approve", actor=Actor.DESK, by=officer)

    assert Message.objects.get().subject == f"Welcome: {registration.reference}"


def test_list_says_where_ours_will_be_sent(client, officer):
    row = EmailText.objects.create(**OWN)

    page = client.get("/admin/advisory/emailtext/").content.decode()
    form = client.get(f"/admin/advisory/emailtext/{row.pk}/change/").content.decode()

    assert f'<a href="/admin/advisory/emailtext/{row.pk}/change/"><b>the office’s</b></a>' in page
    assert "?kind=registration_approved&amp;language=ru" in page
    said = re.search(r"No text of the office in: (.*)\. There ours will be sent\.", form)[1]
    assert "Русский" in said
    assert "English" not in said


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_questions(client, officer, rows, django_assert_num_queries):
    for language in LANGUAGES[:rows]:
        EmailText.objects.create(**OWN | {"language": language})

    with django_assert_num_queries(7):
        client.get("/admin/advisory/emailtext/")


def test_officer_begins_with_our_words_in_the_language_asked_for(client, officer):
    page = client.get(f"{ADD}?kind=registration_declined&language=en")

    assert page.context["adminform"].form.initial["subject"] == "Decision on application {reference}: {meeting}"
    assert client.post(ADD, filled(page, "emailtext_form")).status_code == 302
    assert EmailText.objects.get().kind == "registration_declined"


def test_very_large_letter_is_saved_with_a_warning(client, officer):
    page = client.post(ADD, OWN | {"text": "{link}\n\n" + "Come. " * 20_000}, follow=True)

    assert "This e-mail is larger than 100 kB" in page.content.decode()
    assert EmailText.objects.count() == 1


# On a real person


def shown_to(client, row, reference):
    return client.get(reverse("admin:advisory_emailtext_person", args=[row.pk]), {"reference": reference})


def test_letter_is_shown_as_one_person_would_get_it_and_no_link_opens_anything(client, officer, announced):
    row = EmailText.objects.create(**OWN | {"text": "{reference}: come to {meeting}.\n\n{link}"})
    registration = make_registration(Status.APPROVED, category=announced)

    page = shown_to(client, row, registration.reference.lower())

    letter = page.context["letter"]
    assert letter.text.startswith(f"{registration.reference}: come to {LONG}.\n\nSee your application:\nhttp")
    assert letter.text.count("/…/") == 1
    assert "/status/" not in letter.text + letter.html
    assert Message.objects.count() == 0
    assert f"The subject has {len(letter.subject)} characters" in page.content.decode()


def test_person_of_another_meeting_is_not_shown(client, announced):
    officer = make_officer(roles=[Role.PRESS_OFFICER])  # writes texts, reviews nobody
    client.force_login(officer)
    row = EmailText.objects.create(**OWN)
    registration = make_registration(Status.APPROVED, category=announced)

    answers = [shown_to(client, row, words) for words in (registration.reference, "R2P16-NOBODY")]

    assert [answer.context["letter"] for answer in answers] == [None, None]
    assert "You review no application with this reference." in answers[0].content.decode()


@pytest.mark.parametrize("state", ["asked", "granted"])
@pytest.mark.parametrize("kind", set(letters.KINDS) - {"registration_links", "registration_no_links"})
def test_preview_names_nobody_who_is_hidden(client, officer, announced, kind, state):
    registration = planted(announced)
    Registration.objects.update(asks_protection=True)
    if state == "granted":
        readers = make_readers()
        protection.grant(Registration.objects.get(), readers=readers, by=readers[0])
    subject, text = email_texts.default_texts(kind, "en")
    row = EmailText.objects.create(kind=kind, language="en", subject=subject, text=text)

    page = shown_to(client, row, registration.reference)

    assert page.context["letter"] is not None
    assert CANARY.lower() not in page.content.decode().lower()


# What no letter holds


def planted(category, **fields):
    """A person in whom everything that must not be mailed is the canary."""
    return make_registration(
        Status.APPROVED, category=category, given_names=CANARY, family_name=CANARY, badge_name=CANARY, phone=CANARY,
        email=f"{CANARY}@example.org".lower(), identity={"document_number": CANARY, "birth_date": CANARY},
        access_needs={"needs_words": CANARY}, answers={"work": CANARY}, speaking={"topic": CANARY},
        organization_name=CANARY, clearance="not_clear", info_until=timezone.now(), hints=[CANARY], **fields,
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_holds_what_endangers_people(announced, language):
    """The name of their organization stands in the invitation alone, which it sends itself."""
    registration = planted(announced, language=language)

    told = []
    for kind in set(LETTERS) - {"links", "no_links"}:
        message = emails.queue(kind, registration, more=every_value(registration))
        told.append((kind, message.subject + message.text + message.html + str(message.headers)))
    message = emails.queue_links(registration.email, language, [registration], {registration.meeting_id: LONG})
    told.append(("links", message.subject + message.text + message.html))

    assert [kind for kind, words in told if CANARY.lower() in words.lower()] == []
    assert len(told) == len(LETTERS) - 1


# At the desk


def page_of(registration):
    return f"/desk/registrations/{registration.reference}/letters/"


def test_history_says_what_was_sent_and_how_it_fares(client, officer, announced):
    registration = make_registration(Status.SUBMITTED, category=announced, email="ada@example.org")
    emails.queue("received", registration)
    Message.objects.update(state="handed", handed_at=timezone.now(), last_error="550 No such mailbox")
    emails.queue("received", make_registration(Status.SUBMITTED, category=announced))

    page = client.get(page_of(registration))
    words = page.content.decode()

    assert [entry.what for entry in page.context["entries"]] == ["Application received"]
    assert "Needs a person" in words
    assert "550 No such mailbox" in words
    assert "ada@example.org" not in words
    assert [action for action, _words in page.context["entries"][0].doable] == ["send_again", "cancel"]


@pytest.mark.parametrize(
    ("state", "action", "then"),
    [
        ("handed", "send_again", ["queued"]),
        ("handed", "cancel", ["cancelled"]),
        ("queued", "cancel", ["cancelled"]),
        ("held", "release", ["queued"]),
        ("sent", "repeat", ["queued", "sent"]),
        ("sent", "cancel", ["sent"]),
        ("queued", "repeat", ["queued"]),
    ],
)
def test_officer_acts_on_a_letter_where_its_state_allows(client, officer, announced, state, action, then):
    registration = make_registration(Status.SUBMITTED, category=announced)
    message = emails.queue("received", registration)
    now = timezone.now()
    Message.objects.update(state=state, sent_at=now if state == "sent" else None)

    answer = client.post(f"{page_of(registration)}{message.pk}/{action}/", follow=True)

    assert sorted(Message.objects.values_list("state", flat=True)) == then
    assert {row.subject for row in Message.objects.all()} == {message.subject}
    done = then not in (["sent"], ["queued"]) or action in {"send_again", "release"}
    assert ("Done." in answer.content.decode()) is done


def test_decision_that_can_be_undone_is_not_told_early(client, officer, announced):
    Category.objects.update(hold_seconds=30)
    registration = make_registration(Status.SUBMITTED, category=announced)
    workflow.apply(registration, "approve", actor=Actor.DESK, by=officer)
    message = Message.objects.get()

    client.post(f"{page_of(registration)}{message.pk}/release/")

    message.refresh_from_db()
    assert message.state == "held"


def test_letters_of_others_are_not_there(client, officer, announced):
    mine = make_registration(Status.SUBMITTED, category=announced)
    other = make_registration(Status.SUBMITTED, category=make_category())
    message = emails.queue("received", other)
    stranger = make_officer("stranger", roles=[Role.LIAISON_OFFICER], meeting=announced.meeting)

    answers = [client.post(f"{page_of(mine)}{message.pk}/cancel/").status_code,
               client.post(f"{page_of(other)}{message.pk}/nothing/").status_code]  # fmt: skip
    client.force_login(stranger)
    answers.append(client.get(page_of(other)).status_code)

    assert answers == [404, 404, 404]
    assert Message.objects.get().state == "queued"


def test_supervisor_reads_the_letters_and_changes_none(client, announced):
    client.force_login(make_officer(roles=[Role.SUPERVISOR]))
    registration = make_registration(Status.SUBMITTED, category=announced)
    message = emails.queue("received", registration)

    assert "<button" not in client.get(page_of(registration)).content.decode().partition('<ol class="letters"')[2]
    assert client.post(f"{page_of(registration)}{message.pk}/cancel/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_history_asks_the_same_number_of_questions(client, officer, announced, rows, django_assert_num_queries):
    registration = make_registration(Status.SUBMITTED, category=announced)
    for number in range(rows):
        emails.queue("received", registration, key=f"letter:{number}")

    with django_assert_num_queries(5):
        client.get(page_of(registration))
