"""Devices at gates: enrolled by a code that serves once, known by a token that only they hold, ended by an officer."""

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import references
from accreditation.models import Device, Gate, Zone
from office.prepared import Prepared, Slot

CODE_CHARACTERS, CODE_LASTS = 8, timedelta(minutes=10)
TOKEN_BYTES = 32


class DeviceRefused(Exception):
    """Nothing was enrolled; the message says what to do."""


def invite(gate, *, name, by, at=None):
    """(Device, the code that somebody types into it within ten minutes)."""
    at = at or timezone.now()
    code = "".join(secrets.choice(references.ALPHABET) for _place in range(CODE_CHARACTERS))
    device = Device.objects.create(
        gate=gate, name=name, code_hash=_hash(code), code_until=at + CODE_LASTS, made_by=by, made_at=at
    )
    return device, code


def enrol(code, *, at=None):
    """(Device, token) for whoever holds the code first. Raises DeviceRefused."""
    at, token = at or timezone.now(), secrets.token_urlsafe(TOKEN_BYTES)
    hashed = _hash("".join(code.upper().split()).replace("-", ""))
    waiting = Device.objects.filter(code_hash=hashed, code_until__gt=at, enrolled_at=None, revoked_at=None)
    device = waiting.select_related("gate__meeting").first()
    if device is None or not waiting.update(enrolled_at=at, token_hash=_hash(token), code_hash="", seen_at=at):
        raise DeviceRefused(_("This code opens nothing. Ask the supervisor for a new one: each serves once."))
    device.refresh_from_db()
    return device, token


def known_by(token):
    """The Device of a token, revoked or not, with its gate and meeting; None for no token of ours."""
    if not token:
        return None
    return KNOWN.one(_hash(token))


# Of the meeting only what a gate says: a scan asks this each time
KNOWN = Prepared(
    lambda: (
        Device.objects.filter(token_hash=Slot(0, Device._meta.get_field("token_hash")))
        .select_related("gate__meeting", "gate__zone")
        .only(
            *(field.name for field in Device._meta.concrete_fields),
            *(f"gate__{field.name}" for field in Gate._meta.concrete_fields),
            *(f"gate__meeting__{name}" for name in ["code", "title", "time_zone"]),
            *(f"gate__zone__{field.name}" for field in Zone._meta.concrete_fields),
        )
        .order_by()
    )
)


def revoke(device, *, at=None):
    """From now on nothing that it sends admits anybody, and it gets no more lists."""
    Device.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=at or timezone.now(), code_hash="")


def _hash(secret):
    """Secrets of ours are long and random: no salt, no stretching."""
    return hashlib.sha256(secret.encode()).hexdigest()
