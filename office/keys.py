"""The key store: Ed25519 keys (RFC 8032) that sign badges, revocation lists and editions, private halves sealed.

The newest key signs. Those before it stay published, so that what they signed still holds, until they are withdrawn.
Files for other houses are signed by ``office.signing`` with the keys of the settings.
"""

import secrets

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from office import signing
from office.models import SigningKey
from office.models.signing_key import KeyPurpose
from office.prepared import Prepared, Slot

BADGE, EDITION = KeyPurpose.BADGE, KeyPurpose.EDITION


def current(purpose, meeting=None):
    """The SigningKey that signs now; the first is made when it is first asked for."""
    return published(purpose, meeting).defer(None).first() or make(purpose, meeting)


def make(purpose, meeting=None):
    """A new key, which signs from now on. Those before it are left as they are."""
    seed = secrets.token_bytes(32)
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    key = SigningKey(
        number=last_number() + 1,
        purpose=purpose,
        meeting=meeting,
        seed=seed.hex(),
        public=public.hex(),
        made_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            key.save(force_insert=True)
    except IntegrityError:  # another process took the number in this very moment
        return make(purpose, meeting)
    return key


def withdraw(key, *, at=None):
    """What it signed is refused from now on: for a key that somebody else may hold."""
    SigningKey.objects.filter(pk=key.pk, withdrawn_at=None).update(withdrawn_at=at or timezone.now())


def published(purpose, meeting=None):
    """The keys that verifiers may trust, the newest first; of every meeting where none is named."""
    keys = SigningKey.objects.filter(purpose=purpose, withdrawn_at=None).defer("seed").order_by("-number")
    return keys.filter(meeting=meeting) if meeting is not None else keys


def last_number():
    """The highest that any key ever had, withdrawn ones included: every key made from now on has a higher one."""
    return SigningKey.objects.aggregate(last=Max("number"))["last"] or 0


def numbered(purpose, meeting_id, number):
    """The key of a meeting that verifiers may trust, by its number; None for any other."""
    return NUMBERED.one(purpose, meeting_id, number)


_field = SigningKey._meta.get_field
NUMBERED = Prepared(
    lambda: (
        SigningKey.objects.filter(
            purpose=Slot(0, _field("purpose")), meeting=Slot(1, _field("meeting")), number=Slot(2, _field("number")),
            withdrawn_at=None,
        )
        .defer("seed")
        .order_by()
    )
)  # fmt: skip


def signer(key):
    """A function from bytes to the 64 bytes of their signature: the private half is opened once."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key.seed)).sign


def is_signed(data, signature, *, by):
    """Whether ``signature`` is that of ``data`` by a SigningKey that is not withdrawn."""
    return by.withdrawn_at is None and signing.is_signed(data, signature, by=bytes.fromhex(by.public))
