"""Gates of a meeting and the devices at them: a new one is let in by a code that shows once, and ended here."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accreditation import clock, devices
from accreditation.forms.desk.badges import DeviceForm
from accreditation.models import Device, Gate
from accreditation.views.desk.doors import desk_only, frame_of, meeting_for
from office import permissions

MAY = permissions.may_enrol_devices
WRONG_BY = 60  # seconds; a clock further off is told


@require_http_methods(["GET", "HEAD", "POST"])
@desk_only(MAY)
def page(request, code):
    """The list; the answer to a post shows the new device's code, which is kept nowhere."""
    meeting = meeting_for(request.user, code, MAY)
    gates = Gate.objects.filter(meeting=meeting).select_related("zone")
    form = DeviceForm(request.POST if request.method == "POST" else None, gates=gates)
    invited = None
    if form.is_valid():
        device, secret = devices.invite(form.cleaned_data["gate"], name=form.cleaned_data["name"], by=request.user)
        invited, form = (device, f"{secret[:4]} {secret[4:]}"), DeviceForm(gates=gates)
    now = timezone.now()
    rows = Device.objects.filter(gate__meeting=meeting).select_related("gate")
    context = {
        "meeting": meeting,
        "frame": frame_of(request.user, meeting),
        "gates": gates,
        "devices": [(device, *standing(device, now)) for device in rows],
        "form": form,
        "invited": invited,
        "until": clock.local(meeting, invited[0].code_until).strftime("%H:%M") if invited else "",
        "may_change": permissions.may(request.user, "accreditation.change_gate", meeting),
    }
    return render(request, "desk/devices.html", context, status=422 if form.errors else 200)


def standing(device, now):
    """(word, tone, shape, whether it can be ended)."""
    if device.revoked_at:
        return _("Ended"), "off", "off", False
    if device.enrolled_at is None:
        is_waiting = device.code_until > now
        return (
            (_("Waits for its code"), "warn", "clock", True) if is_waiting else (_("Code is over"), "off", "off", True)
        )
    if abs(device.ahead_seconds) > WRONG_BY:
        return _("Its clock is wrong"), "err", "warn", True
    return _("At the gate"), "ok", "ok", True


@require_POST
@desk_only(MAY)
def revoke(request, code, device):
    meeting = meeting_for(request.user, code, MAY)
    row = Device.objects.filter(pk=device, gate__meeting=meeting).first()
    if row is None:
        raise Http404
    devices.revoke(row)
    messages.success(request, _("“%(device)s” admits nobody any more and gets no lists.") % {"device": row.name})
    return redirect("desk:devices", meeting.code)
