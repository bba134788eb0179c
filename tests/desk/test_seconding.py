"""Colleagues learn that a proposal waits: by a letter at once, and each morning among the numbers of the queue."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from accreditation.desk import conflicts, digest, exports, second, seconding
from accreditation.desk.exports import Chosen
from accreditation.jobs import PERIODIC
from accreditation.states import Actor, Status
from office.models import Message, Proposal, User
from office.permissions import Role
from tests.builders import (
    make_category,
    make_desk_policy,
    make_meeting,
    make_officer,
    make_organization,
    make_protected_registration,
    make_readers,
    make_registration,
)

pytestmark = pytest.mark.django_db
CANARY = "Qwyzzle"
PURPOSE = {"purpose": f"Seats for {CANARY}", "recipient": CANARY}
MORNING = datetime(2026, 3, 2, 7, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def maker():
    return make_officer("maker", roles=[Role.LIAISON_OFFICER])


@pytest.fixture
def other():
    return make_officer("other", roles=[Role.MEDIA_REVIEWER])


@pytest.fixture
def category():
    category = make_category(make_meeting(code="DEW"))
    make_desk_policy(category.meeting, seconded=["decline", "revoke", "overturn"], export_alone_at_most=0)
    return category


def propose(category, maker, status=Status.SUBMITTED, action="decline", actor=Actor.DESK, **fields):
    registration = make_registration(status, category=category, **fields)
    words = {"reason": CANARY} if action == "overturn" else {"ground": "danger" if action == "revoke" else "incomplete"}
    return second.propose(registration, action, actor=actor, by=maker, **words)


def made(at):
    Proposal.objects.update(made_at=at)


def receivers():
    return sorted(Message.objects.values_list("to", flat=True))


@pytest.mark.parametrize("what", ["decline", "revoke", "overturn", "export"])
def test_each_kind_of_proposal_is_told_to_the_second_officer_and_not_to_its_maker(category, maker, other, what):
    if what == "export":
        make_registration(Status.SUBMITTED, category=category)
        exports.ask(category.meeting, kind="csv", by=maker, chosen=Chosen(), **PURPOSE)
    else:
        status = {"decline": Status.SUBMITTED, "revoke": Status.APPROVED, "overturn": Status.DECLINED}[what]
        propose(category, maker, status, what, Actor.DESK if what == "decline" else Actor.SUPERVISOR)

    assert seconding.tell() == 1

    letter = Message.objects.get()
    assert (letter.to, letter.kind, letter.is_bulk) == ("other@example.int", "second_asked", False)
    assert letter.subject == "A second officer is asked: DEW"
    assert f"Second officer: 1:\n{settings.SITE_URL}/desk/proposals/\n" in letter.text


def test_letter_names_nobody_and_repeats_no_words(category, maker, other):
    proposed = propose(
        category, maker, given_names=CANARY, family_name=CANARY, organization_name=CANARY,
        email=f"{CANARY.lower()}@example.org",
    )  # fmt: skip
    exports.ask(category.meeting, kind="csv", by=maker, chosen=Chosen(), **PURPOSE)
    seconding.tell()

    letter = Message.objects.get()
    told = f"{letter.subject}{letter.text}{letter.html}{letter.headers}".lower()
    assert (letter.about, CANARY.lower() in told, proposed.registration.reference.lower() in told) == (
        None, False, False,
    )  # fmt: skip


def test_many_at_once_are_one_letter_and_what_comes_within_the_hour_waits_for_it_to_pass(category, maker, other):
    now = timezone.now()
    for _ in range(3):
        propose(category, maker)

    assert [seconding.tell(), seconding.tell()] == [1, 0]
    assert "Second officer: 3:" in Message.objects.get().text

    propose(category, maker)
    assert seconding.tell(at=now + timedelta(minutes=59)) == 0
    assert seconding.tell(at=now + timedelta(minutes=61)) == 1
    assert seconding.tell(at=now + timedelta(minutes=150)) == 0


def test_each_meeting_has_its_own_letter(category, maker, other):
    propose(category, maker)
    propose(make_category(make_meeting(code="SEA")), maker, Status.APPROVED, "revoke", Actor.SUPERVISOR)

    assert seconding.tell() == 2


def test_only_those_who_may_decide_on_it_are_told(category, maker):
    organization = make_organization()
    propose(category, maker, organization=organization)
    make_officer("here", roles=[Role.MEDIA_REVIEWER], meeting=category.meeting)
    make_officer("above", roles=[Role.SUPERVISOR])
    make_officer("elsewhere", roles=[Role.MEDIA_REVIEWER], meeting=make_meeting(code="SEA"))
    make_officer("door", roles=[Role.DOOR])
    make_officer("left", roles=[Role.MEDIA_REVIEWER], is_active=False)
    User.objects.filter(pk=make_officer("unreachable", roles=[Role.MEDIA_REVIEWER]).pk).update(email="")
    friend = make_officer("friend", roles=[Role.MEDIA_REVIEWER])
    conflicts.declare(friend, by=friend, organization=organization)

    assert seconding.tell() == 2
    assert receivers() == ["above@example.int", "here@example.int"]


def test_proposal_about_a_person_at_risk_is_told_to_the_readers_alone(category, maker, other):
    readers = make_readers()
    hidden = make_protected_registration(category=category, readers=readers)
    Message.objects.all().delete()
    second.propose(hidden, "decline", actor=Actor.DESK, by=readers[0], ground="incomplete")

    assert seconding.tell() == 1
    assert receivers() == [readers[1].email]


def test_what_was_decided_or_waits_for_a_day_is_not_written_about(category, maker, other):
    proposed = propose(category, maker)
    made(timezone.now() - timedelta(days=1, minutes=1))
    assert seconding.tell() == 0

    made(timezone.now())
    second.withdraw(proposed, by=maker)
    assert seconding.tell() == 0


def test_morning_letter_counts_what_waits_for_each_officer(category, maker, other):
    propose(category, maker, Status.APPROVED, "revoke", Actor.SUPERVISOR)
    exports.ask(category.meeting, kind="csv", by=maker, chosen=Chosen(), **PURPOSE)

    assert digest.send(at=MORNING) == 1

    letter = Message.objects.get()
    assert letter.to == "other@example.int"
    assert f"Second officer: 2:\n{settings.SITE_URL}/desk/proposals/" in letter.text


def test_page_behind_the_link_lists_both_kinds(client, category, maker, other):
    proposed = propose(category, maker)
    export = exports.ask(category.meeting, kind="csv", by=maker, chosen=Chosen(), **PURPOSE)
    client.force_login(other)

    page = client.get("/desk/proposals/").content.decode()

    assert f'href="/desk/proposals/{proposed.proposal.pk}/"' in page
    assert f'href="/desk/exports/DEW/{export.pk}/"' in page
    client.force_login(maker)
    assert f'href="/desk/exports/DEW/{export.pk}/"' not in client.get("/desk/proposals/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_statements_do_not_grow_with_the_proposals(category, maker, other, number, django_assert_num_queries):
    for _ in range(number):
        propose(category, maker)

    with django_assert_num_queries(14):
        seconding.tell()


def test_worker_asks_for_it_each_minute():
    assert [job.every for job in PERIODIC if job.run is seconding.tell] == [timedelta(minutes=1)]
