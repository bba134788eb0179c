"""A second officer for every publication, told without the panel."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from advisory import approval, languages, translating, verification
from advisory.approval import ProposalRefused
from advisory.models import Edition, Meeting
from advisory.publishing import PublishRefused, publish, publish_translation
from office import chain
from office.models import Proposal
from tests.builders import make_meeting, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _approval(settings):
    settings.APPROVAL = True


@pytest.fixture
def meeting():
    return make_meeting(room="Hall 1")


@pytest.fixture
def proposer():
    return make_officer("proposer", name="P. Roposer")


@pytest.fixture
def second():
    return make_officer("second", name="S. Econd")


def test_proposal_publishes_nothing(meeting, proposer):
    proposal = approval.propose(meeting, by=proposer)

    assert approval.open_proposal(meeting) == proposal
    assert not Edition.objects.exists()


def test_approval_publishes_in_the_proposers_name(meeting, proposer, second):
    instant = timezone.now() + timedelta(days=1)
    publish(meeting, by=proposer, approved_by=second)
    Meeting.objects.update(room="Hall 2")
    proposal = approval.propose(meeting, by=proposer, kind="correction", words="Another room.", at=instant)

    edition = approval.approve(proposal, by=second)

    assert (edition.kind, edition.by, edition.approved_by) == ("correction", proposer, second)
    assert (edition.visible_from, edition.texts["en"]["notices.2.words"]) == (instant, "Another room.")
    proposal.refresh_from_db()
    assert (proposal.outcome, proposal.decided_by) == ("approved", second)
    assert approval.open_proposal(meeting) is None


def test_proposer_cannot_approve(meeting, proposer):
    proposal = approval.propose(meeting, by=proposer)

    with pytest.raises(ProposalRefused, match="somebody else decides"):
        approval.approve(proposal, by=proposer)

    assert not Edition.objects.exists()
    assert approval.open_proposal(meeting) == proposal


def change_word(meeting):
    Meeting.objects.update(theme="Another")


def change_part(meeting):
    meeting.contacts.update(phones=["+12125550143"])


def change_translation(meeting):
    languages.write(meeting, "fr", "title", "Dialogue", source=meeting.title, by=None)


def change_embargo(meeting):
    Meeting.objects.update(embargo_until=timezone.now() + timedelta(days=1))
    meeting.refresh_from_db()


@pytest.mark.parametrize("change", [change_word, change_part, change_translation, change_embargo])
def test_draft_changed_since_makes_the_proposal_stale(meeting, proposer, second, change):
    proposal = approval.propose(meeting, by=proposer)
    assert not approval.is_stale(proposal, meeting)

    change(meeting)

    with pytest.raises(ProposalRefused, match="changed after it was proposed"):
        approval.approve(proposal, by=second)
    assert not Edition.objects.exists()
    proposal.refresh_from_db()
    assert proposal.outcome == ""


def test_language_reviewed_since_makes_the_proposal_stale(meeting, proposer, second):
    change_translation(meeting)
    proposal = approval.propose(meeting, by=proposer)

    translating.mark_reviewed(meeting, "fr")

    with pytest.raises(ProposalRefused, match="changed after it was proposed"):
        approval.approve(proposal, by=second)


def test_edition_that_became_public_since_makes_the_proposal_stale(meeting, proposer, second):
    publish(meeting, by=proposer, approved_by=second, at=timezone.now() + timedelta(days=1))
    proposal = approval.propose(meeting, by=proposer)  # first issue, when edition 1 was to

    Edition.objects.update(visible_from=timezone.now() - timedelta(seconds=1))

    with pytest.raises(ProposalRefused, match="changed after it was proposed"):
        approval.approve(proposal, by=second)
    assert Edition.objects.count() == 1


def test_proposal_is_not_stale_on_another_day(meeting, proposer, monkeypatch):
    proposal = approval.propose(meeting, by=proposer)

    later = timezone.localdate() + timedelta(days=3)
    monkeypatch.setattr("advisory.freezing.timezone.localdate", lambda: later)

    assert not approval.is_stale(proposal, meeting)


def test_stale_proposal_gives_way_to_a_new_one(meeting, proposer, second):
    old = approval.propose(meeting, by=proposer)
    with pytest.raises(ProposalRefused, match="P. Roposer proposed this"):
        approval.propose(meeting, by=second)
    change_word(meeting)

    new = approval.propose(meeting, by=second)

    assert approval.open_proposal(meeting) == new
    old.refresh_from_db()
    assert old.outcome == "stale"


def test_meeting_that_nobody_could_come_to_is_not_proposed(proposer):
    with pytest.raises(PublishRefused, match="Add a media contact"):
        approval.propose(make_meeting(contact=False), by=proposer)

    assert not Proposal.objects.exists()


def test_refusal_while_publishing_leaves_the_proposal_open(meeting, proposer, second):
    publish(meeting, by=proposer, approved_by=second)
    proposal = approval.propose(meeting, by=proposer, kind="first")

    with pytest.raises(PublishRefused, match="first issue comes once"):
        approval.approve(proposal, by=second)

    assert approval.open_proposal(meeting) == proposal


def test_language_is_published_by_somebody_else_than_its_translator(meeting, proposer, second):
    publish(meeting, by=proposer, approved_by=second)
    translate(meeting, by=second)

    with pytest.raises(PublishRefused, match="You translated a part of it"):
        approval.publish_translation(meeting, "fr", by=second)

    assert approval.publish_translation(meeting, "fr", by=proposer).number == 2


def test_language_is_published_in_its_translators_name_and_approved_by_whoever_publishes(meeting, proposer, second):
    translator = make_officer("translator")
    publish(meeting, by=proposer, approved_by=second)
    translate(meeting, by=translator)

    edition = approval.publish_translation(meeting, "fr", by=second)

    assert (edition.by, edition.approved_by) == (translator, second)
    assert chain.verdict(list(verification.rows(meeting))) == ("intact", "2 rows")


def test_language_that_joins_what_waits_leaves_the_first_approval_in_the_record(meeting, proposer, second):
    translator, third = make_officer("translator"), make_officer("third")
    publish(meeting, by=proposer, approved_by=second, at=timezone.now() + timedelta(days=1))
    translate(meeting, by=translator)

    approval.publish_translation(meeting, "fr", by=third)

    rows = [(edition.by, edition.approved_by) for edition in meeting.editions.order_by("sequence")]
    assert rows == [(proposer, second), (translator, third)]


def test_language_of_an_unknown_translator_has_an_approval_too(meeting, proposer, second):
    publish(meeting, by=proposer, approved_by=second)
    translate(meeting, by=None)

    edition = approval.publish_translation(meeting, "fr", by=second)

    assert (edition.by, edition.approved_by) == (None, second)


def test_language_is_not_published_without_a_second_officer(meeting, proposer, second):
    publish(meeting, by=proposer, approved_by=second)
    translate(meeting, by=None)

    with pytest.raises(PublishRefused, match="A second officer must approve"):
        publish_translation(meeting, "fr", by=proposer)
    with pytest.raises(PublishRefused, match="cannot approve it"):
        publish_translation(meeting, "fr", by=proposer, approved_by=proposer)

    assert Edition.objects.count() == 1


def translate(meeting, *, by):
    languages.write(meeting, "fr", "title", "Dialogue", source=meeting.title, by=by)
    meeting.language_versions.update(state="reviewed")


@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_once_publish_once(meeting, proposer, second):
    third = make_officer("third")
    proposal = approval.propose(meeting, by=proposer)
    start = Barrier(2)

    def approve(officer):
        start.wait()
        try:
            return approval.approve(Proposal.objects.get(pk=proposal.pk), by=officer).number
        except ProposalRefused as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(approve, [second, third]))

    assert answers.count(1) == 1
    assert [answer for answer in answers if answer != 1][0].startswith("Approved by ")
    assert Edition.objects.count() == 1
