"""What makes the door's page an app that is installed and starts without network: its worker and its manifest."""

import hashlib
import json
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accreditation.views.door import guards

WORKER, FOLDER = "door/sw.js", "door"
SHEETS = [f"css/{name}.css" for name in ["tokens", "base", "page", "forms"]]
ICON = re.compile(r"icon-(maskable-)?(\d+)\.png")


@require_safe
def worker(request):
    """The service worker: before its own lines the addresses of the files that it keeps."""
    source = finders.find(WORKER)
    if source is None:
        raise Http404
    text = Path(source).read_text()
    kept = [static(name) for name in [*SHEETS, *files()]]
    version = hashlib.sha256(json.dumps([kept, text]).encode()).hexdigest()[:16]
    told = json.dumps({"version": version, "files": kept})
    response = HttpResponse(f"self.DOOR={told};\n{text}", "text/javascript; charset=utf-8")
    response.headers["Service-Worker-Allowed"] = guards.PATH
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
@guards.at_door
def manifest(request):
    """Web app manifest (W3C)."""
    told = {
        "id": guards.PATH, "start_url": reverse("door:entrance"), "scope": guards.PATH, "display": "standalone",
        "name": _("Door of %(organization)s") % {"organization": settings.ORGANIZATION_NAME},
        "short_name": _("Door"), "lang": request.LANGUAGE_CODE,
        "background_color": "#f7f5f0", "theme_color": "#f7f5f0", "icons": list(icons()),
    }  # fmt: skip
    return JsonResponse(told, content_type="application/manifest+json")


def files():
    """Names of everything under static/door/ but the worker itself, in order."""
    root = settings.BASE_DIR / "static" / FOLDER
    names = [f"{FOLDER}/{path.relative_to(root).as_posix()}" for path in root.rglob("*") if path.is_file()]
    return sorted(name for name in names if name != WORKER and not name.endswith((".md", ".txt")))


def icons():
    yield {"src": static("img/mark.svg"), "sizes": "any", "type": "image/svg+xml"}
    for name in files():
        if found := ICON.fullmatch(name.rpartition("/")[2]):
            purpose = {"purpose": "maskable"} if found[1] else {}
            yield {"src": static(name), "sizes": f"{found[2]}x{found[2]}", "type": "image/png"} | purpose
