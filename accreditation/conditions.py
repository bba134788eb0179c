"""Why an action that the table of ``workflow`` allows may still be refused: each question answers with a sentence, or
with nothing where the action may go on."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation import badges, clock, grounds, words
from accreditation.models import Conflict, DeskPolicy, Registration
from accreditation.models.desk import SECONDED
from accreditation.states import Actor, Status

YOU_DECLINED = gettext_lazy("You declined this application: its review is for another officer.")
YOUR_CONFLICT = gettext_lazy("You have a conflict of interest here: another officer decides.")
BY_LINK = frozenset({Actor.APPLICANT, Actor.FOCAL_POINT})  # who act through a link, and learn no officer's name


def not_open(registration, *, actor, at, **_rest):
    if actor == Actor.APPLICANT and registration.email_proved_at is None:
        return _("Open the link in our e-mail first: it proves that the address is yours.")
    if actor == Actor.DESK or registration.category.is_open(at) or registration.replaces_id:
        return ""
    opens = registration.category.opens_at
    if opens and opens > at:
        return _("Applications open on %(moment)s. Yours is kept until then.") % {"moment": told(registration, opens)}
    return _("Applications have closed. What you wrote is kept; the desk can tell you whether it may still be sent.")


def not_standing(registration, **rest):
    if not registration.category.standing_confirms:
        return _("This category asks everybody to apply.")
    return not_open(registration, **rest)


def offer_over(registration, *, at, **_rest):
    """The worker may be late in giving the place to the next; the moment told to the applicant counts."""
    if registration.offer_until <= at:
        return _("The place was kept for you until %(moment)s. It goes to the next person on the waiting list.") % {
            "moment": told(registration, registration.offer_until)
        }
    return ""


def is_looked_at(registration):
    """Whether an officer's decision on it stands; what an officer entered for somebody is none."""
    return standing_decisions(registration).filter(by__isnull=False).exclude(action="submit").exists()


def not_appealable(registration, *, at, **_rest):
    if registration.has_appealed:
        return _("You have asked for a review once. Its outcome is final.")
    last = standing_decisions(registration).filter(after=Status.DECLINED).first()
    if last and last.at + timedelta(days=registration.category.appeal_days) <= at:
        return _("The days in which a review could be asked for have passed.")
    return another_live(registration)


def another_live(registration, **_rest):
    others = Registration.objects.live().filter(meeting=registration.meeting_id, email_key=registration.email_key)
    if registration.delegation_id is None and others.exclude(pk=registration.pk).filter(delegation=None).exists():
        return _("There is another application of the same person to this meeting.")
    return ""


def not_due(registration, *, at, **_rest):
    """The worker lapses what waited too long, and what lies at the desk only once the meeting is over."""
    category = registration.category
    ends = {
        Status.DRAFT: lambda: registration.saved_at + timedelta(days=category.draft_days),
        Status.OFFERED: lambda: registration.offer_until,
        Status.INFO_REQUESTED: lambda: registration.info_until or at,
        Status.AWAITING_ENDORSEMENT: lambda: category.closes_at or badges.validity(registration.meeting, at=at)[1],
    }
    end = ends.get(registration.status, lambda: badges.validity(registration.meeting, at=at)[1])()
    return "" if end <= at else "Its time is not over."


def after_appeal(registration, *, by, **_rest):
    """An appeal is decided by another officer than those who declined."""
    if registration.has_appealed and by:
        declined = standing_decisions(registration).filter(after=Status.DECLINED).first()
        if declined and by.pk in {declined.by_id, declined.seconded_by_id}:
            return str(YOU_DECLINED)
    return ""


def without_notice(registration, *, at, ground, **_rest):
    """Nobody loses a badge unheard, unless there is danger."""
    hours = policy_of(registration.meeting_id).notice_hours
    if ground == grounds.DANGER or not hours:
        return ""
    if registration.notice_until is None:
        return _("Tell the person first what is held against them: they have %(hours)s hours to answer.") % {
            "hours": hours
        }
    if registration.notice_until > at:
        return _("The person may answer until %(moment)s.") % {"moment": told(registration, registration.notice_until)}
    notice = registration.decisions.filter(action="give_notice").order_by("-sequence").first()
    if notice and notice.code != ground:
        return _("The person was told of another ground: tell them of this one first.")
    return ""


def policy_of(meeting_id):
    """The rules of a meeting's desk; what the defaults say where nobody has set them."""
    return DeskPolicy.objects.filter(meeting=meeting_id).first() or DeskPolicy(meeting_id=meeting_id)


def is_seconded(meeting_id, action):
    return action in SECONDED and action in policy_of(meeting_id).seconded


def conflict(registration, officer):
    """Why an officer may not decide on this person, or ""."""
    if Conflict.objects.about(registration).filter(officer=officer).exists():
        return str(YOUR_CONFLICT)
    return ""


# Acts of ``protection`` and of the desk, which stand in the book and change no status
BESIDE = frozenset({"protect", "refuse_protection", "appoint_readers", "unprotect", "give_notice", "end_notice"})


def of_status(registration):
    """Its decisions, without what stands in the book beside them."""
    return registration.decisions.exclude(action__in=BESIDE)


def standing_decisions(registration):
    """Those that were not undone, the latest first."""
    return of_status(registration).filter(undoes=None, undone_by=None).order_by("-sequence")


def what_happened(registration, actor):
    """Declined: A. Officer, 3 May 2026, 14:02. What a refusal tells whoever came second."""
    return how_it_stands(
        registration, of_status(registration).order_by("-sequence").select_related("by").first(), actor
    )


def how_it_stands(registration, last, actor):
    """The same of a Decision at hand, ``last``, or None."""
    if last is None:
        return _("The application has not been sent.")
    return _("%(status)s: %(who)s, %(moment)s.") % {
        "status": words.STATUS[Status(registration.status)],
        "who": last.by if last.by and actor not in BY_LINK else words.ACTOR[Actor(last.actor)],
        "moment": told(registration, last.at),
    }


def told(registration, at):
    """An instant in words, on the meeting's own clock."""
    return clock.moment(registration.meeting, at)
