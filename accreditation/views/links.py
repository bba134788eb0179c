"""Links from e-mails. GET shows one button and says nothing; POST opens, sets the cookie, goes to a clean address."""

from django.shortcuts import redirect, render

from accreditation import intake, journey, visits
from accreditation.emails import RESUME, STATUS
from accreditation.states import Status
from accreditation.views.apply import address
from accreditation.views.private import private


@private
def resume(request, token):
    """Proves the address and goes on with the application."""
    return _opened(request, token, RESUME, "accreditation/links/resume.html")


@private
def status(request, token):
    return _opened(request, token, STATUS, "accreditation/links/status.html")


def _opened(request, token, purpose, template):
    if request.method != "POST":
        return render(request, template)
    registration = intake.by_token(token, purpose)
    if registration is None or not intake.is_kept(registration):
        return render(request, "accreditation/links/nothing.html", status=404)
    if registration.status == Status.DRAFT:
        intake.prove(registration)
    response = redirect("accreditation:resumed" if registration.status == Status.DRAFT else "accreditation:standing")
    visits.open_for(response, request, registration, purpose)
    return response


@private
def resumed(request):
    """Where the draft that this browser opened goes on."""
    registration = visits.registration_of(request)
    if registration is None:
        return render(request, "accreditation/links/nothing.html", status=404)
    if registration.status != Status.DRAFT:
        return redirect("accreditation:standing")
    return redirect(address(registration, journey.first_open(registration)))


@private
def standing(request):
    """The status page; written by the status views."""
    registration = visits.registration_of(request)
    if registration is None:
        return render(request, "accreditation/links/nothing.html", status=404)
    return render(request, "accreditation/status/page.html", {"registration": registration})
