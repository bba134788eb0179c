"""Every address of the site; ``docs/contract.md`` lists which are promises."""

from allauth.account.urls import urlpatterns as allauth_urls
from django.contrib import admin
from django.urls import LocalePrefixPattern, URLResolver, include, path, re_path

from accreditation.views.door.keys import badge_keys
from config import health, languages

# An officer's address stands on the officer, not in allauth's list of addresses
sign_in = [url for url in allauth_urls if url.name != "account_email"]


def in_each_language(urls, app_name):
    """As ``i18n_patterns`` with ``include``, one step shorter: a reader in a hurry passes here."""
    return URLResolver(LocalePrefixPattern(prefix_default_language=False), urls, app_name=app_name, namespace=app_name)


urlpatterns = [
    in_each_language("advisory.urls", "advisory"),
    in_each_language("accreditation.urls", "accreditation"),
    path("healthz/live", health.live, name="live"),
    path("healthz/ready", health.ready, name="ready"),
    path("accounts/2fa/", include("office.second_factor.enrolment")),
    path("accounts/", include(sign_in)),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("admin/", admin.site.urls),
    path("desk/", include("accreditation.desk_urls")),
    path("door/", include("accreditation.door_urls")),
    path(".well-known/badge-keys.json", badge_keys, name="badge-keys"),
    path("preview/", include("advisory.preview_urls")),
    re_path(r"^en(?:/(?P<rest>.*))?$", languages.unprefixed),
]
