"""The steps of an application in their order: which a category and an applicant's answers ask, and what is still open.

A step is one page with one question or a few that belong together; at most nine pages, start and check included.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accreditation import evidence
from accreditation.forms import civil_society, needs, person, press, questions, work
from accreditation.states import IdentityRule, Route

CHECK = "check"
PAPERS = "papers"


@dataclass(frozen=True)
class Step:
    """``form`` takes ``registration=`` and knows nothing of states; the papers have pages of their own (``views``)."""

    slug: str
    title: str
    form: type | None
    is_asked: Callable = lambda registration: True


def asks_identity(registration):
    category = registration.category
    return category.asks_birth_date or category.asks_nationality or category.identity != IdentityRule.NOTHING


def asks_papers(registration):
    return not registration.category.papers_asked_of.isdisjoint({"", registration.medium, registration.standing})


def asks_questions(registration):
    return registration.category.has_questions


STEPS = {
    Route.PRESS: [
        Step("medium", _("What do you work for?"), press.MediumForm),
        Step("name", _("What is your name, as in your passport?"), person.NameForm),
        Step("work", _("Where do you work?"), work.WorkForm),
        Step("identity", _("Your identity document"), person.IdentityForm, asks_identity),
        Step(PAPERS, _("Your papers"), None, asks_papers),
        Step("equipment", _("What do you bring?"), press.EquipmentForm, press.asks_equipment),
        Step("needs", _("Do you need anything to take part?"), needs.NeedsForm),
        Step("questions", _("A few more questions"), questions.QuestionsForm, asks_questions),
        Step(CHECK, _("Check your answers"), None),
    ],
    Route.CIVIL_SOCIETY: [
        Step("standing", _("Which organization sends you?"), civil_society.StandingForm),
        Step("name", _("What is your name, as in your passport?"), person.NameForm),
        Step("part", _("As what do you come?"), civil_society.PartForm),
        Step("identity", _("Your identity document"), person.IdentityForm, asks_identity),
        Step(PAPERS, _("Your papers"), None, asks_papers),
        Step("speaking", _("Do you wish to speak?"), civil_society.SpeakingForm, civil_society.asks_speaking),
        Step("needs", _("Do you need anything to take part?"), needs.NeedsForm),
        Step("questions", _("A few more questions"), questions.QuestionsForm, asks_questions),
        Step(CHECK, _("Check your answers"), None),
    ],
}


def steps(registration):
    """Those asked of this applicant, in order; the last is the check."""
    return [step for step in STEPS[registration.route] if step.is_asked(registration)]


def step(registration, slug):
    return next((step for step in steps(registration) if step.slug == slug), None)


def after(registration, slug):
    """The step that follows; the check where every step has been answered, so that a change leads straight back."""
    asked = steps(registration)
    if not missing(registration):
        return asked[-1]
    slugs = [step.slug for step in asked]
    return asked[min(slugs.index(slug) + 1, len(asked) - 1)] if slug in slugs else first_open(registration)


def before(registration, slug):
    """The step that precedes, or None at the first."""
    asked = steps(registration)
    slugs = [step.slug for step in asked]
    return asked[slugs.index(slug) - 1] if slug in slugs[1:] else None


def missing(registration):
    """Steps before the check that are not answered."""
    return [step for step in steps(registration)[:-1] if not is_done(registration, step)]


def is_done(registration, step):
    """The papers are done when none lacks, whatever was answered when."""
    answered = step.slug in registration.done
    return evidence.is_done(registration, answered=answered) if step.slug == PAPERS else answered


def first_open(registration):
    """Where somebody who comes back goes on."""
    return next(iter(missing(registration)), steps(registration)[-1])


def number(registration, slug):
    """(n, of) as told at the head of each page; (None, None) for a page beside the way."""
    slugs = [step.slug for step in steps(registration)]
    return (slugs.index(slug) + 1, len(slugs)) if slug in slugs else (None, None)


def is_first_after_recall(registration, step):
    """Whether to say here that a remembered profile was filled in: on the first page that is open, and at the end."""
    return bool(registration.answers.get("is_recalled")) and step.slug in {first_open(registration).slug, CHECK}
