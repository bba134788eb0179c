"""Addresses of cleared readers, beside the languages' prefixes."""

from django.urls import path

from advisory import preview_views

app_name = "preview"
urlpatterns = [
    path("", preview_views.advisory, name="advisory"),
    path("advisory.txt", preview_views.plain, name="txt"),
    path("files/<str:digest>/<str:name>", preview_views.file, name="file"),
    path("<str:token>/", preview_views.terms, name="terms"),
]
