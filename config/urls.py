"""Every address of the site; ``docs/contract.md`` lists which are promises."""

from django.contrib import admin
from django.urls import include, path

from config import health

urlpatterns = [
    path("healthz/live", health.live, name="live"),
    path("healthz/ready", health.ready, name="ready"),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
    path("", include("advisory.urls")),
]
