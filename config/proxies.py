"""Whose ``X-Forwarded-Proto`` counts: only that of an address named in TRUSTED_PROXIES."""

from django.conf import settings


class TrustedProxies:
    def __init__(self, get_response):
        self.get_response = get_response
        self.trusted = frozenset(settings.TRUSTED_PROXIES)

    def __call__(self, request):
        meta = request.META
        forwarded = meta.pop("HTTP_X_FORWARDED_PROTO", None)
        if self.trusted and meta.get("REMOTE_ADDR") in self.trusted and forwarded in {"http", "https"}:
            meta["wsgi.url_scheme"] = forwarded
            request.environ["wsgi.url_scheme"] = forwarded
        return self.get_response(request)
