"""How often a thing may be asked, counted in the cache. Who asks too often gets the same answer and no effect."""

import hashlib
import ipaddress

from django.core.cache import cache


def within(what, who, *, most, seconds):
    """Count one asking; False once ``who`` has asked ``most`` times in a span of ``seconds``. ``who`` is not kept."""
    digest = hashlib.sha256(str(who).casefold().encode()).hexdigest()[:32]
    key = f"limit:{what}:{digest}"
    if cache.add(key, 1, seconds):
        return True
    try:
        return cache.incr(key) <= most
    except ValueError:  # its span ended in this very moment
        return True


def network(address):
    """The network of an address: one IPv4 address, or the /64 that one IPv6 household has to itself."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if found.version == 6 and found.ipv4_mapped:
        found = found.ipv4_mapped
    return str(found if found.version == 4 else ipaddress.ip_network((found, 64), strict=False))
