"""A meeting as it is announced: its current edition, which applicants' pages and letters read, never the draft."""

from django.db.models import FilteredRelation, Q
from django.http import Http404
from django.utils import translation
from django.utils.timezone import localdate

from accreditation.models import Category
from advisory.models import Edition
from advisory.renditions import times
from advisory.renditions.telling import Telling
from office.prepared import Prepared, Slot

MEETING, YEAR, SLUG = (Edition._meta.get_field(name) for name in ["meeting", "year", "slug"])
CALLED = Q(meeting__categories__slug=Slot(0, Category._meta.get_field("slug")))
ANNOUNCED = Prepared(
    lambda: (
        Edition.objects.visible()
        .filter(year=Slot(0, YEAR), slug=Slot(1, SLUG))
        .select_related("meeting")
        .order_by("-number")[:1]
    )
)
ANNOUNCED_CATEGORY = Prepared(
    lambda: (
        Edition.objects.visible()
        .annotate(category=FilteredRelation("meeting__categories", condition=CALLED))
        .filter(year=Slot(1, YEAR), slug=Slot(2, SLUG))
        .select_related("meeting", "category")
        .order_by("-number")[:1]
    )
)
OF_MEETING = Prepared(lambda: Edition.objects.visible().filter(meeting=Slot(0, MEETING)).order_by("-number")[:1])


def edition_of(meeting):
    """The public edition of a Meeting, or None. One statement."""
    edition = OF_MEETING.one(meeting.pk)
    if edition is not None:
        edition.meeting = meeting
    return edition


def edition_at(year, slug):
    """The public edition at the address of a meeting, or the 404 of a page that never was. One statement."""
    edition = ANNOUNCED.one(year, slug)
    if edition is None:
        raise Http404
    return edition


def category_at(year, slug, category):
    """(edition, Category) at the address of a form, or the same 404. One statement."""
    edition = ANNOUNCED_CATEGORY.one(category, year, slug)
    if edition is None or edition.category is None:
        raise Http404
    edition.category.meeting = edition.meeting
    return edition, edition.category


def days(meeting):
    """(first, last) of the public edition; today where none is public or it has no date yet."""
    edition = edition_of(meeting)
    first = (edition and edition.first_day) or localdate()
    return first, max((edition and edition.last_day) or first, first)


def telling_of(edition):
    """Its Telling in the page's language; whom it names is left out."""
    return Telling.of(edition, {}, translation.get_language(), at=edition.published_at)


def about(edition):
    """What each page of the journey says of the meeting, in the page's language."""
    telling = telling_of(edition)
    return {
        "title": telling.words.title,
        "when": times.when(telling)["headline"],
        "city": times.city(telling),
        "path": telling.path,
        "year": edition.year,
        "slug": edition.slug,
        "telling": telling,
        "is_demonstration": edition.meeting.is_demonstration,
    }
