"""How long officers stay signed in: half an hour without a request (``SESSION_COOKIE_AGE``), twelve hours at most."""

import time

from allauth.account.authentication import get_authentication_records
from django.contrib.auth import logout

from config.staff_paths import STAFF_PATHS
from office import permissions
from office.sessions import HELD_A_ROLE, WAS

LONGEST = 12 * 60 * 60
KEPT_EVERY = 60  # seconds: not every request writes the session
SEEN_AT = "seen_at"


class StaffHours:
    """After StaffAuthentication. An ended session is nobody's: each page then says what it says to strangers."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info.startswith(STAFF_PATHS) and request.user.is_authenticated:
            if has_ended(request):
                officer, still_works = request.user.pk, bool(permissions.grants_of(request.user))
                logout(request)
                if still_works:
                    request.session[WAS] = officer
            elif time.time() - request.session.get(SEEN_AT, 0) > KEPT_EVERY:
                request.session[SEEN_AT] = time.time()
        return self.get_response(request)


def has_ended(request):
    """A day is over, or the last role of somebody who had one when signing in."""
    records = get_authentication_records(request, request.user)
    if not records or time.time() - records[0]["at"] > LONGEST:
        return True
    return request.session.get(HELD_A_ROLE, False) and not permissions.grants_of(request.user)
