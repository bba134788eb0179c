"""The next edition as the public would read it, shown to the officers of its meeting alone."""

import re

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from advisory import publishing, renditions
from advisory.admin.pages import meeting_page, show
from advisory.words import EditionKind
from office import uploads

FORMATS = {"page": _("Web page"), "txt": _("Plain text")}
WIDTHS = {"desktop": _("Desktop"), "phone": pgettext_lazy("width of a screen", "Phone")}
PUBLIC_FILES = re.compile(rb"/meetings/\d{4}/[-\w]+/files/")


@meeting_page("advisory.view_meeting")
def preview(model_admin, request, meeting):
    """The page around the preview: language, form and width are chosen by plain links."""
    chosen = {
        "language": _known(request.GET.get("language"), dict(settings.LANGUAGES), meeting.original_language),
        "format": _known(request.GET.get("format"), FORMATS, "page"),
        "width": _known(request.GET.get("width"), WIDTHS, "desktop"),
    }
    choices = [(gettext("Format"), "format", FORMATS), (gettext("Width"), "width", WIDTHS)]
    if len(settings.LANGUAGES) > 1:
        choices.append((gettext("Language"), "language", dict(settings.LANGUAGES)))
    return show(
        model_admin,
        request,
        "preview",
        title=gettext("Preview, not public"),
        meeting=meeting,
        chosen=chosen,
        choices=[
            (label, [(key, word, chosen | {name: key}) for key, word in known.items()])
            for label, name, known in choices
        ],
    )


def _known(value, known, otherwise):
    return value if value in known else otherwise if otherwise in known else next(iter(known))


@xframe_options_sameorigin
@meeting_page("advisory.view_meeting")
def preview_form(model_admin, request, meeting, language, format):
    """The bytes themselves; files of the draft are reached through the panel."""
    if format not in FORMATS or language not in dict(settings.LANGUAGES):
        raise Http404
    try:
        body = publishing.preview(meeting, language=language, format=format, **_what(request.GET))
    except publishing.PublishRefused as refused:
        return HttpResponse(" ".join(refused.messages), content_type="text/plain; charset=utf-8", status=409)
    if format == "page":
        files = reverse("admin:advisory_meeting_file", args=[meeting.pk, "digest", "name"]).removesuffix("digest/name")
        body = PUBLIC_FILES.sub(files.encode(), body)
    response = HttpResponse(body, content_type=renditions.FORMATS[format].media_type)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _what(query):
    """The kind of edition and the officer's sentence, as the page “Publish” asks for them."""
    kind = query.get("kind")
    return {"kind": kind if kind in EditionKind.values else None, "words": query.get("words", "")[:600]}


@meeting_page("advisory.view_meeting")
def file(model_admin, request, meeting, digest, name):
    """A photograph or document that the draft names; the public's own address serves only what is published."""
    photos = [row.photo for row in meeting.speakers.all() if row.photo]
    photos += [row.image for row in meeting.photos.all() if row.image]
    files = [{"digest": row.digest, "media_type": row.media_type} for row in _files(meeting)]
    kept = next((kept for kept in [*photos, *files] if kept["digest"] == digest), None)
    if kept is None:
        raise Http404
    try:
        response = FileResponse(uploads.open_stored(digest))
    except FileNotFoundError:
        raise Http404 from None
    for header, value in uploads.serving_headers(kept["media_type"], name=name).items():
        response.headers[header] = value
    return response


def _files(meeting):
    return [file for document in meeting.documents.prefetch_related("files") for file in document.files.all()]
