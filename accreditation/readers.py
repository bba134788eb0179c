"""Who reads what one page of the form asks, from the privacy rules of the columns in which the answers are kept."""

from accreditation import intake
from accreditation.models import Evidence, Registration
from office.privacy import answers


def of_form(form):
    """Each different reader of the form's answers, in words."""
    rules = answers(Registration)
    return _readers(rules.get(intake.column_of(name)) for name in form.fields)


def of_papers():
    return _readers(answers(Evidence).values())


def _readers(rules):
    return list({str(rule.readers): rule.readers for rule in rules if rule is not None}.values())
