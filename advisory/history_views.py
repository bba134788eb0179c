"""The history of a meeting's editions, and each of them as it was. Drawn when asked, so asked at a pace."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from advisory import history
from advisory.pace import per_minute
from advisory.renditions import notices, page
from advisory.renditions.telling import Telling
from advisory.views import public

PER_PAGE = 20
MOST_PER_MINUTE = 60


@per_minute(MOST_PER_MINUTE)
@public
def editions(request, year, slug):
    """Every visible edition, latest first, each with what it changed: two queries, however many there are."""
    found = history.editions_of(year, slug)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    if not shown.paginator.count:
        raise Http404
    compared = [*found[shown.start_index() - 1 : shown.end_index() + 1]]
    if not shown.has_next():
        compared.append(None)
    telling = Telling.of(compared[0], {}, get_language(), at=timezone.now())
    context = page.context(telling) | {
        "path": f"{telling.root}history/",
        "language": get_language(),
        "entries": history.entries(compared, get_language()),
        "page": shown,
    }
    return render(request, "advisory/history.html", context)


@per_minute(MOST_PER_MINUTE)
@public
def edition(request, year, slug, number):
    """One edition as it was, its people but for those who are blanked, under a banner that leads to the current one."""
    found = history.editions_of(year, slug)
    later = list(found.filter(number__gte=number).values_list("number", "published_at", "visible_from"))
    if not later or later[-1][0] != number:
        raise Http404
    shown = found.get(number=number)
    people = {str(row.id): row.content for row in shown.people.all() if row.blanked_at is None}
    telling = Telling.of(shown, people, get_language(), at=timezone.now())
    is_old = len(later) > 1
    context = page.context(telling) | {
        "path": f"{telling.root}history/{number}/",
        "banner": _banner(telling, later),
        "is_old": is_old,
    }
    response = render(request, "advisory/edition.html", context)
    if is_old:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _banner(telling, later):
    """Which edition this is, and when the next one took its place; ``later``: it and those after it, last first."""
    numbers = {"number": telling.number, "latest": later[0][0]}
    if len(later) == 1:
        return _("This is edition %(number)s, the current one.") % numbers
    _number, published_at, visible_from = later[-2]
    replaced = notices.moment(telling, max(published_at, visible_from))
    return _("This is edition %(number)s of %(latest)s, replaced on %(moment)s.") % (numbers | {"moment": replaced})
