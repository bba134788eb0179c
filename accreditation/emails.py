"""Which letter follows which event, in the applicant's language, handed to ``office.outbox``."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accreditation import announced, clock
from accreditation.letters import LETTERS
from accreditation.states import Attending, Status
from accreditation.writing import RESUME, STATUS, written
from advisory import email_texts
from advisory import emails as announcements
from office import links, outbox
from office.models.message import Message, MessageState


def queue(kind, registration, decision=None, *, not_before=None, key="", more=None, edition=None):
    """Queue one letter about a registration, in its language; nothing where its address has been erased.

    ``more`` adds values for the sentences. ``edition`` is the one that the public reads, where the caller has it.
    """
    if not registration.email:
        return None
    kind = variant(kind, registration)
    own = email_texts.own_texts(f"registration_{kind}", registration.language)
    letter = letter_to(registration, kind, own=own, more=more, edition=edition)
    letter |= {"not_before": not_before, "key": key or (key_of(decision) if decision else "")}
    return outbox.queue(**letter, is_first=bool(decision and not key))


def letter_to(registration, kind, *, own=None, more=None, edition=None):
    """The arguments of ``outbox.queue`` of one letter; ``own`` as ``writing.written`` takes it."""
    letter = LETTERS[kind]
    return written(
        letter, kind=kind, to=address_of(registration), language=registration.language,
        values=_values(registration, edition) | (more or {}),
        url=url(registration, letter.opens) if letter.button else "",
        meeting=registration.meeting, about=registration.pk, own=own,
    )  # fmt: skip


NOT_SHOWN = {"code": "······", "change": "…", "words": "…", "changes": "…"}


def shown(registration, kind, *, language, own):
    """A Letter to look at before any is sent: no link in it opens anything, and of somebody hidden nothing is named."""
    letter, values = LETTERS[kind], _values(registration) | NOT_SHOWN
    values |= {"organization": "…"} if registration.is_hidden else {}
    address = f"{settings.SITE_URL}/…/" if letter.button else ""
    told = written(
        letter, kind=kind, to="", language=language, values=values, url=address, meeting=registration.meeting, own=own
    )
    return email_texts.Letter(told["subject"], told["text"], told["html"])


def preview(kind, registration):
    """What ``queue`` would queue, as the arguments of the outbox, but for the link: it opens nothing to an officer."""
    kind = variant(kind, registration)
    letter = LETTERS[kind]
    shown = url(registration, letter.opens).removesuffix("/").rpartition("/")[0] + "/…"
    return written(
        letter, kind=kind, to=address_of(registration), language=registration.language, values=_values(registration),
        url=shown if letter.button else "", meeting=registration.meeting,
    )  # fmt: skip


def variant(kind, registration):
    """The letter for this applicant, where one event is told in several ways."""
    if kind == "received" and registration.status == Status.AWAITING_ENDORSEMENT:
        return "received_to_endorse"
    if kind == "approved" and registration.attending == Attending.REMOTE:
        return "approved_remote"
    return "declined_again" if kind == "declined" and registration.has_appealed else kind


def queue_links(email, language, registrations, titles):
    """Queue one letter with the link of each registration, or one that says there is none: the mailbox alone learns
    which. ``titles`` is {meeting id: title}."""
    kind = "links" if registrations else "no_links"
    rows = [
        (f"{titles[row.meeting_id]} ({row.reference})", url(row, RESUME if row.status == Status.DRAFT else STATUS))
        for row in registrations
    ]
    return send(LETTERS[kind], kind=kind, to=email, language=language, values={}, rows=rows)


def send(letter, *, kind, language, **particulars):
    """Queue one letter about no application; ``particulars`` as ``writing.written`` takes them."""
    own = email_texts.own_texts(f"registration_{kind}", language)
    return outbox.queue(**written(letter, kind=kind, language=language, own=own, **particulars))


def title_of(meeting, language, edition=None):
    """As the meeting is announced; its code where nothing of it is public: a draft's words never leave the house."""
    if edition is None or edition.meeting_id != meeting.pk:
        edition = announced.edition_of(meeting)
    return announcements.title_of(edition, language) if edition else meeting.code


def _values(registration, edition=None):
    """What the sentences name; instants on the meeting's own clock, which is named, told when the language is known."""
    meeting = registration.meeting

    def told(instant):
        return lambda: clock.deadline(meeting, instant) if instant else ""

    draft_until = registration.saved_at + timedelta(days=registration.category.draft_days)
    return {
        "meeting": lambda: title_of(registration.meeting, translation.get_language(), edition),
        "reference": registration.reference,
        "organization": str(registration.organization or registration.organization_name),
        "days": registration.category.answer_days,
        "info_until": told(registration.info_until),
        "offer_until": told(registration.offer_until),
        "draft_until": told(draft_until),
        "notice_until": told(registration.notice_until),
    }


def address_of(registration):
    """Where it is written to: of a protected person an alias, behind which ``office.delivery`` asks for the address."""
    return registration.email


def url(registration, purpose):
    token = links.token(registration.pk, purpose, registration.link_version)
    with translation.override(registration.language):
        return settings.SITE_URL + reverse(f"accreditation:{purpose}", kwargs={"token": token})


def key_of(decision):
    return f"decision:{decision.pk}"


def take_back(decision, *, by):
    """The mail of an undone decision is not sent."""
    for message in Message.objects.filter(key=key_of(decision), state__in=[MessageState.HELD, MessageState.QUEUED]):
        outbox.cancel(message, by=by)
