"""What a device and we tell each other: the pack it works with for a day, and the scans that it made alone."""

import json

from django.http import HttpResponseNotModified, JsonResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from accreditation import batches, door, packs
from accreditation.views.door import guards


@require_safe
@guards.at_gate
def pack(request, guard):
    if guard.is_over:
        return JsonResponse({"error": "revoked"}, status=403)
    found = packs.of(guard.gate, at=timezone.now())
    tag = packs.etag(found)
    response = get_conditional_response(request, etag=tag, response=JsonResponse(found))
    if not isinstance(response, HttpResponseNotModified):
        response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@require_POST
@guards.at_gate
def scans(request, guard):
    """A batch, the same any number of times. What a revoked device sends is taken too, and admits nobody."""
    try:
        answers = batches.take(
            json.loads(request.body), gate=guard.gate, device=guard.device, by=guard.officer,
            may_overrule=guard.may_overrule,
        )  # fmt: skip
    except (ValueError, RecursionError):
        return JsonResponse({"error": "malformed"}, status=400)
    inside = None if guard.is_over or guard.gate.capacity is None else door.inside(guard.gate)
    return JsonResponse({"now": timezone.now().isoformat(), "scans": answers, "inside": inside})
