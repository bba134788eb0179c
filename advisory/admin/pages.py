"""What every page beside a meeting's form opens with: the meeting, if the officer may, and the panel around it."""

from functools import wraps

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from advisory.admin.states import state
from office import permissions


def meeting_page(right):
    """The view gets the meeting; 404 where the officer may not even see it, 403 without ``right`` for it."""

    def decorate(view):
        @wraps(view)
        def page(model_admin, request, object_id, **kwargs):
            meeting = model_admin.get_object(request, unquote(object_id))
            if meeting is None:
                raise Http404
            if not permissions.may(request.user, right, meeting):
                raise refusal(meeting)
            return view(model_admin, request, meeting, **kwargs)

        return page

    return decorate


def refusal(meeting):
    """A PermissionDenied, to raise."""
    return PermissionDenied(gettext("Your roles do not let you do this for “%(meeting)s”.") % {"meeting": meeting})


def show(model_admin, request, template, *, title, meeting=None, **context):
    """Render one page of the panel under the meetings' breadcrumbs."""
    request.current_app = model_admin.admin_site.name
    context |= {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": title,
        "original": meeting,
        "state": state(meeting) if meeting else "",
    }
    return TemplateResponse(request, f"admin/advisory/meeting/{template}.html", context)
