"""The public halves of the keys that sign badges, for whoever verifies them without asking us."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from office import keys

FOR_A_WHILE = "public, max-age=300"


@require_safe
def badge_keys(request):
    """``docs/contract.md`` §4."""
    rows = [{"kid": key.number, "meeting": key.meeting_id, "hex": key.public} for key in keys.published(keys.BADGE)]
    return JsonResponse({"keys": rows}, headers={"Cache-Control": FOR_A_WHILE, "Access-Control-Allow-Origin": "*"})
