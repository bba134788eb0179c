"""Claiming applications, giving them back, and giving them to a colleague."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accreditation.desk import claims, many
from accreditation.forms.desk.claiming import AssignForm
from accreditation.models import Registration
from accreditation.views.desk.doors import desk_only, registration_for, ticked
from office import permissions


@require_POST
@desk_only(permissions.may_decide)
def take(request):
    """Claim what is ticked; what a colleague has stays with them, and is told."""
    rows, number = posted(request)
    taken = claims.take(rows, request.user)
    if taken:
        messages.success(
            request,
            ngettext("%(number)s application is with you.", "%(number)s applications are with you.", taken)
            % {"number": taken},
        )
    if left := number - taken:
        messages.warning(
            request,
            ngettext(
                "%(number)s is with a colleague or has been decided.",
                "%(number)s are with colleagues or have been decided.",
                left,
            )
            % {"number": left},
        )
    return back(request)


@require_POST
@desk_only(permissions.may_decide)
def release(request):
    """Give back what is ticked."""
    rows, _number = posted(request)
    given = claims.release(rows, request.user)
    messages.success(
        request,
        ngettext("%(number)s application is free.", "%(number)s applications are free.", given) % {"number": given},
    )
    return back(request)


@require_POST
@desk_only(permissions.may_decide)
def assign(request, reference):
    registration = registration_for(request.user, reference, permissions.may_decide)
    form = AssignForm(request.POST, meeting=registration.meeting)
    if not form.is_valid():
        messages.error(request, _("Choose an officer who decides on this meeting’s applications."))
        return redirect("desk:registration", reference=registration.reference)
    try:
        claims.assign(registration, by=request.user, **form.cleaned_data)
        messages.success(request, _("It is with %(officer)s now.") % {"officer": form.cleaned_data["to"]})
    except claims.ClaimRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:registration", reference=registration.reference)


def posted(request):
    """(rows, number) of what is ticked."""
    references = request.POST.getlist("reference")
    if len(references) > many.AT_MOST:
        raise Http404
    found = ticked(request.user, references)
    return Registration.objects.filter(pk__in=[row.pk for row in found]), len(found)


def back(request):
    """To the list from which it was done."""
    here = request.POST.get("next", "")
    within = url_has_allowed_host_and_scheme(here, {request.get_host()}, require_https=request.is_secure())
    return redirect(here if within and here.startswith(reverse("desk:queue")) else "desk:queue")
