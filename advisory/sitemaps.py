"""The sitemap: every visible advisory in each language it is written in, each naming the others."""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as framework
from django.urls import reverse
from django.utils.functional import cached_property

from advisory.models import Edition, Facet
from advisory.views import public

MOST_IN_ONE = 10_000


@dataclass
class Item:
    year: int
    slug: str
    shown_at: datetime
    languages: list = field(default_factory=list)


class Advisories(Sitemap):
    i18n = alternates = x_default = True
    limit = MOST_IN_ONE

    def items(self):
        return self._items_once

    @cached_property
    def _items_once(self):
        rows = Facet.objects.filter(kind="language", edition__in=Edition.objects.current()).order_by("-edition")
        columns = ["edition", "value", "edition__year", "edition__slug", "edition__visible_from"]
        found = {}
        for edition, language, *item in rows.values_list(*columns):
            found.setdefault(edition, Item(*item)).languages.append(language)
        return list(found.values())

    def get_languages_for_item(self, item):
        """An advisory in a tongue that the site does not speak stands on the pages of the site's own."""
        spoken = [code for code, _ in settings.LANGUAGES if code in item.languages]
        return spoken or [settings.LANGUAGE_CODE]

    def location(self, item):
        return reverse("advisory:meeting", args=[item.year, item.slug])

    def lastmod(self, item):
        return item.shown_at

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme


@public
def sitemap(request):
    """All addresses, or above ``MOST_IN_ONE`` an index of the parts."""
    advisories = Advisories()
    if advisories.paginator.num_pages == 1:
        return framework.sitemap(request, {"advisories": advisories}).render()
    return framework.index(request, {"advisories": advisories}, sitemap_url_name="advisory:sitemap-part").render()


@public
def part(request, section):
    """The part of the index that ``?p=`` names."""
    return framework.sitemap(request, {"advisories": Advisories()}, section=section).render()
