"""Which words follow which event, in the applicant's language, handed to ``office.outbox``.

A mail names the meeting, the reference and a link, never a name, a paper or an answer: mailboxes are read by others.
"""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy, pgettext_lazy

from accreditation import announced, clock
from accreditation.states import Attending, Status
from accreditation.writing import STATUS, Letter, written
from advisory import email_texts
from advisory import emails as announcements
from office import links, outbox
from office.models.message import Message, MessageState

RESUME, DELEGATION = "resume", "delegation"

SEE = gettext_lazy("See your application")
LETTERS = {
    "prove": Letter(
        gettext_lazy("Continue your application %(reference)s: %(meeting)s"),
        (
            gettext_lazy("Somebody, we hope you, began an application to attend “%(meeting)s” with this address."),
            gettext_lazy("Open the link to continue. It proves that the address is yours, and brings you back to what "
                         "you have written, on any device, until %(draft_until)s."),
            gettext_lazy("If it was not you, do nothing: the application is never sent."),
        ),
        gettext_lazy("Continue"),
        RESUME,
    ),
    "known": Letter(
        gettext_lazy("Your application %(reference)s: %(meeting)s"),
        (
            gettext_lazy("Somebody, we hope you, began an application to attend “%(meeting)s” with this address. There "
                         "is one already: %(reference)s."),
            gettext_lazy("Open the link to see how it stands, to change it or to withdraw it."),
        ),
        SEE,
    ),
    "received": Letter(
        gettext_lazy("We have your application %(reference)s: %(meeting)s"),
        (
            gettext_lazy("Your application to attend “%(meeting)s” has arrived. Its reference is %(reference)s."),
            gettext_lazy("The accreditation desk acts next. You usually hear within %(days)s working days."),
        ),
        SEE,
    ),
    "received_to_endorse": Letter(
        gettext_lazy("We have your application %(reference)s: %(meeting)s"),
        (
            gettext_lazy("Your application to attend “%(meeting)s” has arrived. Its reference is %(reference)s."),
            gettext_lazy("Your organization acts next: its focal point is asked to confirm that it sends you. After "
                         "that you usually hear from the accreditation desk within %(days)s working days."),
        ),
        SEE,
    ),
    "endorsed": Letter(
        gettext_lazy("Endorsed: application %(reference)s, %(meeting)s"),
        (gettext_lazy("Your organization confirms that it sends you. The accreditation desk acts next. You usually "
                      "hear within %(days)s working days."),),
        SEE,
    ),
    "info_requested": Letter(
        gettext_lazy("Please answer: application %(reference)s, %(meeting)s"),
        (
            gettext_lazy("The accreditation desk needs something more from you before it can decide. Please answer by "
                         "%(info_until)s."),
            gettext_lazy("The link opens what is asked, and nothing else has to be filled in again."),
        ),
        pgettext_lazy("button", "Answer"),
    ),
    "replied": Letter(
        gettext_lazy("Answer received: application %(reference)s, %(meeting)s"),
        (gettext_lazy("Thank you. The accreditation desk acts next."),),
        SEE,
    ),
    "approved": Letter(
        gettext_lazy("Approved: application %(reference)s, %(meeting)s"),
        (
            gettext_lazy("Your application to attend “%(meeting)s” is approved."),
            gettext_lazy("The link tells where and when to collect your badge and what to bring."),
        ),
        SEE,
    ),
    "approved_remote": Letter(
        gettext_lazy("Approved: application %(reference)s, %(meeting)s"),
        (
            gettext_lazy("Your application to take part remotely in “%(meeting)s” is approved. You need no badge."),
            gettext_lazy("The link tells how it stands and leads to the page of the meeting."),
        ),
        SEE,
    ),
    "confirmed": Letter(
        gettext_lazy("Noted, you come: %(reference)s, %(meeting)s"),
        (gettext_lazy("Your standing accreditation lets you in. You need no other badge for this meeting."),),
        SEE,
    ),
    "waitlisted": Letter(
        gettext_lazy("Waiting list: application %(reference)s, %(meeting)s"),
        (
            gettext_lazy("All places are taken for now. Your application is on the waiting list; you need do nothing."),
            gettext_lazy("As soon as a place is free we write to you, and you have some time to accept it."),
        ),
        SEE,
    ),
    "offered": Letter(
        gettext_lazy("A place for you: application %(reference)s, %(meeting)s"),
        (
            gettext_lazy("A place at “%(meeting)s” is kept for you until %(offer_until)s."),
            gettext_lazy("Accept it with the link. After that moment it goes to the next person."),
        ),
        gettext_lazy("Accept or decline the place"),
    ),
    "declined": Letter(
        gettext_lazy("Decision on application %(reference)s: %(meeting)s"),
        (
            gettext_lazy("Your application to attend “%(meeting)s” was declined."),
            gettext_lazy("The link tells the reason, what would change it, and how to ask once for a review."),
        ),
        SEE,
    ),
    "declined_again": Letter(
        gettext_lazy("Decision on application %(reference)s: %(meeting)s"),
        (
            gettext_lazy("Another officer has looked at your application to attend “%(meeting)s” anew, and it stays "
                         "declined."),
            gettext_lazy("The link tells the reason. This decision is final."),
        ),
        SEE,
    ),
    "appealed": Letter(
        gettext_lazy("Review asked for: application %(reference)s, %(meeting)s"),
        (gettext_lazy("Another officer looks at your application anew and decides."),),
        SEE,
    ),
    "withdrawn": Letter(
        gettext_lazy("Withdrawn: application %(reference)s, %(meeting)s"),
        (gettext_lazy("The application is withdrawn, and its place is free for somebody else."),),
        SEE,
    ),
    "lapsed": Letter(
        gettext_lazy("Lapsed: application %(reference)s, %(meeting)s"),
        (gettext_lazy("The time to send, to answer or to accept has passed, and the application has come to an end."),),
        SEE,
    ),
    "revoked": Letter(
        gettext_lazy("Revoked: application %(reference)s, %(meeting)s"),
        (gettext_lazy("Your accreditation to “%(meeting)s” is revoked, and your badge opens no door. The link tells "
                      "the reason and whom to write to."),),
        SEE,
    ),
    "speaking_selected": Letter(
        gettext_lazy("You speak: %(reference)s, %(meeting)s"),
        (
            gettext_lazy("You are chosen to speak at “%(meeting)s”."),
            gettext_lazy("If you cannot, withdraw or write to the desk at once: somebody in reserve takes your turn."),
        ),
        SEE,
    ),
    "speaking_reserve": Letter(
        gettext_lazy("In reserve to speak: %(reference)s, %(meeting)s"),
        (gettext_lazy("More people asked to speak at “%(meeting)s” than there is time for. You are in reserve: if "
                      "somebody cannot speak, we write to you. Your accreditation does not change."),),
        SEE,
    ),
    "speaking_not_selected": Letter(
        gettext_lazy("Your request to speak: %(reference)s, %(meeting)s"),
        (gettext_lazy("More people asked to speak at “%(meeting)s” than there is time for, and you are not among those "
                      "chosen. Your accreditation does not change."),),
        SEE,
    ),
    "pool_in": Letter(
        gettext_lazy("You have a place: %(reference)s, %(meeting)s"),
        (
            gettext_lazy("You have a place at a moment to which only some may come: %(moment)s."),
            gettext_lazy("Be there in time: the group leaves without those who come late. If you cannot come, write to "
                         "the desk, so that somebody else can."),
        ),
        SEE,
    ),
    "pool_changed": Letter(
        gettext_lazy("Your place has changed: %(reference)s, %(meeting)s"),
        (gettext_lazy("What you have a place at has changed. It is now: %(moment)s."),),
        SEE,
    ),
    "pool_out": Letter(
        gettext_lazy("Place given up: %(reference)s, %(meeting)s"),
        (gettext_lazy("You no longer have a place at this moment: %(moment)s. Your accreditation does not change."),),
        SEE,
    ),
    "pick_up_open": Letter(
        gettext_lazy("Choose a pick-up time: %(reference)s, %(meeting)s"),
        (
            gettext_lazy("You can choose when you collect your badge for “%(meeting)s”, so that nobody waits long."),
            gettext_lazy("The link shows the times that are left, and what to bring."),
        ),
        SEE,
    ),
    "pick_up_set": Letter(
        gettext_lazy("Your pick-up time: %(reference)s, %(meeting)s"),
        (
            gettext_lazy("You collect your badge for “%(meeting)s” at this time: %(pick_up)s."),
            gettext_lazy("If you cannot come then, choose another time with the link."),
        ),
        SEE,
    ),
    "notice": Letter(
        gettext_lazy("We need your answer: %(reference)s, %(meeting)s"),
        (
            gettext_lazy("Something is held against you that may cost your accreditation to “%(meeting)s”. Nothing is "
                         "decided yet, and your badge stays valid until it is."),
            gettext_lazy("The link tells what it is. Please answer there by %(notice_until)s; the answer is read "
                         "before anything is decided."),
        ),
        pgettext_lazy("button", "Answer"),
    ),
    "notice_ended": Letter(
        gettext_lazy("Badge still valid: %(reference)s, %(meeting)s"),
        (gettext_lazy("Nothing is held against you any more. Your accreditation to “%(meeting)s” stays as it was."),),
        SEE,
    ),
    "draft_reminder": Letter(
        gettext_lazy("Not sent yet: application %(reference)s, %(meeting)s"),
        (gettext_lazy("You began an application to attend “%(meeting)s” and have not sent it. What you wrote is kept "
                      "until %(draft_until)s; after that it is deleted."),),
        gettext_lazy("Continue"),
        RESUME,
    ),
    "answered": Letter(  # to who asked for protection: it says nothing of it
        gettext_lazy("News: application %(reference)s, %(meeting)s"),
        (
            gettext_lazy("You asked us something with your application to attend “%(meeting)s”, and we have answered."),
            gettext_lazy("The link opens your application, where the answer stands."),
        ),
        SEE,
    ),
    "message": Letter(
        gettext_lazy("A message about %(reference)s: %(meeting)s"),
        (
            gettext_lazy("The accreditation desk has written to you about your application to attend “%(meeting)s”."),
            gettext_lazy("The link opens your application, where you can read the message and answer it."),
        ),
        gettext_lazy("Read the message"),
    ),
    "invited": Letter(
        gettext_lazy("Complete your application %(reference)s: %(meeting)s"),
        (
            gettext_lazy("%(organization)s sends you to “%(meeting)s” and asks you to complete your application."),
            gettext_lazy("What you write about yourself is read by the accreditation desk. Your organization sees only "
                         "how far it has come."),
        ),
        gettext_lazy("Continue"),
        RESUME,
    ),
    "meeting_changed": Letter(
        gettext_lazy("%(change)s: %(reference)s, %(meeting)s"),
        (
            gettext_lazy("What was announced of “%(meeting)s”, to which you are accredited, has changed."),
            "%(words)s",
            "%(changes)s",
            gettext_lazy("Your accreditation %(reference)s stands as before."),
        ),
        SEE,
    ),
    "meeting_postponed": Letter(
        gettext_lazy("%(change)s: %(reference)s, %(meeting)s"),
        (
            gettext_lazy("“%(meeting)s”, to which you are accredited, is postponed. Do not rely on a time announced "
                         "earlier."),
            "%(words)s",
            "%(changes)s",
            gettext_lazy("Your accreditation %(reference)s stands as before."),
        ),
        SEE,
    ),
    "meeting_cancelled": Letter(
        gettext_lazy("%(change)s: %(reference)s, %(meeting)s"),
        (
            gettext_lazy("“%(meeting)s”, to which you are accredited, will not take place."),
            "%(words)s",
            "%(changes)s",
        ),
        SEE,
    ),
    "code": Letter(
        gettext_lazy("Your code for application %(reference)s"),
        (
            gettext_lazy("Your code is %(code)s. Type it into the page that asked for it, within ten minutes."),
            gettext_lazy("It shows the answers that are kept sealed. Give it to nobody: the desk never asks for it. If "
                         "you did not ask for a code, somebody else has your link; tell the desk."),
        ),
    ),
    "links": Letter(
        gettext_lazy("Your applications"),
        (gettext_lazy("These are the applications made with this address. Each link opens one of them."),),
        lists=True,
    ),
    "no_links": Letter(
        gettext_lazy("No application with this address"),
        (
            gettext_lazy("Somebody, we hope you, asked for the links of the applications made with this address. There "
                         "are none."),
            gettext_lazy("If you applied, it was with another address: ask again with that one. If it was not you, do "
                         "nothing."),
        ),
    ),
}  # fmt: skip


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
