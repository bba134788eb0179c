"""What a focal point does: invite, replace, withdraw, remind, order; under the cap, once a person."""

import dataclasses
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from accreditation import delegations, emails, intake, places, workflow, writing
from accreditation.delegations import Invitee, Refused
from accreditation.models import Registration
from accreditation.states import Actor, Part, Status
from advisory import publishing
from office.models.message import Message
from tests.builders import (
    make_category,
    make_delegation,
    make_meeting,
    make_officer,
    make_organization,
    make_registration,
)

pytestmark = pytest.mark.django_db

ADA = Invitee("Ada", "EXAMPLE", "Ada@Example.org")
BEN = Invitee("Ben", "SAMPLE", "ben@example.org")
CLEO = Invitee("Cleo", "SPECIMEN", "cleo@example.org")
HOUR = timedelta(hours=1)


def letters():
    return list(Message.objects.order_by("queued_at", "pk").values_list("kind", "to"))


def member(delegation, status=Status.DRAFT, **fields):
    return make_registration(
        status, category=delegation.category, delegation=delegation, organization=delegation.organization, **fields
    )


def sent(registration):
    return workflow.apply(intake.prove(registration), "submit", actor=Actor.APPLICANT)


def test_invited_person_gets_a_draft_and_a_letter_with_their_own_link():
    delegation = make_delegation(make_category())

    [registration] = delegations.invite(delegation, [ADA], language="fr")

    assert (registration.status, registration.email, registration.organization, registration.language) == (
        Status.DRAFT, "ada@example.org", delegation.organization, "fr",
    )  # fmt: skip
    assert letters() == [("registration_invited", "ada@example.org")]
    assert emails.url(registration, writing.RESUME) in Message.objects.get().text
    assert "EXAMPLE" not in Message.objects.get().text.replace("example.int", "")


def test_person_whom_the_lead_invited_is_not_asked_to_be_endorsed():
    delegation = make_delegation(make_category(needs_endorsement=True))

    [registration] = delegations.invite(delegation, [ADA], language="en")

    assert sent(registration).status == Status.SUBMITTED


def test_invited_person_cannot_choose_another_organization():
    delegation, other = make_delegation(make_category()), make_organization("Another Example")
    [registration] = delegations.invite(delegation, [ADA], language="en")

    intake.save_answers(registration, "standing", {"organization": other, "organization_name": "Another Example"})

    registration.refresh_from_db()
    assert registration.organization == delegation.organization
    assert registration.organization_name == delegation.organization.name


def test_same_name_is_refused_and_nobody_of_the_list_is_invited():
    delegation = make_delegation(make_category())
    delegations.invite(delegation, [ADA], language="en")

    with pytest.raises(Refused) as refused:
        delegations.invite(delegation, [BEN, Invitee("example", "ada", "ADA@example.org", line=2)], language="en")

    assert refused.value.sentences == ["Line 2: example ada is in your delegation already."]
    assert Registration.objects.count() == 1


def test_person_who_was_withdrawn_may_be_invited_again():
    delegation = make_delegation(make_category())
    [registration] = delegations.invite(delegation, [ADA], language="en")
    delegations.withdraw(sent(registration))

    [again] = delegations.invite(delegation, [ADA], language="en")

    assert (again.status, again.pk != registration.pk) == (Status.DRAFT, True)


def test_same_person_in_two_delegations_is_no_double():
    category = make_category()
    here, there = make_delegation(category), make_delegation(category)
    delegations.invite(here, [ADA], language="en")

    assert len(delegations.invite(there, [ADA], language="en")) == 1


def test_invitations_end_where_the_places_do():
    delegation = make_delegation(make_category(cap_per_organization=2))
    delegations.invite(delegation, [ADA], language="en")

    with pytest.raises(Refused, match="Your organization has 1 place left. Invite one person"):
        delegations.invite(delegation, [BEN, CLEO], language="en")
    delegations.invite(delegation, [BEN], language="en")
    with pytest.raises(Refused, match="All places of your organization are used or promised"):
        delegations.invite(delegation, [CLEO], language="en")


def test_place_of_somebody_who_applied_alone_counts():
    delegation = make_delegation(make_category(cap_per_organization=1))
    make_registration(Status.SUBMITTED, category=delegation.category, organization=delegation.organization)

    with pytest.raises(Refused, match="All places"):
        delegations.invite(delegation, [ADA], language="en")


