"""Proposing, approving and refusing in the panel, where a second officer is asked for."""

import pytest
from django.urls import reverse

from advisory.models import Edition, Meeting
from advisory.publishing import publish
from office.models import Proposal
from office.permissions import Role
from tests.builders import make_meeting, make_officer
from tests.filled_form import filled

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _approval(settings):
    settings.APPROVAL = True


@pytest.fixture
def proposer():
    return make_officer("proposer", name="P. Roposer")


@pytest.fixture
def second():
    return make_officer("second", name="S. Econd")


@pytest.fixture
def meeting(proposer, second):
    meeting = make_meeting(room="Hall 1")
    publish(meeting, by=proposer, approved_by=second)
    Meeting.objects.update(room="Hall 2")
    return Meeting.objects.get()


def at(page, meeting):
    return reverse(f"admin:advisory_meeting_{page}", args=[meeting.pk])


def propose(client, meeting, officer, **typed):
    client.force_login(officer)
    page = at("publish", meeting)
    return client.post(page, filled(client.get(page), None) | typed, follow=True)


def decide(client, meeting, officer, button, **typed):
    client.force_login(officer)
    page = at("proposal", meeting)
    return client.post(page, filled(client.get(page), None) | {button: ""} | typed, follow=True)


def messages_on(response):
    return [str(message) for message in response.context["messages"]]


def test_button_proposes_and_publishes_nothing(client, meeting, proposer):
    client.force_login(proposer)
    assert 'class="default" value="Propose for publication"' in client.get(at("publish", meeting)).content.decode()

    response = propose(client, meeting, proposer, kind="correction", words="Another room.")

    assert messages_on(response) == ["Proposed. Nothing is public before another officer has approved it."]
    assert meeting.editions.count() == 1
    content = Proposal.objects.get().content
    assert (content["kind"], content["words"], content["at"]) == ("correction", "Another room.", None)


def test_second_officer_sees_difference_words_and_preview_and_approves(client, meeting, proposer, second):
    propose(client, meeting, proposer, kind="correction", words="Another room.")
    client.force_login(second)

    page = client.get(at("proposal", meeting))
    response = decide(client, meeting, second, "_approve")

    assert page.context["difference"] == [["Where", "Hall 1", "Hall 2"]]
    assert "Another room." in page.content.decode()
    assert "preview/en/page/?kind=correction&amp;words=Another+room." in page.content.decode()
    edition = Edition.objects.first()
    assert (edition.number, edition.kind, edition.by, edition.approved_by) == (2, "correction", proposer, second)
    assert messages_on(response)[0].startswith("Edition 2 is public:")


def test_proposer_is_offered_withdrawal_alone(client, meeting, proposer):
    propose(client, meeting, proposer)

    page = client.get(at("proposal", meeting)).content.decode()
    refused = decide(client, meeting, proposer, "_approve")
    withdrawn = decide(client, meeting, proposer, "_withdraw")

    assert "_approve" not in page
    assert messages_on(refused) == ["You made this proposal: somebody else decides on it."]
    assert messages_on(withdrawn) == ["Withdrawn. Nothing was published."]
    assert (Proposal.objects.get().outcome, meeting.editions.count()) == ("withdrawn", 1)


def test_second_officer_refuses_with_a_reason(client, meeting, proposer, second):
    propose(client, meeting, proposer)

    without = decide(client, meeting, second, "_refuse")
    response = decide(client, meeting, second, "_refuse", reason="The room is Hall 3.")

    assert messages_on(without) == ["Say why, so that your colleague knows what to change."]
    assert messages_on(response) == ["Refused. Nothing was published."]
    proposal = Proposal.objects.get()
    assert (proposal.outcome, proposal.reason, proposal.decided_by) == ("refused", "The room is Hall 3.", second)


def test_stale_proposal_says_so_and_offers_no_approval(client, meeting, proposer, second):
    propose(client, meeting, proposer)
    Meeting.objects.update(room="Hall 3")
    client.force_login(second)

    page = client.get(at("proposal", meeting)).content.decode()
    response = decide(client, meeting, second, "_approve")

    assert "The draft, or what is public, changed after it was proposed" in page
    assert "_approve" not in page
    assert messages_on(response)[0].startswith("The draft, or what is public, changed after it was proposed.")
    assert meeting.editions.count() == 1


def test_another_proposal_than_the_one_read_is_not_approved(client, meeting, proposer, second):
    propose(client, meeting, proposer)

    response = decide(client, meeting, second, "_approve", proposal="0")

    assert messages_on(response) == ["This is another proposal than the one you looked at. Read it first."]
    assert meeting.editions.count() == 1


def test_second_proposal_is_refused_while_one_waits(client, meeting, proposer, second):
    propose(client, meeting, proposer)

    response = propose(client, meeting, second, words="Kept")

    assert messages_on(response)[0].startswith("P. Roposer proposed this on ")
    assert filled(response, None)["words"] == ["Kept"]


def test_page_without_a_proposal_leads_back(client, meeting, second):
    client.force_login(second)

    response = client.get(at("proposal", meeting), follow=True)

    assert response.redirect_chain == [(at("change", meeting), 302)]
    assert messages_on(response) == ["No proposal waits for this meeting."]


def test_first_page_lists_proposals_to_those_who_may_publish_that_meeting(client, meeting, proposer, second):
    other = make_meeting("Another", slug="another", code="ANO1")
    propose(client, meeting, proposer)

    def listed(officer):
        client.force_login(officer)
        return [proposal.meeting for proposal in client.get("/admin/").context["to_do"][0]["proposals"]]

    assert listed(second) == [meeting]
    assert listed(make_officer("elsewhere", meeting=other)) == []
    assert listed(make_officer("reader", roles=[Role.SUPERVISOR])) == []


def test_supervisor_decides_nothing(client, meeting, proposer):
    propose(client, meeting, proposer)
    client.force_login(make_officer("reader", roles=[Role.SUPERVISOR]))

    page = at("proposal", meeting)

    assert [client.get(page).status_code, client.post(page, {"_approve": ""}).status_code] == [403, 403]
    assert meeting.editions.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_first_page_asks_the_same_number_of_questions(client, proposer, second, count, django_assert_num_queries):
    for number in range(count):
        propose(client, make_meeting(slug=f"m-{number}", code=f"PRO{number}"), proposer)
    assert Proposal.objects.count() == count
    client.force_login(second)

    with django_assert_num_queries(9):
        client.get("/admin/")
