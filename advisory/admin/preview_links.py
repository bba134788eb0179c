"""Links for cleared readers: made one by one, shown once, listed with their openings, withdrawn."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.db.models import F
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from advisory import previewing
from advisory.admin.instants import InstantField, time_zones, told
from advisory.admin.pages import meeting_page, refusal, show
from advisory.admin.publishing import zone_of
from office import permissions

WITHDRAWN = pgettext_lazy("preview link", "withdrawn")
EXPIRED = pgettext_lazy("preview link", "expired")
OPEN = pgettext_lazy("preview link", "open")


class PreviewLinkForm(forms.Form):
    reader = forms.CharField(
        label=_("Cleared reader"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
        help_text=_("Name and media organization. One link a reader, so that the list tells who opened it."),
    )
    expires_at = InstantField(label=_("Opens until"), required=True)

    def clean_expires_at(self):
        expires_at = self.cleaned_data["expires_at"]
        if expires_at <= timezone.now():
            raise forms.ValidationError(gettext("This instant has passed. Choose a later one."))
        return expires_at


@meeting_page("advisory.view_previewlink")
def preview_links(model_admin, request, meeting):
    may_add = permissions.may(request.user, "advisory.add_previewlink", meeting)
    form = PreviewLinkForm(request.POST or None, initial={"expires_at": _until(meeting)})
    token = ""
    if request.method == "POST":
        if not may_add:
            raise refusal(meeting)
        if form.is_valid():
            link, token = previewing.make(meeting, by=request.user, **form.cleaned_data)
            model_admin.log_change(request, meeting, f"Made a preview link for {link.reader}.")
            form = PreviewLinkForm(initial={"expires_at": _until(meeting)})
    return show(
        model_admin,
        request,
        "preview_links",
        title=gettext("Preview links"),
        meeting=meeting,
        form=form if may_add else None,
        address=previewing.address(token) if token else "",
        links=listed(meeting),
        may_withdraw=permissions.may(request.user, "advisory.change_previewlink", meeting),
        time_zones=time_zones(),
    )


@meeting_page("advisory.change_previewlink")
def withdraw_preview_link(model_admin, request, meeting, link):
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    link = get_object_or_404(meeting.preview_links, pk=link)
    previewing.withdraw(link)
    model_admin.log_change(request, meeting, f"Withdrew the preview link of {link.reader}.")
    messages.success(request, gettext("The link of %(reader)s opens nothing any more.") % {"reader": link.reader})
    return redirect("admin:advisory_meeting_preview_links", meeting.pk)


def listed(meeting):
    """Each link with its state in words and its openings, newest first."""
    now, zone = timezone.now(), zone_of(meeting)
    links = meeting.preview_links.select_related("made_by").prefetch_related("openings__edition")
    return [
        {
            "link": link,
            "until": told(link.expires_at, zone),
            "state": WITHDRAWN if link.withdrawn_at else EXPIRED if link.expires_at <= now else OPEN,
            "is_open": not link.withdrawn_at and link.expires_at > now,
            "openings": [(told(opening.at, zone), opening.edition) for opening in link.openings.all()],
        }
        for link in links
    ]


def _until(meeting):
    """The instant for which an edition waits, which makes the link needless; else a day from now."""
    waiting = meeting.editions.filter(superseded_at__isnull=True, visible_from__gt=F("published_at")).first()
    instant = waiting.visible_from if waiting and waiting.visible_from > timezone.now() else meeting.embargo_until
    if not instant or instant <= timezone.now():
        instant = (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)
    return instant.astimezone(ZoneInfo(zone_of(meeting)))
