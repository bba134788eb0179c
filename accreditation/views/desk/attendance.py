"""Who came, drawn and in tables, counted anew at each look; the same numbers as CSV."""

import csv

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accreditation import clock
from accreditation.delegation_table import harmless
from accreditation.desk import attendance
from accreditation.desk.spreadsheets import BYTE_ORDER_MARK
from accreditation.models import Badge
from accreditation.views.desk.doors import desk_only, frame_of, meeting_for
from accreditation.views.desk.figures import chart
from advisory.models import Meeting
from advisory.renditions import wording
from office import permissions

MAY = permissions.may_read_attendance
MOST_MEETINGS = 200
ANEW = 30  # seconds, for a screen on the wall


@require_safe
@desk_only(MAY)
def page(request):
    meetings = list(_meetings(request.user)[:MOST_MEETINGS])
    if code := request.GET.get("meeting"):
        meeting = meeting_for(request.user, code, MAY)
    elif meetings:
        meeting = meetings[0]
    else:
        return render(request, "desk/badges_nothing.html")
    is_live = "live" in request.GET
    context = told(meeting, request.GET.get("day", "")) | {
        "meetings": meetings if meeting in meetings else [meeting, *meetings],
        "at": clock.moment(meeting, timezone.now()),
        "is_live": is_live,
        "frame": frame_of(request.user, meeting),
    }
    response = render(request, "desk/attendance.html", context)
    if is_live:
        response.headers["Refresh"] = str(ANEW)
    return response


def _meetings(officer):
    scopes = permissions.meetings_with(officer, "accreditation.read_attendance")
    own = Meeting.objects.all() if scopes is None else Meeting.objects.filter(pk__in=scopes)
    return own.filter(pk__in=Badge.objects.order_by().values("meeting")).order_by("-pk")


def told(meeting, asked):
    """Everything that the page and its table tell. Without a day: all days; the hours are those of the last one."""
    language, days = translation.get_language(), attendance.days(meeting)
    day = next((day for day in days if day.isoformat() == asked), None)
    groups = attendance.by_category(meeting, language, day)
    hour_day = day or (days[-1] if days else None)
    hours = [(clock.local(meeting, at).strftime("%H:%M"), number) for at, number in hours_of(meeting, hour_day)]
    zones = [place_named(place) for place in attendance.by_zone(meeting, day)]
    gates = attendance.by_gate(meeting, day)
    return {
        "meeting": meeting,
        "days": [(row, wording.short_day(row)) for row in days],
        "day": day,
        "hour_day": wording.short_day(hour_day) if hour_day else "",
        "groups": groups,
        "total": attendance.total(groups, _("All")),
        "hours": hours,
        "peak": max(hours, key=lambda row: row[1]) if hours else None,
        "zones": zones,
        "gates": gates,
        "group_chart": chart("category", _("Present, by category"), [(row.label, row.present) for row in groups]),
        "hour_chart": chart("hour", _("Admissions by hour"), hours),
        "zone_chart": chart("zone", _("People, by zone"), [(row.label, row.people) for row in zones]),
        "gate_chart": chart("gate", _("Admissions, by gate"), gates),
    }


def hours_of(meeting, day):
    return attendance.by_hour(meeting, day) if day else []


def place_named(place):
    label = place.label or _("Gates without a zone")
    return attendance.Place(label, place.people, place.admissions, place.inside)


@require_safe
@desk_only(MAY)
def table(request, code):
    """CSV (RFC 4180) of [what is counted, of what, number]."""
    meeting = meeting_for(request.user, code, MAY)
    numbers = told(meeting, request.GET.get("day", ""))
    response = HttpResponse(BYTE_ORDER_MARK, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{meeting.code}-attendance.csv"'
    writer = csv.writer(response)
    writer.writerow([_("Counted"), _("Of"), _("Number")])
    writer.writerows([harmless(str(cell)) for cell in row] for row in lines(numbers))
    return response


def lines(numbers):
    for row in [*numbers["groups"], numbers["total"]]:
        yield _("Badges"), row.label, row.expected
        yield _("Collected"), row.label, row.collected
        yield _("Present"), row.label, row.present
        yield _("Not come"), row.label, row.absent
    for place in numbers["zones"]:
        yield _("People, by zone"), place.label, place.people
        yield _("Admissions, by zone"), place.label, place.admissions
    for label, number in numbers["gates"]:
        yield _("Admissions, by gate"), label, number
    for label, number in numbers["hours"]:
        yield _("Admissions by hour"), f"{numbers['hour_day']} {label}", number
