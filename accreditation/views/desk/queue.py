"""The queue: which applications wait for an officer of one meeting, in saved views, and what is found by a word."""

from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accreditation.desk import lines, queue, rooms
from accreditation.models import Registration
from accreditation.states import Status
from accreditation.views.desk.doors import desk_only, meeting_for
from advisory.models import Meeting
from office import permissions

MOST_MEETINGS = 200


@require_safe
@desk_only()
def page(request):
    meetings = list(meetings_of(request.user)[:MOST_MEETINGS])
    meeting = chosen_meeting(request, meetings)
    if meeting is None:
        return render(request, "desk/nothing.html")
    prefetch_related_objects([meeting], "categories")
    at, categories = timezone.now(), list(meeting.categories.all())
    asked = queue.Asked.read(request.GET, categories)
    listing = queue.listing(meeting, request.user, asked, at=at)
    context = {
        "meeting": meeting,
        "meetings": meetings if meeting in meetings else [meeting, *meetings],
        "categories": categories,
        "asked": asked,
        "views": tabs(meeting, request.user, asked, at),
        "orders": queue.orders_of(asked.view).items(),
        "groupings": queue.GROUPS.items(),
        "groups": lines.groups(listing, asked, at=at),
        "listing": listing,
        "shown": len(listing.rows),
        "at_most": f"{queue.AT_MOST:,}",
        "previous": asked.query(page=asked.page - 1) if asked.page > 1 else None,
        "next": asked.query(page=asked.page + 1) if listing.has_next else None,
        "export_query": as_export(asked) if permissions.may_export(request.user, meeting) else None,
        "may_claim": permissions.may_decide(request.user, meeting) and (asked.text or asked.view.slug != "decided"),
    }
    return render(request, "desk/queue.html", context)


def as_export(asked):
    """The query of the export page that chooses the same people: what is looked for is looked for in every view."""
    chosen = {"q": asked.text} if asked.text else {"view": asked.view.slug}
    return urlencode(chosen | ({"category": asked.category.slug} if asked.category else {}))


def tabs(meeting, officer, asked, at):
    """[(View, query, number in figures)]; what was looked for belongs to none of them."""
    counted = queue.counts(meeting, officer, category=asked.category, at=at)
    return [(view, asked.query(view=slug, q=""), queue.up_to(counted[slug])) for slug, view in queue.VIEWS.items()]


def meetings_of(officer):
    """Meetings to which somebody has applied, those where something waits first, then the latest."""
    scopes = permissions.meetings_with(officer, "accreditation.review_registration")
    own = Meeting.objects.all() if scopes is None else Meeting.objects.filter(pk__in=scopes)
    sent = Registration.objects.filter(meeting=OuterRef("pk"))
    applied_to = own.filter(Exists(sent.filter(status__in=queue.SENT)))
    return applied_to.annotate(waits=Exists(sent.filter(status=Status.SUBMITTED))).order_by("-waits", "-pk")


def chosen_meeting(request, meetings):
    """By the address, else the one looked at before, else the first; None where nobody has applied anywhere."""
    if code := request.GET.get("meeting"):
        meeting = meeting_for(request.user, code)
        if request.session.get(rooms.LAST) != meeting.pk:
            request.session[rooms.LAST] = meeting.pk
        return meeting
    before = request.session.get(rooms.LAST)
    return next((meeting for meeting in meetings if meeting.pk == before), meetings[0] if meetings else None)


@require_POST
@desk_only()
def digest(request):
    """Whether the officer gets the queue's numbers by e-mail each morning."""
    request.user.wants_digest = request.POST.get("wants") == "yes"
    request.user.save(update_fields=["wants_digest"])
    return redirect(reverse("desk:queue") + "#digest")
