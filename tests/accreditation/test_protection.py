"""People at risk: protection asked for, granted, refused, lifted, and who then knows the name."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accreditation import after_sending, aliases, emails, intake, profiles, protection, verification, workflow
from accreditation.models import Opening, Profile, Registration
from accreditation.states import Actor, Status
from accreditation.workflow import TransitionRefused
from advisory.models import Meeting
from office import chain, outbox
from office.delivery import deliver
from office.models import Message
from office.permissions import Role
from tests.builders import (
    make_category,
    make_meeting,
    make_officer,
    make_protected_registration,
    make_readers,
    make_registration,
)

pytestmark = pytest.mark.django_db

PERSON = {
    "given_names": "Grace", "family_name": "Sample", "badge_name": "G. Sample", "email": "grace@example.org",
    "phone": "+12125550142", "organization_name": "Daily Example", "answers": {"job_title": "Editor"},
    "speaking": {"speaking_topic": "Early warning"},
}  # fmt: skip


def make_asking(status=Status.SUBMITTED, **fields):
    return make_registration(status, **PERSON | {"asks_protection": True} | fields)


def columns_of(registration):
    registration.refresh_from_db()
    return {name: getattr(registration, name) for name in PERSON}


def verdict(registration):
    return chain.verdict(list(verification.rows(Meeting.objects.get(pk=registration.meeting_id))))[0]


# Asked


def test_from_the_moment_it_is_asked_lists_show_the_alias():
    registration = make_asking(reference="DEW01-4F7K2D")

    assert registration.listed_as == "Participant 4F7K2"
    assert str(registration) == "DEW01-4F7K2D"
    assert list(Registration.objects.nameable()) == []


def test_others_stand_on_lists_by_their_name():
    registration = make_asking(asks_protection=False)

    assert registration.listed_as == "Grace Sample"
    assert list(Registration.objects.nameable()) == [registration]


def test_while_it_is_only_asked_those_who_may_grant_it_know_the_name_and_nobody_else():
    registration = make_asking()
    may = make_officer("may", roles=[Role.SUPERVISOR])
    others = [
        make_officer("press"), make_officer("none", roles=[]),
        make_officer("elsewhere", roles=[Role.SUPERVISOR], meeting=make_meeting()),
    ]  # fmt: skip

    assert protection.names_for(registration, may) == PERSON
    assert [protection.names_for(registration, officer) for officer in others] == [None, None, None]
    assert [(opening.by, opening.registration) for opening in Opening.objects.all()] == [(may, registration)]


def test_reading_somebody_who_asked_for_nothing_leaves_no_row():
    registration = make_asking(asks_protection=False)

    assert protection.names_for(registration, make_officer()) == PERSON
    assert not Opening.objects.exists()


# Granted


def test_granting_moves_the_person_out_of_every_clear_column():
    registration = make_asking(reference="DEW01-4F7K2D")
    readers = make_readers()

    protection.grant(registration, readers=readers, by=readers[0])

    assert columns_of(registration) == {
        "given_names": "", "family_name": "Participant 4F7K2", "badge_name": "Participant 4F7K2",
        "email": "dew01-4f7k2d@protected.invalid", "phone": "", "organization_name": "", "answers": {}, "speaking": {},
    }  # fmt: skip
    assert registration.is_protected
    assert len(registration.name_key) == 64
    assert registration.person == PERSON
    assert set(registration.protected_readers.all()) == set(readers)


def test_granting_is_an_act_in_the_book_and_changes_no_status():
    registration = make_asking()
    readers = make_readers()

    protection.grant(registration, readers=readers, by=readers[0])

    decision = registration.decisions.get()
    assert (decision.action, decision.before, decision.after) == ("protect", "submitted", "submitted")
    assert (decision.by, decision.actor) == (readers[0], Actor.DESK)
    assert verdict(registration) == "intact"


def test_only_the_two_readers_learn_the_name_and_each_time_is_written_down():
    readers = make_readers()
    registration = make_protected_registration(readers=readers, **PERSON)
    third = make_officer("third", roles=[Role.LIAISON_OFFICER, Role.SUPERVISOR])

    read = [protection.names_for(registration, officer) for officer in (*readers, readers[0], third)]

    assert read == [PERSON, PERSON, PERSON, None]
    openings = Opening.objects.order_by("pk").values_list("by", flat=True)
    assert list(openings) == [readers[0].pk, readers[1].pk, readers[0].pk]


def test_reader_whose_grant_has_ended_learns_nothing():
    readers = make_readers()
    registration = make_protected_registration(readers=readers, **PERSON)
    readers[0].grants.update(ends_on=timezone.localdate() - timedelta(days=1))
    reader = type(readers[0]).objects.get(pk=readers[0].pk)

    assert protection.names_for(registration, reader) is None


@pytest.mark.parametrize("who", ["one", "twice the same", "three", "one without the right", "one of elsewhere"])
def test_readers_are_two_different_officers_of_the_meeting(who):
    registration = make_asking()
    first, second = make_readers()
    readers = {
        "one": [first],
        "twice the same": [first, first],
        "three": [first, second, make_officer("c", roles=[Role.SUPERVISOR])],
        "one without the right": [first, make_officer("press")],
        "one of elsewhere": [first, make_officer("far", roles=[Role.SUPERVISOR], meeting=make_meeting())],
    }[who]

    with pytest.raises(TransitionRefused):
        protection.grant(registration, readers=readers, by=first)

    assert columns_of(registration) == PERSON
    assert not registration.is_protected


def test_officer_without_the_right_grants_nothing():
    registration = make_asking()

    with pytest.raises(TransitionRefused) as refused:
        protection.grant(registration, readers=make_readers(), by=make_officer())

    assert str(refused.value) == "Protection is for officers who review this meeting’s applications."


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED])
def test_what_is_not_sent_or_protected_already_is_refused(status):
    registration = make_asking(status)
    readers = make_readers()
    if status != Status.DRAFT:
        protection.grant(registration, readers=readers, by=readers[0])

    with pytest.raises(TransitionRefused):
        protection.grant(registration, readers=readers, by=readers[0])

    assert registration.decisions.count() == (0 if status == Status.DRAFT else 1)


def test_readers_are_named_anew_when_one_leaves():
    registration = make_protected_registration(**PERSON)
    anew = make_readers()

    protection.appoint(registration, readers=anew, by=anew[0])

    assert set(registration.protected_readers.all()) == set(anew)
    assert protection.names_for(registration, anew[1]) == PERSON
    assert registration.decisions.order_by("-sequence").first().action == "appoint_readers"


def test_name_in_a_clear_column_of_a_protected_person_is_refused_by_the_database():
    registration = make_protected_registration(**PERSON)

    for column in ("given_names", "phone", "organization_name"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Registration.objects.filter(pk=registration.pk).update(**{column: "Grace"})


def test_profile_is_forgotten_when_protection_is_granted():
    registration = make_asking(asks_protection=False, remembers=True)
    profiles.remember(registration)
    readers = make_readers()

    granted = protection.grant(registration, readers=readers, by=readers[0])

    assert Profile.objects.count() == 0
    assert (granted.remembers, granted.asks_protection) == (False, True)


def test_address_still_leads_to_its_application():
    registration = make_protected_registration(**PERSON)

    intake.begin(registration.category, email="GRACE@example.org", language="en")

    assert Registration.objects.get() == registration
    assert Message.objects.latest("queued_at").kind == "registration_known"


# What others do with the registration meanwhile


def test_decision_goes_on_as_for_anybody():
    registration = make_protected_registration(**PERSON)
    officer = make_officer()

    approved = workflow.apply(registration, "approve", actor=Actor.DESK, by=officer)

    assert (approved.status, approved.is_protected, approved.person) == (Status.APPROVED, True, PERSON)
    assert approved.badges.get().number == 1
    assert verdict(registration) == "intact"


def test_grant_during_a_held_decision_neither_shows_nor_blocks_it():
    category = make_category(hold_seconds=30)
    officer, readers = make_officer(), make_readers()
    registration = make_asking(category=category)
    workflow.apply(registration, "decline", actor=Actor.DESK, by=officer, ground="no_place")

    granted = protection.grant(registration, readers=readers, by=readers[0])

    assert workflow.shown_status(granted) == Status.SUBMITTED
    undone = workflow.apply(granted, "undo", actor=Actor.DESK, by=officer)
    assert undone.status == Status.SUBMITTED
    assert verdict(registration) == "intact"


def test_officer_who_saw_the_page_before_the_grant_is_not_told_of_a_newer_decision():
    registration = make_asking(Status.DRAFT)
    sent = workflow.apply(registration, "submit", actor=Actor.APPLICANT)
    seen = sent.decisions.get().sequence
    readers = make_readers()
    protection.grant(sent, readers=readers, by=readers[0])

    approved = workflow.apply(sent, "approve", actor=Actor.DESK, by=readers[0], seen=seen)

    assert approved.status == Status.APPROVED


def test_what_the_applicant_writes_later_is_sealed_and_read_back():
    registration = make_protected_registration(**PERSON)

    after_sending.amend(registration, {"phone": "+12125550199", "job_title": "Director", "asks_protection": False})

    registration.refresh_from_db()
    assert (registration.phone, registration.answers, registration.asks_protection) == ("", {}, True)
    assert intake.kept(registration, "phone") == "+12125550199"
    assert intake.kept(registration, "job_title") == "Director"
    assert len(registration.name_key) == 64


# The badge


def test_badge_shows_the_alias_until_the_person_chooses_the_name():
    registration = make_protected_registration(reference="DEW01-4F7K2D", **PERSON)
    first = protection.badge_name(registration)

    registration = protection.show_on_badge(registration, protection.NAME)

    assert (first, protection.badge_name(registration)) == ("Participant 4F7K2", "G. Sample")
    assert protection.names_for(registration, registration.protected_readers.first()) == PERSON


def test_badge_of_others_shows_their_name():
    assert protection.badge_name(make_asking(asks_protection=False, badge_name="")) == "Grace Sample"
    assert protection.badge_name(make_asking(asks_protection=False, email="b@example.org")) == "G. Sample"


# Refused


def test_refusal_is_told_and_the_alias_stays_until_the_person_has_chosen():
    registration = make_asking()
    officer = make_readers()[0]

    protection.decline(registration, reason="The programme is public.", by=officer)

    registration.refresh_from_db()
    assert registration.is_hidden
    word, decision = protection.standing(registration)
    assert (word, decision.reason.words) == ("refused", "The programme is public.")
    assert verdict(registration) == "intact"


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_refusal_needs_its_reason(reason):
    registration = make_asking()

    with pytest.raises(TransitionRefused):
        protection.decline(registration, reason=reason, by=make_readers()[0])

    assert protection.standing(registration) == ("asked", None)


@pytest.mark.parametrize("act", ["grant", "decline"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_letter_says_nothing_of_protection_and_names_nobody(act, language):
    registration = make_asking(language=language)
    readers = make_readers()

    if act == "grant":
        protection.grant(registration, readers=readers, by=readers[0])
    else:
        protection.decline(registration, reason="The programme is public.", by=readers[0])

    letter = Message.objects.get()
    assert letter.kind == "registration_answered"
    told = f"{letter.subject} {letter.text} {letter.html}".casefold()
    words = ["protect", "alias", "risk", "grace", "sample", "public", "participant"]
    assert [word for word in words if word in told] == []


# Lifted


def test_lifting_gives_every_column_back():
    registration = make_protected_registration(**PERSON)

    protection.lift(registration)

    assert columns_of(registration) == PERSON
    assert (registration.is_hidden, registration.person, registration.name_key) == (False, {}, "grace sample")
    assert not registration.protected_readers.exists()
    assert [row.action for row in registration.decisions.order_by("sequence")] == ["protect", "unprotect"]
    assert verdict(registration) == "intact"


def test_letter_that_waits_reaches_the_person_after_the_lift(settings):
    registration = make_protected_registration(**PERSON)
    assert Message.objects.get().to == aliases.address(registration)

    protection.lift(registration)

    assert Message.objects.get().to == "grace@example.org"


def test_lifting_what_was_never_asked_records_nothing():
    registration = make_asking(asks_protection=False)

    protection.lift(registration)

    assert not registration.decisions.exists()


# Letters


def test_letters_go_to_the_person_while_the_outbox_knows_the_alias_alone(mailoutbox):
    registration = make_protected_registration(**PERSON)
    waiting = Message.objects.get()

    deliver()

    assert waiting.to == aliases.address(registration)
    assert [mail.to for mail in mailoutbox] == [["grace@example.org"]]
    waiting.refresh_from_db()
    assert (waiting.state, waiting.to, waiting.subject, waiting.text) == ("sent", "", "", "")


def test_letters_from_before_are_forgotten_or_go_on_under_the_alias(mailoutbox):
    registration = make_asking()
    sent = emails.queue("received", registration)
    deliver()
    waiting = emails.queue("endorsed", registration)
    alert = outbox.queue(to="grace@example.org", subject="Advisory", text="What", kind="alert")
    readers = make_readers()

    protection.grant(registration, readers=readers, by=readers[0])

    sent.refresh_from_db()
    waiting.refresh_from_db()
    alert.refresh_from_db()
    assert (sent.to, sent.text) == ("", "")
    assert (waiting.to, alert.to) == (aliases.address(registration), "grace@example.org")
    deliver()
    assert [mail.to for mail in mailoutbox] == [["grace@example.org"]] * 4


def test_alias_of_nobody_leads_nowhere():
    make_protected_registration(**PERSON)

    assert aliases.address_behind("dew01-00000x@protected.invalid") is None
    assert aliases.address_behind("grace@example.org") is None
