"""Addresses of the desk (``docs/contract.md``)."""

from django.urls import path

from accreditation.views.desk import application, claims, queue

app_name = "desk"

urlpatterns = [
    path("", queue.page, name="queue"),
    path("claims/", claims.take, name="claims"),
    path("claims/release/", claims.release, name="release"),
    path("digest/", queue.digest, name="digest"),
    path("registrations/<str:reference>/assign/", claims.assign, name="assign"),
    path("registrations/<str:reference>/", application.page, name="registration"),
    path("registrations/<str:reference>/<slug:action>/", application.act, name="act"),
]
