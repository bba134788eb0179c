"""The way from a meeting's page to the check of all answers: choose, start, address, one step a page."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation

from accreditation import announced, intake, journey, readers, start_page, visits, words, workflow
from accreditation.forms.start import StartForm
from accreditation.start_page import Door
from accreditation.states import Route, Status
from accreditation.views.private import may_ask, private
from advisory.renditions import wording


@private
def choose(request, year, slug):
    """By which way somebody comes; with one category alone its start page itself."""
    edition = announced.edition_at(year, slug)
    categories = list(edition.meeting.categories.all())
    if not categories:
        raise Http404
    if len(categories) == 1:
        return redirect("accreditation:start", year, slug, categories[0].slug)
    about = announced.about(edition)
    return render(request, "accreditation/apply/choose.html", about_page(about) | {"routes": routes(categories, about)})


def routes(categories, about):
    """[(name of the route, [category with what its line says])] in the order of the routes."""
    telling, language = about["telling"], translation.get_language()
    lines = [
        {
            "category": category,
            "intro": category.said("intro", language),
            "name": category.said("name", language),
            "door": start_page.door(category, telling),
            "opens": start_page.moment(category.opens_at, telling),
            "closes": start_page.moment(category.closes_at, telling),
        }
        for category in categories
    ]
    grouped = [(words.ROUTE[route], [row for row in lines if row["category"].route == route]) for route in Route]
    return [(name, rows) for name, rows in grouped if rows]


@private
def start(request, year, slug, category):
    """What is needed, how long it takes, when one hears; then the address. The answer is the same for every address."""
    edition, category = announced.category_at(year, slug, category)
    about = announced.about(edition)
    is_open = start_page.door(category, about["telling"]) == Door.OPEN
    form = StartForm(request.POST if request.method == "POST" and is_open else None)
    if form.is_valid():
        if may_ask(request, form.cleaned_data["email"]) and not form.cleaned_data.get("website"):
            language = translation.get_language()
            intake.begin(category, email=form.cleaned_data["email"], language=language, edition=edition)
        return redirect("accreditation:sent", year, slug, category.slug)
    return render(request, "accreditation/apply/start.html", start_context(category, about) | {"form": form})


def start_context(category, about):
    telling, language = about["telling"], translation.get_language()
    texts = {name: category.said(name, language) for name in ["name", "intro", "need_not_apply", "pick_up"]}
    return about_page(about, category) | {
        "says": texts,
        "prepare": category.prepare,
        "door": start_page.door(category, telling),
        "opens": start_page.moment(category.opens_at, telling),
        "closes": start_page.moment(category.closes_at, telling),
        "left": start_page.left(category.closes_at, telling),
        "papers": start_page.papers(category),
    }


def about_page(about, category=None):
    """What every public page of the journey is given."""
    return {"about": about, "category": category, "is_demonstration": about["is_demonstration"]}


@private
def sent(request, year, slug, category):
    edition, category = announced.category_at(year, slug, category)
    return render(request, "accreditation/apply/sent.html", about_page(announced.about(edition), category))


@private
def step(request, year, slug, category, step):
    """One page of the form. What is posted is saved whenever the page was one of ours, even after its cookie went."""
    if not any(step == known.slug for known in [*journey.STEPS[Route.PRESS], *journey.STEPS[Route.CIVIL_SOCIETY]]):
        raise Http404
    registration, is_late = opened(request, (year, slug, category), step)
    if registration is None:
        return link_again(request, year, slug, category)
    if registration.status != Status.DRAFT:
        return sent_already(request, registration, is_late=is_late)
    asked = journey.step(registration, step)
    if asked is None or asked.form is None:
        return redirect(address(registration, journey.first_open(registration)))
    return answer(request, registration, asked, is_late=is_late)


def opened(request, place, step=""):
    """(registration, whether the browser's cookie is gone) that a page at ``place`` (year, slug, category) is about.

    Two people may share a browser: what a page posts goes to the registration for which the page was made.
    """
    here = [row for row in visits.registrations_of(request) if is_of(row, *place)]
    named = visits.page_named(request.POST.get("page"), step) if request.method == "POST" else None
    if named is None:
        return (here[0] if here else None), False
    row = next((row for row in here if (row.pk, row.link_version) == named), None)
    if row:
        return row, False
    late = visits.registration_of_page(named)
    return (late if late and is_of(late, *place) else None), True


def link_again(request, year, slug, category, **told):
    """The browser has no key to the application: where to get one. Says nothing of any application."""
    edition, category = announced.category_at(year, slug, category)
    context = about_page(announced.about(edition), category) | told | {"form": StartForm()}
    is_refused = request.method == "POST" and not told
    return render(request, "accreditation/apply/link_again.html", context, status=403 if is_refused else 200)


def sent_already(request, registration, *, is_late):
    if is_late:
        return link_again(request, *place_of(registration), is_sent=True)
    return redirect("accreditation:standing")


def answer(request, registration, asked, *, is_late):
    form = asked.form(request.POST if request.method == "POST" else None, registration=registration)
    is_valid = form.is_valid()
    is_for_later = "later" in request.POST
    if is_valid or (is_for_later and is_unfinished(form)):
        answers = form.answers if is_valid else form.cleaned_data
        try:
            registration = intake.save_answers(registration, asked.slug, answers, is_done=is_valid)
        except intake.NotDraft:  # sent from another tab in this moment
            return sent_already(request, registration, is_late=is_late)
        except workflow.TransitionRefused as refused:
            form.add_error(None, str(refused))
            return page(request, registration, asked, {"form": form}, template="step.html")
        if is_late:
            return link_again(request, *place_of(registration), is_saved=True)
        if is_for_later:
            return redirect("accreditation:saved", *place_of(registration))
        return redirect(address(registration, journey.after(registration, asked.slug)))
    return page(request, registration, asked, {"form": form}, template="step.html")


def is_unfinished(form):
    """Whether nothing is wrong but what was left empty: enough for “Save and come back later”."""
    return form.is_bound and all(
        name != "__all__" and not form.data.get(form.add_prefix(name)) and name in form.fields for name in form.errors
    )


def page(request, registration, asked, context, *, template):
    number, of = journey.number(registration, asked.slug)
    form = context.get("form")
    context |= {
        "registration": registration,
        "category": registration.category,
        "category_name": registration.category.said("name", translation.get_language()),
        "step": asked,
        "step_template": [f"accreditation/apply/steps/{asked.slug}.html", "accreditation/apply/_no_block.html"],
        "number": number,
        "of": of,
        "back": back(request, registration, asked),
        "page_token": visits.page_of(registration, asked.slug),
        "readers": readers.of_papers() if form is None else readers.of_form(form, registration),
        "is_recalled": journey.is_first_after_recall(registration, asked),
        "is_demonstration": registration.meeting.is_demonstration,
    }
    return render(request, f"accreditation/apply/{template}", context)


def back(request, registration, asked):
    """To the check page where a Change link came from it; else to the step before; from the first to the start page."""
    if request.GET.get("from") == journey.CHECK and journey.is_complete(registration):
        return address(registration, journey.steps(registration)[-1])
    before = journey.before(registration, asked.slug)
    return address(registration, before) if before else reverse("accreditation:start", args=place_of(registration))


@private
def saved(request, year, slug, category):
    """After “Save and come back later”: until when it is kept, and how to come back."""
    registration, _is_late = opened(request, (year, slug, category))
    if registration is None:
        return link_again(request, year, slug, category)
    if registration.status != Status.DRAFT:
        return redirect("accreditation:standing")
    kept_until = registration.saved_at + timedelta(days=registration.category.draft_days)
    context = {
        "registration": registration,
        "category": registration.category,
        "category_name": registration.category.said("name", translation.get_language()),
        "kept_until": wording.short_day(kept_until.astimezone(timezone.get_current_timezone())),
        "next": address(registration, journey.first_open(registration)),
        "is_demonstration": registration.meeting.is_demonstration,
    }
    return render(request, "accreditation/apply/saved.html", context)


def is_of(registration, year, slug, category):
    return place_of(registration) == (year, slug, category)


def place_of(registration):
    """(year, slug, category) of the addresses of its pages."""
    meeting = registration.meeting
    return meeting.url_year, meeting.slug, registration.category.slug


def address(registration, step):
    return reverse("accreditation:step", args=(*place_of(registration), step.slug))
