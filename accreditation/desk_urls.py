"""Addresses of the desk (``docs/contract.md``)."""

from django.urls import path, re_path

from accreditation.views.desk import (application, claims, draws, exports, figures, keys, letters, opening, pools, protecting, queue, security, speaking, viewer, writing)

app_name = "desk"

urlpatterns = [
    path("", queue.page, name="queue"),
    path("keys/", keys.page, name="keys"),
    path("claims/", claims.take, name="claims"),
    path("claims/release/", claims.release, name="release"),
    path("digest/", queue.digest, name="digest"),
    path("registrations/<str:reference>/assign/", claims.assign, name="assign"),
    path("registrations/<str:reference>/", application.page, name="registration"),
    path("registrations/<str:reference>/open/", opening.open_person, name="open"),
    path("registrations/<str:reference>/protection/", protecting.page, name="protection"),
    path("registrations/<str:reference>/note/", writing.note, name="note"),
    path("registrations/<str:reference>/message/", writing.letter, name="message"),
    path("registrations/<str:reference>/papers/<uuid:paper>/", viewer.original, name="paper"),
    path("registrations/<str:reference>/papers/<uuid:paper>/<int:page>/", viewer.page, name="paper-page"),
    path("registrations/<str:reference>/letters/", letters.page, name="letters"),
    path("registrations/<str:reference>/letters/<uuid:message>/<slug:action>/", letters.act, name="letter"),
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
    path("speaking/<slug:meeting>/", speaking.page, name="speaking"),
    path("speaking/<slug:meeting>/choose/", speaking.choose, name="speaking-choose"),
    path("speaking/<slug:meeting>/<slug:reference>/", speaking.one, name="speaking-request"),
    path("speaking/<slug:meeting>/<slug:reference>/grade/", speaking.grade, name="speaking-grade"),
    path("speaking/<slug:meeting>/<slug:reference>/outcome/", speaking.outcome, name="speaking-outcome"),
    path("draws/<slug:meeting>/", draws.page, name="draws"),
    path("draws/<slug:meeting>/<slug:category>/", draws.one, name="draw"),
    path("draws/<slug:meeting>/<slug:category>/announce/", draws.announce, name="draw-announce"),
    path("draws/<slug:meeting>/<slug:category>/make/", draws.make, name="draw-make"),
    path("draws/<slug:meeting>/<slug:category>/carry-out/", draws.carry_out, name="draw-carry-out"),
    path("pools/<slug:meeting>/", pools.page, name="pools"),
    path("pools/<slug:meeting>/<int:pool>/", pools.one, name="pool"),
    path("pools/<slug:meeting>/<int:pool>/list/", pools.form_up, name="pool-list"),
    path("pools/<slug:meeting>/<int:pool>/in/", pools.put_in, name="pool-in"),
    path("pools/<slug:meeting>/<int:pool>/out/", pools.take_out, name="pool-out"),
]
