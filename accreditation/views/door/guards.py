"""Who stands at a gate: a device by its token, an officer by their role, or both; and in which language they read."""

from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseForbidden, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from accreditation import devices, door_words
from accreditation.models import Device, Gate
from accreditation.views.private import SAFE, is_from_here
from office import permissions
from office.models import User

# Not __Host-, which demands the path / (RFC 6265bis): no page but the door's shall be sent a device's token
COOKIE = "__Secure-door" if settings.SECURE_SITE else "door"
LANGUAGE, SCHEME, PATH = "door-language", "Device ", "/door/"
KEPT_DAYS = 30
STATUS = {"origin": 403, "unknown": 401, "elsewhere": 404}  # of what is refused, by our word for it
SEEN_EVERY = 60  # seconds: not every scan writes the device


@dataclass(frozen=True)
class Guard:
    gate: Gate
    device: Device | None
    officer: User | None

    @property
    def is_over(self):
        """A device that was revoked and has no officer beside it."""
        return self.device is not None and self.device.revoked_at is not None

    @property
    def may_overrule(self):
        return self.officer is not None and permissions.may_oversee_door(self.officer, self.gate.meeting)

    def has_made(self, scan):
        """Whether a scan is this device's own, or this officer's."""
        if scan.gate_id != self.gate.pk:
            return False
        return scan.device_id == self.device.pk if self.device else scan.by_id == self.officer.pk


def wants_json(request):
    return "application/json" in request.headers.get("Accept", "")


def device_of(request):
    """The Device whose token the request carries, revoked or not; None for no token of ours."""
    header = request.headers.get("Authorization", "")
    token = header.removeprefix(SCHEME) if header.startswith(SCHEME) else request.COOKIES.get(COOKIE, "")
    return devices.known_by(token[:200])


def address_of(gate):
    """The gate's name in addresses; the meeting's code has no dash."""
    return f"{gate.meeting.code.lower()}-{gate.slug}"


def at_door(view):
    """Any page of the door: for this browser alone, posts from our own pages, in the door's language."""

    @csrf_exempt  # a page that was kept for a day without network has no fresh token; see ``private``
    @wraps(view)
    def answer(request, *args, **kwargs):
        if request.method not in SAFE and not is_from_here(request):
            return _refused(request, "origin", HttpResponseForbidden(render(request, "403_csrf.html").content))
        with translation.override(language_of(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return answer


def at_gate(view):
    """A page of one gate: 404 for officers without the role and for devices of another gate.

    To its script that is a word of ours, for what a device keeps is not given up for any server's 404.
    """

    @at_door
    @wraps(view)
    def answer(request, gate, *args, **kwargs):
        if (guard := guard_of(request, gate)) is not None:
            return view(request, guard, *args, **kwargs)
        if request.user.is_authenticated or device_of(request) is not None:
            return _refused(request, "elsewhere", None)
        return _refused(request, "unknown", redirect("door:entrance"))

    return answer


def guard_of(request, address):
    """The Guard of a request at the gate of this address, or None.

    Whoever signed in needs no device: one of another gate, or that was ended, keeps no officer out.
    """
    device = device_of(request)
    officer = request.user if request.user.is_authenticated else None
    if device is not None and address_of(device.gate) != address:
        device = None
    gate = device.gate if device else gate_at(address) if officer else None
    if gate is None:
        return None
    if officer is not None and not permissions.may_guard(officer, gate.meeting):
        officer = None
    if device is not None and device.revoked_at is not None and officer is not None:
        device = None
    if device is None and officer is None:
        return None
    _note_seen(device)
    return Guard(gate, device, officer)


def gate_at(address):
    code, _dash, slug = address.replace("\0", " ").partition("-")
    found = Gate.objects.filter(meeting__code=code.upper(), slug=slug).select_related("meeting", "zone")
    return found.first()


def _note_seen(device):
    now = timezone.now()
    if device and (device.seen_at is None or (now - device.seen_at).total_seconds() > SEEN_EVERY):
        Device.objects.filter(pk=device.pk).update(seen_at=now)


def language_of(request):
    """What was chosen at the door, else the officer's or the browser's, as ``StaffLanguage`` found it."""
    chosen = request.COOKIES.get(LANGUAGE)
    return chosen if chosen in dict(settings.LANGUAGES) else translation.get_language()


def keep(response, name, value):
    """Set one of the door's cookies, which no other page is sent."""
    response.set_cookie(
        name, value, max_age=KEPT_DAYS * 24 * 60 * 60, path=PATH, secure=settings.SECURE_SITE, httponly=True,
        samesite="Lax",
    )  # fmt: skip
    return response


def _refused(request, word, page):
    """JSON where JSON was asked for or sent, else the page; without one Http404."""
    if wants_json(request) or request.content_type == "application/json":
        return JsonResponse({"error": word}, status=STATUS[word])
    if page is None:
        raise Http404
    return page


def revoked(request):
    if wants_json(request) or request.content_type == "application/json":
        return JsonResponse({"error": "revoked"}, status=403)
    return HttpResponse(render(request, "door/revoked.html", {"not_sent": door_words.NOT_SENT}).content, status=403)
