"""To be written."""

from accreditation.forms.step import StepForm


class QuestionsForm(StepForm):
    pass


def is_asked(registration):
    return registration.category.questions.exists()
