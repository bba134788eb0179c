"""The queue: which applications wait for an officer, the most urgent first."""

from django.shortcuts import render

from accreditation.models import Registration
from accreditation.states import Status
from accreditation.views.desk.doors import desk_only

AT_MOST = 50


@desk_only()
def page(request):
    waiting = Registration.objects.for_desk(request.user).filter(status=Status.SUBMITTED).order_by("due_at", "pk")
    return render(request, "desk/queue.html", {"rows": waiting[:AT_MOST]})
