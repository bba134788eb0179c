from advisory.models.documents import Document, DocumentFile, Link, Webcast
from advisory.models.edition import Edition, PublishedPerson, Rendition
from advisory.models.meeting import AccessNotice, Body, Meeting, ProgrammeItem, Sitting, Stakeout
from advisory.models.people import MediaContact, Speaker
from advisory.models.search import Facet, SearchText

__all__ = [
    "AccessNotice",
    "Body",
    "Document",
    "DocumentFile",
    "Edition",
    "Facet",
    "Link",
    "MediaContact",
    "Meeting",
    "ProgrammeItem",
    "PublishedPerson",
    "Rendition",
    "SearchText",
    "Sitting",
    "Speaker",
    "Stakeout",
    "Webcast",
]
