"""A second pair of eyes: what the desk's rules, or an officer's own doubt, leave to two is proposed by one here and
approved, refused or withdrawn; the status changes with the approval alone."""

from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accreditation import conditions, protection, workflow
from accreditation.models import Conflict, Decision, ProposedDecision, Registration
from accreditation.states import Actor
from accreditation.workflow import TransitionRefused
from office import permissions, proposals
from office.models.proposal import Outcome
from office.proposals import ProposalRefused

ACTION, SUBJECT = "decide", "accreditation.Registration"
PLAIN = {"ground", "granted"}  # words of ``workflow.apply`` that name nobody
SEALED_BESIDE = "sealed"  # stands for a reason that ``ProposedDecision`` holds


def carry_out(registration, action, *, actor, by, seen=None, refers=False, note="", at=None, **words):
    """Do it and return "done", or where two officers are asked for propose it and return "proposed".

    ``words`` as ``workflow.apply`` takes them; with ``refers`` the officer leaves it to a second one, and ``note`` says
    what to look at. Raises TransitionRefused; then nothing was changed.
    """
    is_for_two = actor in workflow.OFFICERS and conditions.is_seconded(registration.meeting_id, action)
    if refers or is_for_two:
        propose(registration, action, actor=actor, by=by, seen=seen, note=note, at=at, **words)
        return "proposed"
    workflow.apply(registration, action, actor=actor, by=by, seen=seen, at=at, **words)
    return "done"


@transaction.atomic
def propose(registration, action, *, actor, by, seen=None, note="", at=None, **words):
    """Write down what a second officer shall approve and return the ProposedDecision. Raises TransitionRefused where it
    could not be done now, or another proposal waits."""
    locked = _locked(registration.pk)
    asked = {name: words[name] for name in ("reason", "ground") if name in words}
    workflow.check(locked, action, actor=actor, by=by, seen=seen, at=at, **asked)
    _set_old_aside(locked)
    content = {"action": action, "actor": str(actor)} | {name: words[name] for name in PLAIN if name in words}
    with _told():
        proposal = proposals.propose(
            action=ACTION, subject_model=SUBJECT, subject_id=str(locked.pk), content=content, by=by,
            meeting=locked.meeting,
        )  # fmt: skip
    sealed = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in words.items()
        if name not in PLAIN
    }
    return ProposedDecision.objects.create(
        proposal=proposal, registration=locked, seen=last_sequence(locked), sealed={"words": sealed, "note": note}
    )


def approve(proposed, *, by, at=None):
    """Carry it out in the maker's name, seconded by ``by``; return the registration. Raises TransitionRefused.

    Of a registration that has moved on nothing is done, and the proposal is set aside.
    """
    _refuse_if_stale(proposed)
    with transaction.atomic(), _told():
        proposed.registration = registration = _locked(proposed.registration_id)
        _refuse_with(_outside(proposed, by))  # of a conflict ``workflow`` asks
        proposal = proposals.approve(proposed.proposal, by=by)
        return workflow.apply(
            registration, proposal.content["action"], actor=Actor(proposal.content["actor"]), by=proposal.made_by,
            seconded_by=by, seen=proposed.seen, at=at, **words_of(proposed),
        )  # fmt: skip


def refuse(proposed, *, by, reason):
    """The status stays; the maker reads why. Raises TransitionRefused."""
    _refuse_if_stale(proposed)
    with transaction.atomic(), _told():
        proposed.registration = _locked(proposed.registration_id)
        _refuse_with(barred(proposed, by))
        proposals.refuse(proposed.proposal, by=by, reason=SEALED_BESIDE if reason.strip() else "")
        proposed.sealed = proposed.sealed | {"refusal": reason}
        proposed.save(update_fields=["sealed"])


def withdraw(proposed, *, by):
    """By its maker alone. Raises TransitionRefused."""
    with _told():
        proposals.withdraw(proposed.proposal, by=by)


def words_of(proposed):
    """What ``workflow.apply`` takes: reason, ground, granted and the fields set with it."""
    plain = {name: value for name, value in proposed.proposal.content.items() if name in PLAIN}
    words = plain | proposed.sealed["words"]
    return words | ({"info_until": datetime.fromisoformat(words["info_until"])} if words.get("info_until") else {})


