"""Conflicts of interest: an officer who knows a person, or their organization, says so and decides nothing on them.

``workflow`` refuses what such an officer decides or approves. Nobody ends their own: a supervisor does.
"""

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.models import Conflict
from office import permissions

RIGHT = "accreditation.overrule_registration"


class ConflictRefused(Exception):
    """Nothing was changed; the message says why."""


def declare(officer, *, by, registration=None, organization=None, at=None):
    """Of one of the two; declared again it stays the one that is there. Return the Conflict."""
    about = {"registration": registration, "organization": organization}
    try:
        with transaction.atomic():
            return Conflict.objects.create(officer=officer, declared_by=by, at=at or timezone.now(), **about)
    except IntegrityError:
        there = Conflict.objects.in_force().filter(officer=officer, **about).first()
        if there is None:
            raise
        return there


def end(conflict, *, by, at=None):
    """By a supervisor other than the officer; the row stays. Raises ConflictRefused."""
    if by.pk == conflict.officer_id:
        raise ConflictRefused(_("Whoever has a conflict of interest does not end it: a supervisor does."))
    if not may_end(conflict, by):
        raise ConflictRefused(_("Only a supervisor ends it; of an organization, a supervisor of all meetings."))
    ended = Conflict.objects.in_force().filter(pk=conflict.pk).update(ended_by=by, ended_at=at or timezone.now())
    if not ended:
        raise ConflictRefused(_("It was ended already."))


def may_end(conflict, officer):
    """An organization's people come to many meetings: who oversees one of them does not free an officer for all."""
    if conflict.registration_id:
        overrules = permissions.may_overrule(officer, conflict.registration.meeting)
    else:
        overrules = permissions.meetings_with(officer, RIGHT) is None
    return overrules and conflict.officer_id != officer.pk


def seen_by(officer):
    """In force: one's own, and those of the meetings that one oversees. The latest first."""
    overseen = permissions.meetings_with(officer, RIGHT)
    rows = Conflict.objects.in_force().select_related("officer", "declared_by", "registration__meeting", "organization")
    if overseen is not None:
        rows = rows.filter(Q(officer=officer) | Q(registration__meeting__in=overseen))
    return rows.order_by("-at", "-pk")


def own(registration, officer):
    """What the officer declared about this application or its organization, or None. One statement."""
    return Conflict.objects.about(registration).filter(officer=officer).select_related("organization").first()


def among(registrations, officer):
    """Those of a list on whom the officer may not decide, as ``Conflict.objects.about`` asks of one. One statement."""
    rows = Conflict.objects.in_force().filter(officer=officer)
    people, houses, addresses = set(), set(), set()
    told = ["registration", "organization", "registration__email_key", "registration__delegation"]
    for person, house, address, delegation in rows.values_list(*told):
        people.add(person)
        houses.add(house)
        addresses.add("" if delegation else address)
    return [
        row for row in registrations
        if row.pk in people or row.organization_id in houses - {None} or row.own_key in addresses - {"", None}
    ]  # fmt: skip
