"""What the words of ``states`` are called on pages, in forms and in e-mails."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accreditation.states import (
    Actor,
    Allocation,
    Attending,
    BadgeAct,
    BadgeState,
    Clearance,
    Direction,
    DocumentKind,
    EvidenceKind,
    IdentityRule,
    Medium,
    Part,
    Route,
    ScanReason,
    Standing,
    Status,
    Verdict,
    WhyReplaced,
)

STATUS = {
    Status.DRAFT: _("Not sent yet"),
    Status.AWAITING_ENDORSEMENT: _("Waiting for your organization"),
    Status.SUBMITTED: _("Being reviewed"),
    Status.INFO_REQUESTED: _("More information needed"),
    Status.WAITLISTED: _("On the waiting list"),
    Status.OFFERED: _("A place is offered"),
    Status.APPROVED: _("Approved"),
    Status.DECLINED: _("Declined"),
    Status.WITHDRAWN: _("Withdrawn"),
    Status.REVOKED: _("Revoked"),
    Status.LAPSED: _("Lapsed"),
}
ACTOR = {
    Actor.APPLICANT: _("Applicant"),
    Actor.FOCAL_POINT: _("Focal point"),
    Actor.DESK: _("Accreditation desk"),
    Actor.SUPERVISOR: _("Supervisor"),
    Actor.WORKER: _("Automatically"),
}
ROUTE = {Route.PRESS: _("Press"), Route.CIVIL_SOCIETY: _("Civil society")}
MEDIUM = {
    Medium.PRINT: _("Newspaper or magazine"),
    Medium.ONLINE: _("Online media"),
    Medium.AGENCY: _("News agency"),
    Medium.RADIO: _("Radio"),
    Medium.TELEVISION: _("Television"),
    Medium.PHOTO: _("Photography"),
    Medium.FILM: _("Film or production company"),
    Medium.FREELANCE: _("Freelance"),
    Medium.TECHNICAL_CREW: _("Technical crew"),
    Medium.DELEGATION_MEDIA: _("Media travelling with a delegation"),
}
STANDING = {
    Standing.CONSULTATIVE: _("Organization in consultative status"),
    Standing.SPECIAL: _("Organization specially accredited to this meeting"),
    Standing.OTHER: _("Another organization"),
}
PART = {
    Part.REPRESENTATIVE: _("Representative"),
    Part.ASSISTANT: _("Personal assistant"),
    Part.INTERPRETER: pgettext_lazy("person", "Interpreter"),
    Part.CHAPERONE: _("Chaperone of a minor"),
}
ALLOCATION = {Allocation.BY_DECISION: _("By decision"), Allocation.FIRST_COME: _("First come, first served")}
IDENTITY_RULE = {
    IdentityRule.NOTHING: _("Nothing is asked"),
    IdentityRule.PARTICULARS: _("Kind, number, issuer and expiry"),
    IdentityRule.COPY: _("Its particulars and a copy"),
}
DOCUMENT_KIND = {
    DocumentKind.PASSPORT: _("Passport"),
    DocumentKind.NATIONAL_CARD: _("National identity card"),
    DocumentKind.RESIDENCE_PERMIT: _("Residence permit"),
    DocumentKind.REFUGEE_DOCUMENT: _("Travel document of a refugee"),
    DocumentKind.STATELESS_DOCUMENT: _("Travel document of a stateless person"),
    DocumentKind.LAISSEZ_PASSER: _("Laissez-passer of an international organization"),
    DocumentKind.OTHER: _("Other travel document"),
}
ATTENDING = {Attending.IN_PERSON: _("In person"), Attending.REMOTE: _("Remotely")}
EVIDENCE_KIND = {
    EvidenceKind.LETTER_OF_ASSIGNMENT: _("Letter of assignment"),
    EvidenceKind.PRESS_CARD: _("Press card"),
    EvidenceKind.WORK_SAMPLE: _("Sample of your work"),
    EvidenceKind.COMMISSION: _("Commission by a broadcaster or distributor"),
    EvidenceKind.MISSION_LETTER: _("Letter of the permanent mission"),
    EvidenceKind.SERVICE_LETTER: _("Broadcaster's letter naming the service"),
    EvidenceKind.DESIGNATION_LETTER: _("Letter of designation"),
    EvidenceKind.PORTRAIT: _("Portrait for the badge"),
    EvidenceKind.IDENTITY_DOCUMENT: _("Copy of the identity document"),
    EvidenceKind.CHAPERONE_AGREEMENT: _("Signed chaperone agreement"),
    EvidenceKind.OTHER: _("Other paper"),
}
CLEARANCE = {
    Clearance.NOT_ASKED: _("Not asked"),
    Clearance.PENDING: _("Pending"),
    Clearance.CLEAR: _("Clear"),
    Clearance.NOT_CLEAR: _("Not clear"),
}
BADGE_STATE = {
    BadgeState.ISSUED: pgettext_lazy("badge", "Issued"),
    BadgeState.PRINTED: _("Printed"),
    BadgeState.COLLECTED: _("Collected"),
    BadgeState.VOID: _("Void"),
}
BADGE_ACT = {
    BadgeAct.PRINT: _("Printed"),
    BadgeAct.HAND_OVER: pgettext_lazy("badge", "Handed over"),
    BadgeAct.LOSE: _("Reported lost"),
    BadgeAct.REPLACE: _("Replaced"),
}
WHY_REPLACED = {
    WhyReplaced.LOST: pgettext_lazy("badge", "Lost"),
    WhyReplaced.STOLEN: _("Stolen"),
    WhyReplaced.DAMAGED: _("Damaged"),
    WhyReplaced.MISPRINT: _("Badly printed"),
    WhyReplaced.CHANGED: _("What is printed on it has changed"),
}
DIRECTION = {
    Direction.IN: pgettext_lazy("door", "In"),
    Direction.OUT: pgettext_lazy("door", "Out"),
}
VERDICT = {
    Verdict.ADMIT: pgettext_lazy("door", "Admit"),
    Verdict.STOP: pgettext_lazy("door", "Stop"),
    Verdict.CHECK: pgettext_lazy("door", "Check"),
    Verdict.ALREADY_IN: pgettext_lazy("door", "Already in"),
    Verdict.OUT: pgettext_lazy("door", "Goes out"),
    Verdict.UNDONE: pgettext_lazy("door", "Taken back"),
}
SCAN_REASON = {
    ScanReason.NO_CODE: _("This is no badge of ours."),
    ScanReason.NOT_GENUINE: _("The code is not genuine."),
    ScanReason.OTHER_MEETING: _("This badge is for another meeting."),
    ScanReason.OTHER_TYPE: _("This code is not a badge's."),
    ScanReason.NOT_YET: _("The badge is not valid yet."),
    ScanReason.OVER: _("The badge is not valid any more."),
    ScanReason.DAY: _("The badge does not open on this day."),
    ScanReason.VOID: _("Send the person to the accreditation desk."),
    ScanReason.REPLACED: _("This badge was replaced by another one."),
    ScanReason.ZONE: _("The badge does not open this zone."),
    ScanReason.UNKNOWN: _("The code is genuine, but no badge is known by it."),
    ScanReason.ESCORT: _("An escort goes with this person."),
    ScanReason.FULL: _("Nobody more may be inside."),
    ScanReason.STALE: _("The list of void badges is out of date. Look at the photo, or ask the desk."),
    ScanReason.CLOCK: _("The clock of this device is wrong. Look at the photo, or ask the desk."),
    ScanReason.DEVICE: _("This device may not scan any more."),
    ScanReason.INSIDE: _("This badge is inside already."),
    ScanReason.OVERRULED: _("A supervisor decided."),
}
# What an officer does, by the actions of ``workflow``
DEED = {
    "ask": pgettext_lazy("button", "Ask"),
    "reply": _("Enter their answer"),
    "approve": pgettext_lazy("button", "Approve"),
    "waitlist": _("Put on the waiting list"),
    "offer": _("Offer a place"),
    "decline": pgettext_lazy("button", "Decline"),
    "overturn": _("Approve after a review"),
    "revoke": _("Revoke"),
}


def choices(labels):
    """[(value, label)] for fields and forms, from one of the tables above."""
    return [(str(value), label) for value, label in labels.items()]
