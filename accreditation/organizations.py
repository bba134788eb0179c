"""Finding an organization of the registry by what somebody types. A typed name never decides which one it is: the
person does, by picking a row."""

from difflib import SequenceMatcher

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Length

from accreditation.models import Organization
from accreditation.states import Standing
from advisory.search import query_tokens, search_tokens

LIMIT = 10
SHORTENED = 4  # characters by which a misspelt word is looked for
ALIKE = 0.6  # of 1, as difflib counts
CONSULTATIVE = ["general", "special", "roster"]
# In nearly every name: alone they show nothing
COMMON = set(search_tokens("of the and for de la le les el los des du et y pour para в и по за 的 في من"))


def media():
    return Organization.objects.filter(is_active=True, kind__in=["media", "other"])


def of_standing(standing, meeting_id):
    """Those that may be picked by an applicant who says how the organization stands."""
    rows = Organization.objects.filter(is_active=True).exclude(kind="media")
    if standing == Standing.CONSULTATIVE:
        return rows.filter(status__in=CONSULTATIVE)
    if standing == Standing.SPECIAL:
        return rows.filter(accredited_to=meeting_id)
    return rows


def search(text, *, among=None, limit=LIMIT):
    """The closest organizations, closest first, in the same order on both databases; at most two statements.

    Those that hold at least half of the typed words, or where none does, those that are spelt much like it.
    """
    rows = Organization.objects.filter(is_active=True) if among is None else among
    typed = query_tokens(text)
    tokens = [token for token in typed if token not in COMMON] or typed
    if not tokens:
        return []
    return _holding(rows, tokens, limit) or _spelt_alike(rows, text, tokens, limit)


def _holding(rows, tokens, limit):
    """Half of the typed words must begin one of the name's; more of them, and more whole ones, stand first."""
    begun = sum(_counts(_beginning(token)) for token in tokens)
    whole = sum(_counts(f" {token} ") for token in tokens)
    found = rows.filter(_any(tokens)).annotate(begun=begun, whole=whole).filter(begun__gte=(len(tokens) + 1) // 2)
    return list(found.order_by("-begun", "-whole", Length("search"), "pk")[:limit])


def _counts(token):
    return Case(When(search__contains=token, then=Value(1)), default=Value(0), output_field=IntegerField())


def _any(tokens):
    asked = Q()
    for token in tokens:
        asked |= Q(search__contains=_beginning(token))
    return asked


def _beginning(token):
    """A single Latin letter begins too much: it is a word or nothing."""
    return f" {token} " if len(token) == 1 and token.isascii() else f" {token}"


def _spelt_alike(rows, text, tokens, limit):
    beginnings = [token[:SHORTENED] for token in tokens if len(token) > SHORTENED]
    if not beginnings:
        return []
    folded = " ".join(tokens)
    rated = []
    for row in rows.filter(_any(beginnings)).order_by(Length("search"), "pk")[: limit * 20]:
        ratio = max(SequenceMatcher(None, folded, search_tokens(name)).ratio() for name in [row.name, *row.aliases])
        if ratio >= ALIKE:
            rated.append((-ratio, row.pk, row))
    return [row for _ratio, _pk, row in sorted(rated, key=lambda rating: rating[:2])[:limit]]
