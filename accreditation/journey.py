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
REMEMBERED = {"medium", "standing", "name", "work"}  # steps that a remembered profile may answer in full


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
    """Most categories answer without another statement; a minor's chaperone needs the meeting's first day."""
    category = registration.category
    if category.chaperone_below is not None:
        return bool(evidence.asked(registration))
    is_asked_of = {"", registration.medium, registration.standing}
    return not category.papers_asked_of.isdisjoint(is_asked_of) or evidence.is_implied(registration)


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
    """The step that follows; the check where every step has been answered, so that a change leads straight back.

    The check itself leads to whatever is open, so that who comes to it in order is asked for no papers here.
    """
    asked = steps(registration)
    slugs = [step.slug for step in asked]
    if slug not in slugs:
        return first_open(registration)
    follows = asked[min(slugs.index(slug) + 1, len(asked) - 1)]
    return asked[-1] if follows is not asked[-1] and is_complete(registration) else follows


def before(registration, slug):
    """The step that precedes, or None at the first."""
    asked = steps(registration)
    slugs = [step.slug for step in asked]
    return asked[slugs.index(slug) - 1] if slug in slugs[1:] else None


def missing(registration):
    """Steps before the check that are not answered."""
    return list(_missing(registration))


def _missing(registration):
    return (step for step in steps(registration)[:-1] if not is_done(registration, step))


def is_complete(registration):
    """Whether every step before the check is answered; the papers are looked at last, since they take statements."""
    asked = sorted(steps(registration)[:-1], key=lambda step: step.slug == PAPERS)
    return all(is_done(registration, step) for step in asked)


def is_done(registration, step):
    """The papers are done when none lacks, whatever was answered when."""
    answered = step.slug in registration.done or step.slug in recalled(registration)
    return evidence.is_done(registration, answered=answered) if step.slug == PAPERS else answered


def recalled(registration):
    """Slugs of the steps that a remembered profile answers, as far as they would be accepted today."""
    if not registration.answers.get("is_recalled"):
        return frozenset()
    if "recalled_steps" not in registration.__dict__:
        asked = [step for step in steps(registration) if step.slug in REMEMBERED - set(registration.done)]
        registration.recalled_steps = frozenset(step.slug for step in asked if stands(registration, step))
    return registration.recalled_steps


def stands(registration, step):
    """Whether what is kept would be accepted if it were posted as it stands."""
    fields = step.form(registration=registration)
    data = {field.name: as_posted(field.value()) for field in fields if field.value() not in (None, "", False)}
    return bool(data) and step.form(data, registration=registration).is_valid()


def as_posted(value):
    return "on" if value is True else getattr(value, "pk", value)


def first_open(registration):
    """Where somebody who comes back goes on."""
    return next(_missing(registration), None) or steps(registration)[-1]


def number(registration, slug):
    """(n, of) as told at the head of each page; (None, None) for a page beside the way."""
    slugs = [step.slug for step in steps(registration)]
    return (slugs.index(slug) + 1, len(slugs)) if slug in slugs else (None, None)


def is_first_after_recall(registration, step):
    """Whether to say here that a remembered profile was filled in: on the first page that is open, and at the end."""
    return bool(registration.answers.get("is_recalled")) and step.slug in {first_open(registration).slug, CHECK}
