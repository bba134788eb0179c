"""The public side of a meeting, as applicants' pages read it: its current edition, never the draft."""

from django.http import Http404
from django.utils import translation

from accreditation.models import Category
from advisory.models import Edition
from advisory.renditions import times
from advisory.renditions.telling import Telling
from office.prepared import Prepared, Slot

YEAR, SLUG = (Edition._meta.get_field(name) for name in ["year", "slug"])
ANNOUNCED = Prepared(
    lambda: (
        Edition.objects.visible()
        .filter(year=Slot(0, YEAR), slug=Slot(1, SLUG))
        .select_related("meeting")
        .order_by("-number")[:1]
    )
)


def edition_of(year, slug):
    """The public edition of a meeting, or None."""
    return ANNOUNCED.one(year, slug)


def announced(year, slug):
    """The public edition of a meeting, or the 404 of a page that never was."""
    edition = edition_of(year, slug)
    if edition is None:
        raise Http404
    return edition


def announced_category(year, slug, category):
    edition = announced(year, slug)
    found = Category.objects.filter(meeting=edition.meeting_id, slug=category).first()
    if found is None:
        raise Http404
    found.meeting = edition.meeting
    return edition, found


def telling_of(edition):
    return Telling.of(edition, {}, translation.get_language(), at=edition.published_at)


def meeting_of(edition):
    """What each page of the journey says of the meeting, in the page's language."""
    telling = telling_of(edition)
    when = times.when(telling)
    return {
        "title": telling.words.title,
        "when": when["headline"],
        "city": times.city(telling),
        "path": telling.path,
        "year": edition.year,
        "slug": edition.slug,
        "telling": telling,
        "is_demonstration": edition.meeting.is_demonstration,
    }
