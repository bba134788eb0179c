"""The page of the papers: each file is kept as it arrives, whatever else of the page is not right yet."""

import logging

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import UnreadablePostError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accreditation import clock, evidence, intake, journey, paper_words, visits
from accreditation.forms.papers import PapersForm
from accreditation.models import Evidence, Registration
from accreditation.states import EvidenceKind, Status
from accreditation.views import apply
from accreditation.views.private import private
from advisory import limits
from advisory.renditions import wording
from office import uploads

log = logging.getLogger(__name__)
MOST_TOGETHER = 30 * uploads.MEGABYTE
READ_THROUGH = 100 * uploads.MEGABYTE  # of a longer body nothing is read, though the answer may then not be seen
PER_NETWORK, AN_HOUR = 300, 60 * 60
ANSWERED_WITH = {"too_big": 413, "too_much": 413, "together": 413, "too_many": 400, "too_often": 429, "no_room": 503}


@private
def papers(request, year, slug, category):
    """GET shows what is asked and kept. A post keeps what was chosen and written, then does what its button says."""
    request.upload_handlers = [
        uploads.InMemory(request, most_bytes=settings.MAX_UPLOAD_BYTES, most_together=MOST_TOGETHER)
    ]
    place = (year, slug, category)
    if announced_bytes(request) > READ_THROUGH:
        return flooded(request, place)
    try:
        registration, is_late = apply.opened(request, place, journey.PAPERS)
    except UnreadablePostError as error:  # the connection broke off
        raise BadRequest from error
    if registration is None:
        return apply.link_again(request, *place)
    if registration.status != Status.DRAFT:
        return apply.sent_already(request, registration, is_late=is_late)
    if journey.step(registration, journey.PAPERS) is None:
        return redirect(apply.address(registration, journey.first_open(registration)))
    if request.method != "POST":
        return page_of(request, registration, PapersForm(papers=evidence.papers(registration)))
    try:
        return keep(request, registration, is_late=is_late)
    except intake.NotDraft:
        return apply.sent_already(request, Registration.objects.get(pk=registration.pk), is_late=is_late)


def flooded(request, place):
    """Nothing of the body is read: not even for which page it was sent."""
    registration = next((row for row in visits.registrations_of(request) if apply.is_of(row, *place)), None)
    if registration is None or journey.step(registration, journey.PAPERS) is None:
        return apply.link_again(request, *place)
    form = PapersForm({}, papers=evidence.papers(registration))
    form.add_error(None, evidence.NotTaken("together").sentence)
    return page_of(request, registration, form, status=413)


def announced_bytes(request):
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def keep(request, registration, *, is_late):
    """Keep links and files, take back what is to go, then stay, go on, or come back later."""
    form = PapersForm(request.POST, request.FILES, papers=evidence.papers(registration))
    form.is_valid()  # each good part is kept, whatever is wrong with another
    if "samples" in request.POST:
        registration = keep_links(registration, form.cleaned_data.get("samples"))
    statuses = [take_back(registration, form, request.POST.get("remove"))]
    statuses += take(request, registration, form)
    if is_late:
        return apply.link_again(request, *apply.place_of(registration), is_saved=not form.errors)
    if form.errors:
        return page_of(request, registration, form, status=max(statuses))
    if "later" in request.POST:
        return redirect("accreditation:saved", *apply.place_of(registration))
    if "continue" not in request.POST:
        return redirect(here_again(registration, saved=[kind for kind, _file in chosen(form)]))
    form.papers = {str(paper.rule.kind): paper for paper in evidence.papers(registration)}
    form.say_what_lacks()
    if form.errors:
        return page_of(request, registration, form)
    registration = intake.save_answers(registration, journey.PAPERS, {})
    return redirect(apply.address(registration, journey.after(registration, journey.PAPERS)))


def keep_links(registration, links):
    """The registration, with the links that are right and new."""
    if links is None or links == evidence.sample_links(registration):
        return registration
    return intake.save_answers(registration, journey.PAPERS, {"samples": links}, is_done=False)


