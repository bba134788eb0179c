"""Addresses of the desk (``docs/contract.md``)."""

from django.urls import path

from accreditation.views.desk import application, conflicts, many, notice, proposals, queue

app_name = "desk"

urlpatterns = [
    path("", queue.page, name="queue"),
    path("many/", many.page, name="many"),
    path("many/carry-out/", many.carry_out, name="many-carry-out"),
    path("many/done/", many.done, name="many-done"),
    path("many/undo/", many.undo, name="many-undo"),
    path("proposals/", proposals.listed, name="proposals"),
    path("proposals/<int:pk>/", proposals.page, name="proposal"),
    path("proposals/<int:pk>/approve/", proposals.approve, name="proposal-approve"),
    path("proposals/<int:pk>/refuse/", proposals.refuse, name="proposal-refuse"),
    path("proposals/<int:pk>/withdraw/", proposals.withdraw, name="proposal-withdraw"),
    path("conflicts/", conflicts.listed, name="conflicts"),
    path("conflicts/<int:pk>/end/", conflicts.end, name="conflict-end"),
    path("registrations/<str:reference>/", application.page, name="registration"),
    path("registrations/<str:reference>/conflict/", conflicts.declare, name="conflict"),
    path("registrations/<str:reference>/notice/", notice.page, name="notice"),
    path("registrations/<str:reference>/notice/end/", notice.end, name="notice-end"),
    path("registrations/<str:reference>/refer/", proposals.refer, name="refer"),
    path("registrations/<str:reference>/<slug:action>/", application.act, name="act"),
]
