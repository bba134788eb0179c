"""Whether an officer has a second factor, and whether this session has seen it."""

import time

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes stand in for one of these


def with_second_factor(officers):
    """Each officer of a queryset with ``has_second_factor``, in the same statement."""
    theirs = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
    return officers.annotate(has_second_factor=Exists(theirs))


def has_second_factor(officer):
    """As read with the officer of a request, else asked."""
    if not hasattr(officer, "has_second_factor"):
        return Authenticator.objects.filter(user=officer, type__in=FACTORS).exists()
    return officer.has_second_factor


def passed(request):
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def enrolled(request, factor_type):
    """Whoever has just enrolled a factor has shown it: the session counts as passed, under a new key."""
    newest = Authenticator.objects.filter(user=request.user, type=factor_type).latest("pk")
    record_authentication(request, request.user, "mfa", id=newest.pk, type=newest.type, enrolled=True)
    request.session.cycle_key()


def shown_within(request, seconds):
    """Whether the officer signed in, or showed the strongest of what they have, so recently."""
    records = get_authentication_records(request, request.user)
    if has_second_factor(request.user):
        records = [record for record in records if record["method"] == "mfa"]
    return bool(records) and time.time() - records[-1]["at"] < seconds
