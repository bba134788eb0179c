"""How many applied and were admitted, for everybody, where the meeting publishes it; else the page is not there."""

from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accreditation import announced
from accreditation.desk import transparency
from accreditation.models import DeskPolicy


def edition_with_figures(year, slug):
    edition = announced.edition_at(year, slug)
    if not DeskPolicy.objects.filter(meeting=edition.meeting_id, publishes_figures=True).exists():
        raise Http404
    return edition


def titles():
    return {
        "outcome": _("What became of the applications"),
        "ground": _("Why applications were declined"),
        "category": _("Applications by category"),
        "medium": _("Applications by medium"),
        "country": _("Applications by country of the organization"),
    }


@require_safe
def page(request, year, slug):
    edition = edition_with_figures(year, slug)
    told = transparency.of(edition.meeting, translation.get_language())
    said = titles()
    context = announced.about(edition) | {
        "applied": told["applied"],
        "least": transparency.LEAST,
        "tables": [(said[table.slug], table) for table in told["tables"]],
    }
    return _fresh(render(request, "accreditation/figures.html", context))


@require_safe
def data(request, year, slug):
    """The same numbers; ``null`` for one that is left out."""
    edition = edition_with_figures(year, slug)
    told = transparency.of(edition.meeting, translation.get_language())
    tables = {
        table.slug: [{"key": key, "label": label, "number": number} for key, label, number in table.rows]
        for table in told["tables"]
    }
    return _fresh(JsonResponse({"applied": told["applied"], "least": transparency.LEAST} | tables))


def _fresh(response):
    response.headers["Cache-Control"] = "no-cache"
    return response
