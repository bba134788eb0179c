"""A second pair of eyes: never the maker's own, once, and both in the record."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from office import proposals
from office.models import Proposal
from office.proposals import ProposalRefused, approve, propose, refuse, set_aside, withdraw
from tests.builders import make_meeting, make_officer

pytestmark = pytest.mark.django_db

CONTENT = {"kind": "first", "texts": {"en": {"title": "Dialogue"}}}


@pytest.fixture
def meeting():
    return make_meeting()


@pytest.fixture
def maker():
    return make_officer("maker", name="Amina Maker")


@pytest.fixture
def second():
    return make_officer("second", name="Sam Second")


def publication(meeting):
    return {"action": "publish", "subject_model": "advisory.Meeting", "subject_id": meeting.pk}


@pytest.fixture
def proposal(meeting, maker):
    return propose(**publication(meeting), content=CONTENT, by=maker, note="Mind the date", meeting=meeting)


def test_proposal_says_what_who_and_about_which_row(proposal, meeting, maker):
    assert (proposal.subject_model, proposal.subject_id) == ("advisory.Meeting", str(meeting.pk))
    assert (proposal.content, proposal.digest) == (CONTENT, proposals.digest(dict(reversed(CONTENT.items()))))
    assert (proposal.made_by, proposal.note, proposal.outcome) == (maker, "Mind the date", "")
    assert proposals.open_for(**publication(meeting)) == proposal


def test_second_officer_approves(proposal, second, meeting):
    approve(proposal, by=second)

    proposal.refresh_from_db()
    assert (proposal.outcome, proposal.decided_by) == ("approved", second)
    assert proposal.decided_at >= proposal.made_at
    assert proposals.open_for(**publication(meeting)) is None


def test_second_officer_refuses_and_says_why(proposal, second):
    with pytest.raises(ProposalRefused, match="Say why"):
        refuse(proposal, by=second, reason=" ")

    refuse(proposal, by=second, reason="The date is wrong")

    assert (proposal.outcome, proposal.decided_by, proposal.reason) == ("refused", second, "The date is wrong")


def test_nobody_decides_on_their_own_proposal(proposal, maker):
    with pytest.raises(ProposalRefused, match="somebody else decides"):
        approve(proposal, by=maker)
    with pytest.raises(ProposalRefused, match="somebody else decides"):
        refuse(proposal, by=maker, reason="No")

    assert Proposal.objects.get().outcome == ""


def test_maker_alone_withdraws(proposal, maker, second):
    with pytest.raises(ProposalRefused, match="Amina Maker made this proposal"):
        withdraw(proposal, by=second)

    withdraw(proposal, by=maker)

    assert (proposal.outcome, proposal.decided_by) == ("withdrawn", None)


def test_what_is_out_of_date_is_approved_by_nobody(proposal, second):
    set_aside(proposal)

    with pytest.raises(ProposalRefused, match=r"^Out of date on "):
        approve(proposal, by=second)


def test_later_officer_is_told_who_decided(proposal, second):
    same = Proposal.objects.get()
    approve(proposal, by=second)

    with pytest.raises(ProposalRefused, match=r"^Approved by Sam Second on \d"):
        refuse(same, by=make_officer("third"), reason="No")

    assert Proposal.objects.get().outcome == "approved"


def test_same_thing_is_proposed_once_at_a_time(proposal, meeting, maker, second):
    with pytest.raises(ProposalRefused, match="Amina Maker proposed this on"):
        propose(**publication(meeting), content=CONTENT, by=second)
    withdraw(proposal, by=maker)

    propose(**publication(meeting), content=CONTENT, by=second)

    assert sorted(Proposal.objects.values_list("outcome", flat=True)) == ["", "withdrawn"]


@pytest.mark.parametrize(
    "forged",
    [
        {"outcome": "approved"},
        {"outcome": "approved", "decided_at": timezone.now()},
        {"outcome": "", "decided_at": timezone.now()},
        {"outcome": "maybe", "decided_at": timezone.now()},
    ],
)
def test_database_refuses_half_a_decision(proposal, forged):
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(**forged)


def test_database_refuses_the_makers_own_decision(proposal, maker, second):
    decided = {"outcome": "approved", "decided_at": timezone.now()}

    with pytest.raises(IntegrityError, match="proposal_by_two_officers"), transaction.atomic():
        Proposal.objects.update(**decided, decided_by=maker)

    assert Proposal.objects.update(**decided, decided_by=second) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_once_one_decides(proposal):
    officers = [make_officer(f"officer{number}") for number in range(2)]
    together, outcomes = threading.Barrier(2), []

    def decide(officer):
        mine = Proposal.objects.get()
        together.wait()
        try:
            approve(mine, by=officer)
            outcomes.append("approved")
        except ProposalRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[officer]) for officer in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["approved", "refused"]
