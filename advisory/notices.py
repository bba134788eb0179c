"""The notices that stand on an edition: what was said about the ones before it, and what this one changes."""

from django.conf import settings
from django.utils import translation

from advisory.renditions import changes
from advisory.renditions.notices import SILENT, sentence
from advisory.renditions.telling import Telling

__all__ = ["difference", "sentence", "stand"]

MOST = 10  # standing notices; the history keeps every one


def stand(edition, public, *, words=""):
    """Write into the facts of an unsaved edition the notices of ``public``, the edition before it, and its own.

    A notice is {key, number, kind, at, lines: {language: [[label, was, is], …]}}, newest first. The officer's sentence
    stands among the texts of the original language, where it can be translated.
    """
    facts, original = edition.facts, edition.facts["original_language"]
    facts["notices"] = list(public.facts.get("notices", [])) if public else []
    if public:
        for language, told in edition.texts.items():
            known = public.texts.get(language, {})
            edition.texts[language] = told | {path: text for path, text in known.items() if path.startswith("notices.")}
    facts["previous_starts_at"] = _previous_start(public, facts) if public else None
    facts["first_published_at"] = _first_published(public, edition)
    if edition.kind in SILENT:
        return
    notice = {
        "key": f"notices.{edition.number}",
        "number": edition.number,
        "kind": str(edition.kind),
        "at": edition.visible_from.isoformat(),
        "lines": {language: difference(public, edition, language) for language, _ in settings.LANGUAGES},
    }
    facts["notices"] = [notice, *facts["notices"]][:MOST]
    if words.strip():
        edition.texts[original] = edition.texts[original] | {f"{notice['key']}.words": words.strip()}


def difference(before, after, language):
    """[[label, was, is], …] between two editions, in one language."""
    with translation.override(language):
        tellings = (Telling.of(edition, {}, language, at=after.published_at) for edition in (before, after))
        return changes.lines(*tellings)


def _first_published(public, edition):
    """When readers first had the advisory; None where an edition of schema 1 was the first and others followed."""
    if public is None:
        return edition.visible_from.isoformat()
    return public.facts.get("first_published_at") or (public.visible_from.isoformat() if public.number == 1 else None)


def _previous_start(public, facts):
    """The start announced before the present one, for readers of structured data (schema.org previousStartDate)."""
    before = public.facts["starts_at"]
    return before if before != facts["starts_at"] else public.facts.get("previous_starts_at")
