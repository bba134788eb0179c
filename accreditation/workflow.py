"""The one table of what may happen to an application, and ``apply``, the only place where a status changes.

Buttons, addresses, e-mails, tests and the printed manual all come from ``RULES``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation import badges, emails, ledger, places, words
from accreditation.models import Badge, Registration
from accreditation.states import LIVE, Actor, BadgeState, Status
from advisory.renditions import wording

APPLICANT, FOCAL_POINT, DESK, SUPERVISOR, WORKER = (
    Actor.APPLICANT, Actor.FOCAL_POINT, Actor.DESK, Actor.SUPERVISOR, Actor.WORKER,
)  # fmt: skip
OFFICERS = frozenset({DESK, SUPERVISOR})

# Published grounds of a refusal; the applicant reads the sentence.
GROUNDS = {
    "incomplete": gettext_lazy("Papers that were asked for are missing or cannot be read."),
    "not_media": gettext_lazy("The work shown is not that of an information medium."),
    "not_sent": gettext_lazy("The organization does not confirm that it sends you."),
    "no_status": gettext_lazy("The organization has not the status that this meeting asks for."),
    "no_place": gettext_lazy("There were more applications than places."),
    "too_young": gettext_lazy("The age asked for is not reached."),
    "identity": gettext_lazy("The particulars do not agree with the identity document."),
    "security": gettext_lazy("Security advised against admission."),
    "conduct": gettext_lazy("The rules of the house were not kept."),
    "no_answer": gettext_lazy("No answer came to a request for information."),
    "other": gettext_lazy("For the reason given below."),
}


class TransitionRefused(Exception):
    """Nothing changed. The message is a sentence for whoever tried."""


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
    """Where a sent application goes first: to the organization where the category asks it, else to the desk."""
    is_sent_by_lead = registration.delegation_id is not None
    asks = registration.category.needs_endorsement and not is_sent_by_lead
    return Status.AWAITING_ENDORSEMENT if asks else Status.SUBMITTED


def not_open(registration, *, actor, at, **_rest):
    if actor is not DESK and not registration.category.is_open(at):
        opens = registration.category.opens_at
        if opens and opens > at:
            return _("Applications open on %(moment)s. Yours is kept until then.") % {
                "moment": _told(registration, opens)
            }
        return _(
            "Applications have closed. What you wrote is kept; the desk can tell you whether it may still be sent."
        )
    return ""


def not_standing(registration, **rest):
    if not registration.category.standing_confirms:
        return _("This category asks everybody to apply.")
    return not_open(registration, **rest)


def not_appealable(registration, *, at, **_rest):
    if registration.has_appealed:
        return _("You have asked for a review once. Its outcome is final.")
    last = registration.decisions.filter(action="decline").order_by("-sequence").first()
    if last and at > last.at + timedelta(days=registration.category.appeal_days):
        return _("The days in which a review could be asked for have passed.")
    return another_live(registration)


def another_live(registration, **_rest):
    others = Registration.objects.live().filter(meeting=registration.meeting_id, email_key=registration.email_key)
    if registration.delegation_id is None and others.exclude(pk=registration.pk).filter(delegation=None).exists():
        return _("There is another application of the same person to this meeting.")
    return ""


def not_due(registration, *, at, **_rest):
    """The worker lapses what waited too long; what lies at the desk only once the meeting is over."""
    if registration.status in {Status.SUBMITTED, Status.WAITLISTED}:
        _from, until = badges.validity(registration.meeting, at=at)
        return "" if until < at else "The meeting is not over."
    return ""


def after_appeal(registration, *, by, **_rest):
    """An appeal is decided by another officer than the one who declined."""
    if registration.has_appealed and by:
        declined = registration.decisions.filter(action="decline").order_by("-sequence").first()
        if declined and declined.by_id == by.pk:
            return _("You declined this application: its review is for another officer.")
    return ""


def who(*actors):
    return frozenset(actors)


S = Status
RULES = {
    "submit": Rule(who(S.DRAFT), first_desk, who(APPLICANT, FOCAL_POINT, DESK), "received", refused=not_open),
    "confirm": Rule(who(S.DRAFT), S.APPROVED, who(APPLICANT), "confirmed", refused=not_standing),
    "endorse": Rule(who(S.AWAITING_ENDORSEMENT), S.SUBMITTED, who(FOCAL_POINT), "endorsed"),
    "object": Rule(who(S.AWAITING_ENDORSEMENT), S.DECLINED, who(FOCAL_POINT), "declined"),
    "ask": Rule(who(S.SUBMITTED, S.WAITLISTED), S.INFO_REQUESTED, who(DESK), "info_requested", needs_reason=True),
    "reply": Rule(who(S.INFO_REQUESTED), S.SUBMITTED, who(APPLICANT, DESK), "replied"),
    "approve": Rule(
        who(S.SUBMITTED, S.WAITLISTED), S.APPROVED, who(DESK), "approved", badge="issue", refused=after_appeal
    ),
    "waitlist": Rule(who(S.SUBMITTED), S.WAITLISTED, who(DESK), "waitlisted", refused=after_appeal),
    "offer": Rule(who(S.WAITLISTED), S.OFFERED, who(DESK, WORKER), "offered"),
    "accept": Rule(who(S.OFFERED), S.APPROVED, who(APPLICANT), "approved", badge="issue"),
    "decline": Rule(
        who(S.SUBMITTED, S.INFO_REQUESTED, S.WAITLISTED, S.OFFERED, S.AWAITING_ENDORSEMENT),
        S.DECLINED, who(DESK), "declined", needs_ground=True, refused=after_appeal,
    ),
    "appeal": Rule(
        who(S.DECLINED), S.SUBMITTED, who(APPLICANT), "appealed",
        needs_reason=True, refused=not_appealable, sets={"has_appealed": True},
    ),
    "overturn": Rule(
        who(S.DECLINED, S.REVOKED), S.APPROVED, who(SUPERVISOR), "approved",
        needs_reason=True, badge="issue", refused=another_live,
    ),
    "withdraw": Rule(LIVE, S.WITHDRAWN, who(APPLICANT, FOCAL_POINT), "withdrawn", badge="void"),
    "lapse": Rule(
        who(S.DRAFT, S.AWAITING_ENDORSEMENT, S.INFO_REQUESTED, S.OFFERED, S.SUBMITTED, S.WAITLISTED),
        S.LAPSED, who(WORKER), "lapsed", refused=not_due,
    ),
    "revoke": Rule(who(S.APPROVED), S.REVOKED, who(SUPERVISOR), "revoked", needs_ground=True, badge="void"),
}  # fmt: skip
UNDO = "undo"  # the last decision, while it is held; its target is what was before, and so no line of the table
ACTIONS = [*RULES, UNDO]


def actions_open_to(actor, status):
    """Names of the actions that the table gives an actor in a status, in the table's order."""
    return [name for name, rule in RULES.items() if actor in rule.actors and status in rule.sources]


