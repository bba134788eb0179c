from advisory.models.documents import Document, DocumentFile, Link, Webcast
from advisory.models.edition import Edition, PublishedPerson, Rendition
from advisory.models.meeting import AccessNotice, Body, Meeting, ProgrammeItem, Sitting, Stakeout
from advisory.models.people import MediaContact, Speaker

__all__ = [
    "AccessNotice",
    "Body",
    "Document",
    "DocumentFile",
    "Edition",
    "Link",
    "MediaContact",
    "Meeting",
    "ProgrammeItem",
    "PublishedPerson",
    "Rendition",
    "Sitting",
    "Speaker",
    "Stakeout",
    "Webcast",
]
