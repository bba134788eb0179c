"""When people come for their badges. The only place where those who come to one moment are counted.

As in ``places``, each taking is one guarded UPDATE, which the database's own constraint checks again.
"""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import workflow
from accreditation.models import Badge, PickUp, PickUpSlot
from accreditation.states import BadgeState, Status


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


def people(meeting):
    """[(PickUpSlot, [Badge that waits or is collected])] of all moments, in their order; two statements."""
    slots = list(PickUpSlot.objects.filter(meeting=meeting))
    rows = Badge.objects.filter(registration__pick_up__slot__meeting=meeting).exclude(state=BadgeState.VOID)
    rows = rows.with_person().select_related("registration__pick_up")
    found = {slot.pk: [] for slot in slots}
    for badge in sorted(rows, key=lambda badge: badge.registration.listed_as.casefold()):
        found[badge.registration.pick_up.slot_id].append(badge)
    return [(slot, found[slot.pk]) for slot in slots]
