"""Addresses of the door (``docs/contract.md``). A gate is named by its meeting's code and its own short name."""

from django.urls import path

from accreditation.views.door import app, entrance, exchange, gate

app_name = "door"

urlpatterns = [
    path("", entrance.page, name="entrance"),
    path("sw.js", app.worker, name="worker"),
    path("manifest.webmanifest", app.manifest, name="manifest"),
    path("<slug:gate>/", gate.page, name="gate"),
    path("<slug:gate>/scan/", gate.scan, name="scan"),
    path("<slug:gate>/act/", gate.act, name="act"),
    path("<slug:gate>/portrait/<uuid:scan>/", gate.portrait, name="portrait"),
    path("<slug:gate>/pack", exchange.pack, name="pack"),
    path("<slug:gate>/scans", exchange.scans, name="scans"),
]
