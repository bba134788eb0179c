"""Addresses of the desk (``docs/contract.md``)."""

from django.urls import path

from accreditation.views.desk import application, letters, queue

app_name = "desk"

urlpatterns = [
    path("", queue.page, name="queue"),
    path("registrations/<str:reference>/", application.page, name="registration"),
    path("registrations/<str:reference>/letters/", letters.page, name="letters"),
    path("registrations/<str:reference>/letters/<uuid:message>/<slug:action>/", letters.act, name="letter"),
    path("registrations/<str:reference>/<slug:action>/", application.act, name="act"),
]
