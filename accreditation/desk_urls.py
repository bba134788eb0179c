"""Addresses of the desk (``docs/contract.md``)."""

from django.urls import path

from accreditation.views.desk import application, entering, queue

app_name = "desk"

urlpatterns = [
    path("", queue.page, name="queue"),
    path("enter/<str:code>/", entering.choose, name="enter-choose"),
    path("enter/<str:code>/<slug:category>/", entering.person, name="enter"),
    path("enter/<str:code>/<slug:category>/list/", entering.people, name="enter-list"),
    path("registrations/<str:reference>/", application.page, name="registration"),
    path("registrations/<str:reference>/<slug:action>/", application.act, name="act"),
]
