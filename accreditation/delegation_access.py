"""Who opens a delegation's page: its lead, and the focal points in force of its organization. Nobody has an account.

A link names one holder and one delegation, and is bound to the holder's address: who is no longer in force, or whose
address has changed, opens nothing. The cookie keeps the links that were opened and asks the same again each time.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db import transaction

from accreditation.models import Category, Delegation, FocalPoint
from accreditation.writing import DELEGATION
from office import links

COOKIE = "__Host-delegation" if settings.SECURE_SITE else "delegation"
SALT = "accreditation.delegation"
SECONDS = 30 * 24 * 60 * 60
MOST = 5


@dataclass(frozen=True)
class Access:
    """``focal_point`` is None for a lead whom an officer named and whom the registry does not know."""

    delegation: Delegation
    focal_point: FocalPoint | None
    token: str

    @property
    def may_endorse(self):
        return self.focal_point is not None


def lead_token(delegation):
    return links.token(delegation.pk, _purpose(delegation.category_id, delegation.lead_email), delegation.link_version)


def focal_point_token(focal_point, category_id, *, version=1):
    """``version`` is the delegation's, 1 where there is none yet: it is made when the link is opened."""
    return links.token(focal_point.pk, _purpose(category_id, focal_point.email), version)


def _purpose(category_id, email):
    return f"{DELEGATION}:{category_id}:{email.strip().lower()}"


def by_token(token):
    """The Access that a link gives, its delegation made if it is the first; None for what opens nothing."""
    pk = links.named(token)
    if pk is None:
        return None
    delegation = _delegations().filter(pk=pk).first()
    if delegation:
        return _lead(delegation, token)
    focal_point = FocalPoint.objects.in_force().filter(pk=pk).select_related("organization").first()
    return _of_focal_point(focal_point, token) if focal_point else None


def _of_focal_point(focal_point, token):
    """A link of 36 bytes has no room for the category: it is found by trying, the latest first."""
    versions = dict(Delegation.objects.filter(organization=focal_point.organization_id).values_list(
        "category_id", "link_version"
    ))  # fmt: skip
    for category in Category.objects.order_by("-pk").values_list("pk", flat=True):
        purpose = _purpose(category, focal_point.email)
        if links.fits(token, focal_point.pk, purpose, versions.get(category, 1)):
            return Access(_made(category, focal_point), focal_point, token)
    return None


@transaction.atomic
def _made(category_id, focal_point):
    row = {"category_id": category_id, "organization_id": focal_point.organization_id}
    lead = {
        "lead_name": focal_point.name, "lead_email": focal_point.email, "language": focal_point.language,
    }  # fmt: skip
    Delegation.objects.bulk_create([Delegation(**row, **lead)], ignore_conflicts=True)
    return _delegations().get(**row)


def _lead(delegation, token):
    """A lead who stands in the registry too loses the link with the last day there."""
    purpose = _purpose(delegation.category_id, delegation.lead_email)
    if not links.fits(token, delegation.pk, purpose, delegation.link_version):
        return None
    known = FocalPoint.objects.filter(organization=delegation.organization_id, email__iexact=delegation.lead_email)
    focal_points = list(known)
    in_force = next((row for row in focal_points if row.is_in_force), None)
    return None if focal_points and not in_force else Access(delegation, in_force, token)


def _delegations():
    return Delegation.objects.select_related("category__meeting", "organization")


def open_for(response, request, access):
    """Let this browser reach the delegation; the latest opened stands first."""
    row = _row(access)
    rows = [row, *(other for other in _rows(request) if other[0] != row[0])][:MOST]
    response.set_cookie(
        COOKIE, signing.dumps(rows, salt=SALT, compress=True), max_age=SECONDS, path="/",
        secure=settings.SECURE_SITE, httponly=True, samesite="Lax",
    )  # fmt: skip


def of_browser(request, delegation_id=""):
    """The Access that this browser opened last, or to the delegation with that id (hex); None where it has none."""
    rows = [row for row in _rows(request) if delegation_id in {"", row[0]}]
    return _again(*rows[0]) if rows else None


def _again(key, holder, token):
    delegation = _delegations().filter(pk=key).first()
    if delegation is None:
        return None
    if not holder:
        return _lead(delegation, token)
    focal_points = FocalPoint.objects.in_force().filter(organization=delegation.organization_id)
    focal_point = focal_points.filter(pk=holder).first()
    if focal_point is None:
        return None
    purpose = _purpose(delegation.category_id, focal_point.email)
    fits = links.fits(token, focal_point.pk, purpose, delegation.link_version)
    return Access(delegation, focal_point, token) if fits else None


def _row(access):
    """[delegation, focal point or "" for its lead, link]. The link says which of the two it was made for."""
    is_leads = links.named(access.token) == access.delegation.pk
    return [access.delegation.pk.hex, "" if is_leads else access.focal_point.pk.hex, access.token]


def _rows(request):
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return []
