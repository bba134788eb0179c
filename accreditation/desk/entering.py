"""The desk enters an application for somebody who stands there, calls, or is on a list that an organization sent."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation import identifying, intake, places, workflow
from accreditation.models import Note, Organization, Registration
from accreditation.states import LIVE, Actor, Part, Status

HOW = {"desk": gettext_lazy("At the desk"), "telephone": gettext_lazy("By telephone")}
PROVED = {
    "document": gettext_lazy("Showed an identity document"),
    "press_card": gettext_lazy("Showed a press card"),
    "known": gettext_lazy("Known to the desk"),
    "not_yet": gettext_lazy("Not proved yet"),
}
# The steps that the desk's form answers in full
ANSWERED = {"medium": "medium", "standing": "standing", "given_names": "name", "family_name": "name"}


@dataclass(frozen=True)
class Person:
    """``organization`` is a row of the registry, or None where there is only ``organization_name``. ``email`` may be
    empty: then nothing is ever written to this person."""

    given_names: str
    family_name: str
    email: str = ""
    phone: str = ""
    organization: Organization | None = None
    organization_name: str = ""
    medium: str = ""
    standing: str = ""
    part: str = Part.REPRESENTATIVE
    language: str = "en"

    @property
    def key(self):
        return identifying.key_of_names(self.given_names, self.family_name)

    def __str__(self):
        return f"{self.given_names} {self.family_name}".strip()


class Refused(Exception):
    """Nothing was entered. The message is a sentence for the officer."""


def namesakes(category, keys):
    """{name key: Registration} of live applications to the meeting; nobody who is hidden. One statement."""
    rows = Registration.objects.nameable().filter(meeting=category.meeting_id, name_key__in=keys, status__in=LIVE)
    return {row.name_key: row for row in rows.order_by("-created_at").defer("identity", "access_needs", "person")}


def enter(category, person, *, by, note, is_another=False, at=None):
    """A sent application, and a note that says how it came; return it. Raises Refused.

    ``is_another`` says that the officer has seen the namesake and means somebody else.
    """
    at = at or timezone.now()
    if not is_another and (namesake := namesakes(category, [person.key]).get(person.key)):
        raise Refused(already(namesake))
    try:
        with transaction.atomic():
            draft = _draft(category, person, at)
            sent = workflow.apply(draft, "submit", actor=Actor.DESK, by=by, at=at, declared_at=at)
            Note.objects.create(registration=sent, to=Note.To.DESK, by=by, at=at, words=note)
            return sent
    except workflow.NoPlace as full:
        raise Refused(_no_place(full.__cause__)) from full
    except workflow.TransitionRefused as refusal:
        raise Refused(str(refusal)) from refusal
    except IntegrityError as error:  # the address has a draft, found too late
        raise Refused(_begun()) from error


def already(namesake):
    return _("%(name)s applied to this meeting already: %(reference)s.") % {
        "name": namesake.listed_as,
        "reference": namesake.reference,
    }


def _begun():
    return _("Somebody began an application with this address and has not sent it. Leave the address empty, or wait.")


def _draft(category, person, at):
    email = identifying.tidy(person.email)
    drafts = Registration.objects.filter(category=category, status=Status.DRAFT, delegation=None)
    if email and drafts.filter(email_key=identifying.email_key(category.meeting_id, email)).exists():
        raise Refused(_begun())
    return intake.new_draft(
        category, email=email, language=person.language, at=at, given_names=person.given_names,
        family_name=person.family_name, name_key=person.key, phone=person.phone, organization=person.organization,
        organization_name=person.organization_name, medium=person.medium, standing=person.standing, part=person.part,
        done=sorted({step for name, step in ANSWERED.items() if getattr(person, name)}),
    )  # fmt: skip


def _no_place(full):
    if isinstance(full, places.OrganizationFull):
        return _(
            "The organization has used all its places for this meeting. Withdraw somebody first, or raise its cap."
        )
    return _("All seats of this category are taken, and it keeps no waiting list.")
