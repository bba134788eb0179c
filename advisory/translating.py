"""Translating an advisory: what there is to translate, how far each language has come, saving beside one another."""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext, pgettext

from advisory import languages
from advisory.freezing import PART_TEXTS, original_texts
from advisory.models import Edition, LanguageVersion, Meeting, Translation
from advisory.models.languages import digest
from advisory.renditions.dates import language_name
from advisory.words import LanguageState

MISSING = "missing"


@dataclass(frozen=True)
class Progress:
    """Of ``total`` texts ``done`` are translated from the present words and ``outdated`` from other ones."""

    language: str
    state: str  # a LanguageState, or MISSING
    total: int
    done: int
    outdated: int

    @property
    def state_in_words(self):
        return pgettext("translation", "Missing") if self.state == MISSING else LanguageState(self.state).label


@dataclass(frozen=True)
class Typed:
    """One text as it came back from the page, with digests of the translation and the source that stood there."""

    path: str
    text: str
    seen: str
    source_seen: str
    is_still_right: bool = False


@dataclass(frozen=True)
class Conflict:
    """Why a text was not saved: ``sentence``, and what is saved now in its place (or nothing)."""

    path: str
    typed: str
    saved: str
    sentence: str
    is_without_source: bool = False


class Conflicts(Exception):
    """Nothing was saved; ``found`` is {path: Conflict}."""

    def __init__(self, found):
        self.found = found
        super().__init__(f"{len(found)} texts were changed meanwhile.")


def all_languages():
    """(code, name in the active language) of the languages of the public pages."""
    return [(code, language_name(code)) for code, _ in settings.LANGUAGES]


def other_languages(meeting):
    return [(code, name) for code, name in all_languages() if code != meeting.original_language]


def sources(meeting):
    """{path: text} to translate: the draft's words and the officers' sentences in the notices that stand.

    The body's name is not among them: it has its six languages where bodies are kept.
    """
    return of_many([meeting])[meeting.pk]


def of_many(meetings):
    """{meeting id: {path: text}}. Asks no question of its own for parts that were prefetched (``PARTS``)."""
    latest = Edition.objects.filter(meeting=OuterRef("meeting"), superseded_at__isnull=True).order_by("-number")
    rows = Edition.objects.filter(meeting__in=meetings, pk=Subquery(latest.values("pk")[:1]))
    published = dict(rows.values_list("meeting", "texts"))
    found = {}
    for meeting in meetings:
        texts = {path: text for path, text in original_texts(meeting).items() if path != "body"}
        said = published.get(meeting.pk, {}).get(meeting.original_language, {})
        found[meeting.pk] = texts | {path: text for path, text in said.items() if path.startswith("notices.")}
    return found


PARTS = ["body", *PART_TEXTS]  # to prefetch


def progress(meetings):
    """{meeting id: {language: Progress}} in a fixed number of questions."""
    texts, rows, states = of_many(meetings), defaultdict(list), {}
    for row in Translation.objects.filter(meeting__in=meetings).defer("source", "text").exclude(text=""):
        rows[row.meeting_id, row.language].append(row)
    for version in LanguageVersion.objects.filter(meeting__in=meetings):
        states[version.meeting_id, version.language] = version.state
    found = {}
    for meeting in meetings:
        source = texts[meeting.pk]
        found[meeting.pk] = {
            language: _progress(language, states.get((meeting.pk, language)), rows[meeting.pk, language], source)
            for language, _ in other_languages(meeting)
        }
    return found


def _progress(language, state, rows, source):
    told = [row.is_of(source[row.path]) for row in rows if row.path in source]
    return Progress(language, state if rows and state else MISSING, len(source), sum(told), told.count(False))


@transaction.atomic
def save(meeting, language, typed, *, by, as_seen=False):
    """Write the texts that the translator changed and return how many; each language is then a draft again.

    Raises Conflicts, and writes nothing, where a text or its source was changed after the page was opened. Two
    translators who change different texts do not meet, but for one who answers for all of them (``as_seen``), as who
    reviews or publishes: nothing may then have changed, or come, that was not on the page.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
    source = sources(meeting)
    saved = {row.path: row for row in Translation.objects.filter(meeting=meeting, language=language)}
    changed = [text for text in typed if _is_changed(text, saved.get(text.path), source)]
    answered_for = changed + _unseen(typed, changed, saved, source) if as_seen else changed
    found = [_conflict(text, saved.get(text.path), source) for text in answered_for]
    if conflicts := {conflict.path: conflict for conflict in found if conflict}:
        raise Conflicts(conflicts)
    for text in changed:
        languages.write(meeting, language, text.path, text.text, source=source[text.path], by=by)
    return len(changed)


def _unseen(typed, changed, saved, source):
    """The texts that were not changed on the page, and those that came after it was opened."""
    known = {text.path for text in typed}
    come = [Typed(path, "", digest(""), digest(source[path])) for path in saved if path in source and path not in known]
    return [text for text in typed if text not in changed and text.path in source] + come


def _is_changed(typed, row, source):
    confirmed = typed.is_still_right and row is not None and typed.path in source and not row.is_of(source[typed.path])
    return confirmed or (digest(typed.text) != typed.seen and typed.text != (row.text if row else ""))


def _conflict(typed, row, source):
    saved = row.text if row else ""
    if typed.path not in source:
        return Conflict(
            typed.path, typed.text, saved, gettext("The original of this text was taken out meanwhile."), True
        )
    if digest(saved) != typed.seen and saved != typed.text:
        sentence = gettext("Somebody else changed this text after you opened the page.")
        if row and row.by:
            sentence = gettext("%(officer)s changed this text after you opened the page.") % {"officer": row.by}
        return Conflict(typed.path, typed.text, saved, sentence)
    if digest(source[typed.path]) != typed.source_seen:
        sentence = gettext("The original changed after you opened the page: look again.")
        return Conflict(typed.path, typed.text, saved, sentence)
    return None


@transaction.atomic
def mark_reviewed(meeting, language):
    """Say that somebody has looked at the language. False, and no change, where nothing fits the present words."""
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
    if not languages.fitting(meeting, language, sources(meeting)):
        return False
    drafts = LanguageVersion.objects.filter(meeting=meeting, language=language, state=LanguageState.DRAFT)
    drafts.update(state=LanguageState.REVIEWED, changed_at=timezone.now())
    return True


def is_published(meeting, language):
    """Whether the latest edition, waiting or public, holds every text of this language that fits it."""
    latest = meeting.editions.filter(superseded_at__isnull=True).order_by("-number").first()
    if latest is None:
        return False
    told = languages.fitting(meeting, language, latest.texts[latest.facts["original_language"]])
    return told.items() <= latest.texts.get(language, {}).items()
