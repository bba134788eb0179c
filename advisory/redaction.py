"""Taking a person out of everything that was published, without breaking a chain."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from advisory import lookup
from advisory.models import Edition, PublishedPerson, Rendition


@transaction.atomic
def blank(person):
    """Empty the row, its salt included, and drop every form of every edition that names the person.

    The editions keep an id and a digest that nobody can trace back; their chain stays whole.
    """
    person = PublishedPerson.objects.select_for_update().get(pk=person.pk)
    if person.blanked_at is None:
        person.content, person.salt, person.blanked_at = {}, "", timezone.now()
        person.save(update_fields=["content", "salt", "blanked_at"])
        Rendition.objects.filter(edition__people=person).delete()
        transaction.on_commit(lookup.forget)
    return person


def blank_rested(at=None):
    """Blank every contact whose last day is over in each edition that names it; returns how many.

    The desk stands in for them on the pages already: what goes now is the name kept beside the editions.
    """
    at = at or timezone.now()
    named, kept = set(), set()
    editions = Edition.objects.filter(people__blanked_at__isnull=True).distinct()
    for edition in editions.only("facts").iterator(chunk_size=200):
        for contact in edition.facts["contacts"]:
            if contact["person"]:
                person = contact["person"]["id"]
                (named if _is_over(contact["shown_until"], at) else kept).add(person)
        kept |= {speaker["person"]["id"] for speaker in edition.facts["speakers"] if speaker["person"]}
    people = PublishedPerson.objects.filter(pk__in=named - kept, blanked_at__isnull=True)
    for person in people:
        blank(person)
    return len(people)


def _is_over(last_day, at):
    """A day later than the date says, so that it is over in every zone."""
    return bool(last_day) and (at.date() - datetime.fromisoformat(last_day).date()).days > 1
