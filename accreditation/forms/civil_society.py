"""To be written."""

from accreditation.forms.step import StepForm


class StandingForm(StepForm):
    pass


class PartForm(StepForm):
    pass


class SpeakingForm(StepForm):
    pass


def asks_speaking(registration):
    return registration.category.offers_speaking
