"""The public side. It reads editions and their renditions, never the rows officers edit."""

from functools import wraps

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from advisory import renditions
from advisory.lookup import find, published_file
from office import uploads


@require_safe
def meeting(request, year, slug, format="page"):
    """One form of the current edition: one query, no template; 304 for a reader who has it."""
    gzipped = accepts_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    found = find(year, slug, format, language=request.LANGUAGE_CODE, gzipped=gzipped)
    if found is None:
        raise Http404
    etag = f'"{found.etag}{"-gzip" if gzipped else ""}"'
    if etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(found.body, content_type=renditions.FORMATS[format].media_type)
        if gzipped:
            response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = etag
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def accepts_gzip(header):
    """Whether an Accept-Encoding names gzip without refusing it by a weight of nought (RFC 9110, 12.5.3)."""
    for choice in header.lower().split(","):
        coding, _, weight = choice.partition(";")
        if coding.strip() == "gzip":
            return weight.replace(" ", "").rstrip("0.") not in {"q=", "q"}
    return False


@require_safe
def published(request, year, slug, digest, name):
    """A file that a visible edition names; anything else is the same 404 as a page that never was."""
    file = published_file(year, slug, digest, name)
    if file is None:
        raise Http404
    try:
        response = FileResponse(uploads.open_stored(digest))
    except FileNotFoundError:
        raise Http404 from None
    headers = uploads.serving_headers(file["media_type"], name=file["name"])
    for name, value in (headers | {"Cache-Control": "public, no-cache"}).items():
        response.headers[name] = value  # after FileResponse has written its own disposition
    return response


def public(view):
    """A page drawn for each request: compressed, conditional, and asked for anew.

    A reader may keep it but must ask again, so that the lifting of an embargo never waits for a cache.
    """

    @gzip_page
    @conditional_page
    @require_safe
    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "public, no-cache"
        return response

    return answer


def plain_page(template):
    """A page whose words stand in a template: privacy, accessibility, help."""
    return public(lambda request: render(request, template))


@public
def robots(request):
    """What crawlers leave alone, the staff's own pages, and where they find the rest."""
    context = {"sitemap": f"{settings.SITE_URL}/sitemap.xml"}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")
