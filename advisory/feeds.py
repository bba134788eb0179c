"""A list of advisories in the forms that programmes read: Atom, JSON Feed, one calendar, plain data."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import Min, prefetch_related_objects
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language, gettext
from icalendar import Calendar, vUri

from advisory.models import Edition
from advisory.renditions import calendar as calendars
from advisory.renditions import data, marks, notices, times, wording
from advisory.renditions.telling import Telling
from advisory.words import AdvisoryForm, EditionKind

LATEST = 50
ASK_AGAIN = timedelta(hours=1)
JSON_FEED = "https://jsonfeed.org/version/1.1"


def latest(filters):
    """The editions of a feed: what was made public last comes first."""
    return Edition.objects.in_order(filters.matching().latest_published_first().first_keys(LATEST))


def tellings(editions):
    """With the people who are not blanked; two queries whatever the number."""
    prefetch_related_objects(editions, "people")
    at = timezone.now()
    return [
        Telling.of(
            edition,
            {str(person.id): person.content for person in edition.people.all() if person.blanked_at is None},
            get_language(),
            at=at,
        )
        for edition in editions
    ]


class Atom(Atom1Feed):
    def latest_post_date(self):
        """Django says "now" of a feed without entries, which no reader could then ask for conditionally."""
        return max((item["updateddate"] for item in self.items), default=datetime.fromtimestamp(0, UTC))


def atom(editions, *, address, page):
    """RFC 4287. An entry's id is the meeting's, its update the edition's, so that a correction shows as news."""
    feed = Atom(
        title=feed_title(),
        link=page,
        description=gettext("Meetings announced to the press, latest publication first."),
        language=get_language(),
        author_name=settings.ORGANIZATION_NAME,
        feed_url=address,
        feed_guid=address,
    )
    first_shown = _first_shown(editions)
    for edition in editions:
        telling = Telling.of(edition, {}, get_language(), at=edition.visible_from)
        feed.add_item(
            title=item_title(telling),
            link=telling.address,
            description=summary_marked(telling),  # the element says type="html"
            unique_id=item_id(telling),
            pubdate=first_shown[edition.meeting_id],
            updateddate=edition.visible_from,
            categories=[telling.words.body] if telling.words.body else [],
        )
    return feed.writeString("utf-8")


def json_feed(editions, *, address, page):
    """JSON Feed 1.1, entries as in the Atom feed."""
    first_shown = _first_shown(editions)
    items = []
    for edition in editions:
        telling = Telling.of(edition, {}, get_language(), at=edition.visible_from)
        item = {
            "id": item_id(telling),
            "url": telling.address,
            "title": item_title(telling),
            "content_text": summary(telling),
            "date_published": first_shown[edition.meeting_id].isoformat(),
            "date_modified": edition.visible_from.isoformat(),
            "language": telling.spoken,
        }
        if telling.words.body:
            item["tags"] = [telling.words.body]
        items.append(item)
    return {
        "version": JSON_FEED,
        "title": feed_title(),
        "home_page_url": page,
        "feed_url": address,
        "description": gettext("Meetings announced to the press, latest publication first."),
        "language": get_language(),
        "authors": [{"name": settings.ORGANIZATION_NAME}],
        "items": items,
    }


def _first_shown(editions):
    """{meeting: when its first edition became public}."""
    rows = Edition.objects.visible().filter(meeting__in=[edition.meeting_id for edition in editions]).order_by()
    return dict(rows.values_list("meeting").annotate(first=Min("visible_from")))


def feed_title():
    return gettext("%(house)s: media advisories") % {"house": settings.ORGANIZATION_NAME}


def item_title(telling):
    """Media advisory: title; or Correction: title, by the newest notice that stands."""
    newest = notices.latest(telling)
    label = EditionKind(newest.kind).label if newest else AdvisoryForm(telling.facts.form).label
    return gettext("%(label)s: %(value)s") % {"label": label, "value": telling.words.title}


def item_id(telling):
    """Stable over editions and languages: the meeting, not its wording."""
    return f"{settings.SITE_URL}/meetings/{telling.facts.code}"


def summary(telling):
    """What has changed, what it is about, when and where, as plain text."""
    where_and_when = wording.joined(_where_and_when(telling))
    return " ".join(filter(None, [notices.sentence(telling), telling.words.summary, where_and_when]))


def summary_marked(telling):
    """The same as HTML, names in other languages marked."""
    words = telling.words.summary and marks.marked(telling.words.summary)
    parts = [escape(notices.sentence(telling)), escape(words), marks.listed(_where_and_when(telling))]
    return " ".join(filter(None, parts))


def _where_and_when(telling):
    return [times.when(telling)["headline"], telling.words.room, times.city(telling)]


def contents(editions):
    """The public JSON of each meeting (``docs/contract.md`` §5)."""
    return [data.content(telling) for telling in tellings(editions)]


def calendar(editions, *, address):
    """One calendar of all sittings, each as in the meeting's own; it says where it came from and when to ask again."""
    whole = Calendar()
    whole.add("prodid", "-//Rostrum//Advisories//EN")
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    whole.add("name", feed_title())
    whole.add("x-wr-calname", feed_title())
    whole.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", "PT1H")
    whole.add("source", vUri(address), parameters={"VALUE": "URI"})
    told = tellings(editions)
    dated = [(telling, sitting) for telling in told for sitting in telling.sittings if sitting.date]
    zones = {}
    for _, sitting in dated:
        if sitting.starts_at:
            zones.setdefault(sitting.time_zone, []).append(sitting.date)
    for name, days in zones.items():
        whole.add_component(calendars.zone_rules(name, days))
    for telling, sitting in dated:
        whole.add_component(calendars.entry(telling, sitting))
    return whole.to_ical(sorted=False)
