"""The one table of what may happen to an application, and ``apply``, the only place where a status changes.

Buttons, addresses, e-mails, tests and the printed manual all come from ``RULES``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import (
    badges,
    conditions,
    delegation_letters,
    emails,
    finding,
    grounds,
    ledger,
    places,
    promises,
    words,
)
from accreditation.desk import claims
from accreditation.models import FocalPoint, Registration
from accreditation.states import LIVE, Actor, Status
from office.prepared import Prepared, PreparedSave, Slot

APPLICANT, FOCAL_POINT, DESK, SUPERVISOR, WORKER = (
    Actor.APPLICANT, Actor.FOCAL_POINT, Actor.DESK, Actor.SUPERVISOR, Actor.WORKER,
)  # fmt: skip
OFFICERS = frozenset({DESK, SUPERVISOR})


class TransitionRefused(Exception):
    """Nothing changed. The message is a sentence for whoever tried."""


class NoPlace(TransitionRefused):
    """The seats of the category, or the places of the organization, are all taken."""


@dataclass(frozen=True)
class Rule:
    sources: frozenset
    target: Status | Callable
    actors: frozenset
    email: str = ""
    needs_reason: bool = False
    needs_ground: bool = False
    badge: str = ""
    refused: Callable | None = None
    sets: dict = field(default_factory=dict)

    def target_for(self, registration):
        return self.target if isinstance(self.target, Status) else self.target(registration)


def first_desk(registration):
    """Where a sent application goes first: to the organization where the category asks it, else to the desk.

    To the desk too where nobody speaks for the organization, and with whoever asks that it should not see their name.
    """
    is_sent_by_lead = registration.delegation_id is not None
    if (
        is_sent_by_lead
        or registration.is_hidden
        or not registration.category.needs_endorsement
        or not registration.organization_id
    ):
        return Status.SUBMITTED
    is_heard = FocalPoint.objects.in_force().filter(organization=registration.organization_id).exists()
    return Status.AWAITING_ENDORSEMENT if is_heard else Status.SUBMITTED


def after_acceptance(registration):
    """Where the first to come are served, somebody may be offered a seat before an officer has seen the case: accepted,
    it comes to the desk with its seat, as it would have with a seat from the first."""
    return Status.APPROVED if conditions.is_looked_at(registration) else Status.SUBMITTED


def who(*actors):
    return frozenset(actors)


S = Status
RULES = {
    "submit": Rule(
        who(S.DRAFT), first_desk, who(APPLICANT, FOCAL_POINT, DESK), "received", refused=conditions.not_open
    ),
    "confirm": Rule(who(S.DRAFT), S.APPROVED, who(APPLICANT), "confirmed", refused=conditions.not_standing),
    "endorse": Rule(who(S.AWAITING_ENDORSEMENT), S.SUBMITTED, who(FOCAL_POINT), "endorsed"),
    "object": Rule(who(S.AWAITING_ENDORSEMENT), S.DECLINED, who(FOCAL_POINT), "declined"),
    "ask": Rule(who(S.SUBMITTED, S.WAITLISTED), S.INFO_REQUESTED, who(DESK), "info_requested", needs_reason=True),
    "reply": Rule(who(S.INFO_REQUESTED), S.SUBMITTED, who(APPLICANT, DESK), "replied"),
    "approve": Rule(
        who(S.SUBMITTED, S.WAITLISTED), S.APPROVED, who(DESK), "approved",
        badge="issue", refused=conditions.after_appeal,
    ),
    "waitlist": Rule(who(S.SUBMITTED), S.WAITLISTED, who(DESK), "waitlisted", refused=conditions.after_appeal),
    "offer": Rule(who(S.WAITLISTED), S.OFFERED, who(DESK, WORKER), "offered"),
    "accept": Rule(
        who(S.OFFERED), after_acceptance, who(APPLICANT), "approved", badge="issue", refused=conditions.offer_over
    ),
    "decline": Rule(
        who(S.SUBMITTED, S.INFO_REQUESTED, S.WAITLISTED, S.OFFERED, S.AWAITING_ENDORSEMENT),
        S.DECLINED, who(DESK), "declined", needs_ground=True, refused=conditions.after_appeal,
    ),
    "appeal": Rule(
        who(S.DECLINED), S.SUBMITTED, who(APPLICANT), "appealed",
        needs_reason=True, refused=conditions.not_appealable, sets={"has_appealed": True},
    ),
    "overturn": Rule(
        who(S.DECLINED, S.REVOKED), S.APPROVED, who(SUPERVISOR), "approved",
        needs_reason=True, badge="issue", refused=conditions.another_live,
    ),
    "withdraw": Rule(LIVE, S.WITHDRAWN, who(APPLICANT, FOCAL_POINT), "withdrawn", badge="void"),
    "lapse": Rule(
        who(S.DRAFT, S.AWAITING_ENDORSEMENT, S.INFO_REQUESTED, S.OFFERED, S.SUBMITTED, S.WAITLISTED),
        S.LAPSED, who(WORKER), "lapsed", refused=conditions.not_due,
    ),
    "revoke": Rule(
        who(S.APPROVED), S.REVOKED, who(SUPERVISOR), "revoked", needs_ground=True, badge="void",
        refused=conditions.without_notice,
    ),
}  # fmt: skip
UNDO = "undo"  # the last decision, while it is held; its target is what was before, and so no line of the table
ACTIONS = [*RULES, UNDO]


def actions_open_to(actor, status):
    """Names of the actions that the table gives an actor in a status, in the table's order."""
    return [name for name, rule in RULES.items() if actor in rule.actors and status in rule.sources]


