"""No page of the staff opens to a password alone; without a second factor there is only the way to get one."""

from allauth.account.adapter import get_adapter
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.urls import reverse

from config.staff_paths import STAFF_PATHS
from office.second_factor import passing

ALWAYS = {"account_logout", "admin:language"}
TO_ENROL = ALWAYS | {
    "mfa_index", "mfa_activate_totp", "mfa_totp_picture", "mfa_add_webauthn", "account_reauthenticate",
}  # fmt: skip
TO_PASS = ALWAYS | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}


class SecondFactor:
    """After AccountMiddleware, whose pages it sends to. The address is known by its name, not by its beginning."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.path_info.startswith(STAFF_PATHS) or not request.user.is_authenticated:
            return None
        page = request.resolver_match.view_name
        if not passing.has_second_factor(request.user):
            return None if page in TO_ENROL else redirect("mfa_index")
        if page in TO_PASS or passing.passed(request):
            return None
        way = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
        return redirect_to_login(request.get_full_path() if request.method == "GET" else reverse("admin:index"), way)
