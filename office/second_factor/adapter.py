"""What allauth.mfa asks of us: how secrets are sealed, and what authenticator apps and passkeys are told."""

from base64 import b64decode, b64encode

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext as _

from office.encryption import open_sealed, seal

PLACE = "mfa.authenticator.data"  # allauth does not say whose secret it is: one place for all


class SecondFactorAdapter(DefaultMFAAdapter):
    def encrypt(self, text):
        return b64encode(seal(text.encode(), bound_to=PLACE)).decode()

    def decrypt(self, encrypted_text):
        return open_sealed(b64decode(encrypted_text), bound_to=PLACE).decode()

    def get_totp_issuer(self):
        return settings.ORGANIZATION_NAME

    def get_totp_label(self, user):
        return user.username

    def build_totp_svg(self, url):
        """Nothing: the picture has an address of its own, so that the policy needs no ``data:``."""
        return ""

    def generate_authenticator_name(self, user, type):
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self):
        return super().get_public_key_credential_rp_entity() | {"name": settings.ORGANIZATION_NAME}
