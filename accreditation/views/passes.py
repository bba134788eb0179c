"""The pass of somebody approved, as a picture and for paper, and the moment at which they come for the badge."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accreditation import passes, pick_up, standing
from accreditation.forms.desk.badges import SlotForm
from accreditation.pick_up import PickUpRefused
from accreditation.views import status
from accreditation.views.status import opened, to_page
from advisory import limits

AN_HOUR, MOST = 60 * 60, 60


def badge_of(registration):
    """The badge whose code is shown, or 404; while a decision can be undone there is none."""
    decisions = list(registration.decisions.order_by("sequence"))
    told = standing.of(registration, decisions, now=timezone.now())
    badge = status.badge_of(registration, told)
    if badge is None:
        raise Http404
    badge.registration = registration
    return badge


@require_safe
@opened
def svg(request, registration):
    return HttpResponse(passes.svg(badge_of(registration)), "image/svg+xml")


@require_safe
@opened
def picture(request, registration):
    return _drawn(registration, as_picture=True)


@require_safe
@opened
def paper(request, registration):
    return _drawn(registration, as_picture=False)


def _drawn(registration, *, as_picture):
    badge = badge_of(registration)
    if not limits.within("pass", registration.pk, most=MOST, seconds=AN_HOUR):
        return HttpResponse(_("Too many at once. Try again later."), "text/plain; charset=utf-8", status=429)
    kind, end = ("image/png", "png") if as_picture else ("application/pdf", "pdf")
    title = str(status.about(registration)["title"])
    response = HttpResponse(passes.drawn(badge, title, as_picture=as_picture), kind)
    response.headers["Content-Disposition"] = f'attachment; filename="pass-{registration.reference}.{end}"'
    return response


@opened
def choose(request, registration):
    """One of the moments that are left; what cannot be chosen is said on the page."""
    if request.method != "POST":
        return redirect("accreditation:standing")
    badge_of(registration)
    slots = pick_up.open_to(registration.meeting)
    form = SlotForm(request.POST, slots=slots, meeting=registration.meeting)
    try:
        if not form.is_valid():
            raise PickUpRefused
        pick_up.choose(registration, form.chosen)
    except PickUpRefused:
        return to_page("full")
    return to_page("coming")
