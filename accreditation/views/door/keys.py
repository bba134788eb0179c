"""The public halves of the keys that sign badges, for whoever verifies them without asking us."""

from django.http import JsonResponse

from advisory.views import public
from office import keys


@public
def badge_keys(request):
    """``docs/contract.md`` §4."""
    rows = [{"kid": key.number, "meeting": key.meeting_id, "hex": key.public} for key in keys.published(keys.BADGE)]
    return JsonResponse({"keys": rows}, headers={"Access-Control-Allow-Origin": "*"})
