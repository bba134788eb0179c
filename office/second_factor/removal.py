"""For an officer whose device and recovery codes are lost: what an administrator does."""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import translation

from office import sessions


@transaction.atomic
def remove_all(officer):
    """Take every second factor away, end the officer's sessions and tell them by mail; return whether there was one."""
    there_was_one = bool(Authenticator.objects.filter(user=officer).delete()[0])
    sessions.end_of(officer)
    if there_was_one:
        with translation.override(officer.language):
            get_adapter().send_notification_mail("mfa/email/removed_by_administrator", officer)
    return there_was_one
