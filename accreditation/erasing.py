"""An application without its person: answers, papers and the words of reasons go, what was decided and when stays.

The row remains as an empty shell, so that badges and counts keep what they refer to; its links open nothing, and the
meeting's chain says "redacted" where a reason stood.
"""

from django.db import transaction

from accreditation import evidence, pick_up, places, workflow
from accreditation.desk import pools, speaking
from accreditation.models import (
    Badge,
    BadgeEntry,
    DecisionReason,
    FindingText,
    MailedCode,
    Note,
    ProposedDecision,
    Score,
)
from accreditation.states import ENDED, Attending, Clearance, Part, Status
from office import outbox
from office.encryption import unreadable
from office.models.message import Message, MessageState

EMPTY = {
    "given_names": "", "family_name": "", "badge_name": "", "name_key": "", "email": "", "email_key": "", "phone": "",
    "organization": None, "organization_name": "", "delegation": None, "comes_with": None, "medium": "", "standing": "",
    "part": Part.REPRESENTATIVE, "attending": Attending.IN_PERSON, "answers": {}, "identity": {}, "identity_key": "",
    "access_needs": {}, "speaking": {}, "person": {}, "asks_protection": False, "is_protected": False,
    "clearance": Clearance.NOT_ASKED, "clearance_until": None, "info_items": [], "done": [], "remembers": False,
    "hints": [], "claimed_by": None, "claimed_until": None,
}  # fmt: skip


class StillLive(Exception):
    """It has not come to an end: withdraw it first."""


@transaction.atomic
def erase(registration, *, keeps_mail=False):
    """Empty an ended application for good and return it. Raises StillLive, also while its end can be undone.

    ``keeps_mail`` lets the letter go out that tells of the end.
    """
    registration = workflow.lock(registration.pk)
    if workflow.shown_status(registration) not in ENDED:
        raise StillLive
    places.settle(registration, to=Status(registration.status))
    evidence.forget(registration)
    if not keeps_mail:
        forget_mail(registration)
    DecisionReason.objects.filter(decision__registration=registration).delete()
    pools.leave(registration)
    speaking.leave(registration)
    pick_up.leave(registration)
    Badge.objects.filter(registration=registration).update(collected_by="")
    BadgeEntry.objects.filter(badge__registration=registration).update(note="")
    for of_person in [MailedCode, FindingText, Note, ProposedDecision, Score]:
        of_person.objects.filter(registration=registration).delete()
    registration.protected_readers.clear()
    registration.companions.update(comes_with=None)
    for name, value in EMPTY.items():
        setattr(registration, name, value)
    registration.link_version += 1
    registration.save()
    return registration


@transaction.atomic
def discard(registration):
    """A draft goes whole: nothing was decided on it. False when it was sent meanwhile."""
    registration = workflow.lock(registration.pk)
    if registration.status != Status.DRAFT or registration.decisions.exists():
        return False
    evidence.forget(registration)
    forget_mail(registration)
    registration.delete()
    return True


def forget_mail(registration):
    """Mails about this application that wait are not sent, and those that were sent forget address and words."""
    person = unreadable.otherwise(dict, lambda: registration.person)
    mine = Message.objects.filter(
        to__in={registration.email, person.get("email", "")} - {""},
        meeting=registration.meeting_id,
        kind__startswith="registration_",
    )
    mine.filter(state__in=[MessageState.HELD, MessageState.QUEUED]).delete()
    outbox.forget(mine)
