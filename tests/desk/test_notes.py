"""Words beside an application: who reads which, and that no status changes by them."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from accreditation.desk import notes
from accreditation.models import Note, Registration
from accreditation.own_data import own_data
from accreditation.states import Status
from accreditation.writing import STATUS
from office import links
from office.models import Message
from office.permissions import Role
from tests.builders import make_category, make_officer, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_registration(Status.SUBMITTED, category=make_category(), language="fr")


@pytest.fixture
def officer():
    return make_officer("reviewer", roles=(Role.MEDIA_REVIEWER,), name="Amara Reviewer")


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def open_status(client, registration):
    token = links.token(registration.pk, STATUS, registration.link_version)
    client.post(reverse("accreditation:status", args=[token]))
    return client


def write_back(client, registration, words):
    return client.post(reverse("accreditation:message"), {"of": registration.reference, "words": words})


def words_of(row):
    return Note.objects.get(pk=row.pk).words


def test_note_is_read_by_officers_and_never_by_the_applicant(desk, ada):
    desk.post(reverse("desk:note", args=[ada.reference]), {"note": "Seen last year."})
    notes.write(ada, "A question", by=make_officer("other"))

    assert "Seen last year." in desk.get(reverse("desk:registration", args=[ada.reference])).content.decode()
    assert "Seen last year." not in open_status(desk, ada).get(reverse("accreditation:standing")).content.decode()


def test_note_changes_nothing_and_sends_nothing(desk, ada):
    before = Registration.objects.values().get()

    desk.post(reverse("desk:note", args=[ada.reference]), {"note": "Seen last year."})

    assert Registration.objects.values().get() == before
    assert Message.objects.count() == 0


def test_words_are_sealed_in_the_database(ada, officer):
    row = notes.add(ada, "Seen last year.", by=officer)

    [kept] = Note.objects.filter(pk=row.pk).values_list("words", flat=True)
    assert b"last year" not in bytes(kept)
    assert words_of(row) == "Seen last year."


def test_mail_says_only_that_there_is_a_message(desk, ada):
    desk.post(reverse("desk:message", args=[ada.reference]), {"letter": "Is Ms Applicant a correspondent?"})

    mail = Message.objects.get()
    assert (mail.kind, mail.to, mail.language) == ("registration_message", ada.email, "fr")
    assert "correspondent" not in mail.subject + mail.text + mail.html
    assert ada.reference in mail.subject
    assert "/fr/status/" in mail.text


def test_applicant_reads_the_message_and_answers_it(desk, ada, officer, client):
    notes.write(ada, "Which desk do you work for?", by=officer)
    applicant = open_status(client, ada)

    page = applicant.get(reverse("accreditation:standing")).content.decode()
    answer = write_back(applicant, ada, "The foreign desk.")

    kept = Registration.objects.get()
    assert ["Which desk do you work for?" in page, "Amara Reviewer" in page] == [True, False]
    assert (answer.status_code, answer["Location"]) == (302, reverse("accreditation:standing") + "?news=written")
    assert [(row.to, row.by, row.words) for row in notes.thread(ada)][1] == (
        "from_applicant",
        None,
        "The foreign desk.",
    )
    assert (kept.status, kept.returned_at is not None) == (Status.SUBMITTED, True)


def test_officer_reads_the_answer(desk, ada, officer):
    notes.write(ada, "Which desk?", by=officer)
    notes.answer(ada, "The foreign desk.")

    page = desk.get(reverse("desk:registration", args=[ada.reference])).content.decode()

    assert ["The foreign desk." in page, "Answered" in page] == [True, True]


def test_applicant_writes_only_where_the_desk_has_written(client, ada):
    applicant = open_status(client, ada)

    assert 'name="words"' not in applicant.get(reverse("accreditation:standing")).content.decode()
    write_back(applicant, ada, "Hello?")
    assert Note.objects.count() == 0


def test_applicant_may_be_heard_before_a_badge_is_lost(client, ada):
    Registration.objects.update(notice_until=timezone.now())

    write_back(open_status(client, ada), ada, "I never lent it.")

    assert Note.objects.get().words == "I never lent it."


@pytest.mark.parametrize(("words", "told"), [("", "Write your message first."), ("x" * 4001, "4000")])
def test_message_that_is_not_taken_says_why_and_keeps_the_words(client, ada, officer, words, told):
    notes.write(ada, "Which desk?", by=officer)

    answer = write_back(open_status(client, ada), ada, words)

    page = answer.content.decode()
    assert (answer.status_code, told in page, words in page) == (422, True, True)
    assert Note.objects.count() == 1


def test_applicant_who_writes_too_often_is_told_and_nothing_is_lost(client, ada, officer):
    notes.write(ada, "Which desk?", by=officer)
    applicant = open_status(client, ada)

    answers = [write_back(applicant, ada, f"Message {number}") for number in range(11)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert "Message 10" in answers[-1].content.decode()


def test_stranger_writes_to_nobody(client, ada, officer):
    notes.write(ada, "Which desk?", by=officer)

    assert write_back(client, ada, "Hello").status_code in {200, 302, 404}
    assert Note.objects.count() == 1


@pytest.mark.parametrize(("page", "name"), [("note", "note"), ("message", "letter")])
def test_empty_words_are_told_on_the_page(desk, ada, page, name):
    answer = desk.post(reverse(f"desk:{page}", args=[ada.reference]), {name: "  "})

    assert (answer.status_code, Note.objects.count()) == (422, 0)
    assert 'role="alert"' in answer.content.decode()


def test_who_may_not_decide_writes_no_letter(client, ada):
    client.force_login(make_officer("supervisor", roles=(Role.SUPERVISOR,)))

    assert client.post(reverse("desk:message", args=[ada.reference]), {"letter": "Hello"}).status_code == 404
    assert client.post(reverse("desk:note", args=[ada.reference]), {"note": "Hello"}).status_code == 302


def test_own_data_hold_the_messages_and_no_note(ada, officer):
    notes.write(ada, "Which desk?", by=officer)
    notes.add(ada, "Seen last year.", by=officer)
    notes.answer(ada, "The foreign desk.")

    messages = json.loads(own_data(ada))["messages"]
    assert [(row["from"], row["words"]) for row in messages] == [
        ("desk", "Which desk?"), ("applicant", "The foreign desk."),
    ]  # fmt: skip


def test_words_go_with_the_application(ada, officer):
    notes.add(ada, "Seen last year.", by=officer)
    Registration.objects.all().delete()

    assert Note.objects.count() == 0
