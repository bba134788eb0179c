"""The only way from a draft to an Edition. A publication is whole or it has not happened."""

import secrets
import uuid
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from advisory import checklist, lookup, renditions, search
from advisory.freezing import SCHEMA, freeze
from advisory.models import Edition, Meeting, PublishedPerson
from advisory.words import EditionKind, MeetingStatus
from office import chain


class PublishRefused(ValidationError):
    """Nothing was published; the message says what to do first."""


@transaction.atomic
def publish(meeting, *, by, kind=None):
    """Freeze the meeting into an Edition with its renditions and return it.

    ``kind`` is an EditionKind; None means first issue, or update where something is public already. Raises
    PublishRefused when a fact is missing without which nobody could come. Then, as on any error, nothing changes.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
    refuse_unless_ready(meeting)
    before = meeting.editions.order_by("-sequence").first()
    kind = EditionKind(kind or (EditionKind.UPDATE if before else EditionKind.FIRST))
    if (kind == EditionKind.FIRST) != (before is None):
        raise PublishRefused("The first issue comes once; choose update or correction after it.")
    _open_to_public(meeting, kind)
    edition = _edition(meeting, before, kind=kind, by=by)
    search.index(edition)
    renditions.make_all(edition)
    transaction.on_commit(lookup.forget)
    return edition


def refuse_unless_ready(meeting):
    """Raise PublishRefused, naming every fact without which nobody could come."""
    if missing := checklist.blockers(meeting):
        raise PublishRefused([concern.sentence for concern in missing])


def preview(meeting, *, language=None, format="page"):
    """The bytes the next edition would have, from the draft rows. Nothing is stored."""
    frozen = freeze(meeting)
    for relation in ("contacts", "speakers"):
        for fact in frozen.facts[relation]:
            fact["person"] = {"id": fact["key"]} if fact["key"] in frozen.people else None
    last = meeting.editions.order_by("-sequence").first()
    frozen.facts["year"] = frozen.facts["year"] or first_year(frozen.facts)
    now = timezone.now()
    edition = Edition(
        meeting=meeting,
        number=(last.number if last else 0) + 1,
        kind=EditionKind.UPDATE if last else EditionKind.FIRST,
        schema=SCHEMA,
        facts=frozen.facts,
        texts=frozen.texts,
        languages=list(frozen.texts),
        published_at=now,
        visible_from=now,
    )
    return renditions.render(edition, frozen.people, language or meeting.original_language, format, at=now)


def first_year(facts):
    """Year of the first day; while that is to be announced, the present one."""
    return date.fromisoformat(facts["first_day"]).year if facts["first_day"] else timezone.now().year


def _open_to_public(meeting, kind):
    """Set the state that the edition announces, and on the first issue the year of the address, for ever."""
    if kind in (EditionKind.POSTPONED, EditionKind.CANCELLED):
        meeting.status = MeetingStatus(kind.value)
    elif meeting.status == MeetingStatus.DRAFT:
        meeting.status = MeetingStatus.CONFIRMED
    if meeting.url_year is None:
        meeting.url_year = first_year(freeze(meeting).facts)
    meeting.validate_constraints()
    meeting.save(update_fields=["status", "url_year"])


def _edition(meeting, before, *, kind, by):
    frozen = freeze(meeting)
    people = _keep_people(meeting, frozen)
    now = timezone.now()
    content = {
        "number": before.number + 1 if before else 1,
        "kind": kind.value,
        "schema": SCHEMA,
        "languages": sorted(frozen.texts),
        "facts": frozen.facts,
        "texts": frozen.texts,
        "published_at": now.isoformat(),
        "visible_from": max(now, meeting.embargo_until or now).isoformat(),
        "by": by.pk if by else None,
    }
    previous_hash = before.hash if before else chain.BEGINNING
    facts = frozen.facts
    edition = Edition.objects.create(
        meeting=meeting,
        sequence=before.sequence + 1 if before else 1,
        previous_hash=previous_hash,
        hash=chain.link(previous_hash, content),
        year=facts["year"],
        slug=facts["slug"],
        first_day=facts["first_day"],
        last_day=facts["last_day"],
        starts_at=facts["starts_at"] and datetime.fromisoformat(facts["starts_at"]),
        **content | {"published_at": now, "visible_from": datetime.fromisoformat(content["visible_from"])} | {"by": by},
    )
    edition.people.set(people)
    return edition


def chained_content(edition):
    """What the edition's hash covers, rebuilt from its row."""
    names = ["number", "kind", "schema", "languages", "facts", "texts"]
    return {name: getattr(edition, name) for name in names} | {
        "published_at": edition.published_at.isoformat(),
        "visible_from": edition.visible_from.isoformat(),
        "by": edition.by_id,
    }


def _keep_people(meeting, frozen):
    """Write each person's id and digest into the facts; reuse the row of somebody published with the same content."""
    known = {chain.canonical(row.content): row for row in meeting.published_people.filter(blanked_at__isnull=True)}
    kept = []
    for relation in ("contacts", "speakers"):
        for fact in frozen.facts[relation]:
            content = frozen.people.get(fact["key"])
            fact["person"] = None
            if content is None:
                continue
            person = known.get(chain.canonical(content))
            if person is None:
                person = PublishedPerson(id=uuid.uuid4(), meeting=meeting, salt=secrets.token_hex(16), content=content)
                person.save(force_insert=True)
                known[chain.canonical(content)] = person
            fact["person"] = {"id": str(person.id), "digest": chain.link(person.salt, content)}
            kept.append(person)
    return kept
