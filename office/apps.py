from django.apps import AppConfig
from django.core.checks import Tags, register

from office.privacy import check_every_field_answers


class OfficeConfig(AppConfig):
    name = "office"
    verbose_name = "Office"

    def ready(self):
        register(check_every_field_answers, Tags.models)
