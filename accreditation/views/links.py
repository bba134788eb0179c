"""Links from e-mails. GET shows one button and says nothing; POST opens, sets the cookie, goes to a clean address."""

from functools import wraps

from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accreditation import intake, journey, my_links, visits
from accreditation.forms.after_sending import LinksForm
from accreditation.states import Status
from accreditation.views.apply import address
from accreditation.views.private import may_ask, private
from accreditation.writing import RESUME, STATUS


def by_link(view):
    """As ``private``, for an address that holds a token: no page tells it to the next one.

    The token is the authority. Yet a form of another site may not make this browser open somebody's application, in
    which its reader would then write: it gets the button. A page with the policy no-referrer sends ``Origin: null``.
    """

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answer(request, token):
        is_from_elsewhere = request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}
        response = view(request, token, opens=request.method == "POST" and not is_from_elsewhere)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return answer


@by_link
def resume(request, token, *, opens):
    """Proves the address and goes on with the application."""
    return _opened(request, token, RESUME) if opens else render(request, "accreditation/links/open.html")


@by_link
def status(request, token, *, opens):
    return _opened(request, token, STATUS) if opens else render(request, "accreditation/links/open.html")


def _opened(request, token, purpose):
    registration = intake.by_token(token, purpose)
    if registration is None or not intake.is_kept(registration):
        return nothing(request)
    if registration.status == Status.DRAFT:
        intake.prove(registration)
    response = goes_on(request, registration)
    visits.open_for(response, request, registration, purpose)
    return response


def nothing(request):
    """One page for whatever opens nothing: never made, forged, outdated, lapsed, of another browser."""
    return render(request, "accreditation/links/nothing.html", {"form": LinksForm()}, status=404)


@private
def resumed(request):
    """Where the draft that this browser opened goes on."""
    registration = visits.registration_of(request)
    if registration is None or not intake.is_kept(registration):
        return nothing(request)
    return goes_on(request, registration)


def goes_on(request, registration):
    """A draft with what is still open, any other with how it stands; the form of a meeting that was never announced
    has no address yet."""
    if registration.status != Status.DRAFT:
        return redirect("accreditation:standing")
    if registration.meeting.url_year is None:
        return nothing(request)
    return redirect(address(registration, journey.first_open(registration)))


@private
def ask(request):
    """“Send me my links”: the same answer for every address, and for whoever asks too often."""
    form = LinksForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if may_ask(request, form.cleaned_data["email"], what="my-links") and not form.cleaned_data["website"]:
            my_links.send(form.cleaned_data["email"], language=translation.get_language())
        return redirect("accreditation:my-links-sent")
    return render(request, "accreditation/links/ask.html", {"form": form})


@private
def sent(request):
    return render(request, "accreditation/links/sent.html")
