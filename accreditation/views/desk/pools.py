"""Pools of a meeting, who is in one, and the list that is read out where it forms up."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accreditation import finding
from accreditation.desk import pools
from accreditation.models import PoolPlace, Registration
from accreditation.views.desk.doors import desk_only, meeting_for, typed
from office import permissions

SHOWN = 50


@require_safe
@desk_only()
def page(request, meeting):
    meeting = meeting_for(request.user, meeting)
    found = [(pool, [pools.told(row) for row in pool.seats.all()]) for pool in pools.pools_of(meeting)]
    context = {"meeting": meeting, "pools": found, "may_select": permissions.may_select(request.user, meeting)}
    return render(request, "desk/pools.html", context)


def found_pool(request, meeting, pool, may=permissions.may_review):
    meeting = meeting_for(request.user, meeting, may)
    found = pools.pools_of(meeting).filter(pk=pool).first() if pool < 1 << 31 else None
    if found is None:
        raise Http404
    found.meeting = meeting
    return found


@require_safe
@desk_only()
def one(request, meeting, pool):
    pool = found_pool(request, meeting, pool)
    asked = request.GET.get("q", "")[:100]
    context = {
        "meeting": pool.meeting,
        "pool": pool,
        "seats": [pools.told(row) for row in pool.seats.all()],
        "places": pools.listed(pool),
        "candidates": candidates(pool, asked),
        "q": asked,
        "may_select": permissions.may_select(request.user, pool.meeting),
    }
    return render(request, "desk/pool.html", context)


def candidates(pool, asked):
    """The first of those who could have a place, or of those found."""
    rows = pools.candidates(pool)
    found = finding.matching(asked, meeting_id=pool.meeting_id)
    rows = rows if found is None else rows.filter(pk__in=found)
    return rows.order_by("family_name", "reference")[:SHOWN]


@require_safe
@desk_only()
def form_up(request, meeting, pool):
    """For paper: names, media and boxes to tick."""
    pool = found_pool(request, meeting, pool)
    return render(request, "desk/form_up.html", {"meeting": pool.meeting, "pool": pool, "places": pools.listed(pool)})


@require_POST
@desk_only(permissions.may_select)
def put_in(request, meeting, pool):
    """Everybody ticked, one after the other; who cannot be put in is named with the reason."""
    pool = found_pool(request, meeting, pool, permissions.may_select)
    chosen = [typed(reference) for reference in request.POST.getlist("reference")[:SHOWN]]
    people = Registration.objects.at_desk().filter(meeting=pool.meeting, reference__in=chosen).order_by("reference")
    done = 0
    for person in people:
        try:
            pools.put_in(person, pool, by=request.user)
            done += 1
        except pools.PoolRefused as refused:
            messages.error(request, f"{person.listed_as}: {refused}")
    if done:
        said = ngettext("%(count)s person is in and told.", "%(count)s people are in and told.", done)
        messages.success(request, said % {"count": done})
    return redirect("desk:pool", pool.meeting.code, pool.pk)


@require_POST
@desk_only(permissions.may_select)
def take_out(request, meeting, pool):
    pool = found_pool(request, meeting, pool, permissions.may_select)
    rows = PoolPlace.objects.filter(pool=pool, registration__reference=typed(request.POST.get("reference", "")))
    place = rows.select_related("pool__meeting", "registration__category", "registration__meeting").first()
    if place is None:
        raise Http404
    pools.take_out(place)
    return redirect("desk:pool", pool.meeting.code, pool.pk)
