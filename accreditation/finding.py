"""Finding a registration by a person, an organization or a reference (decision 18), the same on both databases."""

from anyascii import anyascii
from django.conf import settings
from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils import translation

from accreditation import spellings
from accreditation.models import FindingText
from advisory import search
from office.prepared import PreparedInsert

SHORTEST = 3  # letters of a word that is also looked for in another script's spelling
POSTGRESQL = "SELECT registration_id FROM accreditation_findingtext WHERE tokens @@ %s::tsquery"
SQLITE = (
    "SELECT found.registration_id FROM accreditation_findingindex"
    " JOIN accreditation_findingtext AS found ON found.id = accreditation_findingindex.rowid"
    " WHERE accreditation_findingindex MATCH %s"
)

WRITTEN = PreparedInsert(FindingText, unique="registration", replaces=["words"])


def index(registration):
    """Write what finds it, in one statement. Called when it is sent, and when a name or its protection changes."""
    WRITTEN(FindingText(registration=registration, words=words_of(registration)))


def words_of(registration):
    """Tokens as written, in Latin letters and in other spellings; of a hidden person the reference and the alias."""
    said = [meeting_token(registration.meeting_id), registration.reference, registration.reference.replace("-", "")]
    spelt = []
    if registration.is_hidden:
        said += aliases_of(registration)
    else:
        organization = registration.organization
        names = [registration.given_names, registration.family_name, registration.badge_name]
        senders = [organization.name, *organization.aliases] if organization else []
        senders.append(registration.organization_name)
        said += [*names, registration.email, *senders]
        spelt = spellings.Spelling(registration.given_names, registration.family_name).tokens
        spelt += [spellings.plain(word) for word in spellings.latin("\n".join([registration.badge_name, *senders]))]
    text = "\n".join(said)
    return " ".join(dict.fromkeys([*search.search_tokens(f"{text}\n{anyascii(text)}").split(), *spelt]))


def aliases_of(registration):
    """Participant 4F7K2, as lists call a hidden person, in each language of the house."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield registration.alias


def meeting_token(meeting_id):
    """In every row and every question, so that the index alone keeps meetings apart."""
    return f"meeting{meeting_id}"


def matching(text, *, meeting_id=None, most=None):
    """Ids of the registrations that hold every word of ``text``, for ``pk__in``; None where it has no word to look for.

    The last word may go on: Okaf finds Okafor. Each word is also looked for as other scripts spell it, in both
    directions: Vorontsova finds Воронцова and the other way round. With ``most``, no more than that many, whichever
    they are.
    """
    words = [word for word in text[:400].split() if search.query_tokens(word)][: search.MOST_WORDS_ASKED]
    if not words:
        return None
    last = len(words) - 1
    asked = _all(_any(_ways(word, goes_on=number == last)) for number, word in enumerate(words))
    if whole := _in_one_word(words):
        asked = _any([asked, whole])
    if meeting_id is not None:
        asked = _all([_token(meeting_token(meeting_id)), asked])
    return _ids(asked, most)


def sharing(alternatives):
    """Ids of the registrations that hold all tokens of one of the sets (``Spelling.asked``), for ``pk__in``."""
    return _ids(_any(_all(_token(token) for token in sorted(tokens)) for tokens in alternatives))


def _ids(asked, most=None):
    sql = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
    return RawSQL(f"{sql} LIMIT %s", [asked, most]) if most else RawSQL(sql, [asked])  # noqa: S611 two constants


def _ways(word, *, goes_on):
    """Questions of which one must hold: the word as it is written, then its other spellings."""
    tokens = search.query_tokens(word)
    yield _all(_token(token, goes_on=goes_on and token is tokens[-1]) for token in tokens)
    latin = spellings.latin(word)
    if any(character.isdigit() or character in "@/" for character in word) or not latin:
        return
    plain = [spellings.plain(part) for part in latin]
    if len(min(plain, key=len)) >= SHORTEST:
        yield _all(_token(part, goes_on=goes_on and number == len(plain)) for number, part in enumerate(plain, 1))
    kind = spellings.BARE if spellings.is_abjad(word) else spellings.BARE_OF_ABJAD
    bare = [spellings.bare(part) for part in latin]
    if min(map(len, bare)) > 1:
        yield _all(_token(kind + part) for part in bare)


def _in_one_word(words):
    """林静怡 is Lin Jingyi; "" for what is no name of a few words."""
    if len(words) > spellings.MOST_PARTS or not all(word.replace("-", "").isalpha() for word in words):
        return ""
    whole = spellings.plain("".join("".join(spellings.latin(word)) for word in words))
    return _token(whole, goes_on=True) if len(whole) > SHORTEST else ""


def _token(token, *, goes_on=False):
    """Tokens are letters and digits alone (``search``, ``spellings``): nothing in them ends the quotation."""
    if connection.vendor == "postgresql":
        return f"'{token}':*" if goes_on else f"'{token}'"
    return f'"{token}"*' if goes_on else f'"{token}"'


def _all(asked):
    return f"({(' & ' if connection.vendor == 'postgresql' else ' AND ').join(asked)})"


def _any(asked):
    return f"({(' | ' if connection.vendor == 'postgresql' else ' OR ').join(asked)})"
