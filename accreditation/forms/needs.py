"""To be written."""

from accreditation.forms.step import StepForm


class NeedsForm(StepForm):
    pass
