"""How often one network may ask for what is drawn anew at each request. Counted in the cache, minute by minute."""

import ipaddress
import time
from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.shortcuts import render

MINUTE = 60
# A house or a provider hands out whole prefixes: to count single addresses would count nobody (RFC 6177)
PREFIXES = {4: 24, 6: 48}


def per_minute(most):
    """Answer 429 with a sentence, and with the seconds to wait, beyond ``most`` requests of a network in a minute."""

    def decorate(view):
        @wraps(view)
        def answer(request, *args, **kwargs):
            minute, second = divmod(int(time.time()), MINUTE)
            if _count(f"pace:{view.__name__}:{network(request.META)}:{minute}") <= most:
                return view(request, *args, **kwargs)
            wait = MINUTE - second
            response = render(request, "429.html", {"seconds": wait}, status=429)
            response.headers["Retry-After"] = str(wait)
            response.headers["Cache-Control"] = "no-store"
            return response

        return answer

    return decorate


def network(meta):
    """The reader's network, such as 192.0.2.0/24; behind a trusted proxy, of the last address it does not know."""
    address = meta.get("REMOTE_ADDR", "")
    if address in settings.TRUSTED_PROXIES:
        passed = [hop.strip() for hop in meta.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        address = next((hop for hop in reversed(passed) if hop not in settings.TRUSTED_PROXIES), address)
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((known, PREFIXES[known.version]), strict=False))


def _count(key):
    """One more; where the cache has lost the key meanwhile, one."""
    cache.add(key, 0, timeout=2 * MINUTE)
    try:
        return cache.incr(key)
    except ValueError:
        return 1