def apply(registration, action, *, actor, by=None, seen=None, reason="", ground="", at=None, **sets):
    """Carry out one action and return the registration as it stands after it, or raise TransitionRefused.

    The row is locked first: two officers deciding at once get one decision and one refusal. ``seen`` is the sequence of
    the last Decision on the officer's screen; a newer one refuses. ``by`` is None when somebody acts through a link.
    ``sets`` are fields saved with it, such as ``info_items``.
    """
    at = at or timezone.now()
    try:
        with transaction.atomic():
            locked = lock(registration.pk)
            if action == UNDO:
                return _undo(locked, actor=actor, by=by, at=at)
            if is_held(locked, at) and actor in {APPLICANT, FOCAL_POINT}:
                locked = _undo(locked, actor=actor, by=None, at=at)
            return _apply(locked, action, actor=actor, by=by, seen=seen, reason=reason, ground=ground, at=at, sets=sets)
    except places.Full as full:
        raise TransitionRefused(str(full)) from full
    except IntegrityError as error:
        if is_second_registration(error):
            raise TransitionRefused(_("There is another application of the same person to this meeting.")) from error
        raise


def lock(pk):
    rows = Registration.objects.select_related("category", "meeting", "organization")
    return rows.select_for_update(of=("self",)).get(pk=pk)


def is_held(registration, at=None):
    """Whether the last decision can still be undone; until then its applicant does not learn of it."""
    return registration.held_until is not None and registration.held_until > (at or timezone.now())


def shown_status(registration, at=None):
    """The status that the applicant sees: of a held decision, the one before it."""
    if not is_held(registration, at):
        return Status(registration.status)
    return Status(registration.decisions.order_by("-sequence").values_list("before", flat=True)[0])


