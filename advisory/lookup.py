"""From a public address to stored bytes in one query, or in none within a moment of the last.

The statement is compiled by the ORM once, then only run. What it found is held for ``settings.PAGES_HELD_SECONDS``,
a tenth of a second, so that a thousand readers at once ask the database as often as ten. Nothing is held that could
change by the clock meanwhile, nor that a page is not visible: an embargo lifts to the instant and never leaks.
"""

import time
from collections import namedtuple
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.db.models import Case, DateTimeField, Exists, ExpressionWrapper, FilteredRelation, OuterRef, Q, Value, When
from django.db.models.functions import Now
from django.utils import timezone

from advisory import renditions
from advisory.models import Edition

Found = namedtuple("Found", "edition etag body may_hold")

# Stand-ins that the compiled statement holds in place of what a request brings
YEAR, SLUG, LANGUAGE, FORMAT, RENDERER = 9999, "\0slug", "\0language", "\0format", "\0renderer"

MOST_HELD = 500  # answers, some 5 kB each
_held = {}  # what was asked: (the Found, until when by the monotonic clock)


def find(year, slug, format, *, language, gzipped):
    """Bytes of the current edition in one form, made anew if stale; None for a page that is not visible."""
    asked = (year, slug, format, language, gzipped)
    held, until = _held.get(asked, (None, 0))
    if time.monotonic() < until:
        return held
    found = _find(*asked)
    if found and found.may_hold and settings.PAGES_HELD_SECONDS:
        if len(_held) >= MOST_HELD:
            _held.clear()
        _held[asked] = found, time.monotonic() + settings.PAGES_HELD_SECONDS
    return found


def forget():
    """Called when something was published here; other processes learn of it within a tenth of a second."""
    _held.clear()


def _find(year, slug, format, language, gzipped):
    statement, stand_ins = _statement(gzipped)
    brought = {YEAR: year, SLUG: slug, LANGUAGE: language, FORMAT: format, RENDERER: renditions.renderer(format)}
    row = _fetch(statement, [brought.get(param, param) for param in stand_ins])
    if row is None:
        return None
    found = Found(*row)
    if found.etag is None:
        edition = Edition.objects.get(pk=found.edition)
        made = renditions.make(edition, language, format, at=timezone.now())
        found = Found(edition.pk, made.etag, made.compressed if gzipped else made.body, may_hold=False)
    return found._replace(body=bytes(found.body))


def _fetch(statement, values):
    """The first row. A connection the server dropped meanwhile is opened anew, once, instead of being tried before."""
    connection.health_check_done = True
    try:
        return _run(statement, values)
    except (InterfaceError, OperationalError):
        if connection.in_atomic_block:
            raise
        connection.close()
        return _run(statement, values)


def _run(statement, values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()


@cache
def _statement(gzipped):
    """(sql, params) for the highest-numbered visible edition and, if one is fresh, its rendition."""
    moment_later = ExpressionWrapper(Now() + timedelta(seconds=1), DateTimeField())
    kept = FilteredRelation(
        "renditions",
        condition=(Q(renditions__good_until__isnull=True) | Q(renditions__good_until__gt=Now()))
        & Q(renditions__language=LANGUAGE, renditions__format=FORMAT, renditions__renderer=RENDERER),
    )
    about_to_show = Edition.objects.filter(
        year=OuterRef("year"), slug=OuterRef("slug"), visible_from__gt=Now(), visible_from__lte=moment_later
    )
    may_hold = Case(
        When(Exists(about_to_show), then=Value(False)),
        When(kept__good_until__lte=moment_later, then=Value(False)),
        default=Value(True),
    )
    return (
        Edition.objects.visible()
        .filter(year=YEAR, slug=SLUG)
        .annotate(kept=kept, may_hold=may_hold)
        .order_by("-number")
        .values_list("pk", "kept__etag", "kept__compressed" if gzipped else "kept__body", "may_hold")[:1]
        .query.sql_with_params()
    )


def published_file(year, slug, digest, name):
    """What a visible edition of this meeting says of the file: media_type and name. None when none names it."""
    editions = Edition.objects.visible().filter(year=year, slug=slug).order_by("-number")
    for edition in editions.prefetch_related("people"):
        for file in named_files(edition):
            if (file["digest"], file["name"]) == (digest, name):
                return file
    return None


def named_files(edition):
    """Every file an edition names: documents' files, photographs, and those of people who are not blanked."""
    for document in edition.facts["documents"]:
        yield from document["files"]
    for photo in edition.facts.get("photos", []):
        if photo["image"]:
            yield {name: photo["image"][name] for name in ("digest", "name", "media_type")}
    for person in edition.people.all():
        if photo := person.content.get("photo"):
            yield {"digest": photo["digest"], "name": photo["name"], "media_type": photo["media_type"]}
