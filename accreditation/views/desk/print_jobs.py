"""Print jobs: look at what is printed before it is, wait for the file, fetch it once."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accreditation.desk import printing
from accreditation.desk.printing import PrintRefused
from accreditation.forms.desk.badges import PrintForm
from accreditation.models import Badge, PrintJob
from accreditation.views.desk.badges import MAY, asked_view
from accreditation.views.desk.doors import desk_only, meeting_for
from office.encryption import CannotOpen, unreadable

SHOWN = 200  # names on a page, and cards that can be ticked at once
SENT_AT_ONCE = 1 << 16  # bytes of a file
AGAIN = 5  # seconds until the page of a job that is being made looks anew


@desk_only(MAY)
def page(request, code):
    """Who is printed, who has no photo, in which language; by POST the job is made."""
    meeting = meeting_for(request.user, code, MAY)
    asked = request.POST if request.method == "POST" else request.GET
    chosen, is_all = chosen_badges(meeting, asked), asked.get("all") == "yes"
    form = PrintForm(request.POST if request.method == "POST" else None, initial={"language": get_language()})
    if form.is_valid():
        taken = chosen.filter(has_photo=True) if form.cleaned_data["leaves_out"] else chosen
        try:
            job = printing.ask(meeting, taken.values("pk"), by=request.user, language=form.cleaned_data["language"])
        except PrintRefused as refused:
            messages.error(request, str(refused))
        else:
            if job.count <= printing.AT_ONCE:
                printing.make(job)
            return redirect("desk:print-job", job.pk)
    bare = chosen.filter(has_photo=False)
    context = {
        "meeting": meeting,
        "count": chosen.count(),
        "bare": bare[:SHOWN],
        "bare_count": bare.count(),
        "form": form,
        "is_all": is_all,
        "ticked": [] if is_all else list(chosen.values_list("pk", flat=True)),
        "view": asked_view(asked, meeting.categories.all()),
    }
    return render(request, "desk/print.html", context, status=422 if form.errors else 200)


def chosen_badges(meeting, asked):
    """Those ticked, or all of the view; of either only what waits to be printed."""
    view = asked_view({"category": asked.get("category", "")}, meeting.categories.all())
    rows = printing.rows(meeting, view)
    if asked.get("all") == "yes":
        return rows
    return rows.filter(pk__in=ticked(asked))


def ticked(asked):
    return [int(key) for key in asked.getlist("badge") if key.isdecimal() and len(key) < 16][:SHOWN]


def job_for(request, number):
    rows = PrintJob.objects.select_related("meeting", "by").filter(pk=number)
    job = rows.first() if number < 1 << 63 else None
    if job is None or not MAY(request.user, job.meeting):
        raise Http404
    return job


@require_http_methods(["GET", "HEAD", "POST"])
@desk_only(MAY)
def one(request, number):
    """How a job stands; while it is made the page asks for itself again. By POST cards that came out badly go anew."""
    job = job_for(request, number)
    if request.method == "POST":
        return replaced(request, job)
    state = state_of(job)
    rows = Badge.objects.filter(print_jobs=job).with_person().order_by("number")
    context = {
        "job": job,
        "meeting": job.meeting,
        "state": state,
        "voided": printing.voided(job) if job.fetched_at else [],
        "shown": Paginator(rows, SHOWN).get_page(request.GET.get("page")),
    }
    answer = render(request, "desk/print_job.html", context)
    if state == "making":
        answer.headers["Refresh"] = str(AGAIN)
    return answer


def replaced(request, job):
    """To the page that prints the new cards, or back where nothing was replaced."""
    new, refusals = printing.replace_misprints(job, ticked(request.POST), by=request.user)
    for sentence in refusals:
        messages.error(request, sentence)
    if not new:
        if not refusals:
            messages.error(request, _("Tick the cards that came out badly."))
        return redirect("desk:print-job", job.pk)
    said = ngettext(
        "%(count)s card opens nothing from now on. Print the new one.",
        "%(count)s cards open nothing from now on. Print the new ones.",
        len(new),
    )
    messages.success(request, said % {"count": len(new)})
    query = urlencode({"badge": [badge.pk for badge in new]}, doseq=True)
    return redirect(f"{reverse('desk:print', args=[job.meeting.code])}?{query}")


def state_of(job):
    if job.has_failed:
        return "failed"
    if job.fetched_at:
        return "fetched"
    if job.ended_at and not job.count:
        return "empty"
    if job.ended_at:
        return "over"
    return "ready" if job.file else "making"


@require_POST
@desk_only(MAY)
def fetch(request, number):
    """The PDF itself, once; its badges count as printed from then on."""
    job = job_for(request, number)
    try:
        file = printing.fetch(job, by=request.user)
    except PrintRefused as refused:
        messages.error(request, str(refused))
        return redirect("desk:print-job", job.pk)
    except CannotOpen as fault:
        unreadable.note(fault)
        messages.error(request, unreadable.words())
        return redirect("desk:print-job", job.pk)
    name = f"{job.meeting.code}-badges-{job.pk}.pdf"
    answer = FileResponse(file, as_attachment=True, filename=name, content_type="application/pdf")
    answer.block_size = SENT_AT_ONCE
    return answer


@require_POST
@desk_only(MAY)
def give_up(request, number):
    job = job_for(request, number)
    if printing.give_up(job):
        said = ngettext(
            "%(count)s badge waits to be printed again.", "%(count)s badges wait to be printed again.", job.count
        )
        messages.success(request, said % {"count": job.count})
    return redirect("desk:print-job", job.pk)
