"""Who reads what one page of the form asks, from the privacy rules of the columns in which the answers are kept."""

from accreditation import intake, personal
from accreditation.models import Evidence, Registration
from office.privacy import answers

SEEN_BY_SENDER = {"given_names", "family_name", "job_title", "part", "medium"}


def of_form(form, registration):
    """Each different reader of the form's answers, in words."""
    rules = answers(Registration)
    found = [rules.get(intake.column_of(name)) for name in form.fields]
    is_sent = registration.delegation_id or registration.category.needs_endorsement
    if is_sent and not registration.is_hidden and SEEN_BY_SENDER & form.fields.keys():
        found.append(personal.SENDER)
    return _readers(found)


def of_papers():
    return _readers(answers(Evidence).values())


def _readers(rules):
    return list({str(rule.readers): rule.readers for rule in rules if rule is not None}.values())
