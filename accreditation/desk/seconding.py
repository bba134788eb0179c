"""That a proposal waits, told to those who may decide on it: how many, in which meeting, and nobody's name.

The worker asks each minute, not who proposes: two hundred proposals at once are one letter to each colleague.
"""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation import emails, writing
from accreditation.desk import exports, second
from office import outbox, permissions
from office.models import Message, Proposal
from office.models.proposal import Outcome

RIGHT = "accreditation.second_decision"
ONCE_IN = timedelta(hours=1)
YOUNG = timedelta(days=1)  # what is older stands in the letter of each morning
LETTER = writing.Letter(
    gettext_lazy("A second officer is asked: %(meeting)s"),
    (gettext_lazy("A colleague proposed something in “%(meeting)s” that two officers decide, and you may be the other. "
                  "The link opens what waits."),),
    foot=gettext_lazy("You get this because you may approve what colleagues propose."),
    lists=True,
)  # fmt: skip


def tell(*, at=None):
    """Queue a letter to each officer for each meeting with something new for them, at most one an hour; return how
    many."""
    at = at or timezone.now()
    young = Proposal.objects.filter(
        action__in=[second.ACTION, exports.ACTION], outcome=Outcome.OPEN, made_at__gt=at - YOUNG
    )
    if not young.exists():
        return 0
    officers = permissions.holders(RIGHT).exclude(email="").order_by("pk")
    return outbox.queue_many([letter for officer in officers for letter in _letters(officer, at)], bulk=False)


def _letters(officer, at):
    by_meeting = {}
    for proposal in waiting_for(officer):
        by_meeting.setdefault(proposal.meeting_id, []).append(proposal)
    for meeting_id, rows in by_meeting.items():
        newest, start = max(rows, key=lambda row: (row.made_at, row.pk)), f"second:{officer.pk}:{meeting_id}:"
        key = f"{start}{newest.pk}"
        told = Message.objects.filter(key__startswith=start)
        if newest.made_at <= at - YOUNG or told.filter(key=key).exists() or _in_the_last_hour(told, at):
            continue
        yield letter_for(officer, newest.meeting, len(rows), key=key)


def _in_the_last_hour(told, at):
    return told.filter(queued_at__gt=at - ONCE_IN).exists()


def waiting_for(officer):
    """[Proposal] on which the officer may decide: about applications, and lists that are to go out."""
    return [row.proposal for row in second.for_second(officer)] + [row.proposal for row in exports.for_second(officer)]


def letter_for(officer, meeting, number, *, key):
    """The arguments of ``outbox.queue``."""
    with translation.override(officer.language):
        title = emails.title_of(meeting, officer.language)
        letter = writing.written(
            LETTER, kind="second_asked", to=officer.email, language=officer.language, rows=[row(number)], key=key,
            values={"meeting": title}, meeting=meeting,
        )  # fmt: skip
    return letter | {"kind": "second_asked"}


def row(number):
    """(words, address) of the list of what waits, in the active language."""
    return f"{_('Second officer')}: {number}", f"{settings.SITE_URL}{reverse('desk:proposals')}"
