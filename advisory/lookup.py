"""From a public address to stored bytes in one query. The statement is compiled by the ORM once, then only run."""

from collections import namedtuple
from functools import cache

from django.db import connection
from django.db.models import FilteredRelation, Q
from django.db.models.functions import Now
from django.utils import timezone

from advisory import renditions
from advisory.models import Edition

Found = namedtuple("Found", "edition etag body")

# Stand-ins that the compiled statement holds in place of what a request brings
YEAR, SLUG, LANGUAGE, FORMAT, RENDERER = 9999, "\0slug", "\0language", "\0format", "\0renderer"


def find(year, slug, format, *, language, gzipped):
    """Bytes of the current edition in one form, made anew if stale; None for a page that is not visible."""
    statement, stand_ins = _statement(gzipped)
    brought = {YEAR: year, SLUG: slug, LANGUAGE: language, FORMAT: format, RENDERER: renditions.renderer(format)}
    with connection.cursor() as cursor:
        cursor.execute(statement, [brought.get(param, param) for param in stand_ins])
        row = cursor.fetchone()
    if row is None:
        return None
    found = Found(*row)
    if found.etag is None:
        edition = Edition.objects.get(pk=found.edition)
        made = renditions.make(edition, language, format, at=timezone.now())
        found = Found(edition.pk, made.etag, made.compressed if gzipped else made.body)
    return found


@cache
def _statement(gzipped):
    """(sql, params) for the highest-numbered visible edition and, if one is fresh, its rendition."""
    fresh = Q(renditions__good_until__isnull=True) | Q(renditions__good_until__gt=Now())
    kept = FilteredRelation(
        "renditions",
        condition=fresh & Q(renditions__language=LANGUAGE, renditions__format=FORMAT, renditions__renderer=RENDERER),
    )
    return (
        Edition.objects.visible()
        .filter(meeting__url_year=YEAR, meeting__slug=SLUG)
        .annotate(kept=kept)
        .order_by("-number")
        .values_list("pk", "kept__etag", "kept__compressed" if gzipped else "kept__body")[:1]
        .query.sql_with_params()
    )


def published_file(year, slug, digest, name):
    """What a visible edition of this meeting says of the file: media_type and name. None when none names it."""
    editions = Edition.objects.visible().filter(meeting__url_year=year, meeting__slug=slug).order_by("-number")
    for edition in editions.prefetch_related("people"):
        for file in named_files(edition):
            if (file["digest"], file["name"]) == (digest, name):
                return file
    return None


def named_files(edition):
    """Every file an edition names: documents' files, and the photographs of people who are not blanked."""
    for document in edition.facts["documents"]:
        yield from document["files"]
    for person in edition.people.all():
        if photo := person.content.get("photo"):
            yield {"digest": photo["digest"], "name": photo["name"], "media_type": photo["media_type"]}
