"""The security liaison's page: hand over, and bring the result back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accreditation.desk import clearances, exports, security
from accreditation.forms.desk.handing_over import HandOverForm, ResultForm
from accreditation.models import Export
from accreditation.views.desk.doors import desk_only, meeting_for
from office import permissions, signing
from office.models import Proposal
from office.models.proposal import Outcome
from office.proposals import ProposalRefused

LATEST = 20
NO_KEY = gettext_lazy("Nothing can be signed: SIGNING_KEYS holds no key.")


@require_safe
@desk_only(permissions.may_hand_over)
def page(request, code):
    return _page(request, meeting_for(request.user, code, permissions.may_hand_over))


def _page(request, meeting, *, form=None, result=None, told=None):
    failed = form or (result and not told)
    context = {
        "meeting": meeting,
        "form": form or result or HandOverForm(meeting=meeting),
        "hand_over": form or HandOverForm(meeting=meeting),
        "result": result or ResultForm(),
        "told": told,
        "left_out": security.left_out(meeting, meeting.categories.all()),
        "waits": security.candidates(meeting, meeting.categories.all()).count(),
        "latest": Export.objects.filter(
            meeting=meeting, kind=exports.SECURITY, made_at__isnull=False
        ).select_related("by")[:LATEST],
        "asked": security.waiting(meeting, request.user),
        "open": Proposal.objects.filter(
            meeting=meeting, action=clearances.ACTION, outcome=Outcome.OPEN
        ).select_related("made_by").first(),
        "key": _key(),
    }  # fmt: skip
    return render(request, "desk/security.html", context, status=422 if failed else 200)


def _key():
    """The public key by which security checks our file; "" where nothing can be signed."""
    try:
        return signing.public_key(signing.sign(b"")[0])
    except signing.NoKey:
        return ""


@require_POST
@desk_only(permissions.may_hand_over)
def hand_over(request, code):
    """Hand over, or ask to; once a second officer has let it go, fetch the file or take the wish back."""
    meeting = meeting_for(request.user, code, permissions.may_hand_over)
    if "export" in request.POST:
        return _go_on(request, meeting)
    form = HandOverForm(request.POST, meeting=meeting)
    if not form.is_valid():
        return _page(request, meeting, form=form)
    chosen = list(form.cleaned_data["categories"])
    try:
        export, data = security.hand_over(
            meeting, categories=chosen, recipient=form.cleaned_data["recipient"], by=request.user, at=timezone.now()
        )
    except (exports.ExportRefused, signing.NoKey) as refused:
        form.add_error(None, str(refused) or NO_KEY)
        return _page(request, meeting, form=form)
    if export.proposal:
        messages.success(
            request, _("So many need a second officer: a colleague is asked, and you fetch the file here.")
        )
        return redirect("desk:security", meeting.code)
    return _archive(meeting, export, data)


def _go_on(request, meeting):
    own = {str(export.pk): export for export, _word, _sentence in security.waiting(meeting, request.user)}
    export = own.get(request.POST["export"])
    if export is None:
        messages.error(request, _("The file was fetched, or is gone after a day. Ask for another one."))
        return redirect("desk:security", meeting.code)
    try:
        if request.POST.get("act") == "withdraw":
            exports.withdraw(export, by=request.user)
        else:
            return _archive(meeting, export, security.fetch(export, by=request.user))
    except (exports.ExportRefused, ProposalRefused, signing.NoKey) as refused:
        messages.error(request, str(refused) or NO_KEY)
    return redirect("desk:security", meeting.code)


def _archive(meeting, export, data):
    answer = HttpResponse(data, "application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{meeting.code}-security-{export.pk}.zip"'
    return answer


@require_http_methods(["POST"])
@desk_only(permissions.may_hand_over)
def result(request, code):
    """Take in what security answers, or keep it for the second officer."""
    meeting = meeting_for(request.user, code, permissions.may_hand_over)
    form = ResultForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, meeting, result=form)
    signature = form.cleaned_data.get("signature")
    try:
        told, proposal = clearances.receive(
            meeting,
            form.cleaned_data["result"].read(),
            signature=signature.read() if signature else b"",
            by=request.user,
        )
    except (clearances.ResultRefused, ProposalRefused) as refused:
        form.add_error("result", str(refused))
        return _page(request, meeting, result=form)
    if proposal:
        messages.success(request, _("The result is kept. A second officer confirms it within a day."))
        return redirect("desk:security-confirm", meeting.code, proposal.pk)
    _say(request, told)
    return _page(request, meeting, result=ResultForm(), told=told)


def _say(request, told):
    done = sum(not line.problem for line in told)
    words = ngettext("%(count)s flag was set.", "%(count)s flags were set.", done) % {"count": done}
    messages.success(request, words)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_only(permissions.may_hand_over)
def confirm(request, code, number):
    """What waits, row by row; the second officer confirms it, either takes it back."""
    meeting = meeting_for(request.user, code, permissions.may_hand_over)
    rows = Proposal.objects.filter(meeting=meeting, action=clearances.ACTION, pk=number).select_related("made_by")
    proposal = rows.first()
    if proposal is None:
        raise Http404
    proposal.meeting, told = meeting, []
    try:
        if request.method == "POST":
            if request.POST.get("answer") == "confirm":
                _say(request, clearances.confirm(proposal, by=request.user))
            else:
                clearances.drop(proposal, by=request.user)
            return redirect("desk:security-confirm", meeting.code, proposal.pk)
        if proposal.outcome == Outcome.OPEN:
            told = clearances.proposed(proposal)
    except (clearances.ResultRefused, ProposalRefused) as refused:
        messages.error(request, str(refused))
        if request.method == "POST":
            return redirect("desk:security", meeting.code)
    context = {
        "meeting": meeting, "proposal": proposal, "told": told, "is_open": proposal.outcome == Outcome.OPEN,
        "is_own": proposal.made_by_id == request.user.pk,
    }  # fmt: skip
    return render(request, "desk/security_result.html", context)
