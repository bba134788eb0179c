"""Figures of one meeting: drawn, and in tables with their definitions."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accreditation.desk import charts, figures
from accreditation.views.desk.doors import desk_only, meeting_for
from advisory.models import Meeting
from office import permissions

MOST_MEETINGS = 200


@require_safe
@desk_only(permissions.may_read_figures)
def page(request):
    meetings = list(_meetings(request.user)[:MOST_MEETINGS])
    if code := request.GET.get("meeting"):
        meeting = meeting_for(request.user, code, permissions.may_read_figures)
    elif meetings:
        meeting = meetings[0]
    else:
        raise Http404
    meetings = meetings if meeting in meetings else [meeting, *meetings]
    return render(request, "desk/statistics.html", {"meeting": meeting, "meetings": meetings} | _told(meeting))


def _meetings(officer):
    """Meetings whose figures an officer reads, the latest first."""
    scopes = permissions.meetings_with(officer, "accreditation.read_figures")
    own = Meeting.objects.all() if scopes is None else Meeting.objects.filter(pk__in=scopes)
    return own.order_by("-pk")


def _told(meeting):
    language, now = translation.get_language(), timezone.now()
    statuses, times, ages = figures.by_status(meeting), figures.times(meeting), figures.queue_ages(meeting, at=now)
    outcomes = [(figures.OUTCOME[word], number) for word, number in figures.outcomes(statuses).items()]
    grounds = figures.by_ground(meeting, language)
    groups = [
        ("category", _("By category"), figures.by_category(meeting, language)),
        ("country", _("By country"), figures.by_country(meeting, language)),
        ("medium", _("By medium"), figures.by_medium(meeting)),
    ]
    return {
        "total": sum(statuses.values()),
        "outcomes": outcomes,
        "outcome_chart": chart("outcome", _("What became of the applications"), outcomes),
        "grounds": [(text or _("No ground: their own organization objected"), number) for _c, text, number in grounds],
        "times": times,
        "median": length(times.median),
        "ninetieth": length(times.ninetieth),
        "ages": age_rows(ages),
        "late": ages["late"],
        "age_chart": chart("age", _("How long applications have waited"), age_rows(ages)),
        "groups": [
            (slug, title, named(rows), chart(slug, title, [(row.label, row.applied) for row in named(rows)]))
            for slug, title, rows in groups
        ],
    }


def chart(key, title, rows):
    """The drawing of [(label, number)], said in one sentence for those who do not see it."""
    said = "; ".join(f"{label}: {number}" for label, number in rows)
    return charts.bars(
        [(label, number, str(number)) for label, number in rows], key=key, title=title, description=said,
        is_rtl=translation.get_language_bidi(),
    )  # fmt: skip


def named(groups):
    return [
        figures.Group(row.key, row.label or _("Not said"), row.applied, row.approved, row.declined) for row in groups
    ]


def age_rows(ages):
    labels = {
        "d1": _("Less than a day"), "d3": _("One day to three"), "d7": _("Three days to seven"),
        "more": _("Seven days or more"),
    }  # fmt: skip
    return [(label, ages[name]) for name, label in labels.items()]


def length(duration):
    """2 days 4 hours; hours and minutes below a day; "" for none."""
    if duration is None:
        return ""
    minutes = int(duration.total_seconds() // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [
        days and ngettext("%(number)s day", "%(number)s days", days) % {"number": days},
        hours and ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours},
        not days and (minutes or not hours)
        and ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes},
    ]  # fmt: skip
    return " ".join(part for part in parts if part)
