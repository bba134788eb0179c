"""The public side. It reads editions and their renditions, never the rows officers edit."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.views.decorators.http import require_safe

from advisory import agenda, renditions
from advisory.lookup import find, published_file
from advisory.models import Edition
from office import uploads

PER_PAGE = 50


@require_safe
def meeting(request, year, slug, format="page"):
    """One form of the current edition: one query, no template; 304 for a reader who has it."""
    gzipped = "gzip" in request.headers.get("Accept-Encoding", "")
    found = find(year, slug, format, language=settings.LANGUAGE_CODE, gzipped=gzipped)
    if found is None:
        raise Http404
    etag = f'"{found.etag}{"-gzip" if gzipped else ""}"'
    if etag in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(bytes(found.body), content_type=renditions.FORMATS[format].media_type)
        if gzipped:
            response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = etag
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = "public, no-cache"
    return response


@require_safe
def published(request, year, slug, digest, name):
    """A file that a visible edition names; anything else is the same 404 as a page that never was."""
    file = published_file(year, slug, digest, name)
    if file is None:
        raise Http404
    return uploads.serve(digest, media_type=file["media_type"], name=file["name"])


@require_safe
def home(request):
    """Now and next: what is on, the coming seven days, then later months."""
    entries = agenda.entries(Edition.objects.current().upcoming(agenda.today())[:PER_PAGE])
    return public(render(request, "advisory/home.html", {"sections": agenda.now_and_next(entries)}))


@require_safe
def meetings(request, year=None):
    """All coming meetings by month, or a year's, oldest first."""
    editions = Edition.objects.current()
    editions = editions.of_year(year) if year else editions.upcoming(agenda.today())
    page = Paginator(editions, PER_PAGE).get_page(request.GET.get("page"))
    if year and not page.object_list:
        raise Http404
    context = {
        "year": year,
        "page": page,
        "months": agenda.by_month(agenda.entries(page.object_list)),
        "years": Edition.objects.current().years(),
    }
    return public(render(request, "advisory/meetings.html", context))


def plain_page(template):
    """A page whose words stand in a template: privacy, accessibility, help."""

    @require_safe
    def view(request):
        return public(render(request, template))

    return view


def public(response):
    """Lists may be kept by readers but are asked for anew: an embargo's lifting must not wait for a cache."""
    response.headers["Cache-Control"] = "public, no-cache"
    return response
