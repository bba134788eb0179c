"""The way from a meeting's page to a sent application: start, address, one step a page, check."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation

from accreditation import intake, journey, visits, workflow
from accreditation.forms.check import CheckForm
from accreditation.forms.start import StartForm
from accreditation.models import Category
from accreditation.states import Status
from accreditation.views.private import private
from advisory import limits
from advisory.models import Edition
from advisory.renditions.telling import Telling

PER_ADDRESS, PER_NETWORK, AN_HOUR = 3, 60, 60 * 60
EXPIRED_PAGE = "accreditation/apply/link_again.html"


def announced(year, slug):
    """The public edition of a meeting, or the 404 of a page that never was."""
    edition = (
        Edition.objects.visible().filter(year=year, slug=slug).select_related("meeting").order_by("-number").first()
    )
    if edition is None:
        raise Http404
    return edition


def announced_category(year, slug, category):
    edition = announced(year, slug)
    found = Category.objects.filter(meeting=edition.meeting_id, slug=category).first()
    if found is None:
        raise Http404
    found.meeting = edition.meeting
    return edition, found


def meeting_of(edition):
    """What each page of the journey says of the meeting, from its public edition."""
    telling = Telling.of(edition, {}, translation.get_language(), at=edition.published_at)
    return {"title": telling.words.title, "edition": edition, "is_demonstration": edition.meeting.is_demonstration}


@private
def choose(request, year, slug):
    """By which way somebody comes; with one category alone its start page itself."""
    edition = announced(year, slug)
    categories = list(edition.meeting.categories.all())
    if not categories:
        raise Http404
    if len(categories) == 1:
        return redirect("accreditation:start", year, slug, categories[0].slug)
    return render(request, "accreditation/apply/choose.html", {"about": meeting_of(edition), "categories": categories})


@private
def start(request, year, slug, category):
    """What is needed, how long it takes, when one hears; then the address. The answer is the same for every address."""
    edition, category = announced_category(year, slug, category)
    form = StartForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if may_ask(request, form.cleaned_data["email"]) and not form.cleaned_data.get("website"):
            intake.begin(category, email=form.cleaned_data["email"], language=translation.get_language())
        return redirect("accreditation:sent", year, slug, category.slug)
    context = {"about": meeting_of(edition), "category": category, "form": form, "is_open": category.is_open()}
    return render(request, "accreditation/apply/start.html", context)


def may_ask(request, email):
    network = limits.network(request.META.get("REMOTE_ADDR", ""))
    by_network = limits.within("application", network, most=PER_NETWORK, seconds=AN_HOUR)
    return limits.within("application", intake.tidy(email), most=PER_ADDRESS, seconds=AN_HOUR) and by_network


@private
def sent(request, year, slug, category):
    edition, category = announced_category(year, slug, category)
    return render(request, "accreditation/apply/sent.html", {"about": meeting_of(edition), "category": category})


@private
def step(request, year, slug, category, step):
    """One page of the form. What is posted is saved whenever the page was one of ours, even after its cookie went."""
    registration = visits.registration_of(request) or None
    here = registration is not None and is_of(registration, year, slug, category)
    late = None if here else visits.registration_of_page(request.POST.get("page"), step)
    registration = registration if here else late
    if registration is None or not is_of(registration, year, slug, category):
        return render(request, EXPIRED_PAGE, {"category": category}, status=403 if request.method == "POST" else 200)
    if registration.status != Status.DRAFT:
        return redirect("accreditation:standing")
    asked = journey.step(registration, step)
    if asked is None:
        return redirect(address(registration, journey.first_open(registration)))
    if asked.slug == journey.CHECK:
        return check(request, registration, asked)
    return answer(request, registration, asked, is_late=late is not None)


def answer(request, registration, asked, *, is_late):
    form = asked.form(request.POST or None, registration=registration)
    if request.method == "POST" and form.is_valid():
        try:
            intake.save_answers(registration, asked.slug, form.answers)
        except workflow.TransitionRefused:  # sent from another tab in this moment
            return redirect("accreditation:standing")
        if is_late:
            return render(request, EXPIRED_PAGE, {"registration": registration, "is_saved": True})
        if "later" in request.POST:
            return redirect("accreditation:resumed")
        return redirect(address(registration, journey.after(registration, asked.slug)))
    return page(request, registration, asked, {"form": form}, template="step.html")


def check(request, registration, asked):
    """Everything once more; sent from here."""
    if missing := journey.missing(registration):
        return redirect(address(registration, missing[0]))
    form = CheckForm(request.POST if request.method == "POST" else None, registration=registration)
    refusal = ""
    if form.is_valid():
        try:
            intake.submit(registration, remembers=form.cleaned_data["remembers"])
        except workflow.TransitionRefused as refused:
            refusal = str(refused)
        else:
            return redirect("accreditation:standing")
    return page(request, registration, asked, {"form": form, "refusal": refusal}, template="check.html")


def page(request, registration, asked, context, *, template):
    number, of = journey.number(registration, asked.slug)
    before = journey.before(registration, asked.slug)
    context |= {
        "registration": registration,
        "category": registration.category,
        "step": asked,
        "number": number,
        "of": of,
        "back": address(registration, before) if before else "",
        "page_token": visits.page_of(registration, asked.slug),
    }
    return render(request, f"accreditation/apply/{template}", context)


def is_of(registration, year, slug, category):
    meeting = registration.meeting
    return (meeting.url_year, meeting.slug, registration.category.slug) == (year, slug, category)


def address(registration, step):
    meeting = registration.meeting
    return reverse("accreditation:step", args=[meeting.url_year, meeting.slug, registration.category.slug, step.slug])
