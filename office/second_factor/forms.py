"""allauth's forms of the second factor under our words; what is no answer of a device is refused with a sentence."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

from office.second_factor import codes

# What allauth and fido2 raise at JSON of another shape
MALFORMED = (AttributeError, KeyError, IndexError, TypeError, ValueError)
NAME_LENGTH = 60


def code_field(label):
    widget = forms.TextInput(
        attrs={"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false", "maxlength": "20"}
    )
    return forms.CharField(label=label, max_length=20, widget=widget)


class ActivateAppForm(ActivateTOTPForm):
    code = code_field(_("Code that the app shows now"))


class OnceOnly:
    """The code of an app is taken once; allauth remembers it in a cache, which another process does not see."""

    def clean_code(self):
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not codes.spend(self.authenticator, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(OnceOnly, AuthenticateForm):
    code = code_field(_("Code of your app, or a recovery code"))


class CodeAgainForm(OnceOnly, ReauthenticateForm):
    code = code_field(_("Code of your app, or a recovery code"))


class WellFormed:
    """``clean_credential`` and ``clean`` read what a device answered; a page may send anything in its place."""

    def clean_credential(self):
        clean = getattr(super(), "clean_credential", lambda: self.cleaned_data["credential"])
        return self._read(clean)

    def clean(self):
        return self._read(super().clean)

    def _read(self, clean):
        try:
            return clean()
        except forms.ValidationError:
            raise
        except MALFORMED:
            raise get_adapter().validation_error("incorrect_code") from None


class AddPasskeyForm(WellFormed, AddWebAuthnForm):
    name = forms.CharField(
        label=_("Name of the passkey"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=_("So that you know it again, such as: work telephone."),
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with it alone, without the password"),
        required=False,
        initial=True,
        help_text=_("The device then asks for your fingerprint, your face or its PIN. Keys without these cannot."),
    )


class RenamePasskeyForm(EditWebAuthnForm):
    name = forms.CharField(label=_("Name of the passkey"), max_length=NAME_LENGTH)


class PasskeyForm(WellFormed, AuthenticateWebAuthnForm):
    pass


class SignInByPasskeyForm(WellFormed, LoginWebAuthnForm):
    pass


class PasskeyAgainForm(WellFormed, ReauthenticateWebAuthnForm):
    pass
