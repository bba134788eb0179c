"""The secrets of apps and the seeds of recovery codes, for ``office.encryption.rotation``: sealed inside JSON."""

from base64 import b64decode

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction

from office.encryption.sealing import HEADER_BYTES, newest_header

NAMES = ["secret", "seed"]


class Secrets:
    """As ``rotation.Column``, for the entries of ``data`` that allauth gives to ``SecondFactorAdapter.encrypt``."""

    steps = staticmethod(transaction.atomic)
    field = Authenticator._meta.get_field("data")

    def filled(self):
        return Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).order_by("pk")

    def headers(self):
        for data in self.filled().values_list("data", flat=True).iterator():
            yield from ((header_of(data[name]), 1) for name in NAMES if name in data)

    def rows_behind(self):
        return self.filled()

    def reseal(self, key, held):
        """How many rows were sealed anew, by the row as it is now: a code may have been used since it was read."""
        row = Authenticator.objects.select_for_update().filter(pk=key).first()
        behind = [name for name in NAMES if row and name in row.data and header_of(row.data[name]) != newest_header()]
        for name in behind:
            row.data[name] = encrypt(decrypt(row.data[name]))
        if behind:
            row.save(update_fields=["data"])
        return bool(behind)


def header_of(sealed):
    return b64decode(sealed)[:HEADER_BYTES]
