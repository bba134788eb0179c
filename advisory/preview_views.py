"""What a cleared reader sees before the instant, under /preview/ alone. A link says nothing until its terms are taken.

These addresses have no language prefix, as the cookie is bound to their path: ``?language=`` chooses.
"""

import re
from functools import wraps
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core import signing
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from advisory import previewing, renditions
from advisory.lookup import named_files
from advisory.renditions import page, text, wording
from advisory.renditions.telling import Telling
from office import uploads

COOKIE = "preview"
SALT = "advisory.preview"
PATH = "/preview/"
PUBLIC_FILES = re.compile(rb"(?:/[a-z]{2})?/meetings/\d{4}/[-\w]+/files/")


class TermsForm(forms.Form):
    terms = forms.BooleanField(
        label=gettext_lazy("I will publish nothing of it, and pass nothing of it on, before that moment."),
        error_messages={"required": gettext_lazy("Tick the box to accept the embargo, or close this page.")},
    )


def guarded(view):
    """No cache, index, log of addresses or other site learns of a preview; the query chooses its language."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        chosen = request.GET.get("language")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        return response

    return answer


@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request, token):
    """The same page for every token, known or not; only a ticked form asks whether the link is good."""
    form = TermsForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        response = _show(request, "terms.html", {"form": form})
        # Under no-referrer a browser sends “Origin: null” with the form, which the CSRF check must refuse
        response.headers["Referrer-Policy"] = "same-origin"
        return response
    link = previewing.open(token)
    if link is None:
        return _nothing(request)
    if edition := previewing.waiting(link):
        previewing.note_reading(link, edition)
    response = redirect(f"{PATH}?language={translation.get_language()}")
    response.set_cookie(
        COOKIE,
        signing.dumps(link.pk, salt=SALT),
        expires=link.expires_at,
        path=PATH,
        secure=settings.SECURE_SITE,
        httponly=True,
        samesite="Lax",
    )
    return response


def for_reader(view):
    """Gives the view the edition that waits; without a good cookie the one sentence, after the instant the way on."""

    @guarded
    @require_safe
    @wraps(view)
    def answer(request, *args, **kwargs):
        link = _link(request)
        if link is None:
            return _nothing(request)
        edition = previewing.waiting(link)
        if edition is None:
            return _show(request, "over.html", {"public": previewing.public(link)})
        previewing.note_reading(link, edition)
        return view(request, link, edition, *args, **kwargs)

    return answer


@for_reader
def advisory(request, link, edition):
    """The waiting edition as its page will be, under the embargo's banner, its files reached through /preview/."""
    telling = _telling(edition)
    context = page.context(telling) | {
        "embargo": _embargo(link, edition),
        "reader": link.reader,
        "forms_wait": previewing.public(link) is None,  # until then their addresses are those of no page
    }
    response = _show(request, "page.html", context)
    response.content = PUBLIC_FILES.sub(b"/preview/files/", response.content)
    return response


@for_reader
def plain(request, link, edition):
    """The same as plain text; the embargo is its first line and its last."""
    embargo = _embargo(link, edition).encode()
    body = PUBLIC_FILES.sub(b"/preview/files/", text.render(_telling(edition)))
    return HttpResponse(
        embargo + b"\r\n\r\n" + body + b"\r\n" + embargo + b"\r\n", content_type=renditions.FORMATS["txt"].media_type
    )


@for_reader
def file(request, link, edition, digest, name):
    """A document or photograph that the waiting edition names, and no other."""
    known = next((file for file in named_files(edition) if (file["digest"], file["name"]) == (digest, name)), None)
    if known is None:
        raise Http404
    try:
        response = FileResponse(uploads.open_stored(digest))
    except FileNotFoundError:
        raise Http404 from None
    for header, value in uploads.serving_headers(known["media_type"], name=known["name"]).items():
        response.headers[header] = value
    return response


def _link(request):
    try:
        pk = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
    except signing.BadSignature:
        return None
    return previewing.opened(pk)


def _nothing(request):
    return _show(request, "nothing.html", {}, status=404)


def _show(request, template, context, *, status=200):
    context = {"language": translation.get_language(), "languages": settings.LANGUAGES} | context
    return render(request, f"advisory/preview/{template}", context, status=status)


def _telling(edition):
    people = {str(row.id): row.content for row in edition.people.all() if row.blanked_at is None}
    return Telling.of(edition, people, translation.get_language(), at=timezone.now())


def _embargo(link, edition):
    """EMBARGOED until 6 September 2016, 10:00 New York (14:00 UTC), on the clock by which it was set."""
    zone = link.meeting.embargo_zone or edition.facts["time_zone"] or "UTC"
    local = edition.visible_from.astimezone(ZoneInfo(zone))
    universal = edition.visible_from.astimezone(wording.UTC)
    same_day = universal.date() == local.date()
    return _("EMBARGOED until %(moment)s %(city)s (%(universal)s UTC)") % {
        "moment": wording.moment(local),
        "city": wording.zone_city(zone),
        "universal": wording.clock(universal) if same_day else wording.moment(universal),
    }
