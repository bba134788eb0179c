"""The tables of accreditation: who may apply for what, who applied, what was decided and which badge came of it."""

from accreditation.models.badge import Badge
from accreditation.models.category import Category, EvidenceRule, Question, Zone
from accreditation.models.decision import Decision, DecisionReason, MeetingBook
from accreditation.models.evidence import Evidence
from accreditation.models.mailed_code import MailedCode
from accreditation.models.organization import Delegation, FocalPoint, Organization, OrganizationPlaces
from accreditation.models.registration import Profile, Registration

__all__ = [
    "Badge",
    "Category",
    "Decision",
    "DecisionReason",
    "Delegation",
    "Evidence",
    "EvidenceRule",
    "FocalPoint",
    "MailedCode",
    "MeetingBook",
    "Organization",
    "OrganizationPlaces",
    "Profile",
    "Question",
    "Registration",
    "Zone",
]