def test_interpreter_comes_on_top_of_the_cap():
    delegation = make_delegation(make_category(cap_per_organization=1, outside_cap=["interpreter"]))
    delegations.invite(delegation, [ADA], language="en")

    [registration] = delegations.invite(
        delegation, [Invitee("Ivo", "EXAMPLE", "ivo@example.org", Part.INTERPRETER)], language="en"
    )

    assert (sent(registration).holds_place, delegations.places_left(delegation)) == (False, 0)


def test_nobody_is_invited_once_applications_have_closed():
    delegation = make_delegation(make_category(closes_at=timezone.now() - HOUR))

    with pytest.raises(Refused, match="Applications closed on"):
        delegations.invite(delegation, [ADA], language="en")


def test_organization_that_may_send_nobody_invites_nobody():
    delegation = make_delegation(make_category(), make_organization(is_active=False))

    with pytest.raises(Refused, match="may not send people at present"):
        delegations.invite(delegation, [ADA], language="en")


def test_replacing_withdraws_one_and_keeps_seat_and_place_for_the_other():
    delegation = make_delegation(make_category(cap_per_organization=1, capacity=1))
    [registration] = delegations.invite(delegation, [ADA], language="en")
    approved = workflow.apply(sent(registration), "approve", actor=Actor.DESK, by=make_officer())

    entered = delegations.replace(approved, BEN, language="en")

    approved.refresh_from_db()
    assert (approved.status, approved.holds_seat, approved.holds_place) == (Status.WITHDRAWN, False, False)
    assert approved.badges.get().state == "void"
    assert (entered.status, entered.holds_seat, entered.holds_place) == (Status.DRAFT, True, True)
    assert (entered.replaces, entered.email) == (approved, "ben@example.org")
    assert places.differences(delegation.meeting) == []


def test_seat_of_a_replacement_is_kept_from_sending_to_approval():
    delegation = make_delegation(make_category(cap_per_organization=1, capacity=1))
    approved = member(delegation, Status.APPROVED)
    entered = delegations.replace(approved, BEN, language="en")

    submitted = sent(entered)
    other = make_registration(Status.SUBMITTED, category=delegation.category)
    with pytest.raises(workflow.TransitionRefused, match="All seats of this category are taken"):
        workflow.apply(other, "approve", actor=Actor.DESK, by=make_officer())
    admitted = workflow.apply(submitted, "approve", actor=Actor.DESK, by=make_officer("second"))

    assert (submitted.holds_seat, admitted.status) == (True, Status.APPROVED)
    assert places.differences(delegation.meeting) == []


def test_declined_replacement_gives_the_seat_back():
    delegation = make_delegation(make_category(cap_per_organization=1, capacity=1))
    submitted = sent(delegations.replace(member(delegation, Status.APPROVED), BEN, language="en"))

    workflow.apply(submitted, "decline", actor=Actor.DESK, by=make_officer(), ground="identity")

    delegation.category.refresh_from_db()
    assert (delegation.category.taken, places.differences(delegation.meeting)) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_nobody_takes_the_last_seat_while_a_person_is_replaced():
    delegation = make_delegation(make_category(cap_per_organization=1, capacity=1))
    approved = member(delegation, Status.APPROVED)
    waiting = [make_registration(Status.SUBMITTED, category=delegation.category) for _ in range(4)]
    officer, start, seated = make_officer(), Barrier(len(waiting) + 1), []

    def approve(registration):
        start.wait()
        try:
            workflow.apply(registration, "approve", actor=Actor.DESK, by=officer)
            seated.append(registration)
        except workflow.TransitionRefused:
            pass
        finally:
            connection.close()

    threads = [Thread(target=approve, args=[registration]) for registration in waiting]
    for thread in threads:
        thread.start()
    start.wait()
    entered = delegations.replace(approved, BEN, language="en")
    for thread in threads:
        thread.join()

    assert (entered.holds_seat, seated) == (True, [])
    assert places.differences(delegation.meeting) == []


def test_replacing_after_its_last_moment_is_refused_in_words_and_changes_nothing():
    category = make_category(replace_until=timezone.now() - HOUR)
    submitted = member(make_delegation(category), Status.SUBMITTED)

    with pytest.raises(Refused, match="Persons could be replaced until"):
        delegations.replace(submitted, BEN, language="en")

    submitted.refresh_from_db()
    assert (submitted.status, Registration.objects.count(), letters()) == (Status.SUBMITTED, 1, [])


