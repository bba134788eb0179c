"""“Publish”: what to look at first, then one button. The page refuses when the meeting changed since it was opened."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from advisory import checklist, publishing
from advisory.admin.pages import meeting_page, show
from advisory.admin.places import anchor, label
from advisory.models import Meeting
from advisory.words import EditionKind

KINDS = {
    EditionKind.UPDATE: "Update: readers are told that something changed",
    EditionKind.TYPO: "Typing error: mended without a notice",
}


class PublishForm(forms.Form):
    """``seen`` is the draft and the edition on the officer's screen."""

    seen = forms.CharField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="What kind of edition", choices=list(KINDS.items()), widget=forms.RadioSelect)


def token(meeting):
    """Changes with every save and with every publication."""
    last = meeting.editions.order_by("-sequence").values_list("sequence", flat=True).first()
    return f"{meeting.changed_at.isoformat()} {last or 0}"


@meeting_page("advisory.publish_meeting")
def publish(model_admin, request, meeting):
    is_first = not meeting.editions.exists()
    form = PublishForm(request.POST or None, initial={"seen": token(meeting), "kind": EditionKind.UPDATE})
    if is_first:
        del form.fields["kind"]
    if request.method == "POST" and form.is_valid():
        try:
            edition = publish_as_seen(meeting, by=request.user, **form.cleaned_data)
        except publishing.PublishRefused as refused:
            for sentence in refused.messages:
                messages.error(request, sentence)
            return redirect("admin:advisory_meeting_publish", meeting.pk)
        model_admin.log_change(request, meeting, f"Published edition {edition.number}: {edition.get_kind_display()}.")
        messages.success(request, told(edition))
        return redirect("admin:advisory_meeting_change", meeting.pk)
    concerns = [
        {"concern": concern, "label": label(concern.field), "anchor": anchor(concern.field)}
        for concern in checklist.concerns(meeting)
    ]
    return show(
        model_admin,
        request,
        "publish",
        title="Publish",
        meeting=meeting,
        form=form,
        is_first=is_first,
        blockers=[row for row in concerns if row["concern"].level == checklist.BLOCKER],
        warnings=[row for row in concerns if row["concern"].level != checklist.BLOCKER],
    )


@transaction.atomic
def publish_as_seen(meeting, *, by, seen, kind=None):
    """Publish what the officer looked at; anything saved or published since refuses."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if token(meeting) != seen:
        raise publishing.PublishRefused(
            "The meeting was changed or published after you opened this page. Nothing was published now: look at the "
            "preview again, then publish."
        )
    return publishing.publish(meeting, by=by, kind=kind)


def told(edition):
    meeting = edition.meeting
    if edition.visible_from > edition.published_at:
        return f"Edition {edition.number} waits: nothing is public before {edition.visible_from:%-d %B %Y, %H:%M} UTC."
    return format_html(
        'Edition {} is public: <a href="{}">view it on the site</a>.',
        edition.number,
        reverse("advisory:meeting", kwargs={"year": edition.facts["year"], "slug": meeting.slug}),
    )
