"""Where a focal point adds one letter for everybody in the delegation."""

import logging
from functools import partial

from django.conf import settings
from django.shortcuts import render

from accreditation import delegation_papers, evidence
from accreditation.forms.delegation import LetterForm
from accreditation.views.delegation import about, home, nothing, opened
from accreditation.views.papers import ANSWERED_WITH, MOST_TOGETHER, may_send
from office import uploads

log = logging.getLogger(__name__)


def in_memory(request):
    """No letter ever lies in a temporary file."""
    handler = uploads.InMemory(request, most_bytes=settings.MAX_UPLOAD_BYTES, most_together=MOST_TOGETHER)
    request.upload_handlers = [handler]


@partial(opened, prepare=in_memory)
def letter(request, access, edition):
    """GET shows what is kept; a post keeps a file or takes one back."""
    delegation, status = access.delegation, 200
    kinds = delegation_papers.kinds(delegation.category)
    if not kinds:
        return nothing(request)
    is_new = request.method == "POST" and "remove" not in request.POST
    form = LetterForm(request.POST if is_new else None, request.FILES if is_new else None, kinds=kinds)
    if request.method == "POST" and not is_new:
        take_back(delegation, request.POST["remove"])
        return home(access, request, "letter_removed")
    if form.is_valid():
        status = keep(request, delegation, form)
        if status == 200 and not form.errors:
            return home(access, request, "letter")
    more = {"form": form, "letters": delegation_papers.kept(delegation)}
    return render(request, "accreditation/delegation/letter.html", about(access, edition, **more), status=status)


def keep(request, delegation, form):
    """Keep the file, or say in the form why not; the status of the answer."""
    try:
        if not may_send(request):
            raise evidence.NotTaken("too_often")
        evidence.add(delegation, form.chosen_kind, form.cleaned_data["file"])
    except uploads.Refused as refused:
        form.add_error("file", refused.sentence)
        return ANSWERED_WITH.get(refused.reason, 200)
    except (uploads.LimitedProcessFailed, OSError):
        log.exception("A letter could not be kept.")
        form.add_error("file", evidence.NotTaken("no_room").sentence)
        return ANSWERED_WITH["no_room"]
    return 200


def take_back(delegation, key):
    for kept in delegation_papers.kept(delegation):
        if kept.row.pk.hex == key:
            evidence.remove(kept.row)
