"""Entering an application for somebody else: one person by a form, or a list with a preview and a result per line."""

import time

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accreditation.desk import entering, entering_list
from accreditation.forms.desk.entering import EnteringForm, ListForm
from accreditation.models import Registration
from accreditation.views.desk.doors import desk_only, meeting_for
from office import permissions

SECONDS = 15  # of a request; a longer list goes on with another


@require_safe
@desk_only(permissions.may_enter)
def choose(request, code):
    meeting = meeting_for(request.user, code, permissions.may_enter)
    return render(request, "desk/enter_choose.html", {"meeting": meeting, "categories": meeting.categories.all()})


@require_http_methods(["GET", "HEAD", "POST"])
@desk_only(permissions.may_enter)
def person(request, code, category):
    meeting, category = _category(request, code, category)
    registration = Registration(meeting=meeting, category=category)
    form = EnteringForm(request.POST if request.method == "POST" else None, registration=registration)
    if form.is_valid():
        is_another = form.cleaned_data.get("is_another", False)
        try:
            sent = entering.enter(category, form.person, by=request.user, note=form.note, is_another=is_another)
        except entering.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Entered: %(reference)s") % {"reference": sent.reference})
            return redirect("desk:registration", reference=sent.reference)
    status = 422 if form.is_bound else 200
    return render(request, "desk/enter.html", {"meeting": meeting, "category": category, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_only(permissions.may_enter)
def people(request, code, category):
    """First the file, then what would be entered, then the result; the list itself travels in the page."""
    meeting, category = _category(request, code, category)
    context = {"meeting": meeting, "category": category, "known": entering_list.COLUMNS}
    is_confirmed = "rows" in request.POST
    form = ListForm(request.POST or None, request.FILES or None) if not is_confirmed else None
    try:
        if is_confirmed:
            return render(request, "desk/enter_result.html", context | _entered(request, category))
        if form.is_valid():
            text = entering_list.decoded(form.cleaned_data["file"].read())
            columns, lines = entering_list.read(text, category)
            ready = [line for line in lines if line.is_ready]
            rows = entering_list.written(columns, ready)
            more = {"lines": lines, "ready": len(ready), "rows": rows, "asked_by": form.cleaned_data["asked_by"]}
            return render(request, "desk/enter_preview.html", context | more)
    except entering_list.Refused as refusal:
        form = form or ListForm({}, {})
        form.errors.clear()
        form.add_error("file", str(refusal))
    return render(request, "desk/enter_list.html", context | {"form": form}, status=422 if form.is_bound else 200)


def _category(request, code, slug):
    meeting = meeting_for(request.user, code, permissions.may_enter)
    category = get_object_or_404(meeting.categories, slug=slug)
    category.meeting = meeting
    return meeting, category


def _entered(request, category):
    """Enter line by line, each in a transaction of its own, until the time of a request is over."""
    columns, lines = entering_list.read(request.POST["rows"], category)
    asked_by = " ".join(request.POST.get("asked_by", "").split())[:200]
    note = _("From a list. Asked for by: %(who)s") % {"who": asked_by}
    results, until = [], time.monotonic() + SECONDS
    for line in lines:
        if time.monotonic() > until:
            break
        results.append(_result(category, line, by=request.user, note=note))
    left = lines[len(results) :]
    return {
        "results": results,
        "entered": sum(bool(result["reference"]) for result in results),
        "left": len(left),
        "rows": entering_list.written(columns, left),
        "asked_by": asked_by,
    }


def _result(category, line, *, by, note):
    if not line.is_ready:
        return {"line": line, "reference": "", "said": " ".join(line.problems)}
    try:
        sent = entering.enter(category, line.person, by=by, note=note)
    except entering.Refused as refusal:
        return {"line": line, "reference": "", "said": str(refusal)}
    return {"line": line, "reference": sent.reference, "said": sent.get_status_display()}
