"""Granting and refusing protection at the desk."""

import pytest
from django.urls import reverse

from accreditation import protection
from accreditation.models import Decision, Registration
from accreditation.states import Status
from office.permissions import Role
from tests.builders import make_meeting, make_officer, make_protected_registration, make_readers, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking():
    return make_registration(Status.SUBMITTED, asks_protection=True)


@pytest.fixture
def readers():
    return make_readers()


@pytest.fixture
def desk(client, readers):
    client.force_login(readers[0])
    return client


def address_of(registration):
    return reverse("desk:protection", args=[registration.reference])


def test_protection_is_granted_with_two_readers(desk, asking, readers):
    answer = desk.post(address_of(asking), {"act": "grant", "readers": [row.pk for row in readers]})

    kept = Registration.objects.get()
    assert answer["Location"] == reverse("desk:registration", args=[asking.reference])
    assert (kept.is_protected, set(kept.protected_readers.all())) == (True, set(readers))


@pytest.mark.parametrize("number", [0, 1, 3])
def test_readers_are_two(desk, asking, readers, number):
    named = [*readers, make_officer("third", roles=(Role.LIAISON_OFFICER,))][:number]

    answer = desk.post(address_of(asking), {"act": "grant", "readers": [row.pk for row in named]})

    assert answer.status_code == 422
    assert "Name two different officers who may read who it is." in answer.content.decode()
    assert not Registration.objects.get().is_protected


def test_only_officers_of_the_meeting_may_be_named(desk, asking, readers):
    elsewhere = make_officer("elsewhere", roles=(Role.LIAISON_OFFICER,), meeting=make_meeting("Another"))
    ended = make_officer("ended", roles=(Role.LIAISON_OFFICER,), ends_on="2016-01-01")
    gone = make_officer("gone", roles=(Role.LIAISON_OFFICER,), is_active=False)
    page = desk.get(address_of(asking)).content.decode()

    assert [f'value="{row.pk}"' in page for row in [*readers, elsewhere, ended, gone]] == [True] * 2 + [False] * 3
    answer = desk.post(address_of(asking), {"act": "grant", "readers": [readers[0].pk, elsewhere.pk]})
    assert (answer.status_code, Registration.objects.get().is_protected) == (422, False)


def test_refusal_says_why_and_the_alias_stays(desk, asking):
    desk.post(address_of(asking), {"act": "refuse", "reason": "You are published as the speaker."})

    kept = Registration.objects.get()
    word, decision = protection.standing(kept)
    assert (word, decision.reason.words, kept.is_hidden) == ("refused", "You are published as the speaker.", True)


def test_refusal_without_a_reason_is_told(desk, asking):
    answer = desk.post(address_of(asking), {"act": "refuse", "reason": " "})

    assert (answer.status_code, Decision.objects.count()) == (422, 0)


def test_other_readers_are_named_when_one_leaves(desk, readers):
    hidden = make_protected_registration(readers=readers)
    third = make_officer("third", roles=(Role.LIAISON_OFFICER,))

    desk.post(address_of(hidden), {"act": "appoint", "readers": [readers[1].pk, third.pk]})

    assert set(Registration.objects.get().protected_readers.all()) == {readers[1], third}


def test_what_happened_meanwhile_is_told(desk, asking, readers):
    protection.grant(asking, readers=readers, by=readers[1])

    answer = desk.post(address_of(asking), {"act": "grant", "readers": [row.pk for row in readers]})

    assert (answer.status_code, "This person is protected already." in answer.content.decode()) == (409, True)


@pytest.mark.parametrize("act", ["", "unprotect"])
def test_words_that_are_no_act_are_not_found(desk, asking, act):
    assert desk.post(address_of(asking), {"act": act}).status_code == 404


@pytest.mark.parametrize("role", [Role.SECURITY_LIAISON, Role.PRESS_OFFICER, Role.ACCESS_FOCAL_POINT])
def test_page_is_for_those_who_protect(client, asking, role):
    client.force_login(make_officer("other", roles=(role,)))

    assert client.get(address_of(asking)).status_code == 404
