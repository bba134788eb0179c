"""What each edition of a meeting changed, for its public history. Reads visible editions alone, and names no person."""

from dataclasses import dataclass
from itertools import pairwise

from django.utils import timezone

from advisory import word_changes
from advisory.models import Edition
from advisory.renditions import changes, notices
from advisory.renditions.page import language_names
from advisory.renditions.telling import Telling
from advisory.words import EditionKind

TAGS = {"info": "info", "warning": "warn", "danger": "err"}


@dataclass(frozen=True)
class Change:
    """One line of difference: what it was and is, or long texts as ``paragraphs`` of (same | removed | added, text)."""

    label: str
    was: str
    now: str
    paragraphs: list


@dataclass(frozen=True)
class Entry:
    """One edition among the others. ``at`` is when readers first had it; ``words`` the officer's own sentence."""

    number: int
    word: str
    tone: str
    icon: str
    at: str
    at_iso: str
    words: str
    quoted_in: str  # language of what is quoted
    changes: list
    new_languages: str


def editions_of(year, slug):
    """The visible editions of one address, latest first."""
    return Edition.objects.visible().filter(year=year, slug=slug).order_by("-number")


def entries(editions, language):
    """An Entry for each edition but the last, which is only compared with; the very first is compared with nothing.

    ``editions`` come latest first; None as the last says that the first issue is among them.
    """
    return [_entry(edition, before, language) for edition, before in pairwise(editions)]


def _entry(edition, before, language):
    telling = _telling(edition, language)
    tone, icon = notices.SHAPES[EditionKind(edition.kind)]
    own = next((notice for notice in telling.notices if notice.number == edition.number), None)
    spoken = _common(before, edition, language) if before else telling.spoken
    at = max(edition.published_at, edition.visible_from)
    return Entry(
        number=edition.number,
        word=EditionKind(edition.kind).label,
        tone=TAGS[tone],
        icon=icon,
        at=notices.moment(telling, at),
        at_iso=at.astimezone(telling.zone).isoformat(timespec="minutes"),
        words=own.words if own else "",
        quoted_in=spoken,
        changes=differences(_telling(before, spoken), _telling(edition, spoken)) if before else [],
        new_languages=language_names(sorted(set(edition.texts) - set(before.texts))) if before else "",
    )


def differences(before, after):
    """A Change for each fact and text that differs between two tellings."""
    rewritten = {
        label: word_changes.paragraphs(was, now) for label, was, now in changes.prose(before, after) if was != now
    }
    return [
        Change(label, was, now, rewritten.get(label, []) if not (was or now) else [])
        for label, was, now in changes.lines(before, after)
    ]


def _telling(edition, language):
    """Without its people: who was named may have to go one day, and a history cannot be taken back."""
    return Telling.of(edition, {}, language, at=timezone.now())


def _common(before, after, language):
    """The language in which both can be compared; a new translation is no change of what is said."""
    return language if language in before.texts and language in after.texts else after.facts["original_language"]
