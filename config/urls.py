"""Every address of the site; ``docs/contract.md`` lists which are promises."""

from allauth.account.urls import urlpatterns as allauth_urls
from django.contrib import admin
from django.http import Http404
from django.urls import LocalePrefixPattern, URLPattern, URLResolver, include, path, re_path

from accreditation.views.door.keys import badge_keys
from advisory.signature_views import edition_keys
from config import health, kept_posts, languages

# Nobody opens an account, proves an address or signs in by a mailed code. allauth names these pages all the same
UNUSED = {
    "account_signup", "account_email_verification_sent", "account_confirm_email", "account_confirm_login_code",
}  # fmt: skip


def nothing(request, **parameters):
    raise Http404


# An officer's address stands on the officer, not in allauth's list of addresses
sign_in = [
    URLPattern(url.pattern, nothing if url.name in UNUSED else url.callback, name=url.name)
    for url in allauth_urls
    if url.name != "account_email"
]


def in_each_language(urls, app_name):
    """As ``i18n_patterns`` with ``include``, one step shorter: a reader in a hurry passes here."""
    return URLResolver(LocalePrefixPattern(prefix_default_language=False), urls, app_name=app_name, namespace=app_name)


urlpatterns = [
    # First, for somebody stands at the gate and waits
    path("door/", include("accreditation.door_urls")),
    in_each_language("advisory.urls", "advisory"),
    in_each_language("accreditation.urls", "accreditation"),
    path("healthz/live", health.live, name="live"),
    path("healthz/ready", health.ready, name="ready"),
    path("accounts/kept/", kept_posts.page, name="kept_post"),
    path("accounts/2fa/", include("office.second_factor.enrolment")),
    path("accounts/", include(sign_in)),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("admin/", admin.site.urls),
    path("desk/", include("accreditation.desk_urls")),
    path(".well-known/edition-keys.json", edition_keys, name="edition-keys"),
    path(".well-known/badge-keys.json", badge_keys, name="badge-keys"),
    path("preview/", include("advisory.preview_urls")),
    re_path(r"^en(?:/(?P<rest>.*))?$", languages.unprefixed),
]
