"""One application on one screen, and the act of deciding on it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accreditation import workflow
from accreditation.desk import second
from accreditation.forms.desk.deciding import form_for
from accreditation.states import Actor, Status
from accreditation.views.desk.doors import desk_only, registration_for
from office import permissions

ACTORS = {Actor.DESK: permissions.may_decide, Actor.SUPERVISOR: permissions.may_overrule}


def actors_of(officer, meeting):
    """As whom the officer may act in a meeting."""
    return [actor for actor, may in ACTORS.items() if may(officer, meeting)]


def actions_for(officer, registration):
    """{action: actor} that the table allows the officer now, in the table's order."""
    status = Status(registration.status)
    actors = actors_of(officer, registration.meeting)
    return {action: actor for actor in actors for action in workflow.actions_open_to(actor, status)}


@desk_only()
def page(request, reference):
    registration = registration_for(request.user, reference)
    context = {"registration": registration, "actions": actions_for(request.user, registration)}
    context |= {"proposed": second.open_for(registration)}
    return render(request, "desk/application.html", context)


@require_POST
@desk_only()
def act(request, reference, action):
    """Carry out one action of the table; a refusal is told and changes nothing."""
    registration = registration_for(request.user, reference)
    if action not in workflow.ACTIONS:
        raise Http404
    actor = actions_for(request.user, registration).get(action, Actor.DESK)
    form = form_for(action, request.POST)
    if not form.is_valid():
        context = {"registration": registration, "actions": actions_for(request.user, registration), "form": form}
        return render(request, "desk/application.html", context, status=422)
    try:
        refers = "refers" in request.POST
        second.carry_out(registration, action, actor=actor, by=request.user, refers=refers, **form.cleaned_data)
    except workflow.TransitionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:registration", reference=registration.reference)
