"""Who reads a paper, its bytes, and its pages as pictures."""

from accreditation import protection
from accreditation.evidence.keeping import place
from accreditation.states import EvidenceKind, Status
from office import permissions, uploads
from office.encryption import read_sealed

# Who opens a paper of a kind; of every other, who reads papers
READERS = {
    EvidenceKind.IDENTITY_DOCUMENT: permissions.may_read_identity,
    EvidenceKind.PORTRAIT: permissions.may_read_portrait,
}


def read(evidence):
    """The rebuilt bytes. Raises FileNotFoundError or office.encryption.CannotOpen."""
    return read_sealed(evidence.stored_as, bound_to=place(evidence))


def preview(evidence, page, *, max_edge):
    """(media type, bytes) of a page (from 1), at most ``max_edge`` pixels long, drawn in the limited process.

    Raises IndexError where there is no such page, uploads.Refused where it cannot be drawn, and as ``read``.
    """
    if not 1 <= page <= evidence.pages:
        raise IndexError(page)
    data = read(evidence)
    if evidence.media_type == uploads.PDF:
        return "image/png", uploads.page_image(data, page, max_edge=max_edge)
    photo = uploads.photo(data, max_edge=max_edge)
    return photo.media_type, photo.data


def may_read(user, evidence):
    """Whether an officer may, by a grant for the meeting: never before it is sent, never somebody else's kind.

    Of a person at risk as ``protection`` says (decision 20).
    """
    registration, meeting = evidence.registration, evidence.meeting
    if registration and registration.status == Status.DRAFT:
        return False
    if registration and not protection.may_open(registration, user):
        return False
    return READERS.get(evidence.kind, permissions.may_read_papers)(user, meeting)
