"""Pages that enrol or remove a second factor: allauth's, and what must happen besides."""

from io import BytesIO

import segno
from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.http import Http404, HttpResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from office import sessions
from office.second_factor import passing


@method_decorator(never_cache, name="dispatch")
class ActivateApp(ActivateTOTPView):
    def form_valid(self, form):
        response = super().form_valid(form)
        passing.enrolled(self.request, Authenticator.Type.TOTP)
        return response


@method_decorator(never_cache, name="dispatch")
class AddPasskey(AddWebAuthnView):
    def form_valid(self, form):
        response = super().form_valid(form)
        passing.enrolled(self.request, Authenticator.Type.WEBAUTHN)
        return response


class RemoveApp(DeactivateTOTPView):
    def form_valid(self, form):
        response = super().form_valid(form)
        sessions.end_of(self.request.user, but=self.request.session.session_key)
        return response


class RemovePasskey(RemoveWebAuthnView):
    def form_valid(self, form):
        response = super().form_valid(form)
        sessions.end_of(self.request.user, but=self.request.session.session_key)
        return response


@require_safe
@never_cache
@reauthentication_required(app="allauth.mfa")
def picture(request):
    """The QR code that the app reads, of the secret that is being enrolled; at any other time there is none."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    drawing = BytesIO()
    address = get_adapter().build_totp_url(request.user, secret)
    segno.make(address, micro=False, error="m").save(drawing, kind="png", scale=6, border=4)
    return HttpResponse(drawing.getvalue(), content_type="image/png")


urlpatterns = [
    path("totp/activate/", ActivateApp.as_view(), name="mfa_activate_totp"),
    path("totp/picture/", picture, name="mfa_totp_picture"),
    path("totp/deactivate/", RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("webauthn/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),  # the same list
    path("webauthn/add/", AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("webauthn/keys/<int:pk>/remove/", RemovePasskey.as_view(), name="mfa_remove_webauthn"),
]
