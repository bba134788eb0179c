"""The browser that opened a link: one HttpOnly cookie names up to five registrations, and a page that was opened by it
may still save what was typed after the cookie is gone.

The cookie is read by applicants' views alone. What it opens ends with the link that opened it, whose version it holds.
"""

import uuid

from django.conf import settings
from django.core import signing

from accreditation.models import Registration
from accreditation.writing import RESUME, STATUS
from office.prepared import Prepared, Slot

COOKIE = "__Host-application" if settings.SECURE_SITE else "application"
SALT, PAGE_SALT = "accreditation.visit", "accreditation.page"
SECONDS = 30 * 24 * 60 * 60
MOST = 5
KEY, VERSION = (Registration._meta.get_field(name) for name in ["id", "link_version"])
OPENED = Prepared(
    lambda: Registration.objects.with_policy().filter(pk__in=[Slot(n, KEY) for n in range(MOST)]).order_by()
)
OF_PAGE = Prepared(
    lambda: Registration.objects.with_policy().filter(pk=Slot(0, KEY), link_version=Slot(1, VERSION)).order_by()
)


def open_for(response, request, registration, purpose):
    """Let this browser reach the registration; the latest opened stands first."""
    row = [registration.pk.hex, purpose, registration.link_version]
    rows = [row, *(other for other in _rows(request) if other[0] != row[0])][:MOST]
    _remember(response, rows)


def close(response, request, registration):
    """This browser forgets the registration."""
    rows = [row for row in _rows(request) if row[0] != registration.pk.hex]
    if rows:
        _remember(response, rows)
    else:
        response.delete_cookie(COOKIE, path="/", samesite="Lax")


def registrations_of(request):
    """Those that this browser has opened, the latest first. One statement, or none."""
    rows = {row[0]: row for row in _rows(request) if row[1] in {RESUME, STATUS}}
    keys = [uuid.UUID(key) for key in rows]
    found = OPENED(*keys, *keys[:1] * (MOST - len(keys))) if keys else []
    found = {row.pk.hex: row.primed() for row in found}
    return [found[key] for key, row in rows.items() if key in found and found[key].link_version == row[2]]


def registration_of(request):
    """The one opened last; None where none is open."""
    return next(iter(registrations_of(request)), None)


def page_of(registration, step):
    """A hidden field of each form: it lets this page, and nothing else, still save its answers once the cookie is
    gone. It opens nothing for reading."""
    return signing.dumps([registration.pk.hex, step, registration.link_version], salt=PAGE_SALT)


def page_named(text, step):
    """(key of a registration, version of its link) of the page that was posted; None for what no page of ours says."""
    try:
        key, of_step, version = signing.loads(text or "", salt=PAGE_SALT, max_age=SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (uuid.UUID(key), version) if of_step == step else None


def registration_of_page(named):
    """The registration that ``page_named`` names, or None."""
    registration = OF_PAGE.one(*named)
    return registration.primed() if registration else None


def _remember(response, rows):
    response.set_cookie(
        COOKIE, signing.dumps(rows, salt=SALT, compress=True), max_age=SECONDS, path="/",
        secure=settings.SECURE_SITE, httponly=True, samesite="Lax",
    )  # fmt: skip


def _rows(request):
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return []
