"""The applicant's own pages after sending: how it stands, and what they can do about it."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import wraps

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone, translation
from django.utils.html import escape, format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accreditation import (
    after_sending,
    aliases,
    announced,
    answers,
    codes,
    conditions,
    erasing,
    evidence,
    journey,
    pick_up,
    profiles,
    standing,
    visits,
    workflow,
    writing,
)
from accreditation.desk import exports, notes, notice, pools, speaking
from accreditation.forms.after_sending import AppealForm, ConfirmForm, DeleteForm, WithdrawForm
from accreditation.forms.desk.badges import SlotForm
from accreditation.forms.desk.writing import MessageForm
from accreditation.models import Badge
from accreditation.own_data import own_data
from accreditation.states import ENDED, Actor, BadgeState, Status
from accreditation.views.links import nothing
from accreditation.views.private import private
from advisory import emails as announcements
from advisory import limits
from advisory.renditions import times, wording
from advisory.words import MeetingStatus
from office.encryption import or_words

NEWS = {
    "saved": _("Your changes are saved."),
    "sent": _("Your answer is sent."),
    "written": _("Your message is with the desk."),
    "opened": _("For ten minutes this page shows everything you wrote."),
    "coming": _("Your pick-up time is noted."),
    "full": _("This time is full or over. Choose another one."),
    "changed": _("Your application has changed meanwhile. This is how it stands now."),
}
MOST_SLOTS = 100
JUST_NOW = timedelta(minutes=10)
MESSAGES_AN_HOUR, AN_HOUR = 10, 60 * 60


def opened(view):
    """The registration that this browser opened, as the view's second argument; a draft goes on with its form.

    A post names its application (``of``): with two open in one browser, a page acts on its own.
    """

    @private
    @wraps(view)
    def answer(request, *args, **kwargs):
        reachable = visits.registrations_of(request)
        if request.method == "POST":
            reachable = [row for row in reachable if row.reference == request.POST.get("of")]
        if not reachable:
            return nothing(request)
        if reachable[0].status == Status.DRAFT and view.__name__ not in {"act", "leave", "switch"}:
            return redirect("accreditation:resumed")
        request.applications = reachable
        return view(request, reachable[0], *args, **kwargs)

    return answer


def news_of(registration, decisions, now):
    """Whoever has just sent an application reads here that it has arrived; a decision that is held changes nothing."""
    seen = standing.told(registration, decisions, now=now)
    if len(seen) == 1 and seen[0].action == "submit" and now - seen[0].at < JUST_NOW:
        sentence = gettext("Your application has been sent. Its reference is %(reference)s; a receipt is on its way.")
        reference = format_html('<bdi class="num" dir="ltr">{}</bdi>', registration.reference)
        return format_html(escape(sentence).replace("%(reference)s", "{}"), reference)
    return ""


@opened
def page(request, registration):
    """How it stands."""
    return stand(request, registration)


@opened
def message(request, registration):
    """What the applicant writes back to the desk; what was typed stays where it is not taken."""
    form = MessageForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not notes.may_answer(registration, notes.thread(registration)):
        return to_page()
    if not form.is_valid():
        return stand(request, registration, form, status=422)
    if not limits.within("message", registration.pk, most=MESSAGES_AN_HOUR, seconds=AN_HOUR):
        form.add_error("words", _("These are many messages in one hour. Send this one later."))
        return stand(request, registration, form, status=429)
    try:
        notes.answer(registration, form.cleaned_data["words"])
    except workflow.TransitionRefused as refused:
        form.add_error(None, str(refused))
        return stand(request, registration, form, status=409)
    return to_page("written")


def stand(request, registration, form=None, status=200):
    now = timezone.now()
    decisions = list(registration.decisions.select_related("reason").order_by("sequence"))
    told = standing.of(registration, decisions, now=now)
    is_open, steps = codes.is_open(request, registration), journey.steps(registration)
    thread = notes.thread(registration)
    context = {
        "standing": told,
        "about": about(registration),
        **collecting(registration, told),
        "speaking": speaking.told(registration) if told.status == Status.APPROVED else "",
        "moments": pools.moments(registration) if told.status == Status.APPROVED else [],
        "held_against": notice.is_open(registration),
        "identity_asked": registration.category.identity != "nothing",
        "sections": answers.sections(registration, steps, is_open=is_open),
        "papers": evidence.kept(registration),
        "is_open": is_open,
        "has_sealed": answers.has_sealed(registration),
        "email": email_of(registration, is_open=is_open),
        "others": request.applications[1:],
        "acts": acts(registration, told),
        "buttons": buttons(acts(registration, told), told),
        "has_ended": told.status in ENDED,
        "thread": thread,
        "form": (form or MessageForm()) if notes.may_answer(registration, thread) else None,
        "news": NEWS.get(request.GET.get("news"), "") or news_of(registration, decisions, now),
        "disclosures": exports.told_to(registration),
        "asks_equipment": any(step.slug == "equipment" for step in steps),
    }
    return show(request, registration, "page.html", context, status=status)


def show(request, registration, template, context=None, status=200):
    shared = {
        "registration": registration,
        "category_name": registration.category.said("name", translation.get_language()),
        "is_demonstration": registration.meeting.is_demonstration,
    }
    return render(request, f"accreditation/status/{template}", shared | (context or {}), status=status)


def about(registration):
    """The meeting as it is announced; of one that is not public its code alone."""
    edition = announced.edition_of(registration.meeting)
    if edition is None:
        return {"title": registration.meeting.code}
    telling = announced.telling_of(edition)
    status = MeetingStatus(telling.facts.status)
    return {
        "title": telling.words.title,
        "path": telling.path,
        "calendar": f"{telling.root.removesuffix('/')}.ics",
        "city": times.place(telling),
        "rows": announcements.rows(telling),
        "deleted_on": deleted_on(registration, edition),
        "changed": status.label if status in {MeetingStatus.POSTPONED, MeetingStatus.CANCELLED} else "",
    }


def deleted_on(registration, edition):
    """The day on which the answers go; nothing before the meeting has one."""
    kept = timedelta(days=registration.category.retention_days)
    return wording.short_day(edition.last_day + kept) if edition.last_day else ""


def badge_of(registration, told):
    """Of somebody approved, once nobody can take it back unseen."""
    if told.status != Status.APPROVED:
        return None
    return Badge.objects.filter(registration=registration).exclude(state=BadgeState.VOID).first()


def collecting(registration, told):
    """The badge, where its code shows; when and where it is collected, and what other moments there are."""
    badge = badge_of(registration, told)
    waits = badge is not None and badge.state in {BadgeState.ISSUED, BadgeState.PRINTED}
    slots = list(pick_up.open_to(registration.meeting)[:MOST_SLOTS]) if waits else []
    return {
        "badge": badge,
        "pick_up": registration.category.said("pick_up", translation.get_language()) if waits else "",
        "waits": waits,
        "coming": pick_up.chosen(registration) if waits else None,
        "slot_form": SlotForm(slots=slots, meeting=registration.meeting) if slots else None,
    }


def email_of(registration, *, is_open):
    """Of somebody under protection the clear column holds no address of theirs."""
    if registration.is_protected and not is_open:
        return ""
    return or_words(lambda: aliases.take(registration, "email"))


@dataclass(frozen=True)
class Act:
    """One button on one page. ``on`` limits it to statuses beyond what the table of rules says."""

    name: str
    action: str
    title: str
    lead: str
    button: str
    form: type = ConfirmForm
    on: frozenset = frozenset(Status)
    tone: str = "primary"


ACTS = [
    Act("accept", "accept", _("Accept the place"), _("The place is yours from then on."), _("Accept the place")),
    Act(
        "decline-offer", "withdraw", _("Decline the place"),
        _("The place goes to the next person, and your application ends."), _("Decline the place"),
        on=frozenset({Status.OFFERED}), tone="danger",
    ),
    Act(
        "appeal", "appeal", _("Ask for a review"),
        _("Another officer looks at your application anew and decides. You can ask once."), _("Ask for a review"),
        AppealForm,
    ),
    Act(
        "withdraw", "withdraw", _("Withdraw application"),
        _("Your application ends at once, and its place is free for somebody else. A badge that you have opens no "
          "door any more. You can apply again while the form is open."),
        _("Withdraw application"), WithdrawForm, on=frozenset(Status) - {Status.OFFERED}, tone="danger",
    ),
]  # fmt: skip
KEPT_MEANWHILE = _("The place is kept for you while the accreditation desk decides on your application.")
ANSWER = {"tone": "primary", "words": _("Answer"), "address": reverse_lazy("accreditation:reply")}
DISCARD = Act(
    "withdraw", "discard", _("Delete what I have written"),
    _("Your application was not sent. What you wrote and the papers you added are deleted at once."),
    _("Delete it all"), tone="danger",
)  # fmt: skip


def acts(registration, told):
    """Those that the applicant has now, by name."""
    open_to = workflow.actions_open_to(Actor.APPLICANT, told.status)
    found = {act.name: act for act in ACTS if act.action in open_to and told.status in act.on}
    if told.appeal_until is None:
        found.pop("appeal", None)
    if "accept" in found and not conditions.is_looked_at(registration):
        found["accept"] = replace(found["accept"], lead=KEPT_MEANWHILE)
    return found


def buttons(open_acts, told):
    """What the state asks of the applicant; to withdraw stands further down."""
    asked = [ANSWER] if told.status == Status.INFO_REQUESTED else []
    return asked + [
        {"tone": act.tone, "words": act.title, "address": reverse(f"accreditation:{act.name}")}
        for act in open_acts.values()
        if act.name != "withdraw"
    ]


@opened
def act(request, registration, name):
    """One page, one button: what it means, and the deed itself by POST."""
    if registration.status == Status.DRAFT:
        return discard(request, registration) if name == "withdraw" else redirect("accreditation:resumed")
    decisions = list(registration.decisions.select_related("reason").order_by("sequence"))
    told = standing.of(registration, decisions, now=timezone.now())
    chosen = acts(registration, told).get(name)
    if chosen is None:
        return to_page("changed" if request.method == "POST" else "")
    form = chosen.form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            carry_out(chosen, registration, form.cleaned_data.get("words", ""))
            return to_page()
        except workflow.TransitionRefused as refused:
            form.add_error(None, str(refused))
    context = {"act": chosen, "form": form, "standing": told, "about": about(registration)}
    return show(request, registration, "act.html", context)


def carry_out(chosen, registration, reason):
    if chosen.action == "withdraw":
        after_sending.withdraw(registration, reason=reason)
    else:
        workflow.apply(registration, chosen.action, actor=Actor.APPLICANT, reason=reason)


def discard(request, registration):
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return show(request, registration, "act.html", {"act": DISCARD, "form": form, "about": about(registration)})
    if not erasing.discard(registration):
        return to_page("changed")
    return gone(request, registration)


def to_page(news=""):
    response = redirect("accreditation:standing")
    if news:
        response["Location"] += f"?news={news}"
    return response


@opened
def switch(request, registration):
    """Another application of this browser comes to the front."""
    response = to_page()
    if request.method == "POST":
        visits.open_for(response, request, registration, writing.STATUS)
    return response


@opened
def leave(request, registration):
    """On a computer that others use: this browser forgets the application."""
    if request.method != "POST":
        return to_page()
    response = show(request, registration, "left.html")
    visits.close(response, request, registration)
    codes.close(response)
    return response


@opened
def data(request, registration):
    """Everything we hold of the applicant, as a file; it holds what is sealed, and so it asks the code."""
    if not codes.is_open(request, registration):
        return redirect("accreditation:code")
    response = HttpResponse(own_data(registration), content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{registration.reference}.json"'
    return response


@opened
def delete(request, registration):
    """Of an application that has ended; a live one is withdrawn first."""
    has_ended = workflow.shown_status(registration) in ENDED
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if not has_ended or not form.is_valid():
        return show(request, registration, "delete.html", {"form": form, "has_ended": has_ended})
    email = aliases.take(registration, "email")
    try:
        erasing.erase(registration)
    except erasing.StillLive:
        return to_page("changed")
    if form.cleaned_data["profile"]:
        profiles.forget_profile(email)
    return gone(request, registration)


def gone(request, registration):
    response = render(request, "accreditation/status/gone.html")
    visits.close(response, request, registration)
    codes.close(response)
    return response
