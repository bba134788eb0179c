"""What waits for a second officer: the list, one proposal with all that is proposed, and what is done with it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accreditation import conditions, grounds, protection, words, workflow
from accreditation.desk import exports, second
from accreditation.forms.desk.second import ReferForm, RefusalForm
from accreditation.states import Actor, Status
from accreditation.views.desk.doors import desk_only, registration_for
from accreditation.workflow import TransitionRefused
from office import permissions

ACTORS = {Actor.DESK: permissions.may_decide, Actor.SUPERVISOR: permissions.may_overrule}
MOST_LISTS = 50
TALKS = {"ask", "reply"}  # asked and answered, not decided: nothing for two officers


@require_safe
@desk_only()
def listed(request):
    officer = request.user
    open_ones = second.waiting().filter(pk__in=second.of_desk(officer).values("pk"))
    waiting = [line(row) for row in open_ones]
    context = {
        "for_me": [row for row in waiting if row["proposal"].made_by_id != officer.pk],
        "mine": [row for row in waiting if row["proposal"].made_by_id == officer.pk],
        "lists": exports.for_second(officer)[:MOST_LISTS],
        "ended": [line(row) for row in second.decided_for(officer)],
    }
    return render(request, "desk/proposals.html", context)


def line(proposed):
    proposal, registration = proposed.proposal, proposed.registration
    return {
        "proposed": proposed,
        "proposal": proposal,
        "registration": registration,
        "deed": words.DEED[proposal.content["action"]],
        "outcome": _("Out of date") if not proposal.outcome else proposal.get_outcome_display(),
    }


def proposed_for(officer, pk):
    """The proposal by its number; 404 unless the officer reviews its meeting."""
    found = second.of_desk(officer).filter(proposal__id=pk).first()
    if found is None:
        raise Http404
    return found


@require_safe
@desk_only()
def page(request, pk):
    return show(request, proposed_for(request.user, pk))


def show(request, proposed, *, form=None, status=200):
    officer, registration = request.user, proposed.registration
    may_read = protection.may_open(registration, officer)
    said = second.words_of(proposed) if may_read else {}
    is_open = not proposed.proposal.outcome and not second.is_stale(proposed)
    context = line(proposed) | {
        "state": words.STATUS[Status(registration.status)],
        "now": conditions.what_happened(registration, Actor.DESK),
        "ground": grounds.told(proposed.proposal.content.get("ground", ""), get_language()),
        "granted": proposed.proposal.content.get("granted", {}),
        "reason": said.get("reason", ""),
        "note": proposed.sealed.get("note", "") if may_read else "",
        "refusal": proposed.sealed.get("refusal", "") if may_read else "",
        "may_read": may_read,
        "is_open": is_open,
        "is_mine": proposed.proposal.made_by_id == officer.pk,
        "barred": second.barred(proposed, officer) if is_open else "",
        "form": form or RefusalForm(),
    }
    return render(request, "desk/proposal.html", context, status=status)


@require_POST
@desk_only(permissions.may_second)
def approve(request, pk):
    proposed = proposed_for(request.user, pk)
    try:
        second.approve(proposed, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:proposal", pk=pk)
    told = _("%(reference)s: decided as it was proposed.")
    messages.success(request, told % {"reference": proposed.registration.reference})
    return redirect("desk:proposals")


@require_POST
@desk_only(permissions.may_second)
def refuse(request, pk):
    proposed, form = proposed_for(request.user, pk), RefusalForm(request.POST)
    if not form.is_valid():
        return show(request, proposed, form=form, status=422)
    try:
        second.refuse(proposed, by=request.user, reason=form.cleaned_data["reason"])
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return show(request, proposed_for(request.user, pk), form=form, status=409)
    messages.success(request, _("Your colleague reads why. Nothing was decided."))
    return redirect("desk:proposals")


@require_POST
@desk_only()
def withdraw(request, pk):
    try:
        second.withdraw(proposed_for(request.user, pk), by=request.user)
        messages.success(request, _("The proposal is withdrawn. Nothing was decided."))
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:proposals")


@desk_only()
def refer(request, reference):
    """Leave any decision to a second officer, whether or not the rules ask for one."""
    registration = registration_for(request.user, reference)
    actions = actions_for(request.user, registration)
    if not any(may(request.user, registration.meeting) for may in ACTORS.values()):
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = ReferForm(data, actions=actions, initial={"seen": second.last_sequence(registration)})
    if form.is_valid():
        said = dict(form.cleaned_data)
        action = said.pop("action")
        try:
            second.carry_out(registration, action, actor=actions[action], by=request.user, refers=True, **said)
            messages.success(request, _("A second officer decides. Until then nothing changes."))
            return redirect("desk:registration", reference=registration.reference)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
            form.data = form.data.copy()
            form.data["seen"] = second.last_sequence(registration)  # what happened is on the screen now
    context = {"registration": registration, "form": form, "actions": actions, "open": second.open_for(registration)}
    return render(request, "desk/refer.html", context, status=422 if form.errors else 200)


def actions_for(officer, registration):
    """{action: actor} of the decisions that the table gives the officer now."""
    status = Status(registration.status)
    actors = [actor for actor, may in ACTORS.items() if may(officer, registration.meeting)]
    open_to = {action: actor for actor in actors for action in workflow.actions_open_to(actor, status)}
    return {action: actor for action, actor in open_to.items() if action in words.DEED and action not in TALKS}
