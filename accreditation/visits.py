"""The browser that opened a link: one HttpOnly cookie names up to five registrations, and a page that was opened by it
may still save what was typed after the cookie is gone.

The cookie is read by applicants' views alone. What it opens ends with the link that opened it, whose version it holds.
"""

import uuid

from django.conf import settings
from django.core import signing

from accreditation.emails import RESUME, STATUS
from accreditation.models import Registration

COOKIE = "__Host-application" if settings.SECURE_SITE else "application"
SALT, PAGE_SALT = "accreditation.visit", "accreditation.page"
SECONDS = 30 * 24 * 60 * 60
MOST = 5


def open_for(response, request, registration, purpose):
    """Let this browser reach the registration; the latest opened stands first."""
    row = [registration.pk.hex, purpose, registration.link_version]
    rows = [row, *(other for other in _rows(request) if other[0] != row[0])][:MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps(rows, salt=SALT, compress=True),
        max_age=SECONDS,
        path="/",
        secure=settings.SECURE_SITE,
        httponly=True,
        samesite="Lax",
    )


def close(response, request, registration):
    """This browser forgets the registration."""
    rows = [row for row in _rows(request) if row[0] != registration.pk.hex]
    if rows:
        response.set_cookie(
            COOKIE, signing.dumps(rows, salt=SALT, compress=True), max_age=SECONDS, path="/",
            secure=settings.SECURE_SITE, httponly=True, samesite="Lax",
        )  # fmt: skip
    else:
        response.delete_cookie(COOKIE, path="/", samesite="Lax")


def registration_of(request, *, category=None, purposes=(RESUME, STATUS)):
    """The registration that this browser opened last, of one category if it is given; None where none is open."""
    rows = {row[0]: row for row in _rows(request) if row[1] in purposes}
    found = Registration.objects.select_related("category", "meeting", "organization", "delegation")
    found = {row.pk.hex: row for row in found.filter(pk__in=[uuid.UUID(key) for key in rows])} if rows else {}
    for key, (_key, _purpose, version) in rows.items():
        registration = found.get(key)
        is_wanted = category is None or (registration and registration.category_id == category.pk)
        if registration and is_wanted and registration.link_version == version:
            return registration
    return None


def all_of(request):
    """Every registration that this browser may reach, the one opened last first."""
    rows = {row[0]: row for row in _rows(request)}
    found = Registration.objects.select_related("category", "meeting", "organization", "delegation")
    found = {row.pk.hex: row for row in found.filter(pk__in=[uuid.UUID(key) for key in rows])} if rows else {}
    return [found[key] for key, row in rows.items() if key in found and found[key].link_version == row[2]]


def page_of(registration, step):
    """A hidden field of each form: it lets this page, and nothing else, still save its answers once the cookie is
    gone. It opens nothing for reading."""
    return signing.dumps([registration.pk.hex, step, registration.link_version], salt=PAGE_SALT)


def registration_of_page(text, step):
    """The registration whose page this was, or None."""
    try:
        key, of_step, version = signing.loads(text or "", salt=PAGE_SALT, max_age=SECONDS)
    except (signing.BadSignature, ValueError):
        return None
    rows = Registration.objects.select_related("category", "meeting", "organization", "delegation")
    registration = rows.filter(pk=uuid.UUID(key), link_version=version).first()
    return registration if of_step == step else None


def _rows(request):
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return []
