"""The supervisor's page of the door: what gates disagree on, and the devices that stand there."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accreditation import devices, door_acts, doubles
from accreditation.forms.desk.overseeing import ACTS, LET_IN, SETTLE, TAKE_BACK, OverseeForm
from accreditation.models import Device, Gate, Scan
from accreditation.states import Verdict
from accreditation.views.desk.doors import desk_only, meeting_for
from advisory.models import Meeting
from office import permissions

CLOCK_SECONDS = 120  # from which a device's clock is worth a word


@require_safe
@desk_only(permissions.may_oversee_door)
def meetings(request):
    """Meetings with gates, of those whose door the officer oversees."""
    scope = permissions.meetings_with(request.user, "accreditation.oversee_door")
    rows = Meeting.objects.filter(pk__in=Gate.objects.values("meeting")).order_by("-pk")
    rows = rows if scope is None else rows.filter(pk__in=scope)
    return render(request, "desk/doors.html", {"meetings": rows[:100]})


@require_safe
@desk_only(permissions.may_oversee_door)
def page(request, code):
    meeting = meeting_for(request.user, code, permissions.may_oversee_door)
    rows = Device.objects.filter(gate__meeting=meeting).select_related("gate").order_by("gate__name", "name")
    context = {
        "meeting": meeting,
        "found": [(each, acts_on(each.scan)) for each in doubles.of(meeting)],
        "devices": [(device, _clock(device)) for device in rows],
        "now": timezone.now(),
    }
    return render(request, "desk/door.html", context)


def acts_on(scan):
    """[(act, its word)]"""
    offered = [TAKE_BACK, SETTLE] if scan.verdict in {Verdict.ADMIT, Verdict.OUT} else [LET_IN, SETTLE]
    if scan.badge_id is None:
        offered = [SETTLE]
    return [(act, ACTS[act]) for act in offered]


def _clock(device):
    """Whole minutes by which a device's clock is wrong, ahead of ours counted upwards; 0 for a trifle."""
    return round(device.ahead_seconds / 60) if abs(device.ahead_seconds) >= CLOCK_SECONDS else 0


@require_POST
@desk_only(permissions.may_oversee_door)
def decide(request, code, scan):
    meeting = meeting_for(request.user, code, permissions.may_oversee_door)
    found = Scan.objects.filter(pk=scan, meeting=meeting).first()
    if found is None:
        raise Http404
    form = OverseeForm(request.POST)
    if not form.is_valid():
        messages.error(request, next(iter(form.errors.values()))[0])
        return redirect("desk:door", meeting.code)
    act, note = form.cleaned_data["act"], form.cleaned_data["note"]
    try:
        if act == LET_IN:
            door_acts.let_in(found, by=request.user, may_overrule=True, note=note, at=found.at)  # they came in then
        elif act == TAKE_BACK:
            door_acts.take_back(found, by=request.user, may_overrule=True, note=note)
        else:
            door_acts.settle(found, by=request.user, note=note)
        messages.success(request, _("It is written down."))
    except door_acts.DoorRefused as refused:
        messages.error(request, str(refused))
    return redirect("desk:door", meeting.code)


@require_POST
@desk_only(permissions.may_oversee_door)
def revoke(request, code, device):
    meeting = meeting_for(request.user, code, permissions.may_oversee_door)
    found = Device.objects.filter(pk=device, gate__meeting=meeting).first()
    if found is None:
        raise Http404
    devices.revoke(found)
    messages.success(request, _("%(device)s admits nobody any more.") % {"device": found})
    return redirect("desk:door", meeting.code)
