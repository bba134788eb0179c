"""Lists of meetings and what leads to one: the home page, the list, a year, the short link, the day's alert."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from advisory import agenda, alert, feeds, finding
from advisory.finding import Filters
from advisory.models import Edition
from advisory.views import public
from config import languages

PER_PAGE = 50
FIRST_SHOWN = 30
IN_CALENDAR = 200
IN_A_YEAR = 20_000
FIRST_DAY, LAST_DAY = date(1900, 1, 2), date(2199, 12, 30)  # the page links the days beside it


@dataclass
class Page:
    """A part of a list; ``total`` is None where the list goes on behind what it may hold."""

    editions: list
    number: int
    pages: int
    total: int | None

    @property
    def has_previous(self):
        return self.number > 1

    @property
    def has_next(self):
        return self.number < self.pages


def page_of(keys, filters, *, most):
    """The page asked for of the first ``most``; the first where it lies behind the last, and that is said."""
    number, pages = filters.page, max(1, -(-len(keys[:most]) // PER_PAGE))
    if number > pages:
        filters.deny_page()
        number = 1
    editions = Edition.objects.in_order(keys[:most][(number - 1) * PER_PAGE : number * PER_PAGE])
    return Page(editions, number, pages, len(keys) if len(keys) <= most else None)


def keys_of(filters, *, without=None):
    """Keys of the list, one more than it may hold where there are more."""
    return filters.listed(agenda.today(), without=without).first_keys(finding.MOST + 1)


def list_context(filters, keys, sections):
    """What every page of a list says beside the list: the form, how to follow it, and whether it is invented."""
    query = filters.query()
    ending = f"?{query}" if query else ""
    calendar = reverse("advisory:calendar") + ending
    return {
        "sections": sections,
        "is_demonstration": agenda.is_demonstration(sections),
        "filters": filters,
        "fields": filters.fields(keys, lambda name: keys_of(filters, without=name)),
        "ending": ending,
        "calendar_address": calendar,
        "webcal": "webcal://" + settings.SITE_URL.partition("://")[2] + calendar,
    }


@public
def home(request):
    """Now and next: what is on, today, tomorrow, the coming seven days, then later months."""
    filters = Filters({})
    keys = keys_of(filters)
    sections = agenda.now_and_next(agenda.entries(Edition.objects.in_order(keys[:FIRST_SHOWN])))
    context = list_context(filters, keys, sections) | {"has_more": len(keys) > FIRST_SHOWN}
    return render(request, "advisory/home.html", context)


@public
def meetings(request):
    """Coming meetings by month; with filters, those that pass them."""
    filters = Filters(request.GET)
    keys = keys_of(filters)
    page = page_of(keys, filters, most=finding.MOST)
    sections = agenda.by_month(agenda.entries(page.editions))
    context = list_context(filters, keys, sections)
    context |= {"page": page, "most": finding.MOST, "years": Edition.objects.visible().years()}
    return render(request, "advisory/meetings.html", context)


@public
def year(request, year):
    """The archive of one year, oldest first; a year without a visible meeting is no address."""
    asked = Filters({"page": request.GET.get("page", "")})
    page = page_of(Edition.objects.current().of_year(year).first_keys(IN_A_YEAR), asked, most=IN_A_YEAR)
    if not page.editions:
        raise Http404
    sections = agenda.by_month(agenda.entries(page.editions))
    context = {
        "year": year,
        "page": page,
        "sections": sections,
        "is_demonstration": agenda.is_demonstration(sections),
        "filters": asked,
        "years": Edition.objects.visible().years(),
    }
    return render(request, "advisory/meetings.html", context)


@public
def calendar(request):
    """The list as one calendar that a reader's programme asks for anew."""
    filters = Filters(request.GET)
    editions = Edition.objects.in_order(filters.listed(agenda.today()).first_keys(IN_CALENDAR))
    body = feeds.calendar(editions, address=_own_address(filters, "advisory:calendar"))
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


@public
def data(request):
    """The list by machine, a page at a time: {"meetings": [...], "next": address or null, "problems": [...]}."""
    filters = Filters(request.GET)
    page = page_of(keys_of(filters), filters, most=finding.MOST)
    following = filters.query(page=page.number + 1) if page.has_next else None
    content = {
        "meetings": feeds.contents(page.editions),
        "total": page.total,
        "next": following and f"{settings.SITE_URL}{reverse('advisory:data')}?{following}",
        "problems": list(filters.problems.values()),
    }
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})


@public
def atom(request):
    filters = Filters(request.GET)
    body = feeds.atom(feeds.latest(filters), address=_own_address(filters, "advisory:feed"), page=_page(filters))
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


@public
def json_feed(request):
    filters = Filters(request.GET)
    content = feeds.json_feed(
        feeds.latest(filters), address=_own_address(filters, "advisory:json-feed"), page=_page(filters)
    )
    return JsonResponse(
        content, content_type="application/feed+json; charset=utf-8", json_dumps_params={"ensure_ascii": False}
    )


def _own_address(filters, name):
    query = filters.query()
    return settings.SITE_URL + reverse(name) + (f"?{query}" if query else "")


def _page(filters):
    return _own_address(filters, "advisory:meetings")


@public
def short_link(request, code):
    """From a code said aloud or printed to the advisory; a code that is not public is the same 404 as none."""
    found = (
        Edition.objects.visible()
        .filter(facets__kind="code", facets__value=code.upper())
        .order_by("-number")
        .values_list("year", "slug")
        .first()
    )
    if found is None:
        raise Http404
    return HttpResponsePermanentRedirect(reverse("advisory:meeting", args=found))


@public
def day(request, day=None):
    """The daily alert as a page."""
    found = alert.of_day(_day(day))
    context = {
        "alert": found,
        "today": agenda.today(),
        "is_demonstration": found.is_demonstration,
        "path": languages.without_prefix(reverse("advisory:alert", args=[found.day])),  # today's own as well
    }
    return render(request, "advisory/alert.html", context)


@public
def day_text(request, day):
    body = alert.text(alert.of_day(_day(day)))
    return HttpResponse(body, content_type="text/plain; charset=utf-8")


def _day(written):
    """The date that an address names, or today at the seat; 404 where there is none, or none beside it."""
    if written is None:
        return agenda.today()
    try:
        found = date.fromisoformat(written)
    except ValueError:
        raise Http404 from None
    if not FIRST_DAY <= found <= LAST_DAY:
        raise Http404
    return found
