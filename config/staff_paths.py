"""Sessions and officers exist on staff paths alone: a public page cannot set a cookie, whatever its view does.

Staff pages speak the officer's language; before somebody has signed in, their browser's.
"""

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponseNotAllowed
from django.utils import translation

STAFF_PATHS = ("/admin/", "/accounts/", "/desk/", "/door/")
METHODS = ["GET", "HEAD", "POST"]


class OnStaffPaths:
    def __call__(self, request):
        on_staff_path = request.path_info.startswith(STAFF_PATHS)
        return super().__call__(request) if on_staff_path else self.get_response(request)


class StaffMethods:
    """No staff page knows other methods; the panel's would answer a DELETE as if it were a GET."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in METHODS and request.path_info.startswith(STAFF_PATHS):
            return HttpResponseNotAllowed(METHODS)
        return self.get_response(request)


class StaffSession(OnStaffPaths, SessionMiddleware):
    pass


class StaffAuthentication(OnStaffPaths, AuthenticationMiddleware):
    pass


class StaffMessages(OnStaffPaths, MessageMiddleware):
    pass


class StaffLanguage:
    """After StaffAuthentication. ``PathLanguage`` has set the default and sets it again for the next request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(STAFF_PATHS):
            return self.get_response(request)
        user = request.user
        language = user.language if user.is_authenticated else translation.get_language_from_request(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            return self.get_response(request)
