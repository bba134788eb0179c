"""What a focal point or editor does for those whom an organization sends: invite, replace, withdraw, remind, order,
endorse. Each act is one transaction in which the delegation's row is locked first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation import announced, clock, delegation_letters, emails, erasing, identifying, intake, places, workflow
from accreditation.models import Delegation, Registration
from accreditation.states import LIVE, Actor, Part, Status
from office.models.message import Message

COMING = [*sorted(LIVE), Status.DRAFT]
IN_THE_ORDER = ("delegation_position", "created_at", "pk")


@dataclass(frozen=True)
class Invitee:
    """``line`` is the one of a pasted list, 0 where there is none. ``is_namesake`` says that somebody else of the
    delegation has the same name."""

    given_names: str
    family_name: str
    email: str
    part: str = Part.REPRESENTATIVE
    line: int = 0
    is_namesake: bool = False

    @property
    def key(self):
        return identifying.key_of_names(self.given_names, self.family_name)

    def __str__(self):
        return f"{self.given_names} {self.family_name}".strip()


class Refused(Exception):
    """Nothing changed. ``sentences`` are for whoever tried."""

    def __init__(self, sentences: Iterable[str]):
        self.sentences = list(sentences)
        super().__init__(" ".join(self.sentences))


class Namesake(Refused):
    """Somebody of the delegation has the name, and another address: one person entered twice, or two people."""


@transaction.atomic
def open(category, organization, lead_name, lead_email, language):  # noqa: A001 the trade's word
    """The organization's delegation, led by this person, who gets its link. Another lead ends the links of the one
    before. Raises Refused before the meeting is announced."""
    if sentence := no_opening(category):
        raise Refused([sentence])
    lead = {"lead_name": lead_name, "lead_email": identifying.tidy(lead_email), "language": language}
    Delegation.objects.bulk_create(
        [Delegation(category=category, organization=organization, **lead)], ignore_conflicts=True
    )
    delegation = _lock(Delegation.objects.get(category=category, organization=organization))
    if delegation.lead_email != lead["lead_email"]:
        delegation.link_version += 1
    for name, value in lead.items():
        setattr(delegation, name, value)
    delegation.save()
    delegation_letters.send_link(delegation)
    return delegation


def no_opening(category):
    """Why the category takes no delegation yet, or ""."""
    if announced.edition_of(category.meeting) is not None:
        return ""
    return _("The meeting is not announced yet. Publish its advisory first.")


def people(delegation, *, at=None):
    """Those who are being sent or were: all but drafts whose time is over, in the organization's own order."""
    oldest = (at or timezone.now()) - timedelta(days=delegation.category.draft_days)
    rows = Registration.objects.filter(delegation=delegation).exclude(status=Status.DRAFT, saved_at__lte=oldest)
    return rows.order_by(*IN_THE_ORDER)


def applied_alone(delegation):
    """Those who applied by themselves and name the organization, where it is asked whether it sends them. Protected
    people are not among them."""
    if not delegation.category.needs_endorsement:
        return Registration.objects.none()
    rows = Registration.objects.filter(category=delegation.category_id, organization=delegation.organization_id)
    return rows.nameable().filter(delegation=None).exclude(status=Status.DRAFT)


@transaction.atomic
def invite(delegation, invitees, *, language, at=None):
    """A draft and a letter with its link for each; the registrations. Raises Refused, having invited nobody."""
    at, delegation = at or timezone.now(), _lock(delegation)
    _refuse_unless_open(delegation, at)
    invitees = list(invitees)
    _refuse_known(delegation, invitees, at)
    _refuse_over_cap(delegation, invitees, at)
    after = people(delegation).aggregate(last=Max("delegation_position"))["last"] or 0
    return [
        _enter(delegation, invitee, language=language, at=at, delegation_position=after + number)
        for number, invitee in enumerate(invitees, start=1)
    ]


