"""How an application stands, in words for its applicant: the state, who acts next and by when, what was said and done.

Reads a registration and its decisions, and asks the database for the words of a ground alone. An officer is never
named, and a decision that can still be undone has not happened (decision 5).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from accreditation import grounds, words, workflow
from accreditation.states import Attending, Status
from advisory.renditions import wording
from office.encryption import or_words

# A state is a word, a colour and a shape
TONES = {
    Status.DRAFT: ("info", "open"),
    Status.AWAITING_ENDORSEMENT: ("rev", "clock"),
    Status.SUBMITTED: ("rev", "clock"),
    Status.INFO_REQUESTED: ("warn", "warn"),
    Status.WAITLISTED: ("rev", "clock"),
    Status.OFFERED: ("warn", "change"),
    Status.APPROVED: ("ok", "ok"),
    Status.DECLINED: ("err", "stop"),
    Status.WITHDRAWN: ("off", "off"),
    Status.REVOKED: ("err", "stop"),
    Status.LAPSED: ("off", "off"),
}
# What each action is called in the applicant's timeline; what is not here is the house's own affair
HAPPENED = {
    "submit": gettext_lazy("Received"),
    "confirm": gettext_lazy("You confirmed that you come"),
    "endorse": gettext_lazy("Your organization confirmed that it sends you"),
    "object": gettext_lazy("Your organization does not send you"),
    "ask": gettext_lazy("More information needed"),
    "reply": gettext_lazy("Your answer arrived"),
    "approve": gettext_lazy("Approved"),
    "waitlist": gettext_lazy("On the waiting list"),
    "offer": gettext_lazy("A place is offered"),
    "accept": gettext_lazy("You accepted the place"),
    "decline": gettext_lazy("Declined"),
    "appeal": gettext_lazy("You asked for a review"),
    "overturn": gettext_lazy("Approved after a review"),
    "withdraw": gettext_lazy("Withdrawn"),
    "lapse": gettext_lazy("Lapsed"),
    "revoke": gettext_lazy("Revoked"),
}
# What would change a refusal, by its ground
ADVICE = {
    "incomplete": gettext_lazy("Ask for a review and say which papers you can show, or apply again with them."),
    "not_media": gettext_lazy("Samples of recent work, published with your name, would change it."),
    "not_sent": gettext_lazy("A letter of the organization that names you would change it."),
    "no_status": gettext_lazy("An organization that has the status can send you."),
    "identity": gettext_lazy("Particulars written as they stand in your document would change it."),
}
SAID = {"ask", "decline", "revoke"}  # whose reason is written to the applicant


@dataclass(frozen=True)
class Entry:
    """A line of the timeline; one to come has no ``at``."""

    label: str
    tone: str
    icon: str
    at: datetime | None = None
    note: str = ""
    is_now: bool = False


@dataclass(frozen=True)
class Next:
    """``label`` says who acts, ``what`` they do, ``by`` until when; ``usual`` where there is no such moment."""

    label: str
    what: str
    by: datetime | None = None
    usual: str = ""


@dataclass(frozen=True)
class Standing:
    status: Status
    word: str
    tone: str
    icon: str
    sentence: str
    next: Next | None
    ground: str
    said: str
    advice: str
    appeal_until: datetime | None
    timeline: list


def of(registration, decisions, *, now):
    """``decisions``: those of the registration in their order, ``reason`` at hand."""
    seen = told(registration, decisions, now=now)
    status = shown(registration, decisions, now=now)
    tone, icon = TONES[status]
    last = seen[-1] if seen else None
    speaks = last if last and last.action in SAID and last.after == status else None
    until = appeal_until(registration, seen, status, now=now)
    return Standing(
        status=status,
        word=words.STATUS[status],
        tone=tone,
        icon=icon,
        sentence=sentence(registration, status, last),
        next=who_acts_next(registration, seen, status, now=now, appeal_until=until),
        ground=grounds.told(speaks.code, get_language()) if speaks else "",
        said=reason_of(speaks) if speaks else "",
        advice=str(ADVICE.get(speaks.code, "")) if speaks and until else "",
        appeal_until=until,
        timeline=[*happened(seen), *to_come(registration, status)],
    )


def told(registration, decisions, *, now):
    """The decisions that the applicant knows of: none that was undone, and not the one that may yet be."""
    undone = {decision.undoes_id for decision in decisions}
    if workflow.is_held(registration, now) and decisions:
        decisions = decisions[:-1]
    return [row for row in decisions if row.pk not in undone and row.undoes_id is None and row.action in HAPPENED]


def shown(registration, decisions, *, now):
    is_held = workflow.is_held(registration, now) and decisions
    return Status(decisions[-1].before if is_held else registration.status)


def reason_of(decision):
    reason = getattr(decision, "reason", None)
    return or_words(lambda: reason.words) if reason else ""


def sentence(registration, status, last):
    """One sentence that says what the state means."""
    if status == Status.APPROVED:
        if last and last.action == "confirm":
            return _("Your standing accreditation lets you in. You need no other badge.")
        if registration.attending == Attending.REMOTE:
            return _("You are expected remotely. You need no badge.")
        return _("You are expected. Your badge opens the door.")
    if status == Status.DECLINED and last and last.action == "object":
        return _("The organization that you named does not confirm that it sends you.")
    return {
        Status.DRAFT: _("What you wrote is kept, and nobody reads it before you send it."),
        Status.AWAITING_ENDORSEMENT: _("Your organization is asked to confirm that it sends you."),
        Status.SUBMITTED: _("Your application is with the accreditation desk."),
        Status.INFO_REQUESTED: _("The desk needs something more from you before it can decide."),
        Status.WAITLISTED: _("All places are taken for now. When one is free it is offered in the order of the list."),
        Status.OFFERED: _("A place is kept for you. After the time below it goes to the next person."),
        Status.DECLINED: _("You cannot come to this meeting with this application."),
        Status.WITHDRAWN: _("The application is withdrawn, and nothing more happens with it."),
        Status.REVOKED: _("Your accreditation has ended, and your badge opens no door."),
        Status.LAPSED: _("The time to send, to answer or to accept has passed."),
    }[status]


def who_acts_next(registration, seen, status, *, now, appeal_until):
    category = registration.category
    if status == Status.SUBMITTED:
        has_appealed = bool(seen) and seen[-1].action == "appeal"
        what = _("Another officer decides anew") if has_appealed else _("Decides on your application")
        return Next(_("The desk acts next"), what, usual=usual(registration, seen, status, now=now))
    if status == Status.WAITLISTED:
        what = _("Offers you a place as soon as one is free")
        return Next(_("The desk acts next"), what, usual=_("We write to you. You need do nothing."))
    if status == Status.AWAITING_ENDORSEMENT:
        return Next(_("Your organization acts next"), _("Confirms that it sends you"), category.closes_at)
    if status == Status.DECLINED and appeal_until:
        return Next(_("You may act"), _("Ask once for a review"), appeal_until)
    if status == Status.APPROVED and registration.attending == Attending.IN_PERSON and not is_confirmed(seen):
        return Next(_("You act next"), _("Collect your badge"))
    mine = {
        Status.DRAFT: (_("Send your application"), registration.saved_at + timedelta(days=category.draft_days)),
        Status.INFO_REQUESTED: (_("Answer the desk"), registration.info_until),
        Status.OFFERED: (_("Accept or decline the place"), registration.offer_until),
    }
    return Next(_("You act next"), *mine[status]) if status in mine else None


def is_confirmed(seen):
    return bool(seen) and seen[-1].action == "confirm"


def usual(registration, seen, status, *, now):
    """Usually within 3 working days; today is day 2. Counted anew from the last time it came to the desk."""
    since = next((row.at for row in reversed(seen) if row.after == status != row.before), registration.saved_at)
    within, today = registration.category.answer_days, working_day(since, now, registration.meeting.time_zone)
    figures = {"days": within, "today": today}
    if today > within:
        return _("It takes longer than usual: today is working day %(today)s. You need do nothing.") % figures
    return ngettext(
        "Usually within %(days)s working day; today is day %(today)s.",
        "Usually within %(days)s working days; today is day %(today)s.",
        within,
    ) % figures  # fmt: skip


def working_day(since, now, zone):
    """Which working day it is, the day of arrival being the first; Saturday and Sunday do not count."""
    clock = wording.zone(zone)
    first, today = since.astimezone(clock).date(), now.astimezone(clock).date()
    weeks, rest = divmod((today - first).days + 1, 7)
    return max(weeks * 5 + sum((first.weekday() + day) % 7 < 5 for day in range(rest)), 1)


def appeal_until(registration, seen, status, *, now):
    """Until when a review can be asked for, or None."""
    if status != Status.DECLINED or registration.has_appealed:
        return None
    last = next((row for row in reversed(seen) if row.after == Status.DECLINED), None)
    until = (last.at if last else registration.saved_at) + timedelta(days=registration.category.appeal_days)
    return until if now <= until else None


def happened(seen):
    entries = []
    for number, row in enumerate(seen, start=1):
        tone, icon = ("info", "received") if row.action in {"submit", "reply"} else TONES[Status(row.after)]
        note = _("The desk waits for your answer.") if row.action == "ask" and number == len(seen) else ""
        entries.append(Entry(HAPPENED[row.action], tone, icon, row.at, note, is_now=number == len(seen)))
    return entries


def to_come(registration, status):
    """What still has to happen, as it usually does."""
    decision = Entry(_("Decision"), "todo", "todo")
    place = Entry(_("A place is offered, if one is free"), "todo", "todo")
    badge = [Entry(_("Badge"), "todo", "todo")] if registration.attending == Attending.IN_PERSON else []
    return {
        Status.DRAFT: [Entry(_("Sent"), "todo", "todo"), decision],
        Status.AWAITING_ENDORSEMENT: [Entry(_("Your organization confirms"), "todo", "todo"), decision, *badge],
        Status.SUBMITTED: [decision, *badge],
        Status.INFO_REQUESTED: [Entry(_("Your answer"), "todo", "todo"), decision, *badge],
        Status.WAITLISTED: [place, *badge],
        Status.OFFERED: [Entry(_("Your answer"), "todo", "todo"), *badge],
    }.get(status, [])
