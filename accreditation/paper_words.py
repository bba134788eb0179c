"""What each paper is for, what a good one holds and who reads it, as told on the page where it is given."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation import personal
from accreditation.states import EvidenceKind
from office.privacy import Rule
from office.uploads import MEGABYTE


@dataclass(frozen=True)
class About:
    """``good`` is a list of lines; ``rule`` says why we ask and who reads it."""

    lead: str
    good: tuple = ()
    rule: Rule = personal.LETTERS


ABOUT = {
    EvidenceKind.LETTER_OF_ASSIGNMENT: About(
        gettext_lazy("A letter of your media organization that says it sends you to this meeting."),
        (
            gettext_lazy("On letterhead, dated and signed by an editor"),
            gettext_lazy("Your full name, as in your passport, and your role"),
            gettext_lazy("The meeting and its dates"),
            gettext_lazy("The editor’s name and telephone number"),
        ),
    ),
    EvidenceKind.PRESS_CARD: About(
        gettext_lazy("A press card that is valid on the days of the meeting."),
        (gettext_lazy("Both sides, if the back says until when it is valid"),),
    ),
    EvidenceKind.WORK_SAMPLE: About(
        gettext_lazy("Recent work of your own: files, or links to where it can be seen."),
        (
            gettext_lazy("Your name stands on it, or say in a note why it does not"),
            gettext_lazy("Not older than six months"),
        ),
    ),
    EvidenceKind.COMMISSION: About(
        gettext_lazy("A letter of the broadcaster or distributor that has agreed to show the work."),
        (gettext_lazy("On letterhead, dated and signed"), gettext_lazy("The title of the work, and your name")),
    ),
    EvidenceKind.MISSION_LETTER: About(
        gettext_lazy("A letter of the permanent mission that names those who travel with the delegation."),
        (gettext_lazy("Each person’s name, function and media organization"),),
    ),
    EvidenceKind.SERVICE_LETTER: About(
        gettext_lazy("A letter of the broadcaster for which the crew works."),
        (gettext_lazy("The company that provides the service, and which service"), gettext_lazy("Your name and task")),
    ),
    EvidenceKind.DESIGNATION_LETTER: About(
        gettext_lazy("A letter of your organization that names you as its representative at this meeting."),
        (
            gettext_lazy("On letterhead, dated and signed by somebody who may speak for the organization"),
            gettext_lazy("Your full name, as in your passport, and your function"),
        ),
    ),
    EvidenceKind.PORTRAIT: About(
        gettext_lazy("A photo of your face, printed on your badge."),
        (
            gettext_lazy("You alone, looking at the camera, against a plain background"),
            gettext_lazy("Head coverings worn for religious or medical reasons are fine: your face must be seen"),
        ),
        personal.BADGE_PORTRAIT,
    ),
    EvidenceKind.IDENTITY_DOCUMENT: About(
        gettext_lazy("The page of your passport or identity card with your photo."),
        (gettext_lazy("All four corners and every line can be read"),),
        personal.IDENTITY,
    ),
    EvidenceKind.CHAPERONE_AGREEMENT: About(
        gettext_lazy("The agreement signed by your parent or guardian and by the adult who comes with you."),
    ),
    EvidenceKind.OTHER: About(gettext_lazy("A paper that the accreditation desk asks for.")),
}


def size(count):
    """412 kB, 2.1 MB of a number of bytes; rounded up."""
    if count < MEGABYTE:
        return _("%(size)s kB") % {"size": number_format(-(-count // 1000))}
    tenths = -(-count * 10 // MEGABYTE)
    return _("%(size)s MB") % {"size": number_format(tenths / 10, 1 if tenths % 10 else 0)}


TYPES = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}
