"""How tests sign officers in: ``client.force_login`` gives a session that has passed the second factor."""

import time
from functools import wraps

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY as WHOSE_RECORDS
from django.test import Client


def with_second_factor(sign_in):
    """Around what ``login()`` and ``force_login()`` of a test client both call."""

    @wraps(sign_in)
    def sign_in_with_both(client, officer, backend=None):
        sign_in(client, officer, backend)
        show_second_factor(client, officer)

    return sign_in_with_both


def show_second_factor(client, officer):
    from allauth.mfa.models import Authenticator  # models are there once Django is set up

    from office.second_factor import codes

    if not Authenticator.objects.filter(user=officer).exists():
        codes.give(officer)
    record(client, officer, "password", "mfa")


def record(client, officer, *methods, at=None):
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": method, "at": at or time.time()} for method in methods]
    session[WHOSE_RECORDS] = str(officer.pk)
    session["seen_at"] = time.time()
    session.save()


def sign_in_by_password_alone(client, officer):
    """A session as before the second factor, for those who test the guard."""
    Client._login.__wrapped__(client, officer, "office.sign_in.GrantBackend")
    record(client, officer, "password")


Client._login = with_second_factor(Client._login)
