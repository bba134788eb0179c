"""A second officer for every publication: what is proposed, approved, refused, and when a proposal is out of date."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from advisory import publishing
from advisory.models import Meeting, Translation
from office import proposals
from office.models import Proposal
from office.proposals import ProposalRefused

ACTION = "publish"
SUBJECT = "advisory.Meeting"


def open_proposal(meeting):
    """The proposal that waits for a second officer, or None."""
    return proposals.open_for(ACTION, SUBJECT, str(meeting.pk))


def open_for(meetings):
    """Proposals that wait, of the meetings whose ids are given; None means every meeting. Oldest first."""
    rows = Proposal.objects.filter(action=ACTION, outcome="").select_related("made_by", "meeting").order_by("made_at")
    return rows if meetings is None else rows.filter(meeting__in=meetings)


@transaction.atomic
def propose(meeting, *, by, kind=None, words="", at=None, resumes=False, note=""):
    """Ask that the meeting be published as it is now. ``at`` is an aware datetime or None, as for ``publish``.

    Raises PublishRefused where a fact is missing without which nobody could come, ProposalRefused while another waits.
    An open proposal of words that have changed since is set aside for this one.
    """
    meeting = _locked(meeting)
    publishing.refuse_unless_ready(meeting)
    waiting = open_proposal(meeting)
    if waiting and is_stale(waiting, meeting):
        proposals.set_aside(waiting)
    content = {
        "kind": str(kind) if kind else None,
        "words": words,
        "at": at.isoformat() if at else None,
        "resumes": resumes,
        "digest": publishing.content_digest(meeting),
        "languages": _languages(meeting),
        "embargo": _embargo(meeting),
        "after": _after(meeting),
    }
    return proposals.propose(
        action=ACTION, subject_model=SUBJECT, subject_id=str(meeting.pk), content=content, by=by, note=note,
        meeting=meeting,
    )  # fmt: skip


@transaction.atomic
def approve(proposal, *, by):
    """Publish what was proposed, in the proposer's name, and return the Edition.

    Raises ProposalRefused where the draft changed since, somebody decided already, or ``by`` is who proposed;
    PublishRefused where it cannot be published. Then nothing changes.
    """
    meeting = _locked(proposal.meeting)
    proposal = Proposal.objects.select_related("made_by").get(pk=proposal.pk)
    decided = proposals.approve(proposal, by=by)
    if is_stale(decided, meeting):
        raise ProposalRefused(
            gettext(
                "The draft, or what is public, changed after it was proposed. Propose it anew; nothing was published."
            )
        )
    return publishing.publish(meeting, by=decided.made_by, approved_by=by, **decision(decided))


def decision(proposal):
    """The words of ``publishing.publish`` that were proposed."""
    content = proposal.content
    at = content["at"] and datetime.fromisoformat(content["at"])
    return {"kind": content["kind"], "words": content["words"], "at": at, "resumes": content["resumes"]}


def is_stale(proposal, meeting):
    """Whether a word or fact, the embargo, a translation that goes along, or what is public changed since."""
    known = [proposal.content.get(name) for name in ("digest", "languages", "embargo", "after")]
    return known != [
        publishing.content_digest(meeting), _languages(meeting), _embargo(meeting), _after(meeting)
    ]  # fmt: skip


@transaction.atomic
def publish_translation(meeting, language, *, by):
    """As ``publishing`` does; where approval is asked, in the translator's name and approved by somebody else.

    Whoever wrote any text of that language is refused. The edition names the translator of its latest text.
    """
    if not settings.APPROVAL:
        return publishing.publish_translation(meeting, language, by=by)
    meeting = _locked(meeting)
    wrote = Translation.objects.filter(meeting=meeting, language=language, by__isnull=False)
    if wrote.filter(by=by).exists():
        raise publishing.PublishRefused(
            gettext("You translated a part of it: somebody else must publish this language.")
        )
    latest = wrote.select_related("by").order_by("changed_at", "pk").last()
    return publishing.publish_translation(meeting, language, by=latest and latest.by, approved_by=by)


def _languages(meeting):
    """{language: the instant of its last change} as text."""
    rows = meeting.language_versions.order_by("language").values_list("language", "changed_at")
    return {language: changed_at.isoformat() for language, changed_at in rows}


def _after(meeting):
    """Number of the public edition, which decides what kind the next one is and when it can come; None before any."""
    return meeting.editions.visible().order_by("-number").values_list("number", flat=True).first()


def _embargo(meeting):
    return meeting.embargo_until.isoformat() if meeting.embargo_until else None


def _locked(meeting):
    return Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
