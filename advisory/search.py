"""Words by which an advisory is found, the same on both databases and in every script; no extension is needed."""

import re
import unicodedata
from datetime import date, timedelta
from itertools import pairwise

from django.db import connection, transaction
from django.db.models.expressions import RawSQL
from django.utils.text import slugify

from advisory import symbols
from advisory.models import Facet, SearchText
from advisory.words import MeetingStatus, PressAccess

LONGEST_TOKEN = 60
MOST_CHARACTERS = 400_000  # a tsvector holds 1 MB
MOST_WORDS_ASKED = 12
MOST_DAYS = 400

# Letters that Unicode does not take apart: Latin with strokes, Arabic that one reader writes for another's
ALIKE = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n",
        "\u0671": "ا", "\u0649": "ي", "\u06cc": "ي", "\u0629": "ه", "\u06c1": "ه", "\u06a9": "ك",
        "\u0621": None, "\u0640": None,  # hamza on the line, tatweel
    }
)  # fmt: skip
SLASHED = re.compile(r"[a-z0-9][a-z0-9.()]*(?:/[a-z0-9][a-z0-9.()]*)+")
SPACED_SLASH = re.compile(r"(?<=\w)\s?/\s?(?=\w)")
SPACED_SERIES = re.compile(r"\b(add|amend|corr|rev)\.\s+(?=\d)")
GLUED_YEAR = re.compile(r"(?<=\d)(?=\((?:19|20)\d\d\))")  # S/RES/1325(2000) is S/RES/1325 (2000)
JOINT = "x"  # between the parts of a symbol: a70x999 is not a7x0999
# Scripts written without spaces: Han, kana. Every two neighbours are a token.
UNSPACED = re.compile(r"[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
SPACED = re.compile(r"[^\W_]+")


def search_tokens(text):
    """Tokens of a text, each once, parted by spaces: lower-case letters and digits without marks.

    Case, accents, hamza, tatweel, ya and ta marbuta make no difference, nor do the digits of other scripts. Nothing is
    carried from one script to another: Женева is not Geneva. A document symbol gives its parts, the whole, and the
    whole without its beginning (A/70/999: a, 70, 999, ax70x999, 70x999). Han text gives overlapping pairs and, so that
    one character may be asked for, its last character.
    """
    return " ".join(dict.fromkeys(_document_tokens(fold(text[:MOST_CHARACTERS]))))


def query_tokens(text):
    """The tokens that an edition must hold to be found; the last one may go on. A symbol is asked for as a whole."""
    return list(dict.fromkeys(_query_tokens(fold(text[:400]))))[:MOST_WORDS_ASKED]


def fold(text):
    """Without case, marks and presentation forms; digits are 0 to 9; letters ``ALIKE`` are one."""
    for _ in range(2):  # case folding may give forms that come apart anew
        text = unicodedata.normalize("NFKD", text).casefold()
    kept = (_plain(character) for character in unicodedata.normalize("NFKD", text).translate(ALIKE))
    return unicodedata.normalize("NFC", "".join(kept))


def _plain(character):
    if character.isascii():
        return character
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category[0] == "M" or category == "Cf":
        return ""
    return character if category in {"Lo", "Ll"} or UNSPACED.match(character) else " "


def _document_tokens(text):
    for piece, is_symbol in _pieces(text):
        yield from _words(piece, with_last=True)
        if is_symbol:
            parts = _symbol_parts(piece)
            for start in range(len(parts) - 1):
                yield JOINT.join(parts[start:])[:LONGEST_TOKEN]


def _query_tokens(text):
    for piece, is_symbol in _pieces(text):
        if is_symbol:
            yield JOINT.join(_symbol_parts(piece))[:LONGEST_TOKEN]
        else:
            yield from _words(piece)


def _pieces(text):
    """(piece, whether a document symbol) in order; slashed words without a digit are words."""
    text = GLUED_YEAR.sub(" ", SPACED_SLASH.sub("/", SPACED_SERIES.sub(r"\1.", text)))
    end = 0
    for match in SLASHED.finditer(text):
        if any(character.isdigit() for character in match[0]):
            yield text[end : match.start()], False
            yield match[0], True
            end = match.end()
    yield text[end:], False


def _symbol_parts(piece):
    return [part for part in (re.sub("[^a-z0-9]", "", part) for part in piece.split("/")) if part]


def _words(text, *, with_last=False):
    for match in SPACED.finditer(text):
        end = 0
        for run in UNSPACED.finditer(match[0]):
            yield from _short(match[0][end : run.start()])
            yield from map("".join, pairwise(run[0]))
            if with_last or len(run[0]) == 1:
                yield run[0][-1]
            end = run.end()
        yield from _short(match[0][end:])


def _short(word):
    return [word[:LONGEST_TOKEN]] if word else []


def matching(text):
    """Ids of the editions that hold every word of ``text``, for ``pk__in``; None where it has no word to look for."""
    words = query_tokens(text)
    if not words:
        return None
    if connection.vendor == "postgresql":
        asked = " & ".join(f"'{word}'" for word in words) + ":*"
        return RawSQL("SELECT edition_id FROM advisory_searchtext WHERE tokens @@ %s::tsquery", [asked])
    asked = " ".join(f'"{word}"' for word in words) + "*"
    return RawSQL("SELECT rowid FROM advisory_searchindex WHERE advisory_searchindex MATCH %s", [asked])


@transaction.atomic
def index(edition):
    """Write what finds an edition. Called when it is published, its people kept, and when one of them is blanked."""
    SearchText.objects.update_or_create(edition=edition, defaults={"words": words_of(edition)})
    edition.facets.all().delete()
    Facet.objects.bulk_create(Facet(edition=edition, **row) for row in facets_of(edition))


def words_of(edition):
    return search_tokens("\n".join(_texts(edition)))


def facets_of(edition):
    """{kind, value, names} of each value by which the lists are narrowed."""
    return [{"kind": kind, "value": value[:120], "names": names} for (kind, value), names in _facets(edition).items()]


FOUND_BY = {"title", "theme", "summary", "background", "body", "room", "building", "city", "country"}
FOUND_BY_PARTS = {"speakers.office", "programme.title", "programme.detail", "stakeouts.title", "documents.title"}


def _texts(edition):
    facts = edition.facts
    for texts in edition.texts.values():
        for path, text in texts.items():
            if path in FOUND_BY or f"{path.partition('.')[0]}.{path.rpartition('.')[2]}" in FOUND_BY_PARTS:
                yield text
    yield from (facts.get("body_names") or {}).values()
    for topic in facts.get("topics") or []:
        yield from topic["names"].values()
    for document in facts["documents"]:
        yield from (symbols.normalise(symbol) for symbol in document["symbols"])
    yield facts["code"]
    yield from facts["hashtags"]
    named = {speaker["person"]["id"] for speaker in facts["speakers"] if speaker["person"]}
    for person in edition.people.all():
        if str(person.id) in named and person.blanked_at is None:
            yield person.content.get("name", "")


def _facets(edition):
    """{(kind, value): names}, as the filters of the lists ask."""
    facts, texts = edition.facts, edition.texts
    original = facts["original_language"]
    found = {("format", facts["attendance"]): {}, ("code", facts["code"].upper()): {}}
    found |= {("language", language): {} for language in texts}
    if facts["body"]:
        names = facts.get("body_names") or {original: texts[original].get("body", facts["body"])}
        found["body", facts["body"]] = names
    found |= {("topic", topic["slug"]): topic["names"] for topic in facts.get("topics") or []}
    cities = {language: words["city"] for language, words in texts.items() if words.get("city")}
    if cities:
        named = cities.get("en") or cities.get(original) or next(iter(cities.values()))
        if value := slugify(fold(named), allow_unicode=True):
            found["place", value] = cities
    if is_open_to_press(facts):
        found["open", "press"] = {}
    return found | {("day", day): {} for day in _days(facts)}


def _days(facts):
    """Every day on which something is, for the daily alert; of what lasts for years the first ``MOST_DAYS``."""
    days = set()
    for part in [*facts["sittings"], *facts["stakeouts"]]:
        if part["date"]:
            first = date.fromisoformat(part["date"])
            last = date.fromisoformat(part.get("end_date") or part["date"])
            days |= {first + timedelta(days=n) for n in range(min((last - first).days + 1, MOST_DAYS))}
    return sorted(day.isoformat() for day in days)


def is_open_to_press(facts):
    """Whether the press may come to any sitting; a meeting without sittings announced is open, a cancelled one not."""
    ways = [sitting.get("press") or PressAccess.OPEN for sitting in facts["sittings"]] or [PressAccess.OPEN]
    return facts["status"] != MeetingStatus.CANCELLED and PressAccess.OPEN in ways
