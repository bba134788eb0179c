"""A form that was open longer than its officer was signed in loses nothing: what was typed is kept for a quarter of an
hour, in the session of that browser, and whoever typed it signs in again and sends it with one press.

``docs/decisions/0019`` says why it is safe.
"""

import time

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.csrf import csrf_failure
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config import kept_words
from config.staff_paths import STAFF_PATHS
from office.sessions import WAS, officer_before

KEPT = "kept_posts"  # in the session: [{officer, path, fields, had_files, at}]
SECONDS = 15 * 60
MOST = 5
WORK = ("/desk/", "/admin/")  # nothing of signing in, where passwords and codes are typed


class KeptPosts:
    """After StaffHours: whoever has no session there has none for the views either."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(STAFF_PATHS):
            return self.get_response(request)
        _remember_whose(request)
        _forget(request)
        response = self.get_response(request)
        if request.user.is_anonymous and _is_sent_to_sign_in(response) and keep(request):
            return redirect_to_login(reverse("kept_post"), reverse("account_login"))
        return response


def _remember_whose(request):
    """An ended session's cookie goes with the next answer; that another tab asked first costs nobody their words."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if key and request.user.is_anonymous and WAS not in request.session and (officer := officer_before(key)):
        request.session[WAS] = officer


def _forget(request):
    """What is too old, and what is being sent now."""
    if rows := request.session.get(KEPT):
        sent = request.get_full_path() if request.method == "POST" and request.user.is_authenticated else None
        left = [row for row in rows if row["at"] > time.time() - SECONDS and row["path"] != sent]
        if left != rows:
            request.session[KEPT] = left


def _is_sent_to_sign_in(response):
    return response.status_code == 302 and response["Location"].startswith(reverse("account_login"))


def keep(request):
    """Whether the post was kept: an officer's work, typed in this browser."""
    officer = request.user.pk or request.session.get(WAS)
    is_work = request.method == "POST" and request.path_info.startswith(WORK)
    if not officer or not is_work or any("password" in name for name in request.POST):
        return False
    path = request.get_full_path()
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    row = {
        "officer": officer,
        "path": path,
        "fields": [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"],
        "had_files": bool(request.FILES),
        "at": time.time(),
    }
    others = [other for other in request.session.get(KEPT, []) if other["path"] != path]
    request.session[KEPT] = [*others, row][-MOST:]
    return True


def too_old(request, reason=""):
    """Signing in again in another tab changed the form's token: a post of our own page is kept, a stranger's is not."""
    is_of_staff = request.path_info.startswith(STAFF_PATHS)
    if is_of_staff and _is_from_our_page(request) and keep(request):
        return redirect("kept_post")
    return csrf_failure(request, reason)


def _is_from_our_page(request):
    """As the browser says, which no page can change (Fetch standard, forbidden request headers)."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


@never_cache
@require_safe
def page(request):
    """What the officer typed; the button sends it to where it was going, as if from its own page."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), reverse("account_login"))
    rows = request.session.get(KEPT, [])
    own = [row for row in rows if row["officer"] == request.user.pk]
    if own != rows:  # a colleague has signed in at the same screen
        request.session[KEPT] = own
    posts = [row | {"shown": kept_words.told(request, row["path"], row["fields"])} for row in reversed(own)]
    return render(request, "kept_posts.html", {"posts": posts}, status=200 if posts else 404)
