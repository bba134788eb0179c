"""To be written."""

from accreditation.forms.step import StepForm


class MediumForm(StepForm):
    pass


class EquipmentForm(StepForm):
    pass


def asks_equipment(registration):
    return registration.category.asks_equipment or registration.category.asks_vehicles
