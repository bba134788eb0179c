"""What every applicant's page shares: no cache, no index, posts from our own pages alone, and few e-mails an hour."""

from functools import wraps
from urllib.parse import urlsplit

from django.http import HttpResponseForbidden
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accreditation import identifying
from advisory import limits

SAFE = {"GET", "HEAD"}
PER_ADDRESS, PER_NETWORK, AN_HOUR = 3, 60, 60 * 60


def private(view):
    """GET, HEAD and POST. The answer is for this browser alone.

    A CSRF token would die with a cookie, and with it what somebody typed. Instead a post must come from our own site:
    browsers say so in Sec-Fetch-Site and Origin, and the cookie is SameSite=Lax besides.
    """

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answer(request, *args, **kwargs):
        if request.method not in SAFE and not is_from_here(request):
            response = HttpResponseForbidden(render(request, "403_csrf.html").content)
        else:
            response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers.setdefault("Referrer-Policy", "same-origin")
        return response

    return answer


def is_from_here(request):
    """Whether a post was sent by a page of this site, as far as the browser says anything at all.

    What Sec-Fetch-Site says no page can forge; Origin is asked where a browser does not send it.
    """
    site = request.META.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.META.get("HTTP_ORIGIN")
    return origin is None or urlsplit(origin).netloc == request.get_host()


def may_ask(request, email, *, what="application"):
    """Count one asking for an e-mail; False where an address or a network has asked too often this hour."""
    network = limits.network(request.META.get("REMOTE_ADDR", ""))
    of_network = limits.within(f"{what}-network", network, most=PER_NETWORK, seconds=AN_HOUR)
    return limits.within(what, identifying.tidy(email), most=PER_ADDRESS, seconds=AN_HOUR) and of_network