def test_replacement_may_still_be_sent_after_applications_have_closed():
    category = make_category(closes_at=timezone.now() - HOUR, replace_until=timezone.now() + HOUR)
    delegation = make_delegation(category)

    entered = delegations.replace(member(delegation, Status.SUBMITTED), BEN, language="en")

    assert sent(entered).status == Status.SUBMITTED


def test_unsent_invitation_is_no_way_past_the_closing():
    category = make_category(closes_at=timezone.now() - HOUR, replace_until=timezone.now() + HOUR)
    draft = member(make_delegation(category))

    with pytest.raises(Refused, match="Applications closed on"):
        delegations.replace(draft, BEN, language="en")

    assert Registration.objects.get() == draft


def test_two_people_of_one_name_come_once_it_is_said_that_they_are_two():
    delegation = make_delegation(make_category())
    delegations.invite(delegation, [ADA], language="en")
    other = Invitee("Ada", "EXAMPLE", "other@example.org")

    with pytest.raises(delegations.Namesake) as alone:
        delegations.invite(delegation, [other], language="en")
    with pytest.raises(delegations.Namesake) as in_a_list:
        delegations.invite(delegation, [dataclasses.replace(other, line=3)], language="en")
    [entered] = delegations.invite(delegation, [dataclasses.replace(other, is_namesake=True)], language="en")
    for registration in delegations.people(delegation):
        workflow.apply(registration, "submit", actor=Actor.FOCAL_POINT)
    with pytest.raises(Refused, match="Ada EXAMPLE is in your delegation already.$"):
        delegations.invite(delegation, [dataclasses.replace(other, is_namesake=True)], language="en")

    said = "Ada EXAMPLE is in your delegation already. "
    assert alone.value.sentences == [f"{said}If this is another person of that name, say so below."]
    assert in_a_list.value.sentences == [f"Line 3: {said}Another person of that name is invited alone, not by a list."]
    coming = list(delegations.people(delegation).values_list("name_key", "email", "status"))
    assert coming == [("ada example", email, Status.SUBMITTED) for email in ("ada@example.org", "other@example.org")]
    assert entered.email == "other@example.org"


def test_refused_replacement_leaves_the_first_person_as_it_was():
    delegation = make_delegation(make_category())
    submitted = member(delegation, Status.SUBMITTED)
    delegations.invite(delegation, [BEN], language="en")

    with pytest.raises(Refused, match="Ben SAMPLE is in your delegation already"):
        delegations.replace(submitted, BEN, language="en")

    submitted.refresh_from_db()
    assert submitted.status == Status.SUBMITTED


def test_replacing_over_a_cap_that_was_lowered_is_refused_in_words():
    category = make_category(cap_per_organization=2)
    delegation = make_delegation(category)
    first, _second = member(delegation, Status.SUBMITTED), member(delegation, Status.SUBMITTED)
    category.cap_per_organization = 1
    category.save()

    with pytest.raises(Refused, match="used all its places"):
        delegations.replace(first, BEN, language="en")

    first.refresh_from_db()
    assert (first.status, places.differences(delegation.meeting)) == (Status.SUBMITTED, [])


def test_person_who_was_declined_is_not_replaced():
    submitted = member(make_delegation(make_category()), Status.SUBMITTED)
    declined = workflow.apply(submitted, "decline", actor=Actor.DESK, by=make_officer(), ground="identity")

    with pytest.raises(Refused, match="Declined"):
        delegations.replace(declined, BEN, language="en")


def test_withdrawn_person_is_told_and_frees_the_place():
    delegation = make_delegation(make_category(cap_per_organization=1))
    submitted = member(delegation, Status.SUBMITTED, email="ada@example.org")

    delegations.withdraw(submitted)

    submitted.refresh_from_db()
    assert (submitted.status, submitted.decisions.get().actor) == (Status.WITHDRAWN, Actor.FOCAL_POINT)
    assert (letters(), delegations.places_left(delegation)) == ([("registration_withdrawn", "ada@example.org")], 1)


