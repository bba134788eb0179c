"""Whether what was published is still what was published: each edition against its hash, its people and the one before.

``manage.py verify_chains`` asks every app for its chains by this module's name."""

from django.utils.translation import gettext

from advisory import signatures
from advisory.models import Meeting
from advisory.publishing import chained_content
from office import chain, keys


def chains():
    """(name, rows) of each meeting's chain; a row is (name, previous hash, content, hash, problem, is_redacted)."""
    for meeting in Meeting.objects.filter(editions__isnull=False).distinct().order_by("pk").iterator(chunk_size=100):
        yield f"Editions of {meeting.code}", list(rows(meeting))


def rows(meeting):
    editions = meeting.editions.order_by("sequence").select_related("signature__key").prefetch_related("people")
    for position, edition in enumerate(editions, start=1):
        people = {str(person.id): person for person in edition.people.all()}
        yield chain.Row(
            name=gettext("edition %(number)s (row %(row)s)") % {"number": edition.number, "row": edition.sequence},
            previous_hash=edition.previous_hash,
            content=chained_content(edition),
            hash=edition.hash,
            problem=_problem(edition, position, people),
            is_redacted=any(person.blanked_at for person in people.values()),
        )


def _problem(edition, position, people):
    """What a hash cannot show: a missing row, or a person's row that is not the one published."""
    if edition.sequence != position:
        return gettext("row %(row)s is missing") % {"row": position}
    facts = edition.facts
    for fact in [*facts["contacts"], *facts["speakers"]]:
        if not fact["person"]:
            continue
        person = people.get(fact["person"]["id"])
        if person is None:
            return gettext("a person it names has no row")
        if not person.blanked_at and chain.link(person.salt, person.content) != fact["person"]["digest"]:
            return gettext("a person it names is not the one that was published")
    if (edition.year, edition.slug) != (facts["year"], facts["slug"]):
        return gettext("its address is not the one that was published")
    signature = getattr(edition, "signature", None)
    if signature and not keys.is_signed(
        signatures.signed_text(edition), bytes.fromhex(signature.signature), by=signature.key
    ):
        return gettext("its signature is not its own")
    return ""