@transaction.atomic
def replace(registration, invitee, *, language, at=None):
    """Withdraw one and invite another in the same transaction; the seat and the place stay the organization's.

    Return the new registration. Raises Refused, having changed nothing.
    """
    at, delegation = at or timezone.now(), _lock(registration.delegation)
    registration = _member(delegation, registration.pk)
    if sentence := no_replacing(delegation.category, at):
        raise Refused([sentence])
    if registration.status == Status.DRAFT and registration.replaces_id is None:
        _refuse_unless_open(delegation, at)
    _refuse_inactive(delegation)
    _refuse_known(delegation, [invitee], at, but=registration.pk)
    seat, place, before = registration.holds_seat, registration.holds_place, registration.replaces
    position, replaces = registration.delegation_position, _end(registration, at=at) or before
    entered = _enter(
        delegation, invitee, language=language, at=at, delegation_position=position, replaces=replaces,
        part=registration.part,
    )  # fmt: skip
    if seat or place:
        try:
            places.hand_on(entered, seat=seat, place=place)
        except places.Full as full:  # an officer has lowered the number below what is taken
            raise Refused([str(full)]) from full
        entered.save(update_fields=["holds_seat", "holds_place"])
    return entered


@transaction.atomic
def withdraw(registration, *, at=None):
    """The organization no longer sends this person; a seat that was offered goes on to the next who waits. Raises
    Refused."""
    at, delegation = at or timezone.now(), _lock(registration.delegation)
    registration = _member(delegation, registration.pk)
    was_offered = workflow.shown_status(registration, at) == Status.OFFERED
    _end(registration, at=at)
    if was_offered:
        workflow.offer_next(delegation.category, at=at, most=1)


def remind(delegation, registrations=None, *, at=None):
    """Write again to those who have not sent their application, once a day each; return how many were written to."""
    at = at or timezone.now()
    rows = people(delegation, at=at).filter(status=Status.DRAFT)
    if registrations is not None:
        rows = rows.filter(pk__in=[row.pk for row in registrations])
    rows = list(rows.select_related("category__meeting", "meeting", "organization"))
    written = written_today(rows, at=at)
    due = [row for row in rows if row.pk not in written]
    for row in due:
        emails.queue("invited", row, key=_key(row, at))
    return len(due)


def written_today(registrations, *, at=None):
    """Primary keys of those who had an invitation or a reminder today. One statement."""
    keys = {_key(row, at or timezone.now()): row.pk for row in registrations}
    return {keys[key] for key in Message.objects.filter(key__in=list(keys)).values_list("key", flat=True)}


@transaction.atomic
def move(registration, *, up):
    """Change places with the neighbour above, or below, among those who still come."""
    delegation = _lock(registration.delegation)
    coming = people(delegation).filter(status__in=COMING)
    before = dict(coming.values_list("pk", "delegation_position"))
    order = list(before)
    here = order.index(registration.pk) if registration.pk in before else -1
    there = here - 1 if up else here + 1
    if here < 0 or not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for position, pk in enumerate(order, start=1):
        if before[pk] != position:
            Registration.objects.filter(pk=pk).update(delegation_position=position)


def answer(delegation, registration, *, sends):
    """Endorse somebody who applied alone, or say that the organization does not send them. Raises
    workflow.TransitionRefused: another focal point may have answered first."""
    if not applied_alone(delegation).filter(pk=registration.pk).exists():
        raise Refused([_("This person’s application names another organization.")])
    if sends:
        return workflow.apply(registration, "endorse", actor=Actor.FOCAL_POINT)
    return workflow.apply(registration, "object", actor=Actor.FOCAL_POINT, ground="not_sent")


def no_replacing(category, at=None):
    """Why nobody may be replaced any more, or "". Without a moment of its own it ends as applications close."""
    until = category.replace_until or category.closes_at
    if until is None or (at or timezone.now()) < until:
        return ""
    return _(
        "Persons could be replaced until %(moment)s. The accreditation desk can tell you what is still possible."
    ) % {"moment": clock.deadline(category.meeting, until)}


def _lock(delegation):
    rows = Delegation.objects.select_related("category__meeting", "organization")
    return rows.select_for_update(of=("self",)).get(pk=delegation.pk)


def _member(delegation, pk):
    registration = workflow.lock(pk)
    if registration.delegation_id != delegation.pk:
        raise Refused([_("This person is not in your delegation.")])
    registration.delegation = delegation
    return registration