def barred(proposed, officer):
    """Why this officer may neither approve nor refuse it, or ""."""
    return _outside(proposed, officer) or conditions.conflict(proposed.registration, officer)


def _outside(proposed, officer):
    registration, proposal = proposed.registration, proposed.proposal
    if proposal.made_by_id == officer.pk:
        return _("You made this proposal: somebody else decides on it.")
    if not permissions.may_second(officer, registration.meeting):
        return _("It waits for an officer who may approve what colleagues propose.")
    if not protection.may_open(registration, officer):
        return _("Only those who may read who this person is can decide on it.")
    if proposal.content["action"] in APPEALED and (sentence := conditions.after_appeal(registration, by=officer)):
        return sentence
    return ""


APPEALED = {action for action, rule in workflow.RULES.items() if rule.refused is conditions.after_appeal}


def waiting():
    """Proposals that can still be approved, the oldest first, with what a line of a list shows."""
    return _with_registration().filter(~_is_overtaken(), proposal__outcome=Outcome.OPEN).order_by("proposal__made_at")


def for_second(officer):
    """[ProposedDecision] on which the officer may decide now, the oldest first.

    One statement, and one more for each person at risk and each review.
    """
    meetings = permissions.meetings_with(officer, "accreditation.second_decision")
    known = Conflict.objects.in_force().filter(officer=officer)
    rows = waiting().exclude(proposal__made_by=officer)
    rows = rows if meetings is None else rows.filter(registration__meeting__in=meetings)
    rows = rows.exclude(registration__in=known.filter(registration__isnull=False).values("registration"))
    rows = rows.exclude(registration__organization__in=known.filter(organization__isnull=False).values("organization"))
    return [row for row in rows if not _outside(row, officer)]


def decided_for(officer, most=20):
    """The officer's own of which something became, the latest first; those out of date among them."""
    ended = _with_registration().filter(~Q(proposal__outcome=Outcome.OPEN) | _is_overtaken(), proposal__made_by=officer)
    return ended.order_by("-proposal__made_at")[:most]


def of_desk(officer):
    """Those of the meetings that the officer reviews, whatever became of them."""
    meetings = permissions.meetings_with(officer, "accreditation.review_registration")
    rows = _with_registration()
    return rows if meetings is None else rows.filter(registration__meeting__in=meetings)


def open_for(registration):
    """The ProposedDecision that waits for a second officer, or None. One statement."""
    return waiting().filter(registration=registration).first()


def is_stale(proposed):
    """Whether something was decided after it was made."""
    later = conditions.of_status(proposed.registration).filter(sequence__gt=proposed.seen)
    return proposed.proposal.outcome in {Outcome.OPEN, Outcome.STALE} and later.exists()


def last_sequence(registration):
    """Of the last Decision that changed its status: what a form posts as ``seen``."""
    last = conditions.of_status(registration).order_by("-sequence").values_list("sequence", flat=True)
    return last.first() or 0


def _with_registration():
    return ProposedDecision.objects.select_related(
        "proposal__made_by", "proposal__decided_by", "registration__meeting", "registration__category"
    )


def _is_overtaken():
    later = Decision.objects.filter(registration=OuterRef("registration"), sequence__gt=OuterRef("seen"))
    return Exists(later.exclude(action__in=conditions.BESIDE))


def _locked(pk):
    try:
        return workflow.lock(pk)
    except Registration.DoesNotExist as gone:
        raise TransitionRefused(_("This application is no longer kept.")) from gone


def _set_old_aside(registration):
    for old in registration.proposed.filter(proposal__outcome=Outcome.OPEN).select_related("proposal"):
        if is_stale(old):
            proposals.set_aside(old.proposal)


def _refuse_if_stale(proposed):
    """Outside the transaction that would be rolled back: it stays set aside."""
    if proposed.proposal.outcome == Outcome.OPEN and is_stale(proposed):
        with _told():
            proposals.set_aside(proposed.proposal)
        raise TransitionRefused(
            _("Something was decided after this was proposed. Nothing was done; look at the application anew.")
        )


def _refuse_with(sentence):
    if sentence:
        raise TransitionRefused(sentence)


@contextmanager
def _told():
    try:
        yield
    except ProposalRefused as refused:
        raise TransitionRefused(str(refused)) from refused
