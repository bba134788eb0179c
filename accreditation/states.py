"""The words of accreditation: what an application is, who acts on it, by which route and medium somebody comes.

Imports nothing of ours. The table of who may do what in which state stands in ``workflow``.
"""

from enum import StrEnum


class Status(StrEnum):
    """An application's one state."""

    DRAFT = "draft"
    AWAITING_ENDORSEMENT = "awaiting_endorsement"
    SUBMITTED = "submitted"
    INFO_REQUESTED = "info_requested"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    LAPSED = "lapsed"


class Actor(StrEnum):
    """Who carries out an action."""

    APPLICANT = "applicant"
    FOCAL_POINT = "focal_point"
    DESK = "desk"
    SUPERVISOR = "supervisor"
    WORKER = "worker"


class Route(StrEnum):
    """Which questions a category asks."""

    PRESS = "press"
    CIVIL_SOCIETY = "civil_society"


class Medium(StrEnum):
    """What a member of the press works for; each asks its own evidence."""

    PRINT = "print"
    ONLINE = "online"
    AGENCY = "agency"
    RADIO = "radio"
    TELEVISION = "television"
    PHOTO = "photo"
    FILM = "film"
    FREELANCE = "freelance"
    TECHNICAL_CREW = "technical_crew"
    DELEGATION_MEDIA = "delegation_media"


class Standing(StrEnum):
    """How a civil-society organization stands with the organization that convenes."""

    CONSULTATIVE = "consultative"
    SPECIAL = "special"
    OTHER = "other"


class Part(StrEnum):
    """As what somebody comes. The last three may stand outside an organization's cap."""

    REPRESENTATIVE = "representative"
    ASSISTANT = "assistant"
    INTERPRETER = "interpreter"
    CHAPERONE = "chaperone"


class Allocation(StrEnum):
    """When a category's seat is taken: as the application arrives, or as an officer approves it."""

    BY_DECISION = "by_decision"
    FIRST_COME = "first_come"


class IdentityRule(StrEnum):
    """What a category asks to see of an identity document."""

    NOTHING = "nothing"
    PARTICULARS = "particulars"
    COPY = "copy"


class DocumentKind(StrEnum):
    """What an applicant shows at the entrance; who issued it is another fact."""

    PASSPORT = "passport"
    NATIONAL_CARD = "national_card"
    RESIDENCE_PERMIT = "residence_permit"
    REFUGEE_DOCUMENT = "refugee_document"
    STATELESS_DOCUMENT = "stateless_document"
    LAISSEZ_PASSER = "laissez_passer"
    OTHER = "other"


class Attending(StrEnum):
    IN_PERSON = "in_person"
    REMOTE = "remote"


class EvidenceKind(StrEnum):
    """Papers a category may ask for."""

    LETTER_OF_ASSIGNMENT = "letter_of_assignment"
    PRESS_CARD = "press_card"
    WORK_SAMPLE = "work_sample"
    COMMISSION = "commission"
    MISSION_LETTER = "mission_letter"
    SERVICE_LETTER = "service_letter"
    DESIGNATION_LETTER = "designation_letter"
    PORTRAIT = "portrait"
    IDENTITY_DOCUMENT = "identity_document"
    CHAPERONE_AGREEMENT = "chaperone_agreement"
    OTHER = "other"


class Clearance(StrEnum):
    """The security liaison's flag beside the status; never a status itself."""

    NOT_ASKED = "not_asked"
    PENDING = "pending"
    CLEAR = "clear"
    NOT_CLEAR = "not_clear"


class BadgeState(StrEnum):
    ISSUED = "issued"
    PRINTED = "printed"
    COLLECTED = "collected"
    VOID = "void"


class BadgeAct(StrEnum):
    """What an officer does with a card."""

    PRINT = "print"
    HAND_OVER = "hand_over"
    LOSE = "lose"
    REPLACE = "replace"


class WhyReplaced(StrEnum):
    LOST = "lost"
    STOLEN = "stolen"
    DAMAGED = "damaged"
    MISPRINT = "misprint"
    CHANGED = "changed"


class Direction(StrEnum):
    IN = "in"
    OUT = "out"


class Verdict(StrEnum):
    """What a gate says to a code."""

    ADMIT = "admit"
    STOP = "stop"
    CHECK = "check"
    ALREADY_IN = "already_in"
    OUT = "out"
    UNDONE = "undone"


class ScanReason(StrEnum):
    """Why a gate does not simply admit; never why a badge was taken away."""

    NO_CODE = "no_code"
    NOT_GENUINE = "not_genuine"
    OTHER_MEETING = "other_meeting"
    OTHER_TYPE = "other_type"
    NOT_YET = "not_yet"
    OVER = "over"
    DAY = "day"
    VOID = "void"
    REPLACED = "replaced"
    ZONE = "zone"
    UNKNOWN = "unknown"
    ESCORT = "escort"
    FULL = "full"
    STALE = "stale"
    CLOCK = "clock"
    DEVICE = "device"
    INSIDE = "inside"
    OVERRULED = "overruled"


# An application that has not come to an end. Each holds a place under its organization's cap.
LIVE = frozenset(
    {
        Status.AWAITING_ENDORSEMENT,
        Status.SUBMITTED,
        Status.INFO_REQUESTED,
        Status.WAITLISTED,
        Status.OFFERED,
        Status.APPROVED,
    }
)
# Those that hold a seat of the category; where the first to come are served, being on the way holds one too.
HOLDS_SEAT = frozenset({Status.OFFERED, Status.APPROVED})
HOLDS_SEAT_FIRST_COME = HOLDS_SEAT | {Status.AWAITING_ENDORSEMENT, Status.SUBMITTED, Status.INFO_REQUESTED}
ENDED = frozenset({Status.DECLINED, Status.WITHDRAWN, Status.REVOKED, Status.LAPSED})
