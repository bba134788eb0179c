"""Many at once: what is ticked in the queue is looked at first, then carried out with a result for each."""

from dataclasses import asdict

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accreditation import conditions, words
from accreditation.desk import many
from accreditation.forms.desk.asking import AskManyForm
from accreditation.forms.desk.second import ManyForm
from accreditation.models import Registration
from accreditation.views.desk.doors import desk_only, ticked
from office import permissions

DID = "desk_many"  # in the session: what was carried out last


@desk_only(permissions.may_decide)
def page(request):
    """What is ticked, and what would become of it. Nothing changes here; it is posted, as addresses are too short."""
    if request.method != "POST":
        return redirect("desk:queue")
    references = request.POST.getlist("reference")
    if refusal := refused_for_number(request, references):
        return refusal
    registrations = ticked(request.user, references)
    action = request.POST.get("action", "")
    if action == "ask" and "until" in request.POST:  # the e-mails anew, with the day that is typed
        form = form_for(action, registrations, request.POST)
        return show(request, registrations, action, form=form, status=200 if form.is_valid() else 422)
    return show(request, registrations, action if action in many.ACTIONS else "")


def form_for(action, registrations, data=None):
    return AskManyForm(data, registrations=registrations) if action == "ask" else ManyForm(data, action=action)


def refused_for_number(request, references):
    """An answer where nothing, or too much, is ticked; else None."""
    if not references:
        messages.error(request, _("Tick the applications first."))
        return redirect("desk:queue")
    if len(references) > many.AT_MOST:
        context = {"at_most": many.AT_MOST, "number": len(references)}
        return render(request, "desk/many_too_many.html", context, status=422)
    return None


def show(request, registrations, action, *, form=None, status=200):
    choices = [(name, words.DEED[name]) for name in many.ACTIONS]
    context = {"registrations": registrations, "action": action, "choices": choices}
    if action:
        rows = many.looked_at(registrations, action, officer=request.user)
        meetings = {row.registration.meeting_id for row in rows if not row.refusal}
        for_two = {pk for pk in meetings if conditions.is_seconded(pk, action)}
        alone = [row for row in rows if row.registration.meeting_id not in for_two]
        form = form or form_for(action, registrations)
        context |= {
            "rows": [row for row in rows if not row.refusal],
            "left": [row for row in rows if row.refusal],
            "deed": words.DEED[action],
            "form": form,
            "letters": many.letters(alone, action, until=until_of(form) if action == "ask" else None),
            "short": many.short_of_seats(rows, action),
            "is_for_two": bool(for_two),
        }
    return render(request, "desk/many.html", context, status=status)


def until_of(form):
    """The day to show in the e-mails: as typed where it can be, else as first proposed."""
    return getattr(form, "cleaned_data", {}).get("until") or form.fields["until"].initial


@require_POST
@desk_only(permissions.may_decide)
def carry_out(request):
    references, action = request.POST.getlist("reference"), request.POST.get("action", "")
    if action not in many.ACTIONS:
        raise Http404
    if refusal := refused_for_number(request, references):
        return refusal
    registrations = ticked(request.user, references)
    form, seen = form_for(action, registrations, request.POST), sequences(request, registrations)
    if not form.is_valid():
        return show(request, registrations, action, form=form, status=422)
    words = {"words_for": form.words_for} if action == "ask" else form.cleaned_data
    results = many.carry_out(registrations, action, seen=seen, by=request.user, **words)
    request.session[DID] = {"action": action, "results": [asdict(row) for row in results]}
    return redirect("desk:many-done")


def sequences(request, registrations):
    """{reference: sequence}: what the officer had on the screen. Who says nothing has seen nothing."""
    said = {row.reference: request.POST.get(f"seen-{row.reference}", "") for row in registrations}
    return {
        reference: int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
        for reference, text in said.items()
    }


@require_safe
@desk_only(permissions.may_decide)
def done(request):
    """A result for each, with the way back while it is open."""
    did = request.session.get(DID)
    if did is None:
        return redirect("desk:queue")
    results = [many.Result(**row) for row in did["results"]]
    rows = {row.reference: row for row in known(request, results)}
    held = [row for row in results if row.outcome == many.DONE and is_held(rows.get(row.reference))]
    context = {
        "deed": words.DEED[did["action"]],
        "rows": [(row, rows.get(row.reference)) for row in results],
        "undoable": len(held),
        "number": sum(row.outcome == many.DONE for row in results),
    }
    return render(request, "desk/many_done.html", context)


def known(request, results):
    """Of the applications decided, those still kept and still the officer's."""
    return Registration.objects.for_desk(request.user).filter(reference__in=[row.reference for row in results])


def is_held(registration):
    return bool(registration and registration.held_until and registration.held_until > timezone.now())


@require_POST
@desk_only(permissions.may_decide)
def undo(request):
    did = request.session.get(DID)
    if did is None:
        raise Http404
    results = [many.Result(**row) for row in did["results"]]
    undone = many.undo(list(known(request, results)), results, by=request.user)
    request.session[DID] = did | {"results": [asdict(row) for row in undone]}
    return redirect("desk:many-done")
