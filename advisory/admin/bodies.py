"""Bodies are the whole office's: any press officer adds one, a grant for every meeting corrects it."""

from django.contrib import admin

from advisory.models import Body
from office.admin import OfficeAdmin


@admin.register(Body)
class BodyAdmin(OfficeAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    shared_verbs = ["view", "add"]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields
