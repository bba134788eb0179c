"""To be written."""

from accreditation.forms.step import StepForm


class WorkForm(StepForm):
    pass
