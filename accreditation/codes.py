"""Six digits mailed to an applicant's own address: with the link they open, for ten minutes, what is kept sealed.

Whoever was passed the link has not the mailbox (decision 7). The code is kept as a keyed digest; that it was right is
kept by the browser that typed it, in a cookie of its own.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from accreditation import emails
from accreditation.models import MailedCode

COOKIE = "__Host-application-code" if settings.SECURE_SITE else "application-code"
SALT = "accreditation.codes"
LIVES = timedelta(minutes=10)
TRIES = 5
DIGITS = 6


class WornOut(Exception):
    """The code takes no more tries, or was never sent: another has to be mailed."""


@transaction.atomic
def send(registration, *, at=None):
    """Mail a new code; the one before opens nothing any more."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    row = {"digest": digest(registration, code), "made_at": at or timezone.now(), "tries": 0}
    MailedCode.objects.update_or_create(registration=registration, defaults=row)
    emails.queue("code", registration, more={"code": code})


def enter(registration, typed, *, at=None):
    """Whether the code fits; it fits once. Raises WornOut after five tries or ten minutes."""
    at = at or timezone.now()
    rows = MailedCode.objects.filter(registration=registration, made_at__gt=at - LIVES, made_at__lte=at)
    if not rows.filter(tries__lt=TRIES).update(tries=F("tries") + 1):  # counted first: two tabs share the five
        raise WornOut
    kept = rows.values_list("digest", flat=True).first() or ""
    if not constant_time_compare(kept, digest(registration, typed)):
        return False
    return bool(rows.filter(digest=kept).delete()[0])


def digest(registration, code):
    return salted_hmac(SALT, f"{registration.pk}:{code}", algorithm="sha256").hexdigest()


def forget_old(*, at=None):
    return MailedCode.objects.filter(made_at__lte=(at or timezone.now()) - timedelta(days=1)).delete()[0]


def open_for(response, registration):
    """This browser may see what is sealed, for ten minutes."""
    response.set_cookie(
        COOKIE, signing.dumps([registration.pk.hex, registration.link_version], salt=SALT),
        max_age=int(LIVES.total_seconds()), path="/", secure=settings.SECURE_SITE, httponly=True, samesite="Lax",
    )  # fmt: skip


def is_open(request, registration):
    try:
        row = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LIVES)
    except signing.BadSignature:
        return False
    return row == [registration.pk.hex, registration.link_version]


def close(response):
    response.delete_cookie(COOKIE, path="/", samesite="Lax")
