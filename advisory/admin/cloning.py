"""“Clone”: next year's meeting starts from this one's words."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext

from advisory import cloning
from advisory.admin.pages import meeting_page


@meeting_page("advisory.view_meeting")
def clone(model_admin, request, meeting):
    if not model_admin.has_add_permission(request):
        raise PermissionDenied(gettext("Only an officer with a grant for every meeting may add one."))
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    copy = cloning.clone(meeting, year=timezone.localdate().year)
    model_admin.log_addition(request, copy, f"Cloned from {meeting.code}.")
    messages.success(
        request,
        gettext(
            "This is a draft copy of “%(meeting)s” with the code %(code)s. Days, embargo and the contacts' last day "
            "are empty; times of day, people, documents and files were copied. Nothing is public."
        )
        % {"meeting": meeting, "code": copy.code},
    )
    return redirect("admin:advisory_meeting_change", copy.pk)
