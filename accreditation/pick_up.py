"""When people come for their badges. The only place where those who come to one moment are counted.

As in ``places``, each taking is one guarded UPDATE, which the database's own constraint checks again.
"""

from functools import cache

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import announced, clock, emails, workflow
from accreditation.models import Badge, PickUp, PickUpSlot, Registration
from accreditation.states import BadgeState, Status
from advisory import email_texts
from advisory.renditions import wording
from office import outbox
from office.models import Message

OPEN = "registration_pick_up_open"


class PickUpRefused(Exception):
    """Nothing changed. The message is a sentence for whoever chose."""


def open_to(meeting, *, at=None):
    """Moments still to come that have room, the first ones first."""
    return PickUpSlot.objects.filter(
        meeting=meeting, ends_at__gt=at or timezone.now(), taken__lt=F("capacity")
    ).order_by("starts_at", "pk")


def chosen(registration):
    """The PickUp of somebody, or None."""
    return PickUp.objects.filter(registration=registration).select_related("slot").first()


@transaction.atomic
def choose(registration, slot, *, at=None):
    """Come at that moment instead of any other. Raises PickUpRefused."""
    at = at or timezone.now()
    locked = workflow.lock(registration.pk)
    if not has_card_to_collect(locked, at):
        raise PickUpRefused(_("There is no badge to collect."))
    before = chosen(locked)
    if before is not None and before.slot_id == slot.pk:
        return before
    if not PickUpSlot.objects.filter(
        pk=slot.pk, meeting=locked.meeting_id, ends_at__gt=at, taken__lt=F("capacity")
    ).update(taken=F("taken") + 1):
        raise PickUpRefused(_("This time is full or over. Choose another one."))
    if before is not None:
        _give_back(before)
    return PickUp.objects.create(slot_id=slot.pk, registration=locked, at=at)


@transaction.atomic
def leave(registration):
    """Give the moment back to others."""
    workflow.lock(registration.pk)
    if (before := chosen(registration)) is not None:
        _give_back(before)


def has_card_to_collect(registration, at):
    """Approved for good, with a badge that waits to be handed over."""
    waits = Badge.objects.filter(registration=registration, state__in=[BadgeState.ISSUED, BadgeState.PRINTED])
    return registration.status == Status.APPROVED and not workflow.is_held(registration, at) and waits.exists()


def _give_back(before):
    if PickUp.objects.filter(pk=before.pk).delete()[0]:
        PickUpSlot.objects.filter(pk=before.slot_id, taken__gt=0).update(taken=F("taken") - 1)


@transaction.atomic
def free_ended(*, at=None):
    """Moments of those whose application has ended, once that cannot be undone; return how many."""
    ended = PickUp.objects.filter(slot__ends_at__gt=at or timezone.now()).exclude(registration__status=Status.APPROVED)
    found = list(ended.exclude(registration__held_until__gt=at or timezone.now()))
    for pick_up in found:
        _give_back(pick_up)
    return len(found)


def untold(meeting, *, at=None):
    """(who can choose and was not written to since the last moment was opened, what the keys of letters begin with).

    Nobody while nothing can be chosen. Three statements.
    """
    at = at or timezone.now()
    newest = max(open_to(meeting, at=at).values_list("pk", flat=True), default=None)
    if newest is None:
        return [], ""
    waiting = Badge.objects.filter(meeting=meeting, state__in=[BadgeState.ISSUED, BadgeState.PRINTED])
    rows = Registration.objects.filter(status=Status.APPROVED, pk__in=waiting.values("registration"), pick_up=None)
    rows = rows.exclude(held_until__gt=at).exclude(email="").select_related("category", "organization")
    start = f"pick_up:{newest}:"
    written = Message.objects.filter(meeting=meeting, kind=OPEN).values_list("key", flat=True)
    known = set(written)
    return [row for row in rows.order_by("pk") if f"{start}{row.pk}" not in known], start


def tell_open(meeting, *, at=None):
    """Write to them; return how many. Pressed twice, or by two officers, nobody gets it twice."""
    rows, start = untold(meeting, at=at)
    edition, own = announced.edition_of(meeting), cache(lambda code: email_texts.own_texts(OPEN, code))

    def letter(registration):
        registration.meeting = meeting
        told = emails.letter_to(registration, "pick_up_open", own=own(registration.language), edition=edition)
        return told | {"key": f"{start}{registration.pk}"}

    return outbox.queue_many(letter(row) for row in rows)


def tell_set(registration, slot):
    """Write to somebody when and where they come now."""
    emails.queue("pick_up_set", registration, more={"pick_up": lambda: moment_of(slot)})


def tell_changed(slot):
    """Write to everybody who comes at a moment what it now is; return how many."""
    coming = Registration.objects.filter(pick_up__slot=slot, status=Status.APPROVED)
    rows = list(coming.select_related("category", "organization", "meeting"))
    for registration in rows:
        tell_set(registration, slot)
    return len(rows)


def moment_of(slot):
    return wording.comma().join([clock.moment(slot.meeting, slot.starts_at), slot.place])


def people(meeting):
    """[(PickUpSlot, [Badge that waits or is collected])] of all moments, in their order; two statements."""
    slots = list(PickUpSlot.objects.filter(meeting=meeting))
    rows = Badge.objects.filter(registration__pick_up__slot__meeting=meeting).exclude(state=BadgeState.VOID)
    rows = rows.with_person().select_related("registration__pick_up")
    found = {slot.pk: [] for slot in slots}
    for badge in sorted(rows, key=lambda badge: badge.registration.listed_as.casefold()):
        found[badge.registration.pick_up.slot_id].append(badge)
    return [(slot, found[slot.pk]) for slot in slots]
