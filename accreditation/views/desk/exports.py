"""Lists of people: ask for one, let a second officer look at it, fetch it once."""

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accreditation.desk import columns, exports, spreadsheets
from accreditation.desk.exports import ExportRefused
from accreditation.forms.desk.exporting import ExportForm, RefusalForm
from accreditation.models import Export
from accreditation.views.desk.doors import desk_only, meeting_for
from office import permissions
from office.encryption import CannotOpen, unreadable
from office.proposals import ProposalRefused

OF_SHEETS = [exports.CSV, exports.XLSX]
LATEST = 20
TYPES = {
    exports.CSV: "text/csv; charset=utf-8",
    exports.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_http_methods(["GET", "HEAD", "POST"])
@desk_only(permissions.may_export)
def page(request, code):
    """Ask for a list; below, the officer's own lists and those that wait for a second officer."""
    meeting = meeting_for(request.user, code, permissions.may_export)
    if request.method == "POST":
        form = ExportForm(request.POST, meeting=meeting)
        if form.is_valid() and (asked := _asked(request, meeting, form)):
            return redirect("desk:export", meeting.code, asked.pk)
    else:
        form = ExportForm(initial=request.GET.dict(), meeting=meeting)
    context = _lists(request, meeting) | {"form": form, "columns": columns.open_to(request.user, meeting)}
    return render(request, "desk/exports.html", context, status=422 if form.errors else 200)


def _asked(request, meeting, form):
    given = form.cleaned_data
    try:
        return exports.ask(
            meeting, kind=given["kind"], purpose=given["purpose"], recipient=given["recipient"], by=request.user,
            chosen=form.chosen,
        )  # fmt: skip
    except ExportRefused as refused:
        form.add_error(None, str(refused))
        return None


def _lists(request, meeting):
    now = timezone.now()
    own = Export.objects.filter(meeting=meeting, by=request.user, kind__in=OF_SHEETS).select_related("proposal")
    others = exports.for_second(request.user).filter(meeting=meeting)
    return {
        "meeting": meeting,
        "own": [(export, exports.standing(export, now)[1]) for export in own[:LATEST]],
        "others": list(others[:LATEST]),
        "reads_all": request.user.is_staff and permissions.may(request.user, "accreditation.view_export", meeting),
    }


def export_for(request, code, number):
    """(meeting, Export): the officer's own, or one that a second officer may look at; 404 for any other."""
    meeting = meeting_for(request.user, code, permissions.may_export)
    rows = Export.objects.filter(meeting=meeting).select_related("by", "proposal__decided_by")
    export = rows.filter(pk=number).first()
    if export is None or (export.kind == exports.SECURITY and export.by_id == request.user.pk):  # has its own page
        raise Http404
    export.meeting = meeting
    if export.by_id != request.user.pk and not (export.proposal and permissions.may_second(request.user, meeting)):
        raise Http404
    return meeting, export


@require_safe
@desk_only(permissions.may_export)
def one(request, code, number):
    return show(request, *export_for(request, code, number))


def show(request, meeting, export, form=None):
    word, sentence = exports.standing(export, timezone.now())
    context = {
        "meeting": meeting, "export": export, "word": word, "sentence": sentence, "form": form or RefusalForm(),
        "titles": spreadsheets.titles(export) if export.kind in OF_SHEETS else [], "narrowed": _narrowed(export),
        "is_own": export.by_id == request.user.pk,
    }  # fmt: skip
    return render(request, "desk/export.html", context, status=422 if form else 200)


def _narrowed(export):
    """[(label, value)] by which the list was chosen, in words."""
    if export.kind == exports.SECURITY:
        named = export.meeting.categories.filter(slug__in=export.asked["categories"])
        return [(_("Categories"), get_text_list([row.name for row in named], _("and")))]
    form = ExportForm(meeting=export.meeting)
    found = []
    for name, value in export.asked.items():
        if value:
            labels = dict(getattr(form.fields[name], "choices", []))
            found.append((form.fields[name].label, labels.get(value, value)))
    return found


@require_POST
@desk_only(permissions.may_export)
def decide(request, code, number, answer):
    """Approve or refuse as the second officer, or take back what was asked."""
    meeting, export = export_for(request, code, number)
    if export.proposal is None or (answer != "withdraw" and not permissions.may_second(request.user, meeting)):
        raise Http404
    if answer == "refuse" and not (form := RefusalForm(request.POST)).is_valid():
        return show(request, meeting, export, form=form)
    try:
        if answer == "approve":
            exports.approve(export, by=request.user)
            messages.success(request, _("Approved. Your colleague can fetch the list within a day."))
        elif answer == "refuse":
            exports.refuse(export, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("Refused. Nobody’s particulars left the house."))
        else:
            exports.withdraw(export, by=request.user)
    except ProposalRefused as refused:
        messages.error(request, str(refused))
    return redirect("desk:export", meeting.code, export.pk)


@require_POST
@desk_only(permissions.may_export)
def fetch(request, code, number):
    """The file itself, once. Its disclosures are written before the first byte."""
    meeting, export = export_for(request, code, number)
    if export.kind not in OF_SHEETS:
        raise Http404
    try:
        if export.kind == exports.XLSX:
            answer = HttpResponse(exports.fetch(export, by=request.user), TYPES[export.kind])
        elif export.by_id != request.user.pk:
            raise ExportRefused(_("Another officer asked for this list and alone fetches it."))
        else:
            exports.release(export, at=timezone.now())
            answer = StreamingHttpResponse(spreadsheets.csv_lines(export), TYPES[export.kind])
    except ExportRefused as refused:
        messages.error(request, str(refused))
        return redirect("desk:export", meeting.code, export.pk)
    except CannotOpen as fault:
        unreadable.note(fault)
        messages.error(request, unreadable.words())
        return redirect("desk:export", meeting.code, export.pk)
    answer.headers["Content-Disposition"] = f'attachment; filename="{meeting.code}-{export.pk}.{export.kind}"'
    return answer