def apply(
    registration, action, *, actor, by=None, seen=None, reason="", ground="", seconded_by=None, at=None, edition=None,
    **sets,
):  # fmt: skip
    """Carry out one action and return the registration as it stands after it, or raise TransitionRefused.

    The row is locked first: two officers deciding at once get one decision and one refusal. ``seen`` is the sequence of
    the last Decision on the officer's screen; a newer one refuses, and an undoing means that one alone. ``by`` is None
    when somebody acts through a link, and never for an officer: an act that nobody answers for is a ValueError, not a
    refusal. ``seconded_by`` is the other officer who approved it, where the desk's policy asks for one.
    ``sets`` are fields saved with it, such as ``info_items``. ``at`` is when it was asked, before any waiting.
    ``edition`` as ``emails.queue`` takes it.
    """
    if actor in OFFICERS and by is None:
        raise ValueError(f"“{action}” by the {actor} names no officer.")
    at = at or timezone.now()
    try:
        with transaction.atomic():
            locked = lock(registration.pk)
            if action == UNDO:
                _check_undo(locked, actor=actor, by=by, seen=seen, at=at)
                return _undo(locked, actor=actor, by=by, at=at)
            while is_held(locked, at) and actor in conditions.BY_LINK:
                locked = _undo(locked, actor=actor, by=None, at=at)
            return _apply(
                locked, action, actor=actor, by=by, seen=seen, reason=reason, ground=ground, seconded_by=seconded_by,
                at=at, edition=edition, sets=sets,
            )  # fmt: skip
    except places.Full as full:
        raise NoPlace(str(full)) from full
    except Registration.DoesNotExist as gone:
        raise TransitionRefused(_("This application is no longer kept. You can begin a new one.")) from gone
    except IntegrityError as error:
        if is_second_registration(error):
            raise TransitionRefused(_("There is another application of the same person to this meeting.")) from error
        raise


def lock(pk):
    registration = LOCKED.one(pk)
    if registration is None:
        raise Registration.DoesNotExist
    if registration.organization is None:  # PostgreSQL joins the row as it was: merged while this waited, it is asked
        registration._state.fields_cache.pop("organization", None)
    return registration


LOCKED = Prepared(
    lambda: (
        Registration.objects.select_related("category", "meeting", "organization")
        .select_for_update(of=("self",), no_key=True)
        .filter(pk=Slot(0, Registration._meta.pk))
        .order_by()
    )
)
SAVED = PreparedSave(Registration)


def is_held(registration, at=None):
    """Whether the last decision can still be undone; until then its applicant does not learn of it."""
    return registration.held_until is not None and registration.held_until > (at or timezone.now())


def shown_status(registration, at=None):
    """The status that the applicant sees: the one before whatever is held."""
    at, status = at or timezone.now(), Status(registration.status)
    if is_held(registration, at):
        for decision in conditions.standing_decisions(registration):
            status, earlier = Status(decision.before), ledger.restored(decision)["held_until"]
            if earlier is None or earlier <= at:
                break
    return status


