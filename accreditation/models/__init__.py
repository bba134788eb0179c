"""The tables of accreditation: who may apply for what, who applied, what was decided and which badge came of it."""

from accreditation.models.badge import Badge, BadgeEntry
from accreditation.models.badge_layout import BadgeLayout
from accreditation.models.category import Category, EvidenceRule, Question, Zone
from accreditation.models.change_told import ChangeTold
from accreditation.models.decision import Decision, DecisionReason, MeetingBook
from accreditation.models.desk import Conflict, DeskPolicy, FindingText, Ground, Note
from accreditation.models.disclosure import Disclosure, Export
from accreditation.models.door import Device, Gate, RevocationList, Scan
from accreditation.models.evidence import Evidence
from accreditation.models.mailed_code import MailedCode
from accreditation.models.opening import Opening
from accreditation.models.organization import Delegation, FocalPoint, Organization, OrganizationPlaces
from accreditation.models.pick_up import PickUp, PickUpSlot, PrintJob
from accreditation.models.proposed import ProposedDecision
from accreditation.models.registration import Profile, Registration
from accreditation.models.selection import Draw, Pool, PoolPlace, PoolSeats, Score, SpeakingPlace

__all__ = [
    "Badge",
    "BadgeEntry",
    "BadgeLayout",
    "Category",
    "ChangeTold",
    "Conflict",
    "Decision",
    "DecisionReason",
    "Delegation",
    "DeskPolicy",
    "Device",
    "Disclosure",
    "Draw",
    "Evidence",
    "EvidenceRule",
    "Export",
    "FindingText",
    "FocalPoint",
    "Gate",
    "Ground",
    "MailedCode",
    "MeetingBook",
    "Note",
    "Opening",
    "Organization",
    "OrganizationPlaces",
    "PickUp",
    "PickUpSlot",
    "Pool",
    "PoolPlace",
    "PoolSeats",
    "PrintJob",
    "Profile",
    "ProposedDecision",
    "Question",
    "Registration",
    "RevocationList",
    "Scan",
    "Score",
    "SpeakingPlace",
    "Zone",
]