def _enter(delegation, invitee, *, language, at, part="", **fields):
    registration = intake.new_draft(
        delegation.category, email=identifying.tidy(invitee.email), language=language, at=at, delegation=delegation,
        organization=delegation.organization, organization_name=delegation.organization.name,
        given_names=invitee.given_names, family_name=invitee.family_name, name_key=invitee.key,
        part=part or invitee.part, **fields,
    )  # fmt: skip
    emails.queue("invited", registration, key=_key(registration, at))
    return registration


def _end(registration, *, at):
    """Withdraw who has sent an application, and return the row; delete what was never sent, and return None."""
    if registration.status != Status.DRAFT:
        try:
            return workflow.apply(registration, "withdraw", actor=Actor.FOCAL_POINT, at=at)
        except workflow.TransitionRefused as refused:
            raise Refused([str(refused)]) from refused
    places.settle(registration, to=Status.WITHDRAWN)
    erasing.discard(registration)
    delegation_letters.tell_uninvited(registration)
    return None


def _key(registration, at):
    return f"invited:{registration.pk}:{timezone.localdate(at)}"


def _refuse_inactive(delegation):
    if not delegation.organization.is_active:
        raise Refused([_("Your organization may not send people at present. Ask the accreditation desk why.")])


def _refuse_unless_open(delegation, at):
    _refuse_inactive(delegation)
    closes = delegation.category.closes_at
    if closes and closes <= at:
        moment = clock.deadline(delegation.category.meeting, closes)
        raise Refused([_("Applications closed on %(moment)s.") % {"moment": moment}])


def _refuse_known(delegation, invitees, at, *, but=None):
    """One person is in a delegation once, told by name and address; those who have left it may come again.

    The name alone makes whoever invites think twice, since two people may share it.
    """
    rows = people(delegation, at=at).filter(status__in=COMING).exclude(pk=but)
    known = set(rows.values_list("name_key", "email_key"))
    names = {name for name, _address in known}
    alike = [invitee for invitee in invitees if invitee.key in names]
    same = [row for row in alike if (row.key, identifying.email_key(delegation.meeting.pk, row.email)) in known]
    if same:
        raise Refused(_on_line(row, _("%(name)s is in your delegation already.") % {"name": row}) for row in same)
    if doubtful := [row for row in alike if not row.is_namesake]:
        raise Namesake(_on_line(row, _doubt(row) % {"name": row}) for row in doubtful)


def _doubt(invitee):
    if invitee.line:
        return _("%(name)s is in your delegation already. Another person of that name is invited alone, not by a list.")
    return _("%(name)s is in your delegation already. If this is another person of that name, say so below.")


def _on_line(invitee, sentence):
    if not invitee.line:
        return sentence
    return _("Line %(number)s: %(sentence)s") % {"number": invitee.line, "sentence": sentence}


def _refuse_over_cap(delegation, invitees, at):
    """Invitations count as places: nobody should answer nine pages to read that there is none."""
    category = delegation.category
    left = places_left(delegation, at)
    asked = sum(invitee.part not in category.outside_cap for invitee in invitees)
    if left is None or asked <= left:
        return
    if left == 0:
        raise Refused([_("All places of your organization are used or promised. Withdraw or replace somebody first.")])
    raise Refused([
        ngettext(
            "Your organization has %(left)s place left. Invite one person, or withdraw somebody first.",
            "Your organization has %(left)s places left. Invite no more than that, or withdraw somebody first.",
            left,
        ) % {"left": left}
    ])  # fmt: skip


def places_left(delegation, at=None):
    """Places neither used nor promised by an invitation; None means no limit. Two statements."""
    left = places.left(delegation.category, delegation.organization)
    return None if left is None else max(left - invited(delegation, at).count(), 0)


def invited(delegation, at=None):
    """Drafts that will want a place and hold none yet."""
    drafts = people(delegation, at=at).filter(status=Status.DRAFT, holds_place=False)
    return drafts.exclude(part__in=delegation.category.outside_cap)
