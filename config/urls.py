"""Every address of the site; ``docs/contract.md`` lists which are promises."""

from allauth.account.urls import urlpatterns as allauth_urls
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from config import health, languages

# An officer's address stands on the officer, not in allauth's list of addresses
sign_in = [url for url in allauth_urls if url.name != "account_email"]

urlpatterns = [
    path("healthz/live", health.live, name="live"),
    path("healthz/ready", health.ready, name="ready"),
    path("accounts/", include(sign_in)),
    path("admin/", admin.site.urls),
    re_path(r"^en(?:/(?P<rest>.*))?$", languages.unprefixed),
    path("preview/", include("advisory.preview_urls")),
    *i18n_patterns(path("", include("advisory.urls")), prefix_default_language=False),
]
