"""Sessions and officers exist on staff paths alone: a public page cannot set a cookie, whatever its view does."""

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware

STAFF_PATHS = ("/admin/", "/accounts/")


class OnStaffPaths:
    def __call__(self, request):
        on_staff_path = request.path_info.startswith(STAFF_PATHS)
        return super().__call__(request) if on_staff_path else self.get_response(request)


class StaffSession(OnStaffPaths, SessionMiddleware):
    pass


class StaffAuthentication(OnStaffPaths, AuthenticationMiddleware):
    pass


class StaffMessages(OnStaffPaths, MessageMiddleware):
    pass
