"""The door's first page: a device is enrolled by its code, an officer chooses a gate."""

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation import devices, door_words
from accreditation.forms.door import EnrolForm
from accreditation.models import Gate
from accreditation.views.door import guards
from advisory import limits
from office import permissions

TRIES, SPAN = 60, 10 * 60  # of codes, of 40 bits, from one network: all telephones of a building share one
MOST_GATES = 200


@require_http_methods(["GET", "HEAD", "POST"])
@guards.at_door
def page(request):
    if request.method == "POST":
        return enrol(request)
    language = request.GET.get("language")
    if language in dict(settings.LANGUAGES):
        return guards.keep(redirect("door:entrance"), guards.LANGUAGE, language)
    device = guards.device_of(request)
    if device is not None and device.revoked_at is None and "stay" not in request.GET:
        return redirect("door:gate", guards.address_of(device.gate))
    return _shown(request, EnrolForm())


def enrol(request):
    """A token for whoever types the code first: as a cookie, or in the answer for a device that is no browser."""
    form = EnrolForm(request.POST)
    if not limits.within("door-code", limits.network(request.META.get("REMOTE_ADDR", "")), most=TRIES, seconds=SPAN):
        form.add_error(None, _("Too many codes were tried from here. Wait ten minutes."))
        return _refused(request, form, 429)
    if not form.is_valid():
        return _refused(request, form, 422)
    try:
        device, token = devices.enrol(form.cleaned_data["code"])
    except devices.DeviceRefused as refused:
        form.add_error("code", str(refused))
        return _refused(request, form, 422)
    address = guards.address_of(device.gate)
    if guards.wants_json(request):
        return JsonResponse({"token": token, "gate": address})
    return guards.keep(redirect("door:gate", address), guards.COOKIE, token)


def _refused(request, form, status):
    if guards.wants_json(request):
        sentence = next(iter(form.errors.values()))[0]
        return JsonResponse({"error": "code", "words": sentence}, status=status)
    return _shown(request, form, status)


def _shown(request, form, status=200):
    context = {
        "form": form,
        "gates": [(gate, guards.address_of(gate)) for gate in gates_of(request.user)],
        "is_officer": request.user.is_authenticated,
        "sign_in": f"{reverse('account_login')}?next={reverse('door:entrance')}",
        "languages": settings.LANGUAGES,
        "not_sent": door_words.NOT_SENT,
    }
    return render(request, "door/entrance.html", context, status=status)


def gates_of(officer):
    """Those at which an officer may stand, of the newest meetings first."""
    if not officer.is_authenticated:
        return []
    meetings = permissions.meetings_with(officer, "accreditation.guard_door")
    gates = Gate.objects.select_related("meeting").order_by("-meeting", "name")
    return gates[:MOST_GATES] if meetings is None else gates.filter(meeting__in=meetings)[:MOST_GATES]
