"""The published record of a draw, which anybody can run again: references alone, and nobody's name."""

from django.http import Http404, JsonResponse
from django.shortcuts import render

from accreditation import announced, words
from accreditation.desk import draws, lot
from accreditation.models import Draw
from accreditation.states import Medium
from office import names


def published(year, slug, category):
    """(edition, category, Draw); the 404 of a page that never was, unless the meeting publishes it."""
    edition, found = announced.category_at(year, slug, category)
    draw = Draw.objects.filter(category=found, is_published=True).first()
    if draw is None:
        raise Http404
    draw.category = found
    return edition, found, draw


def page(request, year, slug, category):
    edition, found, draw = published(year, slug, category)
    record = draws.record(draw)
    context = {
        "about": announced.about(edition),
        "category": found.said("name", request.LANGUAGE_CODE),
        "is_demonstration": edition.meeting.is_demonstration,
        "draw": draw,
        "withheld": record["withheld"],
        "media": [words.MEDIUM[Medium(word)] for word in draw.media],
        "rows": rows(draw, record, request.LANGUAGE_CODE),
        "meeting": edition.meeting,
    }
    return render(request, "accreditation/draw.html", context)


def rows(draw, record, language):
    """[{"rank", "reference", "country", "medium", "gets_seat"}] of those the record shows."""
    entries = {entry["reference"]: entry for entry in lot.waiting(record["entries"])}
    return [
        {
            "rank": rank,
            "reference": reference,
            "country": names.name(entries[reference]["country"], language),
            "medium": words.MEDIUM[Medium(entries[reference]["medium"])] if entries[reference]["medium"] else "",
            "gets_seat": rank <= draw.seats,
        }
        for rank, reference in enumerate(draw.outcome, start=1)
        if reference in entries
    ]


def record(request, year, slug, category):
    """As ``manage.py verify_draw`` reads it."""
    _edition, _category, draw = published(year, slug, category)
    return JsonResponse(draws.record(draw))
