"""By what a person, an address and a document meet themselves in another application."""

import unicodedata

from accreditation import aliases
from office.encryption import blind


def tidy(email):
    """As kept: the domain in lower case, and what stands before the @ too, since two people never differ by it alone
    in practice while one person often does."""
    return unicodedata.normalize("NFKC", email).strip().lower()


def email_key(meeting_id, email):
    return blind(tidy(email), scope=f"meeting:{meeting_id}")


def name_key(registration):
    """By which two spellings of one name meet: case, accents, width, order of parts and space do not count.

    Of a protected person a digest, which meets none but another protected person's of the same meeting.
    """
    key = key_of_names(aliases.take(registration, "given_names"), aliases.take(registration, "family_name"))
    return blind(key, scope=f"protected:{registration.meeting_id}") if registration.is_protected else key


def key_of_names(given_names, family_name):
    name = f"{given_names} {family_name}".casefold()
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(sorted("".join(c if c.isalnum() else " " for c in plain).split()))[:400]


def identity_key(registration):
    """By which one document meets itself in another application to the meeting; empty where none is given."""
    identity = registration.identity or {}
    if not identity.get("document_number"):
        return ""
    document = f"{identity['document_number']} {identity.get('document_issuer', '')}"
    return blind(document, scope=f"meeting:{registration.meeting_id}")
