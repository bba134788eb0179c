"""The letters about one application: looked at by its reviewers, held back or sent again by those who decide."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accreditation.desk import letters
from accreditation.views.desk.doors import desk_only, registration_for
from office import permissions
from office.models import Message


@require_safe
@desk_only()
def page(request, reference):
    registration = registration_for(request.user, reference)
    may_act = permissions.may_decide(request.user, registration.meeting)
    context = {"registration": registration, "entries": letters.history(registration), "may_act": may_act}
    return render(request, "desk/letters.html", context)


@require_POST
@desk_only(permissions.may_decide)
def act(request, reference, message, action):
    registration = registration_for(request.user, reference, permissions.may_decide)
    if action not in letters.ACTIONS:
        raise Http404
    found = get_object_or_404(Message, pk=message, about=registration.pk)
    if letters.do(registration, found, action, by=request.user):
        messages.success(request, _("Done."))
    else:
        messages.error(request, _("Nothing was done: the letter’s state does not allow it or has changed."))
    return redirect("desk:letters", registration.reference)