def test_seat_that_was_offered_goes_on_to_the_next_when_the_person_is_withdrawn():
    category = make_category(capacity=1)
    offered = member(make_delegation(category), Status.OFFERED)
    waiting = make_registration(Status.WAITLISTED, category=category)

    delegations.withdraw(offered)

    waiting.refresh_from_db()
    assert (waiting.status, places.differences(category.meeting)) == (Status.OFFERED, [])


def test_invitation_that_is_taken_back_is_deleted_and_the_person_told():
    delegation = make_delegation(make_category(), make_organization())
    publishing.publish(delegation.meeting, by=None)
    delegation.meeting.refresh_from_db()
    draft = member(delegation, email="ada@example.org")

    delegations.withdraw(draft)

    assert list(Registration.objects.all()) == []
    assert letters() == [("registration_uninvited", "ada@example.org")]


def test_taken_back_replacement_gives_seat_and_place_back():
    delegation = make_delegation(make_category(cap_per_organization=1, capacity=1))
    publishing.publish(delegation.meeting, by=None)
    entered = delegations.replace(member(delegation, Status.APPROVED), BEN, language="en")

    delegations.withdraw(Registration.objects.get(pk=entered.pk))

    assert (places.differences(delegation.meeting), delegations.places_left(delegation)) == ([], 1)


def test_reminder_goes_once_a_day_to_those_who_have_not_sent():
    delegation = make_delegation(make_category())
    ada, ben = delegations.invite(delegation, [ADA, BEN], language="en")
    sent(ben)
    tomorrow = timezone.now() + timedelta(days=1)

    today = delegations.remind(delegation)
    first = delegations.remind(delegation, at=tomorrow)
    second = delegations.remind(delegation, [ada], at=tomorrow)

    assert (today, first, second) == (0, 1, 0)
    assert letters().count(("registration_invited", "ada@example.org")) == 2


def test_draft_whose_days_are_over_is_neither_shown_nor_in_the_way():
    delegation = make_delegation(make_category(cap_per_organization=1, draft_days=3))
    member(delegation, given_names="Ada", family_name="EXAMPLE", saved_at=timezone.now() - timedelta(days=3))

    [invited] = delegations.invite(delegation, [ADA], language="en")

    assert list(delegations.people(delegation)) == [invited]


def test_people_change_places_with_their_neighbours_alone():
    delegation = make_delegation(make_category())
    first, second, third = delegations.invite(delegation, [ADA, BEN, CLEO], language="en")

    def order():
        return [row.pk for row in delegations.people(delegation)]

    delegations.move(third, up=True)
    assert order() == [first.pk, third.pk, second.pk]
    delegations.move(first, up=False)
    assert order() == [third.pk, first.pk, second.pk]
    delegations.move(third, up=True)
    delegations.move(second, up=False)
    assert order() == [third.pk, first.pk, second.pk]


def test_replacement_stands_where_the_other_stood():
    delegation = make_delegation(make_category())
    first, second = delegations.invite(delegation, [ADA, BEN], language="en")
    sent(first)

    delegations.replace(Registration.objects.get(pk=first.pk), CLEO, language="en")

    coming = delegations.people(delegation).exclude(status=Status.WITHDRAWN)
    assert [row.family_name for row in coming] == ["SPECIMEN", "SAMPLE"]


def test_officer_opens_a_delegation_whose_lead_gets_the_link():
    category, organization = make_category(make_meeting()), make_organization()
    publishing.publish(category.meeting, by=None)

    delegation = delegations.open(category, organization, "Eddie Example", "Editor@Example.org", "en")

    assert (delegation.lead_email, delegation.link_version) == ("editor@example.org", 1)
    assert letters() == [("registration_delegation", "editor@example.org")]


def test_another_lead_ends_the_links_of_the_one_before():
    category, organization = make_category(make_meeting()), make_organization()
    publishing.publish(category.meeting, by=None)
    delegations.open(category, organization, "Eddie Example", "editor@example.org", "en")

    again = delegations.open(category, organization, "Edwina Example", "edwina@example.org", "fr")

    assert (again.lead_name, again.link_version) == ("Edwina Example", 2)


def test_delegation_to_a_meeting_that_is_not_announced_is_not_opened():
    with pytest.raises(Refused, match="not announced yet"):
        delegations.open(make_category(), make_organization(), "Eddie Example", "editor@example.org", "en")

    assert letters() == []
