"""The words of accreditation: what an application is, who acts on it, and by which medium a journalist works.

Imports nothing of ours. The table of who may do what in which state stands with the workflow.
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


class Clearance(StrEnum):
    """The security liaison's flag beside the status; never a status itself."""

    NOT_ASKED = "not_asked"
    PENDING = "pending"
    CLEAR = "clear"
    NOT_CLEAR = "not_clear"


# An application that has not come to an end, and those among them that hold a seat (first-come categories hold more).
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
HOLDS_SEAT = frozenset({Status.OFFERED, Status.APPROVED})
