"""The Atom feed of advisories, latest publication first (RFC 4287)."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed

from advisory import agenda
from advisory.models import Edition
from advisory.renditions import wording
from advisory.words import AdvisoryForm

LATEST = 50


class Advisories(Feed):
    feed_type = Atom1Feed
    link = f"{settings.SITE_URL}/meetings/"
    feed_url = f"{settings.SITE_URL}/feed/"
    author_name = settings.ORGANIZATION_NAME

    def title(self):
        return f"{settings.ORGANIZATION_NAME}: media advisories"

    def subtitle(self):
        return "Meetings announced to the press, latest publication first."

    def items(self):
        return [
            (edition, entry.telling)
            for edition in Edition.objects.current().order_by("-published_at")[:LATEST]
            for entry in agenda.entries([edition])
        ]

    def item_title(self, item):
        return f"{AdvisoryForm(item[1].facts.form).label}: {item[1].words.title}"

    def item_description(self, item):
        telling = item[1]
        sitting = telling.sittings[0] if telling.sittings else None
        when = f"{wording.day(sitting.date)}, {telling.facts.time_zone}" if sitting and sitting.date else ""
        return " ".join(part for part in [telling.words.summary, when, telling.words.room, telling.words.city] if part)

    def item_link(self, item):
        return item[1].address

    def item_guid(self, item):
        """Stable over editions: the meeting, not its wording."""
        return f"{settings.SITE_URL}/meetings/{item[1].facts.code}"

    def item_pubdate(self, item):
        return item[0].published_at

    def item_updateddate(self, item):
        return item[0].published_at
