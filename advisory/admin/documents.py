"""A document's own page holds its files, one a language. Documents are added on their meeting's page."""

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advisory.admin.forms import SeenForm
from advisory.admin.merging import MergesOlderPages
from advisory.admin.parts import WIDGETS
from advisory.admin.uploads import DocumentFileForm, DocumentFilesFormSet
from advisory.models import Document, DocumentFile, Meeting
from office.admin import OfficeAdmin, OfficeInline


class FileInline(OfficeInline, admin.TabularInline):
    model = DocumentFile
    form = DocumentFileForm
    formset = DocumentFilesFormSet
    meeting_path = "document__meeting"
    template = "admin/table_of_parts.html"
    fields = ["language", "upload", "name", "kept"]
    readonly_fields = ["kept"]
    verbose_name_plural = _("files")

    @admin.display(description=_("Kept"))
    def kept(self, file):
        if not file.digest:
            return gettext("not yet")
        address = reverse("admin:advisory_meeting_file", args=[file.document.meeting_id, file.digest, file.name])
        return format_html('<a href="{}">{} kB</a>', address, -(-file.size_bytes // 1000))


@admin.register(Document)
class DocumentAdmin(MergesOlderPages, OfficeAdmin):
    meeting_path = "meeting"
    form = SeenForm
    list_display = ["__str__", "meeting", "role"]
    list_select_related = ["meeting"]
    search_fields = ["symbols", "title", "meeting__title"]
    fields = ["meeting", "symbols", "title", "role", "languages", "is_advance", "url", "position"]
    readonly_fields = ["meeting"]
    inlines = [FileInline]
    formfield_overrides = WIDGETS

    def has_module_permission(self, request):
        return False  # the way here is the meeting's page

    def has_add_permission(self, request, obj=None):
        return False

    def save_related(self, request, form, formsets, change):
        """A document is part of its meeting: whoever has the meeting's page open must learn of the change."""
        super().save_related(request, form, formsets, change)
        document = form.instance
        Meeting.objects.filter(pk=document.meeting_id).update(changed_at=timezone.now())
        self.log_change(request, document.meeting, f"Changed document “{document}”.")
