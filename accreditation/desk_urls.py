"""Addresses of the desk (``docs/contract.md``)."""

from django.urls import path, re_path

from accreditation.views.desk import application, exports, figures, queue, security

app_name = "desk"

urlpatterns = [
    path("", queue.page, name="queue"),
    path("registrations/<str:reference>/", application.page, name="registration"),
    path("registrations/<str:reference>/<slug:action>/", application.act, name="act"),
    path("statistics/", figures.page, name="statistics"),
    path("exports/<str:code>/", exports.page, name="exports"),
    path("exports/<str:code>/<int:number>/", exports.one, name="export"),
    path("exports/<str:code>/<int:number>/file/", exports.fetch, name="export-file"),
    re_path(
        r"^exports/(?P<code>[^/]+)/(?P<number>[0-9]+)/(?P<answer>approve|refuse|withdraw)/$",
        exports.decide,
        name="export-decide",
    ),
    path("security/<str:code>/", security.page, name="security"),
    path("security/<str:code>/file/", security.hand_over, name="security-file"),
    path("security/<str:code>/result/", security.result, name="security-result"),
    path("security/<str:code>/result/<int:number>/", security.confirm, name="security-confirm"),
]