def _apply(registration, action, *, actor, by, seen, reason, ground, at, sets):
    rule = RULES[action]
    _check(rule, registration, action, actor=actor, by=by, seen=seen, reason=reason, ground=ground, at=at)
    before, target = registration.status, rule.target_for(registration)
    is_held_now = actor in OFFICERS and registration.category.hold_seconds > 0
    target = _settle(registration, action, target, releases=not is_held_now)
    book = ledger.book_of(registration.meeting_id)
    decision = ledger.record(
        book, registration, action=action, before=before, after=target, actor=actor, by=by, at=at,
        code=ground, reason=reason,
    )  # fmt: skip
    _badge(rule, registration, book, at=at, reason=ground)
    book.save(update_fields=["sequence", "hash", "badge_number"])
    registration.status = target
    registration.held_until = at + timedelta(seconds=registration.category.hold_seconds) if is_held_now else None
    for name, value in (rule.sets | _times(registration, target, at) | sets).items():
        setattr(registration, name, value)
    registration.save()
    kind = "waitlisted" if action == "submit" and target == Status.WAITLISTED else rule.email
    emails.queue(kind, registration, decision, not_before=registration.held_until)
    return registration


def _check(rule, registration, action, *, actor, by, seen, reason, ground, at):
    if actor not in rule.actors:
        raise TransitionRefused(_("This is not for the %(actor)s to do.") % {"actor": words.ACTOR[actor]})
    if registration.status not in rule.sources:
        raise TransitionRefused(what_happened(registration))
    if seen is not None and registration.decisions.filter(sequence__gt=seen).exists():
        raise TransitionRefused(what_happened(registration))
    if rule.needs_reason and not reason.strip():
        raise TransitionRefused(_("Say why: the words stand in the history and in the e-mail."))
    if rule.needs_ground and ground not in GROUNDS:
        raise TransitionRefused(_("Choose the ground on which it is refused."))
    if ground == "other" and not reason.strip():
        raise TransitionRefused(_("Say why: the words stand in the history and in the e-mail."))
    if rule.refused and (sentence := rule.refused(registration, actor=actor, by=by, at=at)):
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


def _badge(rule, registration, book, *, at, reason=""):
    if rule.badge == "issue":
        badges.issue(registration, book=book, at=at)
    elif rule.badge == "void":
        badges.void(registration, book=book, at=at, reason=reason)


def _times(registration, target, at):
    category = registration.category
    return {
        "offer_until": at + timedelta(hours=category.offer_hours) if target == Status.OFFERED else None,
        "info_until": at + timedelta(days=category.info_days) if target == Status.INFO_REQUESTED else None,
    } | ({} if target == Status.INFO_REQUESTED else {"info_items": []})


def _undo(registration, *, actor, by, at):
    """Back to what was before the last decision: places, badge and mail with it."""
    last = registration.decisions.order_by("-sequence").select_related("by").first()
    if last is None or not is_held(registration, at):
        raise TransitionRefused(_("The time in which it could be undone has passed."))
    if actor in OFFICERS and (by is None or last.by_id != by.pk):
        raise TransitionRefused(_("Only the officer who decided can undo it."))
    places.settle(registration, to=Status(last.before))
    book = ledger.book_of(registration.meeting_id)
    ledger.record(
        book, registration, action=UNDO, before=registration.status, after=last.before, actor=actor, by=by, at=at,
        undoes=last,
    )  # fmt: skip
    issued = Badge.objects.filter(registration=registration, state=BadgeState.ISSUED, issued_at=last.at)
    issued.update(state=BadgeState.VOID, voided_at=at, void_reason=UNDO)
    book.save(update_fields=["sequence", "hash", "badge_number"])
    registration.status, registration.held_until = last.before, None
    for name, value in _times(registration, Status(last.before), at).items():
        setattr(registration, name, value)
    registration.save()
    emails.take_back(last, by=by)
    return registration


def what_happened(registration):
    """Declined by A. Officer on 3 May 2026, 14:02: what a refusal tells whoever came second."""
    last = registration.decisions.order_by("-sequence").select_related("by").first()
    if last is None:
        return _("The application has not been sent.")
    return _("%(status)s: %(who)s, %(moment)s.") % {
        "status": words.STATUS[Status(registration.status)],
        "who": last.by or words.ACTOR[Actor(last.actor)],
        "moment": _told(registration, last.at),
    }


def _told(registration, at):
    return wording.moment(at.astimezone(wording.zone(registration.meeting.time_zone)))


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
    waiting = Registration.objects.filter(category=category).filter(Q(held_until=None) | Q(held_until__lte=at))
    while (most is None or offered < most) and (registration := waiting.on_waitlist().first()):
        try:
            apply(registration, "offer", actor=WORKER, at=at)
        except TransitionRefused:
            break
        offered += 1
    return offered


def is_second_registration(error):
    """Whether an IntegrityError is the constraint of one live registration a person; SQLite names only the columns."""
    text = str(error)
    return "one_live_registration" in text or "registration.email_key" in text or "registration.name_key" in text
