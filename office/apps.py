from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import pgettext_lazy

from office.privacy import check_every_field_answers


class OfficeConfig(AppConfig):
    name = "office"
    verbose_name = pgettext_lazy("the press office", "Office")

    def ready(self):
        register(check_every_field_answers, Tags.models)
