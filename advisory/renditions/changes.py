"""What differs between two editions, in words: was and is, line by line, in the active language. Names no person."""

from django.utils.translation import gettext as _

from advisory.renditions import text
from advisory.words import MeetingStatus


def lines(before, after):
    """[label, was, is] for each fact that differs between two tellings of one language.

    Both are empty where only "changed" can be said: of long prose, and of people, whose names may have to go one day.
    """
    was, now = _told(before), _told(after)
    found = []
    for label in now:
        gone = [line for line in was[label] if line not in now[label]]
        come = [line for line in now[label] if line not in was[label]]
        if gone or come:
            found.append([label, "; ".join(gone), "; ".join(come)])
    return found + [[label, "", ""] for label, changed in _unsaid(before, after) if changed and label not in was]


def _told(telling):
    words = telling.words
    sittings = [line for sitting in telling.sittings for line in text.sitting_lines(telling, sitting)]
    return {
        _("State"): [str(MeetingStatus(telling.facts.status).label)],
        _("Title"): _one(words.title),
        _("Theme"): _one(words.theme),
        _("When"): sittings,
        _("Where"): text.where(telling),
        _("Who"): [line for line in (text.speaker(part) for part in telling.speakers) if line],
        _("Watch"): [text.webcast(part) for part in telling.webcasts],
        _("Accreditation"): [line for line in text.access(telling).splitlines() if line],
        _("Programme"): text.programme(telling),
        _("For the press"): text.stakeouts(telling),
        _("Documents"): text.documents(telling),
        _("More information"): [line for line in text.links(telling) if line],
    }


def _one(line):
    return [line] if line else []


def _unsaid(before, after):
    """(label, whether it changed) of what is too long, or too personal, to be quoted."""
    prose = [
        (_("What"), "summary"),
        (_("Background"), "background"),
        (_("Media arrangements"), "arrangements"),
        (_("What came of it"), "outcome"),
    ]
    for label, name in prose:
        yield label, before.words[name] != after.words[name]
    yield _("People taking part"), _people(before.speakers) != _people(after.speakers)
    yield _("Media contacts"), _contacts(before) != _contacts(after)


def _people(parts):
    return [part.digest for part in parts if part.digest]


def _contacts(telling):
    return [(part.digest, part.office, part.role, part.hours, part.languages) for part in telling.contacts]
