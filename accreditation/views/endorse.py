"""Where a focal point answers for those who applied alone: we send this person, or we do not."""

from django.core.exceptions import ValidationError
from django.shortcuts import render

from accreditation import delegation_table, delegations, words, workflow
from accreditation.states import Route, Status
from accreditation.views.delegation import about, home, nothing, opened


@opened
def waiting(request, access, edition):
    """Everybody who waits, as they wrote of themselves. “We do not” is asked once more."""
    if not access.may_endorse:
        return nothing(request)
    refusal = ""
    if request.method == "POST":
        registration = _asked_about(access, request.POST.get("person", ""))
        if registration is None:
            return nothing(request)
        sends = request.POST.get("answer") == "send"
        if not sends and "sure" not in request.POST:
            more = {"person": _as_written(registration)}
            return render(request, "accreditation/delegation/object.html", about(access, edition, **more))
        try:
            delegations.answer(access.delegation, registration, sends=sends)
        except (workflow.TransitionRefused, delegations.Refused) as refused:
            refusal = str(refused)
        else:
            return home(access, request, "answered")
    rows = delegations.applied_alone(access.delegation).filter(status=Status.AWAITING_ENDORSEMENT)
    rows = rows.select_related("category").defer("identity", "access_needs", "person", "speaking")
    more = {"people": [_as_written(row) for row in rows], "refusal": refusal}
    return render(request, "accreditation/delegation/endorse.html", about(access, edition, **more))


def _asked_about(access, pk):
    try:
        return delegations.applied_alone(access.delegation).filter(pk=pk).select_related("category").first()
    except ValidationError:  # no UUID
        return None


def _as_written(registration):
    medium = words.MEDIUM.get(registration.medium, "") if registration.route == Route.PRESS else ""
    return {
        "pk": registration.pk,
        "name": delegation_table.name_of(registration),
        "job_title": (registration.answers or {}).get("job_title", ""),
        "organization": registration.organization_name,
        "comes_as": medium or words.PART[registration.part],
        "reference": registration.reference,
    }
