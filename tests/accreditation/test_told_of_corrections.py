"""Accredited people hear when their meeting changes: once, in their language, of what was and what is."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from accreditation import corrections, protection, workflow
from accreditation.models import ChangeTold, Registration
from accreditation.states import Actor, Status
from advisory import publishing
from advisory.models import EmailText
from advisory.words import EditionKind
from office import outbox
from office.models import Message
from tests.builders import (
    make_category,
    make_desk_policy,
    make_meeting,
    make_officer,
    make_readers,
    make_registration,
    make_sitting,
)

pytestmark = pytest.mark.django_db
NEXT_YEAR = date.today().replace(day=1) + timedelta(days=365)


@pytest.fixture
def meeting(once):
    return once(make_announced)


def make_announced():
    meeting = make_meeting("Dialogue on floods", sitting=False, room="Conference Room 4", city="New York")
    make_sitting(meeting, date=NEXT_YEAR)
    publishing.publish(meeting, by=None)
    make_desk_policy(meeting)
    return meeting


@pytest.fixture
def officer():
    return make_officer()


def approved(meeting, officer, **fields):
    category = meeting.categories.first() or make_category(meeting)
    registration = workflow.apply(make_registration(category=category, **fields), "submit", actor=Actor.APPLICANT)
    registration = workflow.apply(registration, "approve", actor=Actor.DESK, by=officer)
    Message.objects.all().delete()
    return registration


def changed(meeting, kind=EditionKind.CORRECTION, words="", **publication):
    meeting.sittings.update(start_time=time(11))
    return publishing.publish(meeting, by=None, kind=kind, words=words, **publication)


def test_correction_says_what_was_and_what_is_now(meeting, officer):
    registration = approved(meeting, officer)
    changed(meeting, words="The chamber is needed in the morning.")

    assert corrections.tell_of_changes() == 1

    letter = Message.objects.get()
    assert (letter.kind, letter.to, letter.about) == (
        "registration_meeting_changed",
        registration.email,
        registration.pk,
    )
    assert letter.subject == f"Correction: {registration.reference}, Dialogue on floods"
    assert "“Dialogue on floods”, to which you are accredited, has changed." in letter.text
    assert "The chamber is needed in the morning." in letter.text
    assert "was “" in letter.text
    assert "10:00" in letter.text
    assert "is “" in letter.text
    assert "11:00" in letter.text
    assert "/status/" in letter.text
    assert "11:00" in letter.html


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (EditionKind.CORRECTION, "registration_meeting_changed"),
        (EditionKind.UPDATE, "registration_meeting_changed"),
        (EditionKind.POSTPONED, "registration_meeting_postponed"),
        (EditionKind.CANCELLED, "registration_meeting_cancelled"),
    ],
)
def test_each_kind_of_change_has_its_letter(meeting, officer, kind, told):
    approved(meeting, officer)
    changed(meeting, kind)

    corrections.tell_of_changes()

    assert list(Message.objects.values_list("kind", flat=True)) == [told]


@pytest.mark.parametrize("kind", [EditionKind.UPDATE, EditionKind.REMINDER, EditionKind.TYPO])
def test_what_moves_nothing_is_not_told(meeting, officer, kind):
    approved(meeting, officer)
    meeting.summary = "The Assembly discusses the yearly report."
    meeting.save()
    publishing.publish(meeting, by=None, kind=kind)

    assert corrections.tell_of_changes() == 0


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.APPROVED}))
def test_nobody_but_the_accredited_is_told(meeting, officer, status):
    make_registration(status, category=make_category(meeting))
    changed(meeting)

    assert corrections.tell_of_changes() == 0


def test_who_was_approved_later_has_read_what_it_says(meeting, officer):
    changed(meeting)
    approved(meeting, officer)

    assert corrections.tell_of_changes() == 0


def test_decision_that_can_be_undone_is_not_betrayed(meeting, officer):
    registration = approved(meeting, officer)
    Registration.objects.update(held_until=timezone.now() + timedelta(seconds=30))
    changed(meeting)

    assert corrections.tell_of_changes() == 0
    assert registration.status == Status.APPROVED


def test_accredited_to_another_meeting_hear_nothing(meeting, officer):
    approved(make_meeting("Dialogue on fires"), officer)
    changed(meeting)

    assert corrections.tell_of_changes() == 0


def test_embargoed_edition_is_told_when_it_is_visible(meeting, officer):
    approved(meeting, officer)
    edition = changed(meeting, at=timezone.now() + timedelta(hours=1))

    assert corrections.tell_of_changes() == 0
    type(edition).objects.filter(pk=edition.pk).update(visible_from=timezone.now())
    assert corrections.tell_of_changes() == 1


def test_each_is_told_once_and_of_each_change(meeting, officer):
    approved(meeting, officer)
    changed(meeting)
    assert [corrections.tell_of_changes() for _ in range(2)] == [1, 0]

    meeting.sittings.update(start_time=time(12))
    publishing.publish(meeting, by=None, kind=EditionKind.CORRECTION)
    assert [corrections.tell_of_changes() for _ in range(2)] == [1, 0]

    assert Message.objects.filter(text__contains="12:00").count() == 1
    assert ChangeTold.objects.filter(finished_at=None).count() == 0


def test_crash_in_the_middle_repeats_nothing_and_skips_nobody(meeting, officer, monkeypatch):
    for _ in range(5):
        approved(meeting, officer)
    Message.objects.all().delete()
    changed(meeting)
    monkeypatch.setattr(corrections, "BATCH", 2)
    queue_many, calls = outbox.queue_many, []

    def fails_at_second_batch(letters):
        calls.append(queue_many(letters))
        if len(calls) == 2:
            raise RuntimeError("the machine stopped")
        return calls[-1]

    monkeypatch.setattr(outbox, "queue_many", fails_at_second_batch)
    with pytest.raises(RuntimeError):
        corrections.tell_of_changes()
    monkeypatch.setattr(outbox, "queue_many", queue_many)
    corrections.tell_of_changes()

    assert sorted(Message.objects.values_list("about", flat=True)) == sorted(
        Registration.objects.values_list("pk", flat=True)
    )


def test_stopped_telling_goes_on_behind_its_cursor(meeting, officer):
    people = sorted([approved(meeting, officer) for _ in range(3)], key=lambda row: row.pk)
    edition = changed(meeting)
    ChangeTold.objects.create(edition=edition, cursor=people[0].pk)

    assert corrections.tell_of_changes() == 2
    assert set(Message.objects.values_list("about", flat=True)) == {row.pk for row in people[1:]}


@pytest.mark.parametrize("language", ["ar", "zh", "en", "fr", "ru", "es"])
def test_letter_is_in_the_persons_language(meeting, officer, language):
    approved(meeting, officer, language=language)
    changed(meeting)
    corrections.tell_of_changes()

    letter = Message.objects.get()
    assert letter.language == language
    assert f'lang="{language}"' in letter.html
    assert ("/status/" if language == "en" else f"/{language}/status/") in letter.text
    assert len(letter.subject) <= 60


def test_office_tells_it_in_its_own_words(meeting, officer):
    EmailText.objects.create(
        kind="registration_meeting_changed", language="en", subject="{reference}", text="New: {changes}\n\n{link}"
    )
    approved(meeting, officer)
    changed(meeting)
    corrections.tell_of_changes()

    assert Message.objects.get().text.startswith("New: When: was")


def test_protected_person_is_told_by_the_alias(meeting, officer):
    registration = approved(meeting, officer, given_names="Qwyzzle", asks_protection=True)
    readers = make_readers()
    protection.grant(registration, readers=readers, by=readers[0])
    Message.objects.all().delete()
    changed(meeting)
    corrections.tell_of_changes()

    letter = Message.objects.get()
    assert letter.to.endswith("@protected.invalid")
    assert "Qwyzzle" not in letter.subject + letter.text + letter.html


@pytest.mark.parametrize("days", [-1, 0])
def test_nothing_is_told_once_the_meeting_was_over(meeting, officer, days):
    approved(meeting, officer)
    meeting.sittings.update(date=timezone.localdate() + timedelta(days=days))
    publishing.publish(meeting, by=None, kind=EditionKind.CORRECTION)

    assert corrections.tell_of_changes() == (0 if days else 1)


def test_old_change_is_no_news(meeting, officer):
    approved(meeting, officer)
    changed(meeting)

    assert corrections.tell_of_changes(at=timezone.now() + timedelta(days=8)) == 0


@pytest.mark.parametrize("people", [1, 3])
def test_telling_takes_as_many_statements_for_one_as_for_three(meeting, officer, people, django_assert_num_queries):
    for _ in range(people):
        approved(meeting, officer)
    changed(meeting)

    with django_assert_num_queries(13):
        corrections.tell_of_changes()
