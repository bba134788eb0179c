"""Protection of a person at risk: granted with two readers, refused with a reason, or given other readers."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accreditation import protection, workflow
from accreditation.forms.desk.protecting import ReadersForm, RefusalForm
from accreditation.views.desk.doors import desk_only, registration_for
from office import permissions


@require_http_methods(["GET", "HEAD", "POST"])
@desk_only(permissions.may_protect)
def page(request, reference):
    registration = registration_for(request.user, reference, permissions.may_protect)
    posted, act = (request.POST, request.POST.get("act")) if request.method == "POST" else (None, "")
    if posted is not None and act not in ACTS:
        raise Http404
    readers = ReadersForm(posted if act in {"grant", "appoint"} else None, registration=registration)
    refusal = RefusalForm(posted if act == "refuse" else None)
    form = refusal if act == "refuse" else readers
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            ACTS[act](registration, by=request.user, **form.cleaned_data)
            return redirect("desk:registration", reference=registration.reference)
        except workflow.TransitionRefused as refused:
            form.add_error(None, str(refused))
            status = 409
    word, decision = protection.standing(registration)
    context = {
        "registration": registration, "word": word, "decision": decision, "readers": readers, "refusal": refusal,
        "form": form, "known_by": registration.protected_readers.all(),
    }  # fmt: skip
    return render(request, "desk/protection.html", context, status=status)


ACTS = {"grant": protection.grant, "appoint": protection.appoint, "refuse": protection.decline}
