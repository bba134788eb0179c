"""Links by which cleared readers see an advisory before its instant: made, withdrawn, opened, and every reading kept.

A token is 256 random bits, so nobody guesses one and a signature would add nothing; what we keep is its SHA-256, so a
copied database opens nothing. A fast hash serves, as there is nothing to try: the token is no password.
"""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Max, Q
from django.db.models.functions import Coalesce, Now
from django.utils import timezone
from django.utils.translation import gettext

from advisory.models import PreviewLink, PreviewOpening

TOKEN_BYTES = 32
KEPT = timedelta(days=365)


def make(meeting, *, reader, expires_at, by):
    """(link, token) for one cleared reader; the token is told once and not kept. Raises ValidationError."""
    if not reader.strip():
        raise ValidationError(gettext("Say who is cleared: a name and a media organization."))
    if expires_at <= timezone.now():
        raise ValidationError(gettext("The link must expire later than now."))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = PreviewLink(
        meeting=meeting, reader=reader.strip(), token_hash=_hashed(token), expires_at=expires_at, made_by=by
    )
    link.full_clean(exclude=["token_hash"])
    link.save(force_insert=True)
    return link, token


def address(token):
    """What the officer sends to the reader."""
    return f"{settings.SITE_URL}/preview/{token}/"


def withdraw(link):
    """The link opens nothing any more, not even where it stands open."""
    if link.withdrawn_at is None:
        link.withdrawn_at = timezone.now()
        link.save(update_fields=["withdrawn_at"])
    return link


def open(token):
    """The link of a token, or None: unknown, withdrawn and expired are one."""
    return _good().filter(token_hash=_hashed(token)).first()


def opened(pk):
    """The link that a reader opened before, if it is still good."""
    return _good().filter(pk=pk).first()


def waiting(link):
    """The edition that waits for its instant by the database's clock, or None."""
    editions = link.meeting.editions.filter(superseded_at__isnull=True, visible_from__gt=Now())
    return editions.prefetch_related("people").order_by("-number").first()


def public(link):
    """The edition that everybody sees, or None."""
    return link.meeting.editions.visible().order_by("-number").first()


def note_reading(link, edition):
    """Keep that the reader saw this edition; once is enough."""
    if not link.openings.filter(edition=edition).exists():
        PreviewOpening.objects.create(link=link, edition=edition)


def forget_old():
    """Delete readings, and links that have expired, a year after the meeting's last day; where it has none, a year
    after the reading and after the end of the link."""
    before = timezone.now() - KEPT
    last_day = Max(Coalesce("meeting__sittings__end_date", "meeting__sittings__date"))
    links = PreviewLink.objects.annotate(last_day=last_day).order_by()
    over = links.filter(last_day__lt=before.date())
    undated = links.filter(last_day__isnull=True)
    old = Q(link__in=over.values("pk")) | Q(link__in=undated.values("pk"), at__lt=before)
    PreviewOpening.objects.filter(old).delete()
    of_old = Q(pk__in=over.values("pk")) | Q(pk__in=undated.values("pk"))
    PreviewLink.objects.filter(of_old, expires_at__lt=before).delete()


def _good():
    return PreviewLink.objects.filter(withdrawn_at__isnull=True, expires_at__gt=Now()).select_related("meeting")


def _hashed(token):
    return hashlib.sha256(token.encode()).hexdigest()
