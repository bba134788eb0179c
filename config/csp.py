"""The content security policy of every page. Setting names follow Django 6, so that this file can go one day."""

from django.conf import settings

# Public pages, desk and door: nothing inline, nothing from elsewhere, no frames.
STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# The Django admin's calendar and related-object pop-ups draw data: images; it has no inline script or style.
PANEL = STRICT | {"img-src": "'self' data:", "frame-ancestors": "'self'", "frame-src": "'self'"}
# No service worker outside its scope hands out a worker's script: the door's decoder is made of what the page has kept.
DOOR = STRICT | {"worker-src": "'self' blob:"}

NOTHING_ELSE = "microphone=(), geolocation=(), payment=()"  # of what a browser may hand to a page


def header(policy, *, upgrade):
    """Return the header's value; ``upgrade`` adds upgrade-insecure-requests for sites served over https."""
    parts = [f"{name} {sources}" for name, sources in policy.items()]
    return "; ".join(parts + ["upgrade-insecure-requests"] * upgrade)


class ContentSecurityPolicy:
    """A view that needs another policy (a served upload: none at all) sets the header itself."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.strict = header(STRICT, upgrade=settings.SECURE_SITE)
        self.panel = header(PANEL, upgrade=settings.SECURE_SITE)
        self.door = header(DOOR, upgrade=settings.SECURE_SITE)

    def __call__(self, request):
        response = self.get_response(request)
        is_door = request.path_info.startswith("/door/")
        if "Content-Security-Policy" not in response.headers:
            panel = request.path_info.startswith("/admin/")
            policy = self.panel if panel else self.door if is_door else self.strict
            response.headers["Content-Security-Policy"] = policy
        camera = "(self)" if is_door else "()"
        response.headers.setdefault("Permissions-Policy", f"camera={camera}, {NOTHING_ELSE}")
        return response
