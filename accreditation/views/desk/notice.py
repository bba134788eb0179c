"""Telling a person what is held against them before a badge is revoked, and reading what they answer."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accreditation import conditions, grounds, protection
from accreditation.desk import notice
from accreditation.forms.desk.second import NoticeForm
from accreditation.states import Status
from accreditation.views.desk.doors import desk_only, registration_for
from accreditation.workflow import TransitionRefused
from office import permissions


@desk_only(permissions.may_overrule)
def page(request, reference):
    """What was told and answered; where nothing was, the form that tells."""
    registration = registration_for(request.user, reference, permissions.may_overrule)
    form = NoticeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            notice.give(registration, by=request.user, **form.cleaned_data)
            messages.success(request, _("The person is told, and reads on their page what is held against them."))
            return redirect("desk:notice", reference=registration.reference)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "desk/notice.html", context(request, registration, form), status=422 if form.errors else 200)


def context(request, registration, form):
    given, may_read = notice.last(registration), protection.may_open(registration, request.user)
    return {
        "registration": registration,
        "form": form,
        "given": given,
        "ground": grounds.told(given.code, get_language()) if given else "",
        "may_read": may_read,
        "answers": notice.answers(registration, given.at) if given and may_read else [],
        "hours": conditions.policy_of(registration.meeting_id).notice_hours,
        "is_approved": registration.status == Status.APPROVED,
    }


@require_POST
@desk_only(permissions.may_overrule)
def end(request, reference):
    registration = registration_for(request.user, reference, permissions.may_overrule)
    try:
        notice.end(registration, by=request.user)
        messages.success(request, _("The person is told that the badge stays."))
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:notice", reference=registration.reference)
