"""Photographs of a meeting as newsrooms take them: a page that lists them and an archive of all."""

from django.conf import settings
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from advisory.models import Edition
from advisory.renditions import kit
from advisory.renditions.telling import Telling
from advisory.views import public
from office import uploads


@public
def page(request, year, slug):
    """Each photograph with what a newsroom prints under it; 404 where there is none."""
    telling, photographs = _current(year, slug)
    context = {"title": telling.words.title, "year": year, "slug": slug, "photographs": photographs}
    context |= {"language": telling.language, "is_demonstration": telling.facts.is_demonstration}
    return render(request, "advisory/media.html", context)


@require_safe
def archive(request, year, slug):
    """All of them and their captions in one zip, streamed; 304 for a reader who has it."""
    telling, photographs = _current(year, slug)
    etag = f'"{kit.digest(telling, photographs)}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        _refuse_unless_held(photographs)
        response = StreamingHttpResponse(kit.pack(telling, photographs), content_type="application/zip")
        response.headers["Content-Disposition"] = content_disposition_header(True, f"{slug}-media.zip")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def _current(year, slug):
    """The visible edition's telling and its photographs, or the 404 of a page that never was."""
    editions = Edition.objects.visible().filter(year=year, slug=slug).order_by("-number")
    edition = editions.prefetch_related("people").first()
    if edition is None:
        raise Http404
    people = {str(row.id): row.content for row in edition.people.all() if row.blanked_at is None}
    telling = Telling.of(edition, people, get_language() or settings.LANGUAGE_CODE, at=timezone.now())
    photographs = kit.photographs(telling)
    if not photographs:
        raise Http404
    return telling, photographs


def _refuse_unless_held(photographs):
    """A file that is gone is found missing before the first byte, not in the middle of the archive."""
    for photo in photographs:
        try:
            uploads.open_stored(photo["digest"]).close()
        except FileNotFoundError:
            raise Http404 from None
