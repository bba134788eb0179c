"""Papers handed out: to the browser that opened the application, and to nobody who only knows an address."""

import logging

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accreditation import evidence, visits
from accreditation.models import Evidence
from accreditation.views.apply import is_of
from accreditation.views.private import private
from advisory import limits
from office import uploads
from office.encryption import CannotOpen, unreadable

log = logging.getLogger(__name__)
PREVIEW_EDGE, THUMBNAIL_EDGE = 1600, 280
PER_APPLICATION, AN_HOUR = 600, 60 * 60


@private
@require_safe
def paper(request, year, slug, category, paper):
    """The rebuilt file itself: a photo opens in the page, a PDF is saved."""
    row = row_of(request, year, slug, category, paper)
    return handed_out(row, lambda: (row.media_type, evidence.read(row)))


@private
@require_safe
def preview(request, year, slug, category, paper, page):
    """One page as a picture; ``?small`` as a thumbnail."""
    row = row_of(request, year, slug, category, paper)
    if not limits.within("paper-preview", row.registration_id, most=PER_APPLICATION, seconds=AN_HOUR):
        return render(request, "accreditation/apply/too_often.html", status=429)
    edge = THUMBNAIL_EDGE if "small" in request.GET else PREVIEW_EDGE
    return handed_out(row, lambda: evidence.preview(row, page, max_edge=edge))


def row_of(request, year, slug, category, paper):
    """The paper of an application that this browser has open, or the 404 of one that never was.

    Only while the application takes papers: once it is sent, letters and documents are for those who decide, and a link
    that travels opens none (decision 7).
    """
    opened = {
        registration.pk: registration
        for registration in visits.registrations_of(request)
        if is_of(registration, year, slug, category) and registration.status in evidence.TAKES_PAPERS
    }
    rows = Evidence.objects.filter(pk=paper, registration__in=list(opened), replaced_at=None)
    row = rows.first() if opened else None
    if row is None:
        raise Http404
    row.registration = opened[row.registration_id]
    return row


def handed_out(row, read):
    """Never a part of it and never “not modified”: what a stranger gets must not depend on what he asks with."""
    try:
        media_type, data = read()
    except IndexError:
        raise Http404 from None
    except CannotOpen as fault:
        unreadable.note(fault)
        raise Http404 from fault
    except (FileNotFoundError, uploads.Refused, uploads.LimitedProcessFailed) as fault:
        log.error("Paper %s could not be shown: %s", row.pk, type(fault).__name__)
        raise Http404 from fault
    return HttpResponse(data, headers=uploads.serving_headers(media_type, name=row.told_name))
