"""What a category's form asks, why, who reads it and until when: drawn from the forms and from what the models declare,
so that the page cannot promise other than what is done."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation import intake, journey, paper_words, personal, words
from accreditation.forms.check import CheckForm
from accreditation.forms.start import StartForm
from accreditation.models import Badge, Decision, Profile, Registration
from accreditation.states import EvidenceKind, Route
from advisory.renditions import wording
from office import privacy
from office.models.message import Message

OWN_QUESTION = "q_"  # begins the name of a field that asks a category's own question
# What nobody types: (words, the column whose rule says the rest)
ADDED = [
    (gettext_lazy("What was decided on your application, and the words of a reason"), (Decision, "pseudonym")),
    (gettext_lazy("Your badge: its number, dates and zones"), (Badge, "registration")),
    (gettext_lazy("E-mails that we sent you"), (Message, "to")),
]


class NoRule(LookupError):
    """A form asks what no model has answered for."""


@dataclass
class Group:
    """What is asked for one reason; ``until`` is a sentence."""

    rule: privacy.Rule
    until: str
    asked: list = field(default_factory=list)

    @property
    def readers(self):
        return wording.ended(str(self.rule.readers))


def groups(category, last_day):
    """[Group] in the order in which the form asks. ``last_day`` of the meeting is a date or None."""
    found = {}
    for label, rule in [
        *asked(category),
        *told_to_sender(category),
        *((label, rule_of_column(*column)) for label, column in ADDED),
    ]:
        group = found.setdefault(id(rule), Group(rule, until(rule, category, last_day)))
        if str(label) not in group.asked:
            group.asked.append(str(label))
    return list(found.values())


def asked(category):
    """(label, Rule) of everything that the category can ask of anybody."""
    prefetch_related_objects([category], "questions", "evidence_rules")
    sealed = {f"{OWN_QUESTION}{question.key}" for question in category.questions.all() if question.is_sensitive}
    yield StartForm.base_fields["email"].label, rule_of("email")
    for name, label in fields(category):
        yield label, personal.SEALED_ANSWER if name in sealed else rule_of(name)
    for kind in dict.fromkeys(rule.kind for rule in category.evidence_rules.all()):
        kind = EvidenceKind(kind)
        yield words.EVIDENCE_KIND[kind], paper_words.ABOUT[kind].rule
    yield CheckForm.base_fields["remembers"].label, rule_of("remembers")


def told_to_sender(category):
    """(label, Rule) of what ``delegation_table`` and the page of endorsement show to those who speak for somebody."""
    is_invited = category.delegations.exists()
    if category.needs_endorsement or is_invited:
        known = [_("Your name"), _("As what you come"), _("How far your application has come")]
        job_title = [_("Your job title")] if category.needs_endorsement and asks_job_title(category) else []
        invited = [_("Your e-mail address, where they invited you")] if is_invited else []
        for label in [*known, *job_title, *invited]:
            yield label, personal.SENDER


def asks_job_title(category):
    return any(name == "job_title" for name, _label in fields(category))


def fields(category):
    """{name: label} of the fields of every page, whatever somebody comes as."""
    found = {}
    for step in journey.STEPS[Route(category.route)]:
        if step.form is None:
            continue
        for applicant in applicants(category):
            if step.is_asked(applicant):
                form = step.form(registration=applicant)
                for name, row in form.fields.items():
                    if not row.widget.is_hidden:
                        found.setdefault(name, form[name].label)
    return list(found.items())


def applicants(category):
    """Somebody of each medium or kind of organization, who was never saved."""
    if category.route == Route.PRESS:
        kinds = [{"medium": medium} for medium in category.media]
    else:
        kinds = [{"standing": standing} for standing in category.standings]
    for kind in kinds or [{}]:
        yield Registration(category=category, meeting=category.meeting, **kind)


def rule_of(name):
    """The Rule of a form's field. Raises NoRule."""
    if name == "remembers":
        return rule_of_column(Profile, "content")
    return rule_of_column(Registration, "email" if name == "email" else intake.column_of(name))


def rule_of_column(model, column):
    rule = privacy.answers(model).get(column)
    if rule is privacy.NOT_PERSONAL:
        raise NoRule(f"{model._meta.label}.{column} is asked of people and has no rule.")
    return rule


def until(rule, category, last_day):
    """A day where there is one to tell."""
    if rule.retention is not personal.AFTER:
        return wording.ended(str(rule.retention))
    if last_day is None:
        return _("Until %(days)s days after the meeting.") % {"days": category.retention_days}
    return _("Until %(day)s.") % {"day": wording.short_day(last_day + timedelta(days=category.retention_days))}


def last_day_of(edition):
    """The meeting's last public day, or None."""
    day = edition.facts.get("last_day")
    return date.fromisoformat(day) if day else None