def _apply(registration, action, *, actor, by, seen, reason, ground, seconded_by, at, edition, sets):
    rule = RULES[action]
    _check(rule, registration, action, actor=actor, by=by, seen=seen, reason=reason, ground=ground, at=at)
    _check_second(rule, registration, action, actor=actor, by=by, seconded_by=seconded_by)
    before, target = registration.status, rule.target_for(registration)
    if action == "approve":  # the badge opens what is granted now
        sets = {"granted": {}} | sets
        registration.granted = sets["granted"]
    is_held_now = actor in OFFICERS and registration.category.hold_seconds > 0
    if before == Status.DRAFT and target in LIVE:  # before its places are locked, for which others may be waiting
        finding.index(registration)
    target = _settle(registration, action, target, releases=not is_held_now)
    book = ledger.book_of(registration.meeting_id)
    voided = _badge(rule, registration, book, target, at=at, reason=ground or action)
    decision = ledger.record(
        book, registration, action=action, before=before, after=target, actor=actor, by=by, at=at,
        code=ground, reason=reason, voided=voided, seconded_by=seconded_by,
    )  # fmt: skip
    held_until = at + timedelta(seconds=registration.category.hold_seconds) if is_held_now else None
    sets = (
        rule.sets
        | _times(registration, target, at)
        | promises.times(registration, target, before=before, at=at)
        | claims.after(action, by)
        | sets
    )
    _save(registration, book, status=target, held_until=held_until, moved_at=at, **sets)
    if kind := _letter(rule, registration, decision):
        emails.queue(kind, registration, decision, not_before=held_until, edition=edition)
    if target == Status.AWAITING_ENDORSEMENT:
        delegation_letters.ask_to_endorse(registration, decision)
    return registration


def _save(registration, book, **values):
    """Only what a decision changes: an answer that somebody saves meanwhile is not brought back to what it was."""
    ledger.save(book)
    for name, value in values.items():
        setattr(registration, name, value)
    SAVED(registration, ["holds_seat", "holds_place", *values])


def _letter(rule, registration, decision):
    if decision.action == "submit" and decision.after == Status.WAITLISTED:
        return "waitlisted"
    if decision.action == "accept" and decision.after == Status.SUBMITTED:
        return "replied"
    if decision.before == Status.DRAFT and decision.after == Status.LAPSED and not registration.email_proved_at:
        return ""  # whoever's address it is never asked for anything
    return rule.email


def check(registration, action, *, actor, by=None, seen=None, reason="", ground="", at=None):
    """Raise TransitionRefused where ``apply`` would, but for a missing place or second officer. Changes nothing."""
    if action not in RULES:
        raise TransitionRefused(conditions.what_happened(registration, actor))
    _check(
        RULES[action], registration, action, actor=actor, by=by, seen=seen, reason=reason, ground=ground,
        at=at or timezone.now(),
    )  # fmt: skip


def _check(rule, registration, action, *, actor, by, seen, reason, ground, at):
    if actor not in rule.actors:
        raise TransitionRefused(_("This is not for the %(actor)s to do.") % {"actor": words.ACTOR[actor]})
    if registration.status not in rule.sources:
        raise TransitionRefused(conditions.what_happened(registration, actor))
    if seen is not None and conditions.of_status(registration).filter(sequence__gt=seen).exists():
        raise TransitionRefused(conditions.what_happened(registration, actor))
    if actor == WORKER and is_held(registration, at):
        raise TransitionRefused(conditions.what_happened(registration, actor))
    if rule.needs_ground and not grounds.known(ground):
        raise TransitionRefused(_("Choose the ground on which it is refused."))
    if (rule.needs_reason or ground == "other") and not reason.strip():
        raise TransitionRefused(_("Say why: the words stand in the history and in the e-mail."))
    if actor in OFFICERS and by and (sentence := conditions.conflict(registration, by)):
        raise TransitionRefused(sentence)
    if rule.refused and (sentence := rule.refused(registration, actor=actor, by=by, at=at, ground=ground)):
        raise TransitionRefused(sentence)


def _check_second(rule, registration, action, *, actor, by, seconded_by):
    """Where the policy asks for a second officer, nothing is done by one alone; who approves may decide on it too."""
    is_other = seconded_by is not None and by is not None and seconded_by.pk != by.pk
    if actor in OFFICERS and not is_other and conditions.is_seconded(registration.meeting_id, action):
        raise TransitionRefused(_("A second officer has to approve this: propose it."))
    if seconded_by is None:
        return
    if sentence := conditions.conflict(registration, seconded_by):
        raise TransitionRefused(sentence)
    if rule.refused is conditions.after_appeal and (sentence := rule.refused(registration, by=seconded_by)):
        raise TransitionRefused(sentence)


