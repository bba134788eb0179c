"""Accredited people are told when their meeting is corrected, moved, postponed or cancelled; run by ``jobs``.

As ``advisory.dispatch`` does: a batch is one transaction, in which the letters are queued and a cursor moves. A crash
repeats nothing and skips nobody, and two workers take turns; the key of each letter says the same once more.
"""

from datetime import timedelta
from functools import cache

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accreditation import emails
from accreditation.models import ChangeTold, Decision, Registration
from accreditation.states import Status
from advisory import email_texts
from advisory import emails as announcements
from advisory.models import Edition
from advisory.renditions import notices
from advisory.renditions.telling import Telling
from advisory.words import EditionKind
from office import outbox

BATCH = 500
FRESH = timedelta(days=7)  # what is older when the worker first sees it is no news any more
LETTER = {EditionKind.POSTPONED: "meeting_postponed", EditionKind.CANCELLED: "meeting_cancelled"}
TOLD = [*LETTER, EditionKind.CORRECTION, EditionKind.UPDATE]


def tell_of_changes(*, at=None):
    """Queue what each visible edition not yet told is owed; return how many letters. Embargoed ones are not visible."""
    at = at or timezone.now()
    due = Edition.objects.visible().filter(kind__in=TOLD, visible_from__gt=at - FRESH)
    due = due.filter(Q(change_told=None) | Q(change_told__finished_at=None)).select_related("meeting")
    return sum(_tell_of(edition) for edition in due.order_by("visible_from", "pk") if concerns_its_people(edition))


def concerns_its_people(edition):
    """An update only where it moves the meeting; nothing once the meeting was over."""
    if edition.last_day and edition.last_day < timezone.localdate(edition.visible_from):
        return False
    return edition.kind != EditionKind.UPDATE or _moves(edition)


def _moves(edition):
    """Whether its own notice says that a day, an hour or a place was another one."""
    with translation.override(settings.LANGUAGE_CODE):
        when_and_where = {_("When"), _("Where")}
    own = [notice for notice in edition.facts.get("notices", []) if notice["number"] == edition.number]
    lines = own[0]["lines"].get(settings.LANGUAGE_CODE, []) if own else []
    return any(label in when_and_where for label, _was, _is in lines)


def accredited_before(edition):
    """Whoever was approved before it was public, for good: all others have read what it says."""
    approved = Decision.objects.filter(registration=OuterRef("pk"), after=Status.APPROVED).order_by("-sequence")
    people = Registration.objects.filter(meeting=edition.meeting_id, status=Status.APPROVED).exclude(email="")
    people = people.alias(approved_at=Coalesce(Subquery(approved.values("at")[:1]), "created_at"))
    is_known = Q(held_until=None) | Q(held_until__lte=edition.visible_from)
    return people.filter(is_known, approved_at__lte=edition.visible_from)


def _tell_of(edition):
    told, _new = ChangeTold.objects.get_or_create(edition=edition)
    kind = LETTER.get(edition.kind, "meeting_changed")
    own = cache(lambda language: email_texts.own_texts(f"registration_{kind}", language))
    words = cache(lambda language: values(edition, language))
    queued = 0
    while True:
        number, is_last = _tell_batch(told.pk, edition, kind, own, words)
        queued += number
        if is_last:
            return queued


@transaction.atomic
def _tell_batch(pk, edition, kind, own, words):
    """Pass the next 500 people; (letters queued, whether nobody is left)."""
    told = ChangeTold.objects.select_for_update().get(pk=pk)
    if told.finished_at:
        return 0, True
    people = accredited_before(edition)
    people = people.filter(pk__gt=told.cursor) if told.cursor else people
    rows = list(people.select_related("category", "organization").order_by("pk")[:BATCH])
    queued = outbox.queue_many(
        _letter(edition, kind, row, own(row.language), words(announcements.known(row.language))) for row in rows
    )
    told.cursor = rows[-1].pk if rows else told.cursor
    told.finished_at = timezone.now() if len(rows) < BATCH else None
    told.save(update_fields=["cursor", "finished_at"])
    return queued, told.finished_at is not None


def _letter(edition, kind, registration, own, words):
    registration.meeting = edition.meeting  # at hand: no row is asked for its own
    letter = emails.letter_to(registration, kind, own=own, more=words)
    return letter | {"key": f"change:{edition.pk}:{registration.pk}"}


def values(edition, language):
    """What the letter says of the change, in one language; it names nobody."""
    with translation.override(language):
        telling = Telling.of(edition, {}, language, at=edition.published_at)
        newest = notices.latest(telling)
        return {
            "meeting": announcements.title_of(edition, language),
            "change": str(EditionKind(edition.kind).label),
            "words": announcements.words_of(edition, language),
            "changes": "\n".join(notices.was_and_is(newest)) if newest else "",
        }
