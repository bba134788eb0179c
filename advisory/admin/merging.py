"""What a page in the panel does that was opened before somebody else saved: merge first, then let Django read it."""

from django.contrib.admin.utils import unquote

from advisory.admin import conflicts
from advisory.admin.forms import token
from advisory.models import Meeting


class MergesOlderPages:
    """Before OfficeAdmin, for a meeting or a part of one; its form is a SeenForm.

    The page carries ``seen`` and ``opened`` and shows ``merged``.
    """

    def render_change_form(self, request, context, **kwargs):
        form, formsets = context["adminform"].form, [inline.formset for inline in context["inline_admin_formsets"]]
        opened = ""
        if request.method == "POST":
            opened = getattr(request, "opened", request.POST.get("opened", ""))
        elif kwargs.get("obj"):
            opened = conflicts.opened(form, formsets)
        context |= {"merged": getattr(request, "merged", None), "opened": opened}
        return super().render_change_form(request, context, **kwargs)

    def _changeform_view(self, request, object_id, form_url, extra_context):
        """What was sent from an older page is merged with what is saved now, before Django reads it."""
        if request.method == "POST" and object_id:
            self._merge(request, unquote(object_id))
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def _merge(self, request, pk):
        """The page's transaction is open: the meeting stays locked until the save. Sets ``request.merged``."""
        found = self.get_object(request, pk)
        if found is None or not self.has_change_permission(request, found):
            return
        locked = Meeting.objects.select_for_update().filter(pk=found.meeting.pk).only("changed_at").first()
        obj = self.get_object(request, pk)
        if locked is None or obj is None:
            return
        is_older = request.POST.get("seen") != token(locked)
        if not is_older and conflicts.TAKE not in request.POST:
            return
        form, formsets = self._saved(request, obj)
        request.POST = conflicts.take_chosen(request.POST, form, formsets)
        if is_older:
            request.merged = conflicts.merge(request.POST, request.FILES, form, formsets)
            request.POST = request.merged.data
            request.opened = conflicts.opened(form, formsets)

    def _saved(self, request, obj):
        """The page's form and formsets, unbound: what is saved now."""
        formsets = [
            formset(instance=obj, prefix=formset.get_default_prefix(), queryset=inline.get_queryset(request))
            for formset, inline in self.get_formsets_with_inlines(request, obj)
        ]
        return self.get_form(request, obj, change=True)(instance=obj), formsets
