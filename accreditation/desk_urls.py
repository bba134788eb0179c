"""Addresses of the desk (``docs/contract.md``)."""

from django.urls import path

from accreditation.views.desk import application, draws, pools, queue, speaking

app_name = "desk"

urlpatterns = [
    path("", queue.page, name="queue"),
    path("registrations/<str:reference>/", application.page, name="registration"),
    path("registrations/<str:reference>/<slug:action>/", application.act, name="act"),
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
