"""Bodies and topics are the whole office's: any press officer adds one, a grant for every meeting corrects it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from advisory.admin.languages import direction
from advisory.models import Body, Topic
from office.admin import OfficeAdmin

OTHERS = ["ar", "zh", "fr", "ru", "es"]


class NamedAdmin(OfficeAdmin):
    """What has a name in the six languages."""

    list_display = ["name", "slug", "missing"]
    search_fields = ["name", *[f"name_{language}" for language in OTHERS]]
    prepopulated_fields = {"slug": ["name"]}
    shared_verbs = ["view", "add"]
    fieldsets = [
        (None, {"fields": ["name", "slug"]}),
        (
            _("In the other languages"),
            {
                "fields": [f"name_{language}" for language in OTHERS],
                "description": _("An empty one is shown in English."),
            },
        ),
    ]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name.startswith("name_"):
            language = db_field.name.removeprefix("name_")
            field.widget.attrs |= {"lang": language, "dir": direction(language)}
        return field

    @admin.display(description=_("Not yet named in"))
    def missing(self, named):
        return ", ".join(language for language in OTHERS if language not in named.names)


@admin.register(Body)
class BodyAdmin(NamedAdmin):
    pass


@admin.register(Topic)
class TopicAdmin(NamedAdmin):
    pass
