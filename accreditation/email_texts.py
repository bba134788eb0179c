"""The letters to applicants, and to those who speak for them, as kinds of e-mail whose words an officer may change."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from accreditation import delegation_letters, emails
from accreditation.letters import LETTERS
from accreditation.models import Registration
from accreditation.writing import LONGEST_SUBJECT, ours
from advisory.email_texts import PLACEHOLDER, Kind, Words, filled

PREFIX = "registration_"
LABELS = {
    "prove": _("Application begun: proves the address"),
    "known": _("Application begun again with a known address"),
    "received": _("Application received"),
    "received_to_endorse": _("Application received, the organization acts next"),
    "endorsed": _("Endorsed by the organization"),
    "info_requested": _("More information asked for"),
    "replied": _("Answer received"),
    "approved": _("Approved"),
    "approved_remote": _("Approved to take part remotely"),
    "confirmed": _("Comes with a standing accreditation"),
    "waitlisted": _("On the waiting list"),
    "offered": _("A place is offered"),
    "declined": _("Declined"),
    "declined_again": _("Declined after a review"),
    "appealed": _("Review asked for"),
    "withdrawn": _("Withdrawn"),
    "lapsed": _("Lapsed"),
    "revoked": _("Revoked"),
    "draft_reminder": _("Not sent yet"),
    "answered": _("A question is answered"),
    "invited": _("Invited by the organization"),
    "meeting_changed": _("To the accredited: the meeting is corrected or moved"),
    "meeting_postponed": _("To the accredited: the meeting is postponed"),
    "meeting_cancelled": _("To the accredited: the meeting is cancelled"),
    "message": _("The desk has written"),
    "notice": _("Told what may cost the badge"),
    "notice_ended": _("Nothing is held against the person any more"),
    "speaking_selected": _("Chosen to speak"),
    "speaking_reserve": _("In reserve to speak"),
    "speaking_not_selected": _("Not chosen to speak"),
    "pool_in": _("A place in a pool"),
    "pool_changed": _("A pool has changed"),
    "pool_out": _("A place in a pool is given up"),
    "pick_up_open": _("Pick-up times can be chosen"),
    "pick_up_set": _("A pick-up time is noted or has changed"),
    "code": _("Code to see sealed answers"),
    "links": _("The links of one address"),
    "no_links": _("No application with an address"),
}
TO_FOCAL_POINTS = {
    "delegation": _("To the focal point: the link to the delegation"),
    "no_delegation": _("To the focal point: no delegation with the address"),
    "endorse": _("To the focal point: asks whether the organization sends a person"),
    "uninvited": _("Invited no more by the organization"),
}
MEANINGS = {
    "meeting": _("the meeting’s announced title"),
    "reference": _("the application’s reference"),
    "organization": _("the organization that sends the person"),
    "days": _("the working days in which the desk usually answers"),
    "info_until": _("until when an answer is expected"),
    "offer_until": _("until when the place is kept"),
    "draft_until": _("until when a draft is kept"),
    "code": _("the six digits"),
    "link": _("the button with the person’s own link"),
    "links": _("a link for each application"),
    "change": _("Correction, Postponed, Cancelled …"),
    "words": _("the officer’s sentence about the change, if there is one"),
    "changes": _("what was and what is now, a line each"),
    "moment": _("the pool, its place and its hour"),
    "pick_up": _("the pick-up time and its place"),
    "notice_until": _("until when the person may answer"),
}
EVERYWHERE = {"meeting", "reference", "days", "link"}
LONGEST_REFERENCE = "MEETING1-4F7K2D"
ROOM_FOR_A_NAME = 8


def fixed_length(subject):
    """Of a subject in which the longest reference stands and little of the meeting's title."""
    names = set(PLACEHOLDER.findall(subject))
    words = {name: Words("…" * ROOM_FOR_A_NAME) for name in names} | {"reference": Words(LONGEST_REFERENCE)}
    return len(filled(subject, words))


def for_person(name, officer, reference, language, own):
    """The letter about an application that the officer reviews, or None; its links open nothing."""
    found = Registration.objects.for_desk(officer).filter(reference=reference.upper()).first()
    return emails.shown(found, name, language=language, own=own) if found else None


def for_focal_point(name, officer, reference, language, own):
    """As ``for_person``, to whoever speaks for the person's organization."""
    found = Registration.objects.for_desk(officer).filter(reference=reference.upper()).first()
    return delegation_letters.shown(found, name, language=language, own=own) if found else None


def _kind(name, letter, *, label, everywhere=EVERYWHERE, for_person=None):
    subject, text = ours(letter)
    used = set(PLACEHOLDER.findall(subject + text))
    known = used | (everywhere if "meeting" in used else set())
    if not letter.button:
        known.discard("link")
    order = [*MEANINGS, *sorted(known - MEANINGS.keys())]
    return Kind(
        label,
        {each: MEANINGS.get(each, each.replace("_", " ")) for each in order if each in known},
        tuple(each for each in ("link", "links", "code") if each in used),
        needed_in_subject=("reference",) if "{reference}" in subject else (),
        ours=partial(ours, letter),
        fixed_length=fixed_length,
        for_person=for_person,
        longest_subject=LONGEST_SUBJECT,
    )


def _to_applicants(name, letter):
    shown = partial(for_person, name) if letter.button or name == "code" else None
    return _kind(name, letter, label=LABELS.get(name, name.replace("_", " ")), for_person=shown)


def _to_focal_points(name, letter):
    shown = partial(for_focal_point, name)
    return _kind(name, letter, label=TO_FOCAL_POINTS[name], everywhere={"meeting", "link"}, for_person=shown)


KINDS = {f"{PREFIX}{name}": _to_applicants(name, letter) for name, letter in LETTERS.items()} | {
    f"{PREFIX}{name}": _to_focal_points(name, letter) for name, letter in delegation_letters.LETTERS.items()
}