def _settle(registration, action, target, *, releases):
    """Move the places; who is first come and finds no seat goes to the waiting list where there is one."""
    try:
        places.settle(registration, to=target, releases=releases)
    except places.CategoryFull:
        if action != "submit" or not registration.category.keeps_waitlist:
            raise
        target = Status.WAITLISTED
        places.settle(registration, to=target, releases=releases)
    return target


def _badge(rule, registration, book, target, *, at, reason):
    """What it voided, for ``ledger.record``."""
    if rule.badge == "issue" and target == Status.APPROVED:
        badges.issue(registration, book=book, at=at)
    return badges.void(registration, at=at, reason=reason) if rule.badge == "void" else None


def _times(registration, target, at):
    category = registration.category
    return {
        "offer_until": at + timedelta(hours=category.offer_hours) if target == Status.OFFERED else None,
        "info_until": at + timedelta(days=category.info_days) if target == Status.INFO_REQUESTED else None,
        "notice_until": None,  # a badge given anew is not lost for what was told before
    } | ({} if target == Status.INFO_REQUESTED else {"info_items": []})


def _check_undo(registration, *, actor, by, seen, at):
    if actor not in OFFICERS:
        raise TransitionRefused(_("This is not for the %(actor)s to do.") % {"actor": words.ACTOR[actor]})
    if not is_held(registration, at):
        raise TransitionRefused(_("The time in which it could be undone has passed."))
    last = conditions.standing_decisions(registration).first()
    if seen is not None and last.sequence != seen:
        raise TransitionRefused(conditions.what_happened(registration, actor))
    if by.pk not in {last.by_id, last.seconded_by_id}:
        raise TransitionRefused(_("Only the officer who decided can undo it."))


def _undo(registration, *, actor, by, at):
    """Back to what was before the last decision that stands: places, badge, times and mail with it."""
    last = conditions.standing_decisions(registration).first()
    before, values = Status(last.before), ledger.restored(last)
    voided = values.pop("voided")
    places.settle(registration, to=before, releases=values["held_until"] is None or values["held_until"] <= at)
    book = ledger.book_of(registration.meeting_id)
    ledger.record(
        book, registration, action=UNDO, before=registration.status, after=before, actor=actor, by=by, at=at,
        undoes=last,
    )  # fmt: skip
    if before != Status.APPROVED:
        badges.void(registration, at=at, reason=UNDO)
    if voided:
        badges.restore(voided)
    if last.action == "approve":  # whoever accepts an offer later, or wins a review, has nothing of it
        values["granted"] = {}
    _save(registration, book, status=before, moved_at=at, **values)
    emails.take_back(last, by=by)
    return registration


def release_held(*, at=None, batch=200):
    """Give back what held decisions kept, once they can no longer be undone; return how many."""
    at = at or timezone.now()
    due = list(Registration.objects.filter(held_until__lte=at).values_list("pk", flat=True)[:batch])
    for pk in due:
        with transaction.atomic():
            registration = lock(pk)
            if registration.held_until and registration.held_until <= at:
                places.settle(registration, to=Status(registration.status))
                registration.held_until = None
                registration.save(update_fields=["holds_seat", "holds_place", "held_until"])
    return len(due)


def offer_next(category, *, at=None, most=None):
    """Offer free seats, ``most`` of them, to the waiting list in its order; return how many. Stops where none is free.

    Who was put on the list a moment ago, by a decision that can still be undone, waits until it cannot.
    """
    at, offered = at or timezone.now(), 0
    for registration in Registration.objects.filter(category=category).on_waitlist().exclude(held_until__gt=at):
        if offered == most:
            break
        try:
            apply(registration, "offer", actor=WORKER, at=at)
        except NoPlace:
            break
        except TransitionRefused:  # decided by somebody meanwhile
            continue
        offered += 1
    return offered


def is_second_registration(error):
    """Whether an IntegrityError is the constraint of one live registration a person; SQLite names only the columns."""
    text = str(error)
    return "one_live_registration" in text or "registration.email_key" in text or "registration.name_key" in text
