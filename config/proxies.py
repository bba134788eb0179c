"""Whose ``X-Forwarded-Proto`` and ``X-Forwarded-For`` count: only those of an address named in TRUSTED_PROXIES."""

from django.conf import settings


class TrustedProxies:
    def __init__(self, get_response):
        self.get_response = get_response
        self.trusted = frozenset(settings.TRUSTED_PROXIES)

    def __call__(self, request):
        meta = request.META
        forwarded = meta.pop("HTTP_X_FORWARDED_PROTO", None)
        path = meta.pop("HTTP_X_FORWARDED_FOR", "")
        if self.trusted and meta.get("REMOTE_ADDR") in self.trusted:
            if forwarded in {"http", "https"}:
                meta["wsgi.url_scheme"] = forwarded
                request.environ["wsgi.url_scheme"] = forwarded
            meta["REMOTE_ADDR"] = self.reader(path) or meta["REMOTE_ADDR"]
        return self.get_response(request)

    def reader(self, path):
        """The last address that no proxy of ours has: those before it are the reader's own word."""
        hops = [hop.strip() for hop in path.split(",") if hop.strip()]
        return next((hop for hop in reversed(hops) if hop not in self.trusted), None)
