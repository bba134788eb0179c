"""What a form asks and who reads it; how people at risk are protected, for everybody and for one who asked."""

from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_safe

from accreditation import announced, clock, privacy_page, protection, visits, workflow
from accreditation.states import Status
from accreditation.views.links import nothing
from accreditation.views.private import private
from office.encryption import or_words


@require_safe
def form(request, year, slug, category):
    """The privacy page of one category's form."""
    edition, category = announced.category_at(year, slug, category)
    groups = privacy_page.groups(category, privacy_page.last_day_of(edition))
    return render(request, "accreditation/privacy/form.html", frame(edition, category) | {"groups": groups})


@require_safe
def about_protection(request, year, slug, category):
    """Who may ask for protection, what it changes, how to ask."""
    edition, category = announced.category_at(year, slug, category)
    return render(request, "accreditation/privacy/protection.html", frame(edition, category))


def frame(edition, category):
    about = announced.about(edition)
    return {
        "about": about,
        "category": category,
        "category_name": category.said("name", translation.get_language()),
        "is_demonstration": about["is_demonstration"],
    }


@private
def mine(request):
    """How protection stands for the application that this browser opened, and what its person may change."""
    registration = visits.registration_of(request)
    if registration is None:
        return nothing(request)
    if registration.status == Status.DRAFT:
        return redirect("accreditation:resumed")
    refusal = ""
    if request.method == "POST":
        try:
            act(registration, request.POST)
            return redirect("accreditation:my-protection")
        except workflow.TransitionRefused as refused:
            refusal = str(refused)
    return render(request, "accreditation/privacy/mine.html", mine_context(registration, refusal))


def act(registration, posted):
    """Ask, lift, or choose what the badge shows; anything else changes nothing."""
    if posted.get("act") == "ask":
        protection.ask(registration)
    elif posted.get("act") == "lift":
        protection.lift(registration)
    elif posted.get("act") == "badge":
        protection.show_on_badge(registration, posted.get("badge"))


def mine_context(registration, refusal):
    word, decision = protection.standing(registration)
    reason = getattr(decision, "reason", None)
    return {
        "registration": registration,
        "standing": word,
        "since": clock.moment(registration.meeting, decision.at) if decision else "",
        "reason": or_words(lambda: reason.words) if reason else "",
        "badge": protection.on_badge(registration),
        "refusal": refusal,
        "is_demonstration": registration.meeting.is_demonstration,
    }