def chosen(form):
    return [(kind, file) for kind in form.papers for file in form.cleaned_data.get(kind) or []]


def take(request, registration, form):
    """Keep the files that were chosen, or say beside each its paper why not. Return the statuses of the answer."""
    files, statuses = [], []
    for kind, file in chosen(form):
        if may_send(request):
            files.append((kind, file))
        else:
            statuses.append(say(form, kind, evidence.NotTaken("too_often"), file))
    for (kind, file), outcome in zip(files, evidence.add_all(registration, files), strict=True):
        if isinstance(outcome, Exception):
            statuses.append(say(form, kind, told_refusal(outcome), file))
    return statuses


def told_refusal(fault):
    if isinstance(fault, uploads.Refused):
        return fault
    log.error("A file could not be kept.", exc_info=fault)
    return evidence.NotTaken("no_room")


def say(form, kind, refused, file=None):
    sentence = refused.sentence
    if file is not None:
        name = wording.isolated(uploads.safe_filename(file.name or ""))
        sentence = _("%(file)s: %(sentence)s") % {"file": name, "sentence": sentence}
    form.add_error(kind if kind in form.fields else None, sentence)
    return ANSWERED_WITH.get(refused.reason, 200)


def may_send(request):
    """Each file costs the machine seconds, so that there is an end to them."""
    network = limits.network(request.META.get("REMOTE_ADDR", ""))
    return limits.within("papers", network, most=PER_NETWORK, seconds=AN_HOUR)


def take_back(registration, form, key):
    row = next((row for row in evidence.kept(registration) if str(row.pk) == key), None)
    if row is not None:
        try:
            evidence.remove(row)
        except uploads.Refused as refused:
            return say(form, row.kind, refused)
    return 200


def here_again(registration, *, saved):
    """The same page by GET, at the paper that came last; it says that it is kept."""
    address = apply.address(registration, journey.step(registration, journey.PAPERS))
    return f"{address}?saved={saved[-1]}#paper-{saved[-1]}" if saved else address


def page_of(request, registration, form, *, status=200):
    asked = journey.step(registration, journey.PAPERS)
    found, saved = evidence.papers(registration), request.GET.get("saved")
    context = {
        "form": form,
        "papers": [told(registration, paper, form, is_saved=saved == paper.rule.kind) for paper in found],
        "rules": list({str(about.rule.readers): about.rule for about in map(about_of, found)}.values()),
        "used": paper_words.size(evidence.used_bytes(registration)),
        "used_bytes": evidence.used_bytes(registration),
        "most": paper_words.size(registration.category.most_bytes),
        "most_file": paper_words.size(settings.MAX_UPLOAD_BYTES),
    }
    response = apply.page(request, registration, asked, context, template="papers.html")
    response.status_code = status
    return response


def told(registration, paper, form, *, is_saved):
    """One paper as ``partials/_paper.html`` shows it."""
    kind = EvidenceKind(paper.rule.kind)
    return {
        "paper": paper,
        "kind": str(kind),
        "about": about_of(paper),
        "hint": paper.rule.said("hint", translation.get_language()),
        "field": form[str(kind)],
        "links": form["samples"] if paper.takes_links else None,
        "is_saved": is_saved and bool(paper.rows),
        "takes_files": bool(paper.room) or paper.rule.most == 1,
        "is_replaced": paper.rule.most == 1 and bool(paper.rows),
        "rows": [told_row(registration, row) for row in paper.rows],
        "shared": len(paper.shared),
    }


def about_of(paper):
    return paper_words.ABOUT[EvidenceKind(paper.rule.kind)]


def told_row(registration, row: Evidence):
    where = [*apply.place_of(registration), row.pk]
    return {
        "id": str(row.pk),
        "name": row.told_name,
        "type": paper_words.TYPES[row.media_type],
        "pages": row.pages,
        "is_pdf": row.media_type == uploads.PDF,
        "size": paper_words.size(row.size),
        "moment": clock.moment(registration.meeting, row.added_at),
        "url": reverse("accreditation:paper", args=where),
        "preview": reverse("accreditation:paper_preview", args=[*where, 1]),
    }
