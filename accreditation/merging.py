"""Two rows of the registry that are one organization become one: everything of the second moves to the first."""

from django.db import transaction
from django.utils.translation import gettext as _

from accreditation import finding
from accreditation.models import (
    Category,
    Conflict,
    Delegation,
    FocalPoint,
    Organization,
    OrganizationPlaces,
    Registration,
)
from accreditation.states import LIVE


class MergeRefused(Exception):
    """Nothing moved. The message is a sentence for the officer."""


def moved(other):
    """{what: how many} of what hangs on an organization, for the page that asks before it is done."""
    rows = {
        _("applications"): Registration, _("delegations"): Delegation, _("focal points"): FocalPoint,
        _("places"): OrganizationPlaces, _("conflicts of interest"): Conflict,
    }  # fmt: skip
    return {words: model.objects.filter(organization=other).count() for words, model in rows.items()}


@transaction.atomic
def merge(stays, goes):
    """Move registrations, delegations, focal points, places and names from ``goes`` to ``stays``; ``goes`` is deleted.

    The caps of ``stays`` count. Raises MergeRefused.
    """
    if stays.pk == goes.pk:
        raise MergeRefused(_("Choose two different organizations."))
    rows = _lock(stays, goes)
    if len(rows) < 2:
        raise MergeRefused(_("One of the two is no longer there."))
    stays, goes = rows[stays.pk], rows[goes.pk]
    _refuse_two_statuses(stays, goes)
    people = list(Registration.objects.filter(organization__in=rows, status__in=LIVE).order_by("pk"))
    _move_places(stays, goes)
    _move_delegations(stays, goes)
    _move_focal_points(stays, goes)
    Registration.objects.filter(organization=goes).update(organization=stays)
    known = Conflict.objects.in_force().filter(organization=stays).values("officer")
    Conflict.objects.filter(organization=goes).exclude(ended_at=None, officer__in=known).update(organization=stays)
    _take_names(stays, goes)
    for registration in people:  # found by the names of the one that stays
        registration.organization = stays
        finding.index(registration)
    return stays


def _lock(stays, goes):
    """{key: Organization} of those still there.

    In the order of ``delegations``, ``workflow`` and ``places``. An application that is begun, or has ended, takes a
    place when it is sent or appealed; and who inserts a row asks for its organization last, when committing.
    """
    of_both = {"organization__in": [stays.pk, goes.pk]}
    held = Category.objects.filter(organization_places__organization__in=[stays.pk, goes.pk]).values("pk")
    for rows in [
        Delegation.objects.filter(**of_both),
        Registration.objects.filter(**of_both),
        Category.objects.filter(pk__in=held),
        OrganizationPlaces.objects.filter(**of_both),
    ]:
        list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    both = Organization.objects.select_for_update().filter(pk__in=[stays.pk, goes.pk]).order_by("pk")
    return {row.pk: row for row in both}


def _refuse_two_statuses(stays, goes):
    """A consultative status decides who may come: no merge grants one silently."""
    silent = Organization.Status.NONE
    if goes.status not in (silent, stays.status):
        words = {"kept": stays.get_status_display(), "other": goes.get_status_display(), "name": goes.name}
        raise MergeRefused(
            _("“%(name)s” has the status “%(other)s”, the one that stays “%(kept)s”. Make them the same first.") % words
        )
    if stays.number and goes.number and stays.number != goes.number:
        raise MergeRefused(_("Both have a number in the registry: %(numbers)s. They are two organizations.") % {
            "numbers": f"{stays.number}, {goes.number}"})  # fmt: skip


def _move_places(stays, goes):
    """Counters are added; a cap is raised to what is taken."""
    theirs = {row.category_id: row for row in _locked(OrganizationPlaces, goes)}
    for row in _locked(OrganizationPlaces, stays):
        if other := theirs.pop(row.category_id, None):
            taken = row.taken + other.taken
            cap = None if row.cap is None else max(row.cap, taken)
            other.delete()
            OrganizationPlaces.objects.filter(pk=row.pk).update(taken=taken, cap=cap)
    OrganizationPlaces.objects.filter(pk__in=[row.pk for row in theirs.values()]).update(organization=stays)


def _move_delegations(stays, goes):
    """One delegation a category: of two, people go into the one that stays, and the links of the other end."""
    theirs = {row.category_id: row for row in _locked(Delegation, goes)}
    for row in _locked(Delegation, stays):
        if other := theirs.pop(row.category_id, None):
            _refuse_same_person(row, other)
            last = Registration.objects.filter(delegation=row).count()
            for position, registration in enumerate(_in_order(other), last):
                Registration.objects.filter(pk=registration.pk).update(delegation=row, delegation_position=position)
            other.delete()
    Delegation.objects.filter(pk__in=[row.pk for row in theirs.values()]).update(organization=stays)


def _in_order(delegation):
    return Registration.objects.filter(delegation=delegation).order_by("delegation_position", "created_at", "pk")


def _refuse_same_person(one, other):
    keys = Registration.objects.filter(status__in=LIVE).values_list("name_key", "email_key", "reference")
    known = {row[:2]: row[2] for row in keys.filter(delegation=one)}
    twice = [f"{known[row[:2]]}, {row[2]}" for row in keys.filter(delegation=other) if row[:2] in known]
    if twice:
        raise MergeRefused(_("The same person is sent by both: %(references)s. Withdraw one first.") % {
            "references": "; ".join(twice)})  # fmt: skip


def _move_focal_points(stays, goes):
    known = {email.lower() for email in stays.focal_points.values_list("email", flat=True)}
    for row in goes.focal_points.all():
        if row.email.lower() not in known:
            FocalPoint.objects.filter(pk=row.pk).update(organization=stays)


def _take_names(stays, goes):
    """Whoever types the old name still finds the organization."""
    number = stays.number or goes.number
    names = [*stays.aliases, goes.name, *goes.aliases]
    stays.aliases = [name for name in dict.fromkeys(names) if name != stays.name]
    stays.domains = list(dict.fromkeys([*stays.domains, *goes.domains]))
    stays.country, stays.website = stays.country or goes.country, stays.website or goes.website
    stays.is_active = stays.is_active or goes.is_active
    stays.accredited_to.add(*goes.accredited_to.all())
    goes.delete()
    stays.number = number
    stays.save()


def _locked(model, organization):
    return list(model.objects.select_for_update().filter(organization=organization).order_by("category_id"))
