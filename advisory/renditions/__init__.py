"""Edition -> bytes. ``render`` is pure: an edition, its people, a language, a format and the instant of rendering."""

import gzip
import hashlib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils import timezone, translation

from advisory.models import Rendition
from advisory.renditions import calendar, data, page, pdf, text, vcard
from advisory.renditions.telling import Telling


@dataclass(frozen=True)
class Format:
    name: str
    media_type: str
    render: object
    eager: bool = True  # made when published; otherwise when somebody first asks


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _word(telling):
    from advisory.renditions import docx  # python-docx would cost every command a seventh of a second at its start

    return docx.render(telling)


FORMATS = {
    form.name: form
    for form in [
        Format("page", "text/html; charset=utf-8", page.render),
        Format("txt", "text/plain; charset=utf-8", text.render),
        Format("ics", "text/calendar; charset=utf-8", calendar.render),
        Format("json", "application/json", data.render),
        Format("pdf", "application/pdf", pdf.render, eager=False),
        Format("pdf-letter", "application/pdf", pdf.render_letter, eager=False),
        Format("docx", WORD, _word, eager=False),
        Format("vcf", "text/vcard; charset=utf-8", vcard.render, eager=False),
    ]
}

KEPT_STALE = timedelta(days=7)  # servers of two versions may run side by side for a while


def render(edition, people, language, format, *, at):
    """Bytes of one form. ``people`` is {person id: content}; someone missing from it has been blanked."""
    return _rendered(Telling.of(edition, people, language, at=at), format)


def _rendered(telling, format):
    with translation.override(telling.language):
        return FORMATS[format].render(telling)


def make_all(edition, *, at=None):
    """Render and store a new edition's eager forms for each public language, translated or not."""
    people = _people(edition)
    eager = [form.name for form in FORMATS.values() if form.eager]
    rows = [
        rendered(edition, people, language, format, at=at or edition.published_at)
        for language, _ in settings.LANGUAGES
        for format in eager
    ]
    Rendition.objects.bulk_create(rows)


def make(edition, language, format, *, at=None):
    """Render one form, store it in place of a stale one, and return the row."""
    row = rendered(edition, _people(edition), language, format, at=at or edition.published_at)
    key = ["edition", "language", "format", "renderer"]
    values = {
        field.name: getattr(row, field.name) for field in Rendition._meta.concrete_fields if not field.primary_key
    }
    kept, _ = Rendition.objects.update_or_create(**{name: values.pop(name) for name in key}, defaults=values)
    return kept


def rendered(edition, people, language, format, *, at):
    """One form as a row that is not stored yet."""
    telling = Telling.of(edition, people, language, at=at)
    body = _rendered(telling, format)
    return Rendition(
        edition=edition,
        language=language,
        format=format,
        renderer=renderer(format),
        body=body,
        compressed=gzip.compress(body, 9, mtime=0),
        etag=hashlib.sha256(body).hexdigest()[:32],
        good_until=telling.good_until,
        made_at=timezone.now(),
    )


def _people(edition):
    return {str(row.id): row.content for row in edition.people.all() if row.blanked_at is None}


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
    for folder in settings.LOCALE_PATHS:
        yield from Path(folder).rglob("*.po")
    if format.startswith("pdf"):
        yield from [*(here / "typesetting").iterdir(), *(here / "fonts").iterdir()]
    if format == "page":
        yield from (here.parent / "templatetags").glob("*.py")
        yield from (settings.BASE_DIR / "templates").rglob("*.html")
        manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
        if manifest.exists():
            yield manifest
