"""From a public address to stored bytes in one query. The statement is compiled by the ORM once, then only run."""

import re
from collections import namedtuple
from functools import cache
from weakref import WeakKeyDictionary

from django.db import DatabaseError, InterfaceError, OperationalError, connection
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
    row = _fetch(statement, [brought.get(param, param) for param in stand_ins])
    if row is None:
        return None
    found = Found(*row)
    if found.etag is None:
        edition = Edition.objects.get(pk=found.edition)
        made = renditions.make(edition, language, format, at=timezone.now())
        found = Found(edition.pk, made.etag, made.compressed if gzipped else made.body)
    return found


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
        if connection.vendor == "postgresql" and _can_prepare:
            try:
                return _run_prepared(cursor, statement, values)
            except DatabaseError as error:
                if getattr(error.__cause__, "pgcode", "") not in LOST_TO_A_PROXY or connection.in_atomic_block:
                    raise
                _can_prepare.clear()
        cursor.execute(statement, values)
        return cursor.fetchone()


def _run_prepared(cursor, statement, values):
    """Parsing and planning cost four times the run, so PostgreSQL is asked for them once a connection."""
    names = _prepared.setdefault(connection.connection, {})
    if statement not in names:
        name = f"rostrum_find_{len(names)}"
        numbers = iter(range(1, len(values) + 1))
        cursor.execute(f"PREPARE {name} AS " + re.sub("%s", lambda _: f"${next(numbers)}", statement))
        names[statement] = name
    cursor.execute(f"EXECUTE {names[statement]} ({', '.join(['%s'] * len(values))})", values)
    return cursor.fetchone()


_prepared = WeakKeyDictionary()  # connection of the driver: {statement: name}
_can_prepare = {True}  # emptied where a proxy hands each statement to another server session
LOST_TO_A_PROXY = {"26000", "42P05"}  # no such prepared statement; there is one of that name


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
        .filter(year=YEAR, slug=SLUG)
        .annotate(kept=kept)
        .order_by("-number")
        .values_list("pk", "kept__etag", "kept__compressed" if gzipped else "kept__body")[:1]
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
    """Every file an edition names: documents' files, and the photographs of people who are not blanked."""
    for document in edition.facts["documents"]:
        yield from document["files"]
    for person in edition.people.all():
        if photo := person.content.get("photo"):
            yield {"digest": photo["digest"], "name": photo["name"], "media_type": photo["media_type"]}
