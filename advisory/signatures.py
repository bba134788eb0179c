"""Editions are signed beside their rows: whoever keeps the public key can tell later that nobody put another in place.

What is signed is the edition's own link of its chain, so that one signature vouches for all before it.
"""

from advisory.models import Edition, EditionSignature
from office import keys

AT_ONCE = 200


def signed_text(edition):
    """The bytes under a signature; their first line keeps them from serving as anything else."""
    return f"rostrum edition 1\n{edition.meeting_id}\n{edition.sequence}\n{edition.hash}\n".encode()


def sign(editions):
    """Add a signature by the key of today to each of a list of saved editions."""
    key = keys.current(keys.EDITION)
    signed = keys.signer(key)
    rows = [EditionSignature(edition=one, key=key, signature=signed(signed_text(one)).hex()) for one in editions]
    EditionSignature.objects.bulk_create(rows, ignore_conflicts=True)


def sign_unsigned(*, at=None):
    """Editions from before there were keys, or whose key was withdrawn; return how many were signed."""
    EditionSignature.objects.filter(key__withdrawn_at__isnull=False).delete()
    editions = list(Edition.objects.filter(signature=None).order_by("pk")[:AT_ONCE])
    if editions:
        sign(editions)
    return len(editions)


def holds(edition):
    """Whether the edition's signature is its own, by a key that is not withdrawn; None where it has none yet."""
    signature = EditionSignature.objects.filter(edition=edition.pk).select_related("key").first()
    if signature is None:
        return None
    return keys.is_signed(signed_text(edition), bytes.fromhex(signature.signature), by=signature.key)
