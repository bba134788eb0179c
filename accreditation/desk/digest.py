"""The queue's numbers by e-mail, each morning, to officers for whom something waits. It names meetings and views, and
nobody who applied: mailboxes are read by others."""

from datetime import time

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy, ngettext

from accreditation import emails, writing
from accreditation.desk import claims, queue, seconding
from accreditation.models import Registration
from advisory.models import Meeting
from office import outbox, permissions
from office.models import Message

FROM, UNTIL = time(7), time(10)  # at the seat; who comes to work later finds the queue itself
RIGHT = "accreditation.review_registration"
TOLD = ["new", "due", "answered", "flagged", "waitlist"]  # and, only to whom it concerns, what is theirs
MOST_MEETINGS = 20
LETTER = writing.Letter(
    gettext_lazy("The desk this morning: %(waiting)s"),
    (gettext_lazy("This is what waits at the accreditation desk. Each line opens its list."),),
    foot=gettext_lazy("You get this because you review applications. The queue’s page has a button that stops it."),
    lists=True,
)


def send(*, at=None):
    """Queue today's letters, once for each officer; return how many were new."""
    local = timezone.localtime(at)
    if not FROM <= local.time() < UNTIL:
        return 0
    keys = {f"desk-digest:{local.date()}:{officer.pk}": officer for officer in readers()}
    done = set(Message.objects.filter(key__in=keys).values_list("key", flat=True))
    meetings = list(at_work())
    letters = (letter_for(officer, meetings, key=key, at=local) for key, officer in keys.items() if key not in done)
    return outbox.queue_many(filter(None, letters))


def readers():
    """Officers who may review somewhere, have an address and did not switch it off."""
    return permissions.holders(RIGHT).filter(wants_digest=True).exclude(email="").order_by("pk")


def at_work():
    """Meetings in which an application is not decided, the latest first."""
    undecided = Registration.objects.filter(meeting=OuterRef("pk"), status__in=claims.OPEN)
    return Meeting.objects.filter(Exists(undecided)).order_by("-pk")


def letter_for(officer, meetings, *, key, at):
    """The arguments of ``outbox.queue``, or None where nothing waits."""
    scopes = permissions.meetings_with(officer, RIGHT)
    own = [meeting for meeting in meetings if scopes is None or meeting.pk in scopes][:MOST_MEETINGS]
    counted = [(meeting, queue.counts(meeting, officer, at=at)) for meeting in own]
    asked = len(seconding.waiting_for(officer))
    if not asked and not any(numbers["new"] or numbers["mine"] for _meeting, numbers in counted):
        return None
    language = officer.language
    with translation.override(language):
        waiting = sum(numbers["new"] for _meeting, numbers in counted)
        told = ngettext("%(number)s application to decide", "%(number)s applications to decide", waiting)
        rows = [row for meeting, numbers in counted for row in rows_of(meeting, numbers, language)]
        rows += [seconding.row(asked)] if asked else []
        written = writing.written(
            LETTER, kind="desk_digest", to=officer.email, language=language, rows=rows, key=key,
            values={"waiting": told % {"number": queue.up_to(waiting)}},
        )  # fmt: skip
    return written | {"kind": "desk_digest"}


def rows_of(meeting, numbers, language):
    """[(words, address)] of the views of a meeting that hold something."""
    title = emails.title_of(meeting, language)
    return [
        (f"{title}, {queue.VIEWS[slug].name}: {queue.up_to(numbers[slug])}", address(meeting, slug))
        for slug in ["mine", *TOLD]
        if numbers[slug]
    ]


def address(meeting, view):
    return f"{settings.SITE_URL}{reverse('desk:queue')}?meeting={meeting.code}&view={view}"
