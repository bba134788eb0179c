from advisory.models.documents import Document, DocumentFile, Link, Photo, Webcast
from advisory.models.edition import Edition, EditionSignature, PublishedPerson, Rendition
from advisory.models.languages import LanguageVersion, Translation
from advisory.models.meeting import AccessNotice, Body, Meeting, ProgrammeItem, Sitting, Stakeout, Topic
from advisory.models.people import MediaContact, Speaker
from advisory.models.preview import PreviewLink, PreviewOpening
from advisory.models.search import Facet, SearchText
from advisory.models.subscription import EmailText, Subscription, Told

__all__ = [
    "AccessNotice",
    "Body",
    "Document",
    "DocumentFile",
    "Edition",
    "EditionSignature",
    "EmailText",
    "Facet",
    "LanguageVersion",
    "Link",
    "MediaContact",
    "Meeting",
    "Photo",
    "PreviewLink",
    "PreviewOpening",
    "ProgrammeItem",
    "PublishedPerson",
    "Rendition",
    "SearchText",
    "Sitting",
    "Speaker",
    "Stakeout",
    "Subscription",
    "Told",
    "Topic",
    "Translation",
    "Webcast",
]
