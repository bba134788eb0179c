"""What a verifier needs who does not trust us: an edition's signature, and the public keys of the house."""

from django.http import Http404, JsonResponse

from advisory import history
from advisory.history_views import MOST_PER_MINUTE
from advisory.pace import per_minute
from advisory.views import public
from office import keys


@per_minute(MOST_PER_MINUTE)
@public
def signature(request, year, slug, number):
    """Ed25519 by ``kid`` over ``signatures.signed_text``; 404 where the edition is not public or not signed yet."""
    found = history.editions_of(year, slug).select_related("signature__key").filter(number=number).first()
    if found is None or not hasattr(found, "signature"):
        raise Http404
    return JsonResponse(
        {
            "meeting": found.meeting_id, "sequence": found.sequence, "previous_hash": found.previous_hash,
            "hash": found.hash, "kid": found.signature.key.number, "signature": found.signature.signature,
        }
    )  # fmt: skip


@public
def edition_keys(request):
    rows = keys.published(keys.EDITION)
    return JsonResponse({"keys": [{"kid": key.number, "hex": key.public} for key in rows]})
