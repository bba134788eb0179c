"""Conflicts of interest: declaring one's own, and a supervisor ending a colleague's."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accreditation.desk import conflicts
from accreditation.forms.desk.second import ConflictForm
from accreditation.views.desk.doors import desk_only, registration_for


@require_safe
@desk_only()
def listed(request):
    rows = list(conflicts.seen_by(request.user))
    for row in rows:
        row.may_be_ended = conflicts.may_end(row, request.user)
    mine = [row for row in rows if row.officer_id == request.user.pk]
    return render(request, "desk/conflicts.html", {"mine": mine, "others": [row for row in rows if row not in mine]})


@desk_only()
def declare(request, reference):
    registration = registration_for(request.user, reference)
    form = ConflictForm(
        request.POST if request.method == "POST" else None,
        registration=registration, initial={"about": "registration"},
    )  # fmt: skip
    if form.is_valid():
        about = form.cleaned_data["about"]
        subject = registration if about == "registration" else registration.organization
        conflicts.declare(request.user, by=request.user, **{about: subject})
        messages.success(request, _("Noted: another officer decides here."))
        return redirect("desk:registration", reference=registration.reference)
    context = {"registration": registration, "form": form, "there": conflicts.own(registration, request.user)}
    return render(request, "desk/conflict.html", context, status=422 if form.errors else 200)


@require_POST
@desk_only()
def end(request, pk):
    found = conflicts.seen_by(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    try:
        conflicts.end(found, by=request.user)
        messages.success(request, _("%(officer)s decides here again.") % {"officer": found.officer})
    except conflicts.ConflictRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:conflicts")
