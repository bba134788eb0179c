"""Codes of an app (RFC 6238): which one holds now, and that none is taken twice."""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction


def give(officer):
    """Enrol an app that nobody holds, for an account that is shown to visitors; return its Authenticator."""
    data = {"secret": encrypt(auth.generate_totp_secret()), "given": True}
    return Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data=data)


def current(authenticator):
    """A code that is taken now, or None until half a minute is over."""
    last = authenticator.data.get("last_counter", -1)
    _, *now_and_next = auth.yield_hotp_counters_from_time()
    return next((_code(authenticator, counter) for counter in now_and_next if counter > last), None)


@transaction.atomic
def spend(authenticator, code):
    """Whether the code is newer than the last that was taken; from now on it is the last (RFC 6238, section 5.2)."""
    locked = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    last = locked.data.get("last_counter", -1)
    for counter in auth.yield_hotp_counters_from_time():
        if counter > last and compare_user_code(actual=code, expected=_code(locked, counter)):
            locked.data["last_counter"] = counter
            locked.save(update_fields=["data"])
            return True
    return False


def _code(authenticator, counter):
    return auth.format_hotp_value(auth.hotp_value(decrypt(authenticator.data["secret"]), counter))
