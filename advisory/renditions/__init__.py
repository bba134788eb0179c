"""Edition -> bytes. ``render`` is pure: an edition, its people, a language, a format and the instant of rendering."""

import gzip
import hashlib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from advisory.models import Rendition
from advisory.renditions import calendar, data, page, text
from advisory.renditions.telling import Telling


@dataclass(frozen=True)
class Format:
    name: str
    media_type: str
    render: object


FORMATS = {
    form.name: form
    for form in [
        Format("page", "text/html; charset=utf-8", page.render),
        Format("txt", "text/plain; charset=utf-8", text.render),
        Format("ics", "text/calendar; charset=utf-8", calendar.render),
        Format("json", "application/json", data.render),
    ]
}

KEPT_STALE = timedelta(days=7)  # servers of two versions may run side by side for a while


def render(edition, people, language, format, *, at):
    """Bytes of one form. ``people`` is {person id: content}; someone missing from it has been blanked."""
    return FORMATS[format].render(Telling.of(edition, people, language, at=at))


def make_all(edition, *, at=None):
    """Render and store every form of an edition for each public language; texts not yet translated stay original."""
    for language, _ in settings.LANGUAGES:
        for format in FORMATS:
            make(edition, language, format, at=at)


def make(edition, language, format, *, at=None):
    """Render one form, store it in place of a stale one, and return the row."""
    at = at or edition.published_at
    people = {str(row.id): row.content for row in edition.people.all() if row.blanked_at is None}
    telling = Telling.of(edition, people, language, at=at)
    body = FORMATS[format].render(telling)
    row, _ = Rendition.objects.update_or_create(
        edition=edition,
        language=language,
        format=format,
        renderer=renderer(format),
        defaults={
            "body": body,
            "compressed": gzip.compress(body, 9, mtime=0),
            "etag": hashlib.sha256(body).hexdigest()[:32],
            "good_until": telling.good_until,
            "made_at": timezone.now(),
        },
    )
    return row


def drop_stale(at=None):
    """Drop rows that no present renderer made, a week after they were; returns how many."""
    present = Q()
    for format in FORMATS:
        present |= Q(format=format, renderer=renderer(format))
    old = Rendition.objects.filter(made_at__lt=(at or timezone.now()) - KEPT_STALE)
    return old.exclude(present).delete()[0]


@cache
def renderer(format):
    """Digest of what shapes a form: our code, templates and settings, and for pages the names of the static files."""
    digest = hashlib.sha256()
    for path in sorted(_sources(format)):
        digest.update(path.read_bytes())
    for value in [settings.ORGANIZATION_NAME, settings.SITE_URL, settings.DOCUMENTS_URL, settings.DOCUMENT_PATTERNS,
                  settings.PRESS_DESK_EMAIL, settings.PRESS_DESK_PHONE, settings.LANGUAGES]:  # fmt: skip
        digest.update(repr(value).encode() + b"\0")
    return digest.hexdigest()[:32]


def _sources(format):
    here = Path(__file__).parent
    yield from [*here.glob("*.py"), here.parent / "symbols.py", here.parent / "words.py"]
    if format == "page":
        yield from (here.parent / "templatetags").glob("*.py")
        yield from (settings.BASE_DIR / "templates").rglob("*.html")
        manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
        if manifest.exists():
            yield manifest
