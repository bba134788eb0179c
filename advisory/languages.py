"""What an edition says in languages other than the original: which translations fit, and which are carried over."""

from advisory.models import LanguageVersion, Translation
from advisory.models.languages import digest
from advisory.words import LanguageState

READY = [LanguageState.REVIEWED, LanguageState.PUBLISHED]


def texts(meeting, original, before):
    """{language: {path: text}} for every language but the original one, whose texts are ``original``.

    A text goes in when it was made from the very words of the original: from the language's own rows if they are
    ready, else from ``before``, the edition before this one. What is outdated is left out: it may be wrong by now.
    """
    known = {}
    if before:
        first_words = before.texts.get(meeting.original_language, {})
        unchanged = {path for path, text in original.items() if first_words.get(path) == text}
        for language, told in before.texts.items():
            known[language] = {path: text for path, text in told.items() if path in unchanged}
    for language in ready(meeting):
        known[language] = known.get(language, {}) | fitting(meeting, language, original)
    known.pop(meeting.original_language, None)
    return {language: told for language, told in known.items() if told}


def say_notices(edition):
    """Add what is reviewed of the officers' sentences in the notices that stand on an unsaved edition."""
    original = edition.facts["original_language"]
    said = {path: text for path, text in edition.texts[original].items() if path.startswith("notices.")}
    for language in ready(edition.meeting) if said else []:
        if language in edition.texts and language != original:
            edition.texts[language] = edition.texts[language] | fitting(edition.meeting, language, said)


def ready(meeting):
    return list(meeting.language_versions.filter(state__in=READY).values_list("language", flat=True))


def fitting(meeting, language, original):
    """{path: text} of the language's rows that were made from these very words."""
    rows = Translation.objects.filter(meeting=meeting, language=language)
    return {row.path: row.text for row in rows if row.text and row.path in original and row.is_of(original[row.path])}


def write(meeting, language, path, text, *, source, by):
    """Save one translated text beside the source it was made from; an empty one is removed. Returns the row or None.

    Whatever was reviewed is a draft again: somebody must look at the change.
    """
    LanguageVersion.objects.update_or_create(
        meeting=meeting, language=language, defaults={"state": LanguageState.DRAFT}
    )
    if not text.strip():
        Translation.objects.filter(meeting=meeting, language=language, path=path).delete()
        return None
    row, _ = Translation.objects.update_or_create(
        meeting=meeting,
        language=language,
        path=path,
        defaults={"text": text.strip(), "source": source, "source_digest": digest(source), "by": by},
    )
    return row


def mark_published(meeting, languages):
    meeting.language_versions.filter(language__in=languages, state__in=READY).update(state=LanguageState.PUBLISHED)
