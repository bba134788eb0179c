"""What a colleague proposed for publication, as the second officer sees it before approving or refusing."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advisory import approval, publishing
from advisory.admin.instants import told
from advisory.admin.pages import meeting_page, show
from advisory.admin.publishing import KINDS, Standing, looked_at, sentences, told_of, zone_of
from advisory.words import EditionKind
from office import permissions, proposals

WORDS = ("kind", "words", "resumes")


class RefusalForm(forms.Form):
    reason = forms.CharField(
        label=_("Why not"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Your colleague reads it. Needed for refusing only."),
    )


def to_decide(request):
    """Proposals that wait, of meetings that the officer may publish."""
    if "advisory.publish_meeting" not in permissions.rights_anywhere(request.user):
        return []
    return list(approval.open_for(permissions.meetings_with(request.user, "advisory.publish_meeting"))[:20])


@meeting_page("advisory.publish_meeting")
def proposal(model_admin, request, meeting):
    found = approval.open_proposal(meeting)
    if found is None:
        messages.info(request, gettext("No proposal waits for this meeting."))
        return redirect("admin:advisory_meeting_change", meeting.pk)
    form = RefusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            said = decide(model_admin, request, meeting, found, form.cleaned_data["reason"])
        except (publishing.PublishRefused, approval.ProposalRefused) as refused:
            for sentence in sentences(refused):
                messages.error(request, sentence)
        else:
            messages.success(request, said)
            return redirect("admin:advisory_meeting_change", meeting.pk)
    what = {name: found.content[name] for name in WORDS if found.content[name]}
    standing = Standing(meeting)
    return show(
        model_admin,
        request,
        "proposal",
        title=gettext("Proposed for publication"),
        meeting=meeting,
        form=form,
        proposal=found,
        is_own=found.made_by == request.user,
        is_stale=approval.is_stale(found, meeting),
        kind=KINDS[what["kind"]][0] if "kind" in what else EditionKind.FIRST.label,
        when=in_words(found, meeting, standing),
        standing=standing,
        preview_query=urlencode(what),
        **looked_at(meeting, standing, what),
    )


def decide(model_admin, request, meeting, found, reason):
    """Approve, refuse or withdraw what stands on the officer's screen, and say what happened."""
    if request.POST.get("proposal") != str(found.pk):
        raise approval.ProposalRefused(gettext("This is another proposal than the one you looked at. Read it first."))
    if "_approve" in request.POST:
        edition = approval.approve(found, by=request.user)
        with translation.override(None):  # kept in English
            told = f"Approved: edition {edition.number}, {edition.get_kind_display()}."
        model_admin.log_change(request, meeting, told)
        return told_of(edition)
    if "_withdraw" in request.POST:
        proposals.withdraw(found, by=request.user)
        model_admin.log_change(request, meeting, "Withdrew the proposal for publication.")
        return gettext("Withdrawn. Nothing was published.")
    proposals.refuse(found, by=request.user, reason=reason)
    model_admin.log_change(request, meeting, f"Refused the proposal for publication: {reason}")
    return gettext("Refused. Nothing was published.")


def in_words(found, meeting, standing):
    at = approval.decision(found)["at"]
    if at and at > found.made_at:
        said = gettext("at %(instant)s, or as soon as it is approved if that is later")
        return said % {"instant": told(at, zone_of(meeting))}
    if not at and standing.waiting:
        instant = told(standing.waiting.visible_from, zone_of(meeting))
        return gettext("when edition %(number)s was to: %(instant)s") % {
            "number": standing.waiting.number,
            "instant": instant,
        }
    return gettext("as soon as it is approved")
