"""Finding a registration by a person, an organization or a reference (decision 18), the same on both databases."""

from anyascii import anyascii
from django.db import connection
from django.db.models.expressions import RawSQL

from accreditation.models import FindingText
from advisory import search


def index(registration):
    """Write what finds it, in one statement. Called when it is sent, and when a name or its protection changes."""
    FindingText.objects.bulk_create(
        [FindingText(registration=registration, words=words_of(registration))],
        update_conflicts=True,
        unique_fields=["registration"],
        update_fields=["words"],
    )


def words_of(registration):
    """Tokens as written and in Latin letters; of a hidden person those of the reference and the alias alone."""
    said = [meeting_token(registration.meeting_id), registration.reference, registration.reference.replace("-", "")]
    if not registration.is_hidden:
        organization = registration.organization
        said += [registration.given_names, registration.family_name, registration.badge_name, registration.email]
        said += [organization.name, *organization.aliases] if organization else []
        said += [registration.organization_name]
    text = "\n".join(said)
    return search.search_tokens(f"{text}\n{anyascii(text)}")


def meeting_token(meeting_id):
    """In every row and every question, so that the index alone keeps meetings apart."""
    return f"meeting{meeting_id}"


def matching(text, *, meeting_id=None, most=None):
    """Ids of the registrations that hold every word of ``text``, for ``pk__in``; None where it has no word to look for.

    The last word may go on: Okaf finds Okafor. With ``most``, no more than that many, whichever they are.
    """
    words = search.query_tokens(text)
    if not words:
        return None
    if meeting_id is not None:
        words = [meeting_token(meeting_id), *words]
    if connection.vendor == "postgresql":
        sql, asked = ON_POSTGRESQL, " & ".join(f"'{word}'" for word in words) + ":*"
    else:
        sql, asked = ON_SQLITE, " ".join(f'"{word}"' for word in words) + "*"
    return RawSQL(sql + " LIMIT %s", [asked, most]) if most else RawSQL(sql, [asked])  # noqa: S611 two constants


ON_POSTGRESQL = "SELECT registration_id FROM accreditation_findingtext WHERE tokens @@ %s::tsquery"
ON_SQLITE = (
    "SELECT found.registration_id FROM accreditation_findingindex"
    " JOIN accreditation_findingtext AS found ON found.id = accreditation_findingindex.rowid"
    " WHERE accreditation_findingindex MATCH %s"
)
